//! The way without tree and spans: it agrees with the other one, or does not answer.

use std::path::Path;
use std::{fs, iter};

use camlock_policy::PolicyKind;
use camlock_syntax::json::{self, Kind, Value};
use camlock_syntax::limits::Limits;
use camlock_syntax::{parse, parse_faultless};
use proptest::prelude::*;
use proptest::sample::select;

use crate::laws;
use crate::properties::{damaged, documents, wild};

fn statement(members: &str) -> String {
    format!(r#"{{"version":"2.0","statement":[{{{members}}}]}}"#)
}

const PLAIN: &str = r#""effect":"allow","action":"cos:Get*","resource":"*""#;

/// Both ways read it, to the same policy.
#[track_caller]
fn answers(text: &str, kind: PolicyKind) {
    laws::both_ways_agree(text, kind);
    let parsed = parse(text, kind);
    assert!(parsed.diagnostics.is_empty(), "{text}: {:#?}", parsed.diagnostics);
    assert!(parse_faultless(text, kind).is_some(), "no answer for {text}");
}

/// The other way has something to report, so this one does not answer.
#[track_caller]
fn gives_up(text: &str, kind: PolicyKind) {
    assert!(!parse(text, kind).diagnostics.is_empty(), "nothing to report about {text}");
    assert_eq!(parse_faultless(text, kind), None, "{text}");
}

#[test]
fn what_is_in_order_is_answered() {
    let identity = PolicyKind::Identity;
    answers(&statement(PLAIN), identity);
    answers(&format!("\r\n\t {}\n", statement(PLAIN)), identity);
    answers(&statement(&format!(r#""sid":"a","id":7,{PLAIN}"#)), identity);
    answers(&statement(&format!(r#"{PLAIN},"condition":[]"#)), identity);
    answers(&statement(&format!(r#"{PLAIN},"condition":{{}}"#)), identity);
    let escaped = r#""\u0065ffect":"allow","action":["cos:\u0047et*"],"resource":"qcs::cos:::\u00e9\ud83d\ude00/*""#;
    answers(&statement(escaped), identity);
    let conditions = r#""condition":{"string_equal":{"a":["x","y"],"b":1},"bool_equal":{"c":true},
        "numeric_less_than":{"d":-1.5e3},"for_any_value:string_like":{"e":"${uin}*"}}"#;
    answers(&statement(&format!("{PLAIN},{conditions}")), identity);
    let trust = r#"{"statement":{"effect":"allow","action":"sts:AssumeRole",
        "principal":{"qcs":"qcs::cam::uin/1:root","service":["cvm.qcloud.com"]}},"version":"2.0"}"#;
    answers(trust, PolicyKind::Trust);
    let bucket =
        r#"{"statement":[{"effect":"allow","action":"*","resource":"*"}],"principal":"*"}"#;
    answers(bucket, PolicyKind::Resource);
}

#[test]
fn what_is_out_of_the_ordinary_is_not() {
    let identity = PolicyKind::Identity;
    let whole = statement(PLAIN);
    for text in [
        String::new(),
        format!("\u{feff}{whole}"),
        format!("{whole} x"),
        format!("{whole}}}"),
        format!("{whole}］"),
        whole.replace("[{", "［{").replace("}]", "}］"),
        whole.replace("}]}", "}]｝"),
        whole.replace("\"allow\"", "“allow”"),
        whole.replace(':', "："),
        whole.replace(",\"action", ",,\"action"),
        whole.replace("}]", ",}]"),
        whole.replace("\"2.0\"", "2.0"),
        whole.replace("\"version\":\"2.0\",", ""),
        whole.replace("effect", "Effect"),
        whole.replace("allow", "al\nlow"),
        whole.replace("allow", "al\tlow"),
        whole.replace("cos:Get*", "cos:Get\\ud800"),
        whole.replace("cos:Get*", "cos:Get\\q"),
        whole.replace("allow", "permit"),
        whole.replace("[{", "[").replace("}]", "]"),
        "{\"version\":\"2.0\",\"statement\":[]}".to_owned(),
        statement(&format!(r#"{PLAIN},"effect":"allow""#)),
        statement(&format!(r#"{PLAIN},"\u0065ffect":"allow""#)),
        statement(&format!(r#"{PLAIN},"notaction":"*""#)),
        statement(&format!(r#"{PLAIN},"principal":"*""#)),
        statement(&format!(r#"{PLAIN},"condition":{{"string_equal":{{}}}}"#)),
        statement(&format!(r#"{PLAIN},"condition":{{"string_equal":{{"a":[]}}}}"#)),
        statement(&format!(r#"{PLAIN},"condition":{{"string_equal":{{"a":null}}}}"#)),
        statement(&format!(r#"{PLAIN},"condition":{{"string_equal":{{"a":"1","a":"2"}}}}"#)),
        statement(&format!(
            r#"{PLAIN},"condition":{{"null_equal":{{"a":true}},"null_equal":{{"b":true}}}}"#
        )),
    ] {
        gives_up(&text, identity);
    }
    let denied = r#"{"statement":{"effect":"deny","action":"*","resource":"*","principal":"*"}}"#;
    gives_up(denied, PolicyKind::Resource);
    let twice = r#"{"principal":"*","statement":{"effect":"allow","action":"*","resource":"*","principal":"*"}}"#;
    gives_up(twice, PolicyKind::Resource);
}

#[test]
fn the_size_that_is_accepted_is_the_same() {
    let filled = |size: usize, filler: &str| {
        let empty = statement(&format!(r#""sid":"",{PLAIN}"#));
        let count = size - empty.chars().count();
        empty.replace("\"sid\":\"", &format!("\"sid\":\"{}", filler.repeat(count)))
    };
    for filler in ["a", "é", "😀"] {
        answers(&filled(6_144, filler), PolicyKind::Identity);
        gives_up(&filled(6_145, filler), PolicyKind::Identity);
        let blanks = format!("{}{}", " ".repeat(10_000), filled(6_144, filler));
        answers(&blanks, PolicyKind::Identity);
    }
    let bucket = filled(20_000, "a").replace("{\"version\"", "{\"principal\":\"*\",\"version\"");
    let with = |size: usize| format!("{}{bucket}", " ".repeat(size - bucket.len()));
    answers(&with(20_480), PolicyKind::Resource);
    gives_up(&with(20_481), PolicyKind::Resource);
    gives_up(&format!("{}{}", " ".repeat(1 << 20), statement(PLAIN)), PolicyKind::Identity);
}

#[test]
fn the_numbers_that_are_accepted_are_the_same() {
    let empty = r#"{"effect":"allow","action":"*","resource":"*"}"#;
    let statements = |count: usize| {
        let all: Vec<_> = iter::repeat_n(empty, count).collect();
        format!(r#"{{"version":"2.0","statement":[{}]}}"#, all.join(","))
    };
    answers(&statements(100), PolicyKind::Identity);
    gives_up(&statements(1_001), PolicyKind::Identity);
    let values = |count: usize| {
        let all = "1,".repeat(count);
        let all = all.trim_end_matches(',');
        format!(
            r#"{{"principal":"*","statement":{{"effect":"allow","action":"*","resource":"*","condition":{{"string_equal":{{"a":[{all}]}}}}}}}}"#
        )
    };
    answers(&values(10_000), PolicyKind::Resource);
    gives_up(&values(10_001), PolicyKind::Resource);
}

#[test]
fn nothing_nested_is_walked_into() {
    for depth in [2, 15, 16, 17, 100_000] {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let nested = format!("{}1{}", open.repeat(depth), close.repeat(depth));
            for element in ["sid", "action", "resource", "effect"] {
                let text = statement(&format!(r#""{element}":{nested},{PLAIN}"#));
                assert_eq!(parse_faultless(&text, PolicyKind::Identity), None);
            }
        }
    }
}

/// Policies of the conformance cases, whatever is wrong with them.
#[test]
fn both_ways_agree_on_the_conformance_cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../camlock-conformance/cases");
    let mut documents = 0;
    for entry in fs::read_dir(folder).expect("the cases are part of the project") {
        let text = fs::read_to_string(entry.expect("a folder").path()).expect("a case file");
        let parsed = json::parse(&text, &Limits::account());
        for_each_document(&text, &parsed.root.expect("cases are JSON"), &mut |document| {
            documents += 1;
            for kind in PolicyKind::ALL {
                laws::both_ways_agree(document, kind);
            }
        });
    }
    assert!(documents > 1_000, "only {documents} documents");
}

fn for_each_document(text: &str, value: &Value<'_>, give: &mut impl FnMut(&str)) {
    match &value.kind {
        Kind::Array(items) => items.iter().for_each(|item| for_each_document(text, item, give)),
        Kind::Object(members) => {
            for member in members {
                let name = &*member.name.decoded;
                match &member.value.kind {
                    Kind::String(string) if name == "raw" => give(&string.decoded),
                    _ if name == "document" || name == "session_policy" => {
                        let span = member.value.span;
                        give(&text[span.start as usize..span.end as usize]);
                    }
                    _ => for_each_document(text, &member.value, give),
                }
            }
        }
        _ => {}
    }
}

/// Real documents, where they are at hand.
#[test]
fn both_ways_agree_on_the_corpus() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/policies");
    let Ok(entries) = fs::read_dir(&root) else {
        println!("skipped: there is no corpus at {}", root.display());
        return;
    };
    let (mut documents, mut answered) = (0, 0);
    for entry in entries {
        let Ok(text) = fs::read_to_string(entry.expect("a folder").path()) else { continue };
        documents += 1;
        for kind in PolicyKind::ALL {
            laws::both_ways_agree(&text, kind);
            laws::documents_in_a_list_agree(&format!("[{text},\n{text}]"), kind);
            let plain = parse(&text, kind).diagnostics.is_empty();
            assert_eq!(parse_faultless(&text, kind).is_some(), plain, "{text} as {kind}");
            answered += usize::from(plain);
        }
    }
    println!("{documents} documents, {answered} answers");
    assert!(answered > 0);
}

/// A document with blanks wherever they may stand.
fn spread(text: &str, blank: &str) -> String {
    let mut spread = String::new();
    for token in json::tokens(text) {
        spread.push_str(blank);
        spread.push_str(&text[token.span.start as usize..token.span.end as usize]);
    }
    spread + blank
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_000) })]

    #[test]
    fn both_ways_agree(
        text in prop_oneof![4 => documents(), 4 => damaged(), 1 => wild()],
        blank in select(&["", " ", "\n  ", "\r\n\t        ", "\n                 "][..]),
        kind in select(&PolicyKind::ALL[..]),
    ) {
        laws::both_ways_agree(&text, kind);
        laws::both_ways_agree(&spread(&text, blank), kind);
    }

    #[test]
    fn a_document_without_a_fault_is_answered(
        text in documents(),
        kind in select(&PolicyKind::ALL[..]),
    ) {
        let plain = parse(&text, kind).diagnostics.is_empty();
        prop_assert_eq!(parse_faultless(&text, kind).is_some(), plain, "{}", text);
    }

    #[test]
    fn documents_in_a_list_agree(
        texts in prop::collection::vec(prop_oneof![documents(), damaged(), wild()], 0..4),
        blank in select(&["", " ", "\n    "][..]),
        kind in select(&PolicyKind::ALL[..]),
    ) {
        laws::documents_in_a_list_agree(&format!("[{}]", texts.join(&format!("{blank},{blank}"))), kind);
    }
}
