//! What stands for something else: anchors, functions, names and lists that are computed.

use std::fmt::Write as _;

use camlock_policy::PolicyKind;
use camlock_syntax::parse;

use super::{edited, found};

/// The faults that are told in a file: code, and the text at each place.
fn told(name: &str, text: &str) -> Vec<(&'static str, String)> {
    let mut told = Vec::new();
    for own in found(name, text) {
        let kind = own.kind().unwrap_or(PolicyKind::Identity);
        for fault in parse(own.text(), kind).diagnostics {
            let code = fault.code.as_str();
            let Some(outer) = own.outer_diagnostic(fault) else { continue };
            let (start, end) = (outer.span.start as usize, outer.span.end as usize);
            told.push((code, text[start..end].to_owned()));
        }
    }
    told
}

#[track_caller]
fn check(name: &str, text: &str, expected: &[(&str, &str)]) {
    let told = told(name, text);
    let told: Vec<(&str, &str)> = told.iter().map(|(code, at)| (*code, at.as_str())).collect();
    assert_eq!(told, expected, "{text}");
}

#[test]
fn lists_that_terraform_computes_are_lists() {
    let file = |statement: &str| {
        format!(
            "locals {{\n  a = jsonencode({{ version = \"2.0\", statement = {statement} }})\n}}\n"
        )
    };
    let each =
        |effect: &str| format!("{{ effect = \"{effect}\", action = \"cos:*\", resource = \"*\" }}");
    let good = each("allow");
    let loops = format!("[for b in local.x : {}]", each("alow"));
    for list in [
        format!("concat({loops}, [{good}])"),
        format!("concat([{good}], (concat({loops}, local.more)))"),
    ] {
        check("a.tf", &file(&list), &[("CAM2011", "\"alow\"")]);
    }
    // Which member it is that a name stands for is not known.
    let computed = "{ (local.k) = \"allow\", action = \"cos.Get\", resource = \"*\" }";
    check("a.tf", &file(computed), &[("CAM2103", ".")]);
    check("a.tf", &format!("\u{feff}{}", file(&each("alow"))), &[("CAM2011", "\"alow\"")]);
}

const HEAD: &str = "a:\n  version: \"2.0\"\n  statement:\n";

#[test]
fn anchors_are_followed_and_not_edited() {
    let file = format!(
        "base: &b {{effect: allow, action: [\"cos.Get\"], resource: \"*\"}}\nid: &i \"qcs:x\"\n{HEAD}    - *b\n    - <<: *b\n      resource: *i\n"
    );
    let dot = ("CAM2103", ".");
    check("a.yaml", &file, &[dot, ("CAM2113", "qcs:x"), dot]);
    let all = found("a.yaml", &file);
    assert_eq!(edited(&file, &all[0], "cos.Get", "cos:Get"), None);
    // An anchor that nothing names is a place like any other.
    let alone = format!("{HEAD}    - &b {{effect: allow, action: \"cos.Get\", resource: \"*\"}}\n");
    let all = found("a.yaml", &alone);
    assert!(edited(&alone, &all[0], "cos.Get", "cos:Get").is_some());
    // What is merged is not known where it is no mapping, and neither is which members there are.
    let other =
        format!("{HEAD}    - <<: [*x]\n      resource: \"*\"\n").replace("a:\n", "x: &x 1\na:\n");
    check("a.yaml", &other, &[]);
}

#[test]
fn anchors_that_stand_for_very_much_take_little() {
    let mut file = String::from("x0: &x0 [\"cos:Get\", \"cos:Put\", \"cos:List\"]\n");
    for level in 1..40 {
        let before = level - 1;
        let list = vec![format!("*x{before}"); 9].join(", ");
        writeln!(file, "x{level}: &x{level} [{list}]").unwrap();
    }
    file.push_str("s: {<<: [*x39, *x39]}\n");
    for number in 0..200 {
        let policy = HEAD.replacen('a', &format!("p{number}"), 1);
        writeln!(file, "{policy}    - {{effect: allow, action: *x39}}").unwrap();
    }
    let all = found("a.yaml", &file);
    let long: usize = all.iter().map(|own| own.text().len()).sum();
    assert!(long < 4 << 20, "{long}");
    // One that stands in itself never ends.
    let circle = format!("{HEAD}    - &s {{effect: allow, action: [*s], resource: [*s]}}\n");
    check("a.yaml", &circle, &[]);
}

#[test]
fn what_functions_answer_is_not_known() {
    let yaml = format!(
        "{HEAD}    - effect: !If [c, allow, deny]\n      action: [!Sub \"x\", \"cos.Get\"]\n      resource: [{{\"Fn::Sub\": \"x\"}}, {{Ref: y}}]\n"
    );
    check("a.yaml", &yaml, &[("CAM2103", ".")]);
    let json = r#"{"Properties": {"PolicyDocument": {"version": "2.0", "statement": [
        {"effect": "allow", "action": "cos.Get", "resource": [{"Fn::Join": ["", ["a", {"Ref": "b"}]]}]}]}}}"#;
    check("a.json", json, &[("CAM2103", ".")]);
    let all = found("a.json", json);
    let mended = edited(json, &all[0], "\"cos.Get\"", "\"cos:Get\"").unwrap();
    assert_eq!(mended, json.replace("cos.Get", "cos:Get"));
}

#[test]
fn values_that_templates_put_into_yaml_leave_the_rest() {
    let file = |resource: &str| {
        format!(
            "{HEAD}    - effect: allow\n      action: cos:GetObject\n      resource: {resource}\n"
        )
    };
    let own = "\"qcs::cos:ap guangzhou:uid/{{ a }}:{{ b }}-1250000000/*\"";
    let told = told("a.yaml", &file(own));
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].1.contains("ap guangzhou"), "{told:?}");
    for resource in ["\"{{ a }}\"", "\"{{ a \"", "\"qcs:{{ a }}\""] {
        check("a.yaml", &file(resource), &[]);
    }
}

#[test]
fn urls_in_quotes_end_with_them() {
    let policy =
        r#"{"version":"2.0","statement":[{"effect":"allow","action":"cos:*","resource":"*"}]}"#;
    let encoded = policy.replace('{', "%7B").replace('}', "%7D").replace('"', "%22");
    let file = format!(
        "```sh\ncurl \"https://x.example/?Policy={encoded}\"\nx --Policy \"{encoded}\"\nx --policy '{policy}'\n```\n"
    );
    let all = found("a.md", &file);
    assert_eq!(all.len(), 3, "{all:?}");
    assert!(all.iter().all(|own| own.text() == policy), "{all:?}");
    check("a.md", &file, &[]);
    // Not all is encoded everywhere.
    let half = format!("?Policy={}", policy.replace('{', "%7B").replace('}', "%7D"));
    assert_eq!(found("a.txt", &half)[0].text(), policy);
}

#[test]
fn block_scalars_are_edited_whatever_ends_their_lines() {
    let lf = "a: |\n  {\n    \"version\": \"2.0\",\n    \"statement\": [{\"effect\": \"allow\", \"action\": \"cos.Get\"}]\n  }\nb: 1\n";
    for text in [lf.to_owned(), lf.replace('\n', "\r\n")] {
        let all = found("a.yaml", &text);
        let mended = edited(&text, &all[0], "\"cos.Get\"", "\"cos:Get\"");
        assert_eq!(mended, Some(text.replace("cos.Get", "cos:Get")), "{all:?}");
        let end = if text.contains('\r') { "\r\n" } else { "\n" };
        let lines = edited(&text, &all[0], "\"cos.Get\"", "[\n\"a\"]").unwrap();
        assert!(lines.contains(&format!("\"action\": [{end}  \"a\"]}}]{end}")), "{lines:?}");
    }
}
