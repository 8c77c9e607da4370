//! Characters that look like ASCII and are not: full-width forms, and what word processors make of dashes
//! and quotes.

/// The ASCII relative of a full-width character, or of a typographic dash or quote; nothing for others.
pub(super) fn narrow(c: char) -> Option<char> {
    match c {
        '\u{3000}' => Some(' '),
        '\u{ff01}'..='\u{ff5e}' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some('-'),
        '\u{2018}' | '\u{2019}' => Some('\''),
        '\u{201c}' | '\u{201d}' => Some('"'),
        _ => None,
    }
}

/// Whether a character has an ASCII relative.
pub(super) fn is_wide(c: char) -> bool {
    narrow(c).is_some()
}

/// A text with ASCII relatives in the places of such characters.
pub(super) fn narrowed(text: &str) -> String {
    text.chars().map(|c| narrow(c).unwrap_or(c)).collect()
}

/// Whether a text has such characters and is ASCII otherwise: not a name in another script, in which
/// they are at home.
pub(super) fn is_wide_ascii(text: &str) -> bool {
    text.contains(is_wide) && text.chars().all(|c| c.is_ascii() || is_wide(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relatives_are_found_and_other_scripts_are_left_alone() {
        assert_eq!(narrowed("ｉns–１：＊”"), "ins-1:*\"");
        assert!(is_wide_ascii("ins–1") && is_wide_ascii("ａ／ｂ"));
        assert!(!is_wide_ascii("（新）.txt") && !is_wide_ascii("ins-1"));
    }
}
