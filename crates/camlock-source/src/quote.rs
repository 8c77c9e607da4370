//! User text made fit for a message.

/// At most 60 characters of `text`, with control and direction characters escaped, so that a message
/// stays one line and reads the way it is.
///
/// # Examples
///
/// ```
/// assert_eq!(camlock_source::quote("a\u{202e}b"), "a\\u{202e}b");
/// ```
pub fn quote(text: &str) -> String {
    const LIMIT: usize = 60;
    let mut quoted = String::new();
    for (index, c) in text.chars().enumerate() {
        if index == LIMIT {
            quoted.push('…');
            break;
        }
        if c.is_control() || is_invisible(c) {
            quoted.extend(c.escape_unicode());
        } else {
            quoted.push(c);
        }
    }
    quoted
}

/// Characters that change how the text around them looks, or that nobody sees.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}'
    )
}

#[cfg(test)]
mod tests;
