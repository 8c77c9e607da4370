//! Texts that a quadratic step or an unbounded recursion would not survive.

use std::fmt::Write as _;

use camlock_policy::PolicyKind;
use camlock_syntax::limits::Limits;
use camlock_syntax::{json, parse_faultless};

/// Repeats each piece and reads the text; there is nothing to assert about time but that it ends.
///
/// 32 KiB keep the suite quick, and a step of quadratic cost would still be felt.
#[track_caller]
fn survives(pieces: &[&str]) {
    for piece in pieces {
        let limits = Limits::policy();
        let text = piece.repeat((32 << 10) / piece.len());
        let parsed = json::parse(&text, &limits);
        assert!(!parsed.diagnostics.is_empty(), "{piece:?} is no document");
        assert!(parsed.diagnostics.len() <= limits.max_faults + 1, "{piece:?} has too many faults");
        assert!(parsed.significant_chars <= text.len());
        drop(parsed.root.as_ref().map(json::write));
        assert_eq!(parse_faultless(&text, PolicyKind::Identity), None);
    }
}

#[test]
fn the_largest_text_is_read_to_its_end() {
    for piece in ["[", "\"", ",", "{\"a\":", "\\u", "//", "“"] {
        let limits = Limits::policy();
        let text = piece.repeat(limits.max_bytes / piece.len());
        assert!(!json::parse(&text, &limits).diagnostics.is_empty(), "{piece:?} is no document");
    }
}

#[test]
fn openings_without_an_end() {
    survives(&["[", "{", "{\"a\":", "[{\"a\":[", "{[", "{{", "［", "[[}", "{\"a\":[}"]);
}

#[test]
fn separators_without_values() {
    survives(&[",", ":", "]", "}", "，", "1,", "1 ", "\"a\":", "[],", "=", ";"]);
}

#[test]
fn quotes_of_every_kind() {
    survives(&[
        "\"",
        "“",
        "'",
        "`",
        "\"\n",
        "\"“,",
        "\"x“,\\",
        "\\\"",
        "\\\"x“,",
        "\"\\",
        "“,\n",
        "\"]}, ",
        "\"a\"b",
        "\"a “, \"b",
        "\"é",
    ]);
}

#[test]
fn escapes_without_an_end() {
    survives(&["\\u", "\\", "\"\\u", "\"\\ud800", "\"\\q", "\"\u{1}"]);
    survives_inside_a_string(&["\\u", "\\ud800", "\\q", "\u{1}", "\\ud83d\\ude00", "”"]);
}

#[test]
fn comments_and_marks_without_an_end() {
    survives(&[
        "//", "/*", "/", "#", "//\n", "/**/", "<", "${", "{{", "<a", "$", "\u{a0}", "\u{feff}",
        "\u{0}",
    ]);
}

#[test]
fn duplicates_are_found_in_linear_time() {
    let mut text = String::from("{");
    for number in 0..60_000 {
        let _ = write!(text, "\"n{}\":1,", number % 30_000);
    }
    text.push_str("\"z\":1}");
    let limits = Limits { max_members: 100_000, ..Limits::policy() };
    let parsed = json::parse(&text, &limits);
    assert_eq!(parsed.diagnostics.len(), limits.max_faults + 1);
}

/// Documents that are one only up to a place deep inside.
#[test]
fn a_fault_behind_much_that_is_in_order() {
    let begin = r#"{"version":"2.0","statement":["#;
    let statement = r#"{"effect":"allow","action":"cos:*","resource":"*"},"#;
    let escaped = r#"{"effect":"allow","action":"cos:\u0041*","resource":"*"},"#;
    for piece in [statement, escaped, r#"{"action":["cos:A","#, r#"{"condition":{"#] {
        let text = format!("{begin}{}", piece.repeat((32 << 10) / piece.len()));
        assert_eq!(parse_faultless(&text, PolicyKind::Identity), None);
    }
    let mut keys = String::new();
    for key in 0..3_000 {
        let _ = write!(keys, "\"k{key}\":1,");
    }
    let text = format!(
        r#"{begin}{{"effect":"allow","action":"*","resource":"*","condition":{{"string_equal":{{{keys}"#
    );
    assert_eq!(parse_faultless(&text, PolicyKind::Identity), None);
}

fn survives_inside_a_string(pieces: &[&str]) {
    for piece in pieces {
        let limits = Limits::policy();
        let text = format!("[\"{}\"", piece.repeat((32 << 10) / piece.len()));
        assert!(!json::parse(&text, &limits).diagnostics.is_empty());
    }
}
