//! JSON texts, good and bad.

use std::collections::BTreeSet;

use super::{Kind, Value, parse, significant_chars, tokens, write};
use crate::codes;
use crate::limits::Limits;

fn tight() -> Limits {
    Limits { max_bytes: 200, max_depth: 4, max_members: 3, max_statements: 2, max_faults: 5 }
}

/// One fault: what is wrong with a text, where, and the tree that is read all the same.
struct Row {
    text: &'static str,
    code: &'static str,
    /// The bytes of the fault.
    place: std::ops::Range<u32>,
    /// The tree on one line, `null` for what cannot be read.
    tree: &'static str,
}

fn row(
    text: &'static str,
    code: &'static str,
    place: std::ops::Range<u32>,
    tree: &'static str,
) -> Row {
    Row { text, code, place, tree }
}

/// Each text has exactly this one fault.
fn rows() -> Vec<Row> {
    vec![
        // nothing
        row("", "CAM1010", 0..0, ""),
        row(" \n\t\r", "CAM1010", 0..0, ""),
        // names given twice
        row(r#"{"a":1,"b":2,"a":3}"#, "CAM1015", 13..16, r#"{"a":1,"b":2,"a":3}"#),
        row(r#"{"a":1,"\u0061":2}"#, "CAM1015", 7..15, r#"{"a":1,"a":2}"#),
        // commas
        row("[1,2,]", "CAM1016", 4..5, "[1,2]"),
        row(r#"{"a":1,}"#, "CAM1016", 6..7, r#"{"a":1}"#),
        row("[1 2]", "CAM1017", 2..2, "[1,2]"),
        row("{\"a\":1\n\"b\":2}", "CAM1017", 6..6, r#"{"a":1,"b":2}"#),
        row("[1,,2]", "CAM1019", 3..4, "[1,2]"),
        row("[,1]", "CAM1019", 1..2, "[1]"),
        row(r#"{"a":1,,"b":2}"#, "CAM1019", 7..8, r#"{"a":1,"b":2}"#),
        // colons and values
        row(r#"{"a" 1}"#, "CAM1018", 4..4, r#"{"a":1}"#),
        row(r#"{"a"=1}"#, "CAM1018", 4..5, r#"{"a":1}"#),
        row(r#"{"a":}"#, "CAM1019", 5..5, r#"{"a":null}"#),
        row(r#"{"a":,"b":1}"#, "CAM1019", 5..5, r#"{"a":null,"b":1}"#),
        row(r#"{"a"}"#, "CAM1020", 1..4, "{}"),
        row(r#"{"a":"x","y"}"#, "CAM1020", 9..12, r#"{"a":"x"}"#),
        row("{[1]}", "CAM1020", 1..4, "{}"),
        // comments
        row("// first\n1", "CAM1021", 0..8, "1"),
        row("1 # last", "CAM1021", 2..8, "1"),
        row("[1,/* two */2]", "CAM1021", 3..12, "[1,2]"),
        row("1 /* never closed", "CAM1021", 2..17, "1"),
        // foreign marks
        row("{“a”:1}", "CAM1022", 1..8, r#"{"a":1}"#),
        row("['a']", "CAM1022", 1..4, r#"["a"]"#),
        row("[「a」]", "CAM1022", 1..8, r#"["a"]"#),
        row("[＂a＂]", "CAM1022", 1..8, r#"["a"]"#),
        row("[`a`]", "CAM1022", 1..4, r#"["a"]"#),
        row(r#"{\"a\":1}"#, "CAM1022", 1..6, r#"{"a":1}"#),
        row("[&quot;a:b&quot;]", "CAM1022", 1..16, r#"["a:b"]"#),
        row("[&#34;&#34;]", "CAM1022", 1..11, r#"[""]"#),
        row(r#"{"a"：1}"#, "CAM1023", 4..7, r#"{"a":1}"#),
        row("[1，2]", "CAM1024", 2..5, "[1,2]"),
        row("[1、2]", "CAM1024", 2..5, "[1,2]"),
        row("[1;2]", "CAM1024", 2..3, "[1,2]"),
        row("[1；2]", "CAM1024", 2..5, "[1,2]"),
        row(r#"｛"a":1}"#, "CAM1025", 0..3, r#"{"a":1}"#),
        row("[1］", "CAM1025", 2..5, "[1]"),
        row("[1,\u{a0}2]", "CAM1026", 3..5, "[1,2]"),
        row("[1,\u{3000}2]", "CAM1026", 3..6, "[1,2]"),
        row("[1,\u{200b}2]", "CAM1026", 3..6, "[1,2]"),
        row("\u{feff}1", "CAM1027", 0..3, "1"),
        // strings
        row("[\"a\n]", "CAM1028", 1..3, r#"["a"]"#),
        row("{\"a\":\"b,\n\"c\":1}", "CAM1028", 5..7, r#"{"a":"b","c":1}"#),
        row("\"a\tb\"", "CAM1029", 2..3, r#""a\tb""#),
        row("\"a\u{1}b\"", "CAM1029", 2..3, r#""a\u0001b""#),
        row(r#""a\qb""#, "CAM1030", 2..4, "\"a\u{fffd}b\""),
        row(r#""a\u12""#, "CAM1030", 2..4, "\"a\u{fffd}12\""),
        row(r#""a\u+123""#, "CAM1030", 2..4, "\"a\u{fffd}+123\""),
        row(r#""a\ud800b""#, "CAM1031", 2..8, "\"a\u{fffd}b\""),
        row(r#""\udc00""#, "CAM1031", 1..7, "\"\u{fffd}\""),
        row(r#""\ud800\u0041""#, "CAM1031", 1..7, "\"\u{fffd}A\""),
        // words and numbers
        row("[allow]", "CAM1032", 1..6, "[null]"),
        row(r#"{"action":cos:Get*}"#, "CAM1032", 10..18, r#"{"action":null}"#),
        row("[NaN]", "CAM1032", 1..4, "[null]"),
        row("[True]", "CAM1032", 1..5, "[null]"),
        row("[None]", "CAM1032", 1..5, "[null]"),
        row("[-Infinity]", "CAM1032", 1..10, "[null]"),
        row("[01]", "CAM1032", 1..3, "[null]"),
        row("[+1]", "CAM1032", 1..3, "[null]"),
        row("[.5]", "CAM1032", 1..3, "[null]"),
        row("[1.]", "CAM1032", 1..3, "[null]"),
        row("[1e]", "CAM1032", 1..3, "[null]"),
        row("[-]", "CAM1032", 1..2, "[null]"),
        row("[0x1F]", "CAM1032", 1..5, "[null]"),
        row("[nulls]", "CAM1032", 1..6, "[null]"),
        row("{a:1}", "CAM1033", 1..2, r#"{"a":1}"#),
        row("{1:1}", "CAM1033", 1..2, r#"{"1":1}"#),
        row("[<AppId>]", "CAM1034", 1..8, "[null]"),
        row("[${OwnerUin}]", "CAM1034", 1..12, "[null]"),
        // brackets and ends
        row("[1", "CAM1035", 0..1, "[1]"),
        row(r#"{"a":[1}"#, "CAM1035", 5..6, r#"{"a":[1]}"#),
        row("[1}]", "CAM1035", 2..3, "[1]"),
        row("1]", "CAM1035", 1..2, "1"),
        row("{} {}", "CAM1036", 3..4, "{}"),
        row("1 2", "CAM1036", 2..3, "1"),
        row(r#""version": "2.0""#, "CAM1036", 9..10, r#""version""#),
        // the rest
        row("[:]", "CAM1037", 1..2, "[null]"),
        row("[\\]", "CAM1037", 1..2, "[null]"),
    ]
}

/// Rows for the limits of [`tight`].
fn limit_rows() -> Vec<Row> {
    vec![
        row("[[[[[1]]]]]", "CAM1013", 4..5, "[[[[null]]]]"),
        row("[1,2,3,4]", "CAM1014", 7..8, "[1,2,3,4]"),
        row(r#"{"a":1,"b":2,"c":3,"d":4}"#, "CAM1014", 19..22, r#"{"a":1,"b":2,"c":3,"d":4}"#),
    ]
}

/// A tree on one line.
fn compact(value: &Value<'_>) -> String {
    match &value.kind {
        Kind::Array(items) => {
            format!("[{}]", items.iter().map(compact).collect::<Vec<_>>().join(","))
        }
        Kind::Object(members) => {
            let members: Vec<_> = members
                .iter()
                .map(|m| format!("{}:{}", quoted(&m.name.decoded), compact(&m.value)))
                .collect();
            format!("{{{}}}", members.join(","))
        }
        Kind::String(text) => quoted(&text.decoded),
        Kind::Number(text) => (*text).to_owned(),
        Kind::Bool(value) => value.to_string(),
        Kind::Null | Kind::Invalid => "null".to_owned(),
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::new();
    super::put_string(text, &mut out);
    out
}

fn check(row: &Row, limits: &Limits) {
    let Row { text, code, place, tree } = row;
    let parsed = parse(text, limits);
    let found: Vec<_> =
        parsed.diagnostics.iter().map(|d| (d.code.as_str(), d.span.start..d.span.end)).collect();
    assert_eq!(found, [(*code, place.clone())], "{text:?}: {:#?}", parsed.diagnostics);
    assert!(parsed.diagnostics.iter().all(|d| d.help.is_some() && d.api_code.is_some()));
    assert_eq!(
        parsed.root.as_ref().map(compact).unwrap_or_default(),
        *tree,
        "the tree of {text:?}"
    );
}

#[test]
fn each_fault_has_its_code_and_place_and_leaves_a_tree() {
    for row in rows() {
        check(&row, &Limits::policy());
    }
    for row in limit_rows() {
        check(&row, &tight());
    }
}

#[test]
fn a_text_over_the_limit_is_refused_whole() {
    let text = " ".repeat(201);
    let parsed = parse(&text, &tight());
    assert_eq!(parsed.diagnostics[0].code, codes::TEXT_TOO_LONG);
    assert!(parsed.root.is_none());
    assert!(parse(&format!("1{}", " ".repeat(199)), &tight()).diagnostics.is_empty());
}

#[test]
fn faults_beyond_the_limit_are_summed_up_in_one() {
    let parsed = parse("[,,,,,,,,]", &tight());
    assert_eq!(parsed.diagnostics.len(), 6);
    assert_eq!(parsed.diagnostics.iter().filter(|d| d.code == codes::TOO_MANY_FAULTS).count(), 1);
}

#[test]
fn every_code_of_the_text_stage_has_a_row() {
    let mut covered: BTreeSet<&str> =
        rows().iter().chain(&limit_rows()).map(|row| row.code).collect();
    // The two tests above.
    covered.extend([codes::TEXT_TOO_LONG.as_str(), codes::TOO_MANY_FAULTS.as_str()]);
    let missing: Vec<_> =
        codes::TEXT.iter().filter(|info| !covered.contains(info.code.as_str())).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn what_the_standard_accepts_is_accepted() {
    for text in [
        "0",
        "-0",
        "-1.50e+10",
        "1E-1",
        "true",
        "false",
        "null",
        "\"\"",
        "[]",
        "{}",
        " [ ] ",
        "{\"\":[{}]}",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\uD83D\\uDE00\"",
        "\"\u{7f}\u{2028}\u{feff}é\"",
        "\r\n\t 1",
    ] {
        let parsed = parse(text, &Limits::policy());
        assert!(parsed.diagnostics.is_empty(), "{text:?}: {:#?}", parsed.diagnostics);
    }
}

#[test]
fn a_nested_text_is_read_down_to_the_limit() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(parse(&nested(16), &Limits::policy()).diagnostics.is_empty());
    let text = nested(17);
    let parsed = parse(&text, &Limits::policy());
    assert_eq!(parsed.diagnostics.len(), 1);
    assert_eq!(parsed.diagnostics[0].code, codes::NESTED_TOO_DEEP);
}

#[test]
fn several_faults_are_reported_in_document_order() {
    let parsed = parse("{“a”：None，\"b\" [1,,2,]\n\"c\":01 // end\n", &Limits::policy());
    let found: Vec<_> = parsed.diagnostics.iter().map(|d| d.code.as_str()).collect();
    let expected = [
        "CAM1035", "CAM1022", "CAM1023", "CAM1032", "CAM1024", "CAM1018", "CAM1019", "CAM1016",
        "CAM1017", "CAM1032", "CAM1021",
    ];
    assert_eq!(found, expected);
    let tree = parsed.root.as_ref().map(compact).unwrap_or_default();
    assert_eq!(tree, r#"{"a":null,"b":[1,2],"c":null}"#);
}

#[test]
fn blanks_between_tokens_do_not_count() {
    assert_eq!(significant_chars(" [ 1 ,\n\t\"é b\" ] "), 9);
    assert_eq!(parse(" [ 1 ,\n\t\"é b\" ] ", &Limits::policy()).significant_chars, 9);
}

#[test]
fn a_long_list_is_laid_out_one_item_a_line() {
    let items: Vec<_> = (0..40).map(|n| format!("\"item-{n}\"")).collect();
    let text = format!("{{\"a\":[{}],\"b\":[1,[2]],\"c\":[]}}", items.join(","));
    let written = write(&parse(&text, &Limits::policy()).root.unwrap());
    assert!(written.starts_with("{\n    \"a\": [\n        \"item-0\",\n"));
    assert!(written.ends_with("    \"b\": [\n        1,\n        [2]\n    ],\n    \"c\": []\n}\n"));
}

#[test]
fn hostile_texts_are_read_in_linear_time() {
    // Twice as long takes twice as long; a text this long already shows whether it does.
    const LENGTH: usize = 1 << 14;
    let hostile = [
        "[",
        "]",
        "{",
        "\"",
        ",",
        ":",
        "{\"a\":",
        "\\",
        "\"\\u",
        "\"\\",
        "//",
        "//\n",
        "#",
        "“",
        "“\n",
        "<",
        "<a",
        "${",
        "/*",
        "/",
        "'",
        "'\n",
        "\"\n",
        "1",
        "-",
        "1e",
        "\u{a0}",
        "\u{feff}",
        "a:",
        "a ",
        "{a",
        "[1 ",
        "\"a\" ",
        "{\"a\"",
        "｛",
        "{\"a\":1,",
        "\" ,,,",
        "\"}]",
        "/**/",
        "\"“",
        "\"\\“",
        "[a",
        "\"a\"b",
        "'a\"",
    ];
    for piece in hostile {
        let text = piece.repeat(LENGTH / piece.len());
        let parsed = parse(&text, &Limits::policy());
        assert!(!parsed.diagnostics.is_empty() || piece == "1", "{piece:?}");
        assert!(parsed.diagnostics.len() <= Limits::policy().max_faults + 1);
        let length: u32 = tokens(&text).map(|token| token.span.len()).sum();
        assert_eq!(length as usize, text.len(), "{piece:?}");
    }
}

#[test]
fn a_hostile_mebibyte_is_read() {
    for piece in ["[", "\"\n"] {
        let text = piece.repeat((1 << 20) / piece.len());
        assert!(!parse(&text, &Limits::policy()).diagnostics.is_empty());
    }
}
