//! Decoded offsets and the bytes they came from.

use super::super::{Kind, parse};
use crate::limits::Limits;

/// The string of a one-string document, and what is written for each of its decoded ranges.
#[track_caller]
fn check(text: &str, decoded: &str, ranges: &[(std::ops::Range<usize>, &str)]) {
    let parsed = parse(text, &Limits::policy());
    let Some(Kind::String(string)) = parsed.root.map(|root| root.kind) else { panic!("{text}") };
    assert_eq!(string.decoded, decoded);
    for (range, written) in ranges {
        let span = string.span_of(range.clone());
        let found = text.get(span.start as usize..span.end as usize);
        assert_eq!(found, Some(*written), "{range:?} of {decoded:?}");
    }
}

#[test]
fn plain_text_is_shifted_by_its_quote() {
    check(
        "\"añb\"",
        "añb",
        &[(0..1, "a"), (1..3, "ñ"), (3..4, "b"), (0..4, "añb"), (1..1, ""), (2..2, "ñ")],
    );
    check("“ab”", "ab", &[(0..1, "a"), (1..2, "b")]);
}

#[test]
fn an_escape_counts_as_a_whole() {
    check(r#""a\u00e9b""#, "aéb", &[(1..3, "\\u00e9"), (1..2, "\\u00e9"), (2..3, "\\u00e9")]);
    check(r#""\n\\""#, "\n\\", &[(0..1, "\\n"), (1..2, "\\\\"), (0..2, "\\n\\\\"), (1..1, "")]);
}

#[test]
fn a_surrogate_pair_is_one_character() {
    check(
        r#""x\ud83d\ude00y""#,
        "x😀y",
        &[(1..5, "\\ud83d\\ude00"), (5..6, "y"), (0..2, "x\\ud83d\\ude00")],
    );
}

#[test]
fn half_a_pair_is_replaced() {
    check(r#""\ud83dx""#, "\u{fffd}x", &[(0..3, "\\ud83d"), (3..4, "x")]);
    check(r#""\ude00\ud83d""#, "\u{fffd}\u{fffd}", &[(0..3, "\\ude00"), (3..6, "\\ud83d")]);
}

#[test]
fn ranges_outside_end_at_the_string() {
    let parsed = parse("\"ab\"", &Limits::policy());
    let Some(Kind::String(string)) = parsed.root.map(|root| root.kind) else { panic!() };
    assert!(string.span_of(1..99).end <= 4);
    assert!(string.span_of(usize::MAX..usize::MAX).end <= 4);
}
