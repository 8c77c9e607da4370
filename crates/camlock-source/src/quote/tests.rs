//! Quoted text stays one short line that reads the way it is.

use super::quote;

#[test]
fn long_text_is_cut_at_a_character() {
    let quoted = quote(&"漢".repeat(100));
    assert_eq!(quoted.chars().count(), 61);
    assert!(quoted.ends_with('…'));
    assert_eq!(quote(&"x".repeat(60)), "x".repeat(60));
}

#[test]
fn what_could_mislead_is_escaped() {
    assert_eq!(quote("a\nb\u{0}"), "a\\u{a}b\\u{0}");
    assert_eq!(quote("\u{202e}\u{200b}\u{feff}"), "\\u{202e}\\u{200b}\\u{feff}");
    assert_eq!(quote("\u{1b}[31m"), "\\u{1b}[31m");
}
