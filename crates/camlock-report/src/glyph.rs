//! Characters as they are shown: one character in, something harmless with a known width out.

use std::borrow::Cow;

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr};

/// Columns of a tab.
const TAB: &str = "    ";

/// `text` on one line, with characters that a terminal would obey shown instead.
///
/// # Examples
///
/// ```
/// use camlock_report::harmless;
///
/// assert_eq!(harmless("a\u{1b}[2Jb\u{202e}c"), "a␛[2Jb\\u{202e}c");
/// ```
pub fn harmless(text: &str) -> String {
    shown(text).into_owned()
}

/// The same, without a copy where nothing has to be changed.
pub(crate) fn shown(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '\t' { shown.push(' ') } else { put(c, &mut shown) }
    }
    Cow::Owned(shown)
}

/// Whether every character is shown as it is and takes one column: most texts have no others.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Appends `text` as it is shown.
pub(crate) fn show_all(text: &str, out: &mut String) {
    if is_plain(text) {
        out.push_str(text);
    } else {
        for c in text.chars() {
            show(c, out);
        }
    }
}

/// How many columns `c` takes as it is shown.
pub(crate) fn width(c: char) -> usize {
    if matches!(c, ' '..='~') { 1 } else { show(c, &mut String::new()) }
}

/// Appends `c` as it is shown, and answers how many columns it takes.
fn show(c: char, out: &mut String) -> usize {
    if c == '\t' {
        out.push_str(TAB);
        return TAB.len();
    }
    let start = out.len();
    put(c, out);
    out.get(start..).map_or(0, UnicodeWidthStr::width)
}

fn put(c: char, out: &mut String) {
    match picture(c) {
        Some(picture) => out.push(picture),
        None if is_hidden(c) => out.extend(c.escape_unicode()),
        None => out.push(c),
    }
}

/// The picture that Unicode has of a control character.
fn picture(c: char) -> Option<char> {
    match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)),
        '\u{7f}' => Some('\u{2421}'),
        _ => None,
    }
}

/// Whether a character moves others, ends a line, or cannot be seen although it is there.
///
/// Combining marks and joiners between letters belong to scripts and stay.
fn is_hidden(c: char) -> bool {
    let directs = matches!(c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let breaks = matches!(c, '\u{2028}' | '\u{2029}');
    let invisible =
        matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}');
    c.is_control() || directs || breaks || invisible || c.width().is_none()
}
