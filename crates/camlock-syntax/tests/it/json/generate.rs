//! Texts for the property tests: JSON, almost JSON, and neither.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// What documents are made of, and what people write in its place.
const PIECES: &[&str] = &[
    "{", "}", "[", "]", ":", ",", "\"", "\\", "/", "\n", " ", "\t", "\r", "0", "-", "1", ".5",
    "e9", "true", "false", "null", "True", "NaN", "\"a\"", "\"b\": ", "\"a\": 1", "\\u", "\\ud83d",
    "\\ude00", "\\u0041", "\\n", "\\q", "“", "”", "＂", "'", "`", "：", "，", "、", "［", "］",
    "｛", "｝", ";", "//", "/*", "*/", "#", "<AppId>", "${uin}", "\u{a0}", "\u{feff}", "\u{0}",
    "\u{7f}", "\u{2028}", "漢", "😀", "é", "+1", "01", "1.", "1e", "=", "cos:*",
];

/// Any sequence of such pieces.
pub(crate) fn soup() -> impl Strategy<Value = String> {
    vec(select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

/// A JSON text with blanks between its tokens.
pub(crate) fn json() -> impl Strategy<Value = String> {
    let number = "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,5})?([eE][+-]?[0-9]{1,3})?";
    let scalar = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("false".to_owned()),
        number.prop_map(|number| number),
        string(),
    ];
    scalar
        .prop_recursive(5, 48, 6, |inner| {
            let items = vec((blank(), inner.clone(), blank()), 0..6);
            let members = vec((blank(), string(), blank(), inner, blank()), 0..6);
            prop_oneof![
                (items, blank()).prop_map(|(items, blank)| {
                    let items = items.into_iter().map(|(a, item, b)| format!("{a}{item}{b}"));
                    wrap('[', &items.collect::<Vec<_>>(), &blank, ']')
                }),
                (members, blank()).prop_map(|(members, blank)| {
                    let members = members
                        .into_iter()
                        .map(|(a, name, b, value, c)| format!("{a}{name}{b}:{c}{value}"));
                    wrap('{', &members.collect::<Vec<_>>(), &blank, '}')
                }),
            ]
        })
        .prop_flat_map(|value| (blank(), Just(value), blank()))
        .prop_map(|(before, value, behind)| format!("{before}{value}{behind}"))
}

/// A JSON text with a few pieces inserted, removed or put in place of a character.
pub(crate) fn almost_json() -> impl Strategy<Value = String> {
    let change = (any::<Index>(), 0_u8..3, select(PIECES));
    (json(), vec(change, 1..4)).prop_map(|(text, changes)| {
        changes.into_iter().fold(text, |text, (index, change, piece)| {
            let mut chars: Vec<String> = text.chars().map(String::from).collect();
            let at = index.index(chars.len() + 1);
            match change {
                0 => chars.insert(at, piece.to_owned()),
                _ if at == chars.len() => {}
                1 => _ = chars.remove(at),
                _ => piece.clone_into(&mut chars[at]),
            }
            chars.concat()
        })
    })
}

fn wrap(open: char, items: &[String], blank: &str, close: char) -> String {
    let inner = if items.is_empty() { blank.to_owned() } else { items.join(",") };
    format!("{open}{inner}{close}")
}

fn blank() -> impl Strategy<Value = String> {
    "[ \t\r\n]{0,2}"
}

fn string() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-c:*/]{1,3}",
        1 => any::<char>().prop_filter("needs an escape", |c| *c >= ' ' && !"\"\\".contains(*c))
            .prop_map(String::from),
        1 => select(&[
            "\\\"", "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t", "\\u0000", "\\u00e9",
            "\\uD83D\\uDE00", "\\u2028", "“", "：", "//", "${uin}",
        ][..]).prop_map(str::to_owned),
    ];
    vec(piece, 0..4).prop_map(|pieces| format!("\"{}\"", pieces.concat()))
}
