//! Texts before and after each repair, and what none repairs.

use camlock_source::{Grade, SourceText};

use super::*;
use crate::levels::Levels;
use crate::linter::Linter;
use crate::mend::mend;
use crate::rule::Level;
use crate::settings::Settings;

/// A linter in which a code is the only one that finds anything.
fn linter(code: &str) -> Linter {
    let levels = Levels::default().with("all", Level::Off).unwrap();
    Linter::new(Settings {
        levels: levels.with(code, Level::Error).unwrap(),
        ..Settings::default()
    })
}

/// The text after the repairs of one code, of a grade and better.
fn mended(code: &str, grade: Grade, text: &str) -> String {
    let mended = mend(&linter(code), &SourceText::new("policy.json", text), None, grade);
    assert!(mended.refused.is_empty(), "{code}: {:?}", mended.refused);
    mended.text
}

/// Code, grade, a text, and the same text without the fault.
const CASES: &[(&str, Grade, &str, &str)] = &[
    ("CAM1016", Grade::Safe, r#"{"a": [1, 2,] , }"#, r#"{"a": [1, 2]  }"#),
    ("CAM1017", Grade::Safe, "{\"a\": [1 2]\n \"b\": 3}", "{\"a\": [1, 2],\n \"b\": 3}"),
    ("CAM1018", Grade::Safe, r#"{"a" = 1, "b" "c"}"#, r#"{"a" : 1, "b": "c"}"#),
    ("CAM1019", Grade::Suggestion, r#"{"a": [1,, 2]}"#, r#"{"a": [1, 2]}"#),
    (
        "CAM1020",
        Grade::Suggestion,
        r#"{"a": [{"b": "c", "d" , "e", "f": "g", "h"}]}"#,
        r#"{"a": [{"b": ["c", "d" , "e"], "f": ["g", "h"]}]}"#,
    ),
    ("CAM1021", Grade::Safe, "{ // one\n\"a\": 1 # two\n}", "{\n\"a\": 1\n}"),
    ("CAM1021", Grade::Safe, "{\r\n  // one\r\n  \"a\": /* b */ 1\r\n}", "{\r\n  \"a\":  1\r\n}"),
    ("CAM1021", Grade::Safe, "{}\n// the end", "{}\n"),
    ("CAM1022", Grade::Safe, "{“a”: ‘b’, 'c': \"d”}", r#"{"a": "b", "c": "d"}"#),
    ("CAM1022", Grade::Safe, "{'a\\b': 1}", r#"{"a\\b": 1}"#),
    ("CAM1022", Grade::Safe, r#"{\"a\": [\"b:c\", \"\"]}"#, r#"{"a": ["b:c", ""]}"#),
    ("CAM1022", Grade::Safe, "{&quot;a&quot;: &#34;b&#34;}", r#"{"a": "b"}"#),
    ("CAM1022", Grade::Suggestion, "[&quot;a&amp;b&quot;]", r#"["a&amp;b"]"#),
    ("CAM1022", Grade::Suggestion, r#"["a”, "b"]"#, r#"["a", "b"]"#),
    ("CAM1023", Grade::Safe, r#"{"a"：1}"#, r#"{"a":1}"#),
    ("CAM1024", Grade::Safe, "[1，2、3；4;5]", "[1,2,3,4,5]"),
    ("CAM1025", Grade::Safe, "｛\"a\": ［1］｝", r#"{"a": [1]}"#),
    ("CAM1026", Grade::Safe, "{\u{a0}\u{3000}\"a\":\u{200b} 1}", "{  \"a\": 1}"),
    ("CAM1027", Grade::Safe, "\u{feff}{}", "{}"),
    ("CAM1028", Grade::Suggestion, "{\"a\": \"b,\n\"c\": 1}", "{\"a\": \"b\",\n\"c\": 1}"),
    ("CAM1029", Grade::Suggestion, "[\"a\tb\"]", r#"["a\u0009b"]"#),
    ("CAM1030", Grade::Suggestion, r#"["a\d"]"#, r#"["a\\d"]"#),
    ("CAM1032", Grade::Suggestion, "[cos:*, True, x y]", r#"["cos:*", true, "x y"]"#),
    ("CAM1033", Grade::Safe, "{a: 1, b-c: 2}", r#"{"a": 1, "b-c": 2}"#),
    ("CAM1035", Grade::Suggestion, r#"{"a": [1}"#, r#"{"a": [1]}"#),
    ("CAM1035", Grade::Suggestion, "{\"a\": [1]\n", "{\"a\": [1]}\n"),
    ("CAM1035", Grade::Suggestion, r#"{"a": [1]]}"#, r#"{"a": [1]}"#),
    ("CAM1035", Grade::Suggestion, r#"{"a": 1}}"#, r#"{"a": 1}"#),
    ("CAM2003", Grade::Suggestion, r#"{"statements": []}"#, r#"{"statement": []}"#),
    (
        "CAM2003",
        Grade::Suggestion,
        r#"{"statement": {"ACTION": "*", "resource ": "*"}}"#,
        r#"{"statement": {"action": "*", "resource": "*"}}"#,
    ),
    ("CAM2006", Grade::Safe, r#"{"Version": "2.0"}"#, r#"{"version": "2.0"}"#),
    ("CAM2007", Grade::Suggestion, r#"{"version": 2.0}"#, r#"{"version": "2.0"}"#),
    ("CAM2007", Grade::Suggestion, r#"{"version": "2"}"#, r#"{"version": "2.0"}"#),
    (
        "CAM2008",
        Grade::Suggestion,
        r#"{ "statement": [] }"#,
        r#"{ "version": "2.0", "statement": [] }"#,
    ),
    (
        "CAM2011",
        Grade::Suggestion,
        r#"{"statement": {"effect": " Allow "}}"#,
        r#"{"statement": {"effect": "allow"}}"#,
    ),
    (
        "CAM2017",
        Grade::Suggestion,
        r#"{"statement": {"action": "sts:AssumeRole", "principal": "*", "resource": "*"}}"#,
        r#"{"statement": {"action": "sts:AssumeRole", "principal": "*"}}"#,
    ),
    (
        "CAM2128",
        Grade::Suggestion,
        r#"{"statement": [{"principal": {"qcs": ["*"]}}, {"principal": {"qcs": "*"}}]}"#,
        r#"{"statement": [{"principal": "*"}, {"principal": "*"}]}"#,
    ),
    (
        "CAM2018",
        Grade::Suggestion,
        r#"{"principal": {"QCS": "*"}}"#,
        r#"{"principal": {"qcs": "*"}}"#,
    ),
];

/// The same for strings: a place in a statement, what stands there, and what then does.
const STRINGS: &[(&str, &str, &str, &str)] = &[
    ("CAM2103", "action", "cos.GetObject", "cos:GetObject"),
    ("CAM2104", "action", "cos：GetObject", "cos:GetObject"),
    ("CAM2105", "action", "cos::GetObject", "cos:GetObject"),
    ("CAM2106", "action", "name/cos: GetObject ", "name/cos:GetObject"),
    ("CAM2108", "action", "name/SMS: SendSms ", "name/sms:SendSms"),
    ("CAM2108", "action", "COS:GetObject", "cos:GetObject"),
    ("CAM2113", "resource", "qcs:clb:*:*:*/*", "qcs::clb:*:*:*/*"),
    ("CAM2113", "resource", "qcs::cat:uin/100000000001:x/*", "qcs::cat::uin/100000000001:x/*"),
    ("CAM2118", "resource", "qcs::tcr:uin/100000000001:x:y", "qcs::tcr::uin/100000000001:x:y"),
    ("CAM2114", "resource", "QCS::cvm:::instance/*", "qcs::cvm:::instance/*"),
    ("CAM2114", "resource", " qcs::cvm:::instance/*", "qcs::cvm:::instance/*"),
    ("CAM2117", "resource", "qcs:: CVM:::instance/*", "qcs::cvm:::instance/*"),
    ("CAM2118", "resource", "qcs::cvm:AP_Guangzhou::x/*", "qcs::cvm:ap-guangzhou::x/*"),
    ("CAM2120", "resource", "qcs::cos:: uid/1250000000:x/*", "qcs::cos::uid/1250000000:x/*"),
    ("CAM2121", "resource", "qcs::cos::1250000000:x/*", "qcs::cos::uid/1250000000:x/*"),
    ("CAM2121", "resource", "qcs::cvm::100000000001:x/*", "qcs::cvm::uin/100000000001:x/*"),
    ("CAM2130", "qcs", "qcs::cam::100000000001:root", "qcs::cam::uin/100000000001:root"),
    (
        "CAM2130",
        "qcs",
        "qcs: : cam: : uin/100000000001: uin/100000000011",
        "qcs::cam::uin/100000000001:uin/100000000011",
    ),
    ("CAM2130", "qcs", "qcs:cam::uin/100000000001:root", "qcs::cam::uin/100000000001:root"),
    ("CAM2130", "qcs", "QCS::cam::anyone:anyone", "qcs::cam::anyone:anyone"),
    ("CAM2132", "qcs", "qcs::cam::uin/100000000001 :root", "qcs::cam::uin/100000000001:root"),
    ("CAM2133", "service", " cvm.qcloud.com", "cvm.qcloud.com"),
    ("CAM2147", "numeric_equal", " 10", "10"),
    ("CAM2150", "bool_equal", "True", "true"),
    ("CAM2151", "ip_equal", "10.0.0.0 / 8", "10.0.0.0/8"),
    ("CAM2156", "string_equal", "env: prod", "env&prod"),
    ("CAM2156", "string_equal", "env=prod", "env&prod"),
];

/// The same for operators and keys, whose values do not matter.
const NAMES: &[(&str, &str, &str)] = &[
    ("CAM2135", r#""ip_equals": {"qcs:ip""#, r#""ip_equal": {"qcs:ip""#),
    ("CAM2136", r#""ForAllValues:StringEquals": {"x""#, r#""for_all_value:string_equal": {"x""#),
    ("CAM2136", r#""NumericLessThanIfExists": {"x""#, r#""numeric_less_than_if_exist": {"x""#),
    ("CAM2137", r#""ip_equal_if_exists": {"x""#, r#""ip_equal_if_exist": {"x""#),
    ("CAM2138", r#""for_any_value:null_equal": {"x""#, r#""null_equal": {"x""#),
    ("CAM2140", r#""ip_equal": {"qcs: ip ""#, r#""ip_equal": {"qcs:ip""#),
    ("CAM2142", r#""ip_equal": {"QCS:IP""#, r#""ip_equal": {"qcs:ip""#),
    ("CAM2142", r#""string_equal": {"qcs:Tag/Env""#, r#""string_equal": {"qcs:tag/Env""#),
];

/// A document with a string at a place.
fn with_string(place: &str, string: &str) -> String {
    let member = match place {
        "action" | "resource" => format!(r#""{place}": ["*", "{string}"]"#),
        "qcs" | "service" => format!(r#""principal": {{"{place}": "{string}"}}"#),
        "ip_equal" => format!(r#""condition": {{"ip_equal": {{"qcs:ip": "{string}"}}}}"#),
        "string_equal" => format!(r#""condition": {{"string_equal": {{"qcs:tag": "{string}"}}}}"#),
        operator => format!(r#""condition": {{"{operator}": {{"x": "{string}"}}}}"#),
    };
    format!(r#"{{"version": "2.0", "statement": [{{"effect": "allow", {member}}}]}}"#)
}

fn with_condition(start: &str) -> String {
    format!(r#"{{"version": "2.0", "statement": {{"condition": {{{start}: "1"}}}}}}}}"#)
}

#[test]
fn each_repair_does_what_it_says_and_once_is_enough() {
    let strings = STRINGS.iter().map(|(code, place, before, after)| {
        (*code, Grade::Suggestion, with_string(place, before), with_string(place, after))
    });
    let names = NAMES.iter().map(|(code, before, after)| {
        (*code, Grade::Suggestion, with_condition(before), with_condition(after))
    });
    let texts = CASES
        .iter()
        .map(|(code, grade, before, after)| (*code, *grade, (*before).into(), (*after).into()));
    let mut wrong = Vec::new();
    for (code, grade, before, after) in texts.chain(strings).chain(names) {
        let found = mended(code, grade, &before);
        if found != after {
            wrong.push(format!("{code}\n  {before}\n  {found}\n  {after}"));
        }
        if grade < Grade::Safe && mended(code, Grade::Narrowing, &before) != before {
            wrong.push(format!("{code}: nobody was asked\n  {before}"));
        }
        if mended(code, grade, &after) != after {
            wrong.push(format!("{code}: a second time\n  {after}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_repair_has_a_text_and_a_page_that_says_so() {
    let shown = CASES.iter().map(|(code, ..)| *code);
    let shown = shown.chain(STRINGS.iter().map(|(code, ..)| *code));
    let mut shown: Vec<&str> = shown.chain(NAMES.iter().map(|(code, ..)| *code)).collect();
    // Their members and numbers have cases of their own below.
    shown.extend(["CAM2020", "CAM2148"]);
    let rows = REPAIRS.iter().map(|(code, grade, _)| (*code, *grade)).chain(text::rows());
    let rows: Vec<(&str, Grade)> = rows.collect();
    for (code, grade) in &rows {
        assert!(shown.contains(code), "{code} has no text");
        assert_eq!(crate::rules::explain(code).unwrap().fix, Some(*grade), "{code}");
    }
    for page in crate::faults::pages().filter(|page| page.fix.is_some()) {
        assert!(rows.iter().any(|(code, _)| *code == page.code), "{} repairs nothing", page.code);
    }
}

#[test]
fn a_principal_of_a_session_policy_and_a_number_under_a_string_operator() {
    let text = r#"{"version": "2.0", "statement": {"principal": "*", "effect": "allow"}}"#;
    let source = SourceText::new("policy.json", text);
    let kind = Some(camlock_policy::PolicyKind::Session);
    let mended_text = mend(&linter("CAM2020"), &source, kind, Grade::Suggestion).text;
    assert_eq!(mended_text, r#"{"version": "2.0", "statement": {"effect": "allow"}}"#);

    let before = with_condition(r#""string_equal": {"x""#).replace("\"1\"", "[1.2, -3e1]");
    let after = before.replace("[1.2, -3e1]", r#"["1.2", "-3e1"]"#);
    assert_eq!(mended("CAM2148", Grade::Suggestion, &before), after);
}

#[test]
fn what_nobody_can_know_is_left_alone() {
    for (code, text) in [
        // Which value is missing, or which name.
        ("CAM1019", r#"{"a": , "b": 1}"#.to_owned()),
        ("CAM1020", r#"{"a": {"b"}}"#.to_owned()),
        ("CAM1020", r#"{"a": ["b"], "c"}"#.to_owned()),
        ("CAM1020", r#"{"a": "b", 1}"#.to_owned()),
        ("CAM1020", r#"{"action": "b", "resource", "*"}"#.to_owned()),
        // A comment that nothing closes hides the rest.
        ("CAM1021", "{\"a\": 1 /* }".to_owned()),
        ("CAM1022", "['a]".to_owned()),
        ("CAM1032", "[0x10]".to_owned()),
        // Which of two brackets was meant.
        ("CAM1035", "{\"a\": [1".to_owned()),
        ("CAM2003", r#"{"statement": {"action": "*", "actions": "*"}}"#.to_owned()),
        ("CAM2003", r#"{"statement": {"policy_comment": "*"}}"#.to_owned()),
        ("CAM2008", "{}".to_owned()),
        ("CAM2011", r#"{"statement": {"effect": "permit"}}"#.to_owned()),
        ("CAM2018", r#"{"principal": {"AWS": "*"}}"#.to_owned()),
        ("CAM2018", r#"{"principal": {"qcs": "*", "QCS": "*"}}"#.to_owned()),
        ("CAM2105", with_string("action", "cos:Get:Object")),
        ("CAM2113", with_string("resource", "qcs::cvm:ap-guangzhou:instance")),
        ("CAM2120", with_string("resource", "qcs::cvm:gz:instance:ins-1")),
        ("CAM2128", r#"{"principal": {"qcs": ["*", "x"]}, "statement": []}"#.to_owned()),
        ("CAM2128", r#"{"principal": {"qcs": "*", "service": "a.b"}}"#.to_owned()),
        (
            "CAM2128",
            r#"{"statement": {"action": "sts:AssumeRole", "principal": {"qcs": "*"}}}"#.to_owned(),
        ),
        ("CAM2132", with_string("qcs", "qcs::cam::uin/100000000001:uin/alice")),
        ("CAM2135", with_condition(r#""numeric_between": {"x""#)),
        ("CAM2151", with_string("ip_equal", "10.*.*.*")),
        ("CAM2156", with_string("string_equal", "prod")),
        ("CAM2156", with_string("string_equal", "a:b:c")),
    ] {
        assert_eq!(mended(code, Grade::Suggestion, &text), text, "{code}");
        let found = linter(code).lint(&SourceText::new("policy.json", text.as_str()), None);
        assert!(!found.findings.is_empty(), "{code} is not found in {text}");
    }
}

#[test]
fn nothing_is_safe_where_a_text_can_be_read_in_two_ways() {
    for (code, text) in [
        ("CAM1016", r#"{"a": [1,], "b": <ID>}"#),
        ("CAM1021", "{\"a\": 1, // one\n \"b\"}"),
        ("CAM1022", r#"["a”, "b"]"#),
    ] {
        assert_eq!(mended(code, Grade::Safe, text), text, "{code}");
        assert_ne!(mended(code, Grade::Suggestion, text), text, "{code}");
    }
}

/// Each fault is repaired in constant time, or a hostile text of them would take hours.
#[test]
fn many_faults_are_repaired_in_one_go() {
    let text = format!("[{}]", vec!["[1,]"; 9_999].join(","));
    let source = SourceText::new("policy.json", text.as_str());
    let found = linter("CAM1016").lint(&source, None).findings;
    assert_eq!(found.len(), 9_999);
    assert!(found.iter().all(|own| own.diagnostic.fix.is_some()));
}

#[test]
fn a_list_of_documents_and_lines_are_mended_as_one_document_is() {
    let text = r#"[{"statement": [1,]}, {"statement": []},]"#;
    assert_eq!(mended("CAM1016", Grade::Safe, text), r#"[{"statement": [1]}, {"statement": []}]"#);
    let lines = SourceText::new("a.jsonl", "{\"a\": 1}\n{\"a\": 1,}\n{\"a\": 1,} // end\n");
    let mended = mend(&linter("CAM1016"), &lines, None, Grade::Safe);
    assert_eq!(mended.text, "{\"a\": 1}\n{\"a\": 1}\n{\"a\": 1} // end\n");
}

#[test]
fn no_repair_makes_two_members_of_one_name() {
    let text = |effect: &str| {
        format!(
            r#"{{"version": "2.0", "statement": [{{{effect}, "action": "cos:*", "resource": "*"}}]}}"#
        )
    };
    let twice = text(r#""Effect": "allow", "effect": "deny""#);
    assert_eq!(mended("CAM2006", Grade::Safe, &twice), twice);
    let once = text(r#""Effect": "allow""#);
    assert_eq!(mended("CAM2006", Grade::Safe, &once), once.replace("Effect", "effect"));
}
