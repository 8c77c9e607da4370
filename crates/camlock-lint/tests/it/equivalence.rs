//! Which policies are told apart, and which are not.

use camlock_lint::same_decisions;
use camlock_policy::{Policy, PolicyKind};
use camlock_syntax::parse;

fn policy(statements: &str, kind: PolicyKind) -> Policy {
    let text = format!(r#"{{"version": "2.0", "statement": [{statements}]}}"#);
    parse(&text, kind).policy.unwrap_or_else(|| panic!("{text}"))
}

fn same(a: &str, b: &str, kind: PolicyKind) -> bool {
    let (a, b) = (policy(a, kind), policy(b, kind));
    let answer = same_decisions(&a, &b).is_ok();
    assert_eq!(same_decisions(&b, &a).is_ok(), answer, "either way");
    answer
}

fn allow(rest: &str) -> String {
    format!(r#"{{"effect": "allow", {rest}}}"#)
}

/// Pairs that differ in one element of a statement, and in some decision.
#[test]
fn a_difference_in_any_element_is_found() {
    let base = r#""action": "cos:Get*", "resource": "qcs::cos:gz:uid/1250000000:a-1250000000/x*",
        "condition": {"string_equal": {"cos:prefix": ["a/", "b/"]}, "numeric_less_than": {"cos:content-length": 10},
            "ip_equal": {"qcs:ip": "10.0.0.0/8"}, "for_any_value:string_equal": {"qcs:resource_tag": "env&prod"}}"#;
    for (from, to) in [
        ("cos:Get*", "cos:Get"),
        ("cos:Get*", "cos:get*"),
        ("cos:Get*", "*"),
        (":gz:", ":sh:"),
        (":gz:", "::"),
        ("x*\"", "x\""),
        ("x*\"", "*\""),
        ("qcs::cos", "qcs::"),
        ("uid/1250000000", "uid/1250000009"),
        ("string_equal\": {\"cos", "string_not_equal\": {\"cos"),
        ("string_equal\": {\"cos", "string_equal_if_exist\": {\"cos"),
        ("[\"a/\", \"b/\"]", "\"a/\""),
        ("10}", "11}"),
        ("numeric_less_than", "numeric_less_than_equal"),
        ("10.0.0.0/8", "10.0.0.0/16"),
        ("env&prod", "env&test"),
        ("for_any_value:", "for_all_value:"),
    ] {
        let other = base.replacen(from, to, 1);
        assert_ne!(base, other, "{from}");
        assert!(!same(&allow(base), &allow(&other), PolicyKind::Identity), "{from} {to}");
    }
}

#[test]
fn other_spellings_of_one_meaning_are_the_same() {
    for (a, b) in [
        (
            r#""action": "name/cos:**", "resource": "*""#,
            r#""action": ["cos:*", "cos:GetObject"], "resource": "*""#,
        ),
        (
            r#""action": "cos:*", "resource": "qcs::cos:gz::*/*""#,
            r#""action": "cos:*", "resource": "qcs::cos:ap-guangzhou::*""#,
        ),
    ] {
        for kind in
            [PolicyKind::Identity, PolicyKind::Boundary, PolicyKind::Scp, PolicyKind::Session]
        {
            assert!(same(&allow(a), &allow(b), kind), "{a}");
        }
    }
}

#[test]
fn a_deny_shows_whatever_is_allowed_beside_it() {
    let deny =
        |action: &str| format!(r#"{{"effect": "deny", "action": "{action}", "resource": "*"}}"#);
    assert!(!same(&deny("cos:*"), &deny("cos:Get*"), PolicyKind::Boundary));
    assert!(!same(
        &deny("cos:*"),
        &allow(r#""action": "cos:*", "resource": "*""#),
        PolicyKind::Scp
    ));
}

#[test]
fn principals_are_told_apart() {
    let trust = |who: &str| allow(&format!(r#""action": "sts:AssumeRole", "principal": {who}"#));
    let user = r#"{"qcs": "qcs::cam::uin/100000000001:uin/100000000011"}"#;
    let other = r#"{"qcs": "qcs::cam::uin/100000000001:uin/100000000012"}"#;
    let service = r#"{"service": "cvm.qcloud.com"}"#;
    for (a, b) in [
        (user, other),
        (user, service),
        (user, "\"*\""),
        (service, "{\"service\": \"scf.qcloud.com\"}"),
    ] {
        assert!(!same(&trust(a), &trust(b), PolicyKind::Trust), "{a} {b}");
        assert!(same(&trust(a), &trust(a), PolicyKind::Trust));
    }
    let bucket = |who: &str| {
        allow(&format!(
            r#""action": "cos:*", "principal": {who}, "resource": "qcs::cos::uid/1250000000:*""#
        ))
    };
    for (a, b) in [(user, other), (user, "\"*\"")] {
        assert!(!same(&bucket(a), &bucket(b), PolicyKind::Resource), "{a} {b}");
    }
}
