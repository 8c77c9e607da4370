//! What is wrong with a document that is JSON: each code, CAM's own code, and the place.

use std::collections::BTreeSet;

use camlock_policy::PolicyKind::{self, Identity, Resource, Session, Trust};
use camlock_source::{Severity, SourceText};
use camlock_syntax::{codes, parse};

/// A document with one fault: our code, CAM's code behind `InvalidParameter.` (empty for a warning),
/// and the source text that the fault points at.
type Row = (PolicyKind, String, &'static str, &'static str, &'static str);

fn statement(elements: &str) -> String {
    format!(r#"{{"version":"2.0","statement":[{{{elements}}}]}}"#)
}

fn action(value: &str) -> String {
    statement(&format!(r#""effect":"allow","resource":"*","action":{value}"#))
}

fn resource(value: &str) -> String {
    statement(&format!(r#""effect":"allow","action":"*","resource":{value}"#))
}

fn principal(value: &str) -> String {
    statement(&format!(r#""effect":"allow","action":"*","resource":"*","principal":{value}"#))
}

fn condition(value: &str) -> String {
    statement(&format!(r#""effect":"allow","action":"*","resource":"*","condition":{value}"#))
}

#[expect(clippy::too_many_lines, reason = "a table")]
fn shapes() -> Vec<Row> {
    let whole = r#""effect":"allow","action":"*","resource":"*""#;
    let trust = r#""effect":"allow","action":"*","principal":"*""#;
    let text = str::to_owned;
    vec![
        (Identity, text("[]"), "CAM2001", "PolicyDocumentError", "["),
        (Identity, text("7"), "CAM2001", "PolicyDocumentError", "7"),
        (
            Identity,
            statement(&format!(r#"{whole},"efect":1"#)),
            "CAM2003",
            "StatementError",
            r#""efect""#,
        ),
        (
            Identity,
            format!(r#"{{"version":"2.0","name":"x","statement":{{{whole}}}}}"#),
            "CAM2003",
            "PolicyDocumentError",
            r#""name""#,
        ),
        (
            Identity,
            statement(&format!(r#"{whole},"not_action":"*""#)),
            "CAM2004",
            "StatementError",
            r#""not_action""#,
        ),
        (
            Identity,
            statement(&format!(r#"{whole},"NotResource":"*""#)),
            "CAM2004",
            "StatementError",
            r#""NotResource""#,
        ),
        (
            Identity,
            statement(&format!(r#"{whole},"Action":"*""#)),
            "CAM2005",
            "PolicyDocumentError",
            r#""Action""#,
        ),
        (
            Identity,
            statement(r#""Effect":"allow","action":"*","resource":"*""#),
            "CAM2006",
            "",
            r#""Effect""#,
        ),
        (
            Identity,
            format!(r#"{{"version":2.0,"statement":{{{whole}}}}}"#),
            "CAM2007",
            "VersionError",
            "2.0",
        ),
        (
            Identity,
            format!(r#"{{"version":"2012-10-17","statement":{{{whole}}}}}"#),
            "CAM2007",
            "VersionError",
            r#""2012-10-17""#,
        ),
        (Identity, format!(r#"{{"statement":{{{whole}}}}}"#), "CAM2008", "VersionError", "}"),
        (Identity, text(r#"{"version":"2.0","statement":[]}"#), "CAM2009", "StatementError", "["),
        (
            Identity,
            text(r#"{"version":"2.0","statement":["x"]}"#),
            "CAM2009",
            "StatementError",
            r#""x""#,
        ),
        (Identity, text(r#"{"version":"2.0"}"#), "CAM2010", "StatementError", "}"),
        (
            Identity,
            statement(r#""effect":"Allow ","action":"*","resource":"*""#),
            "CAM2011",
            "EffectError",
            r#""Allow ""#,
        ),
        (
            Identity,
            statement(r#""effect":true,"action":"*","resource":"*""#),
            "CAM2011",
            "EffectError",
            "true",
        ),
        (Identity, statement(r#""action":"*","resource":"*""#), "CAM2012", "EffectError", "}"),
        (Identity, action("7"), "CAM2013", "ActionError", "7"),
        (Identity, action(r#"["*",{}]"#), "CAM2013", "ActionError", "{"),
        (Identity, statement(r#""effect":"allow","resource":"*""#), "CAM2014", "ActionMiss", "}"),
        (Identity, action("[]"), "CAM2014", "ActionMiss", "[]"),
        (Identity, resource("null"), "CAM2015", "ResourceError", "null"),
        (Identity, resource("[]"), "CAM2015", "ResourceError", "[]"),
        (Identity, statement(r#""effect":"allow","action":"*""#), "CAM2016", "ResourceError", "}"),
        (
            Trust,
            statement(&format!(r#"{trust},"resource":"*""#)),
            "CAM2017",
            "ResourceError",
            r#""resource""#,
        ),
        (Resource, principal("[]"), "CAM2018", "PrincipalError", "["),
        (Resource, principal(r#"{"QCS":["x"]}"#), "CAM2018", "PrincipalError", r#""QCS""#),
        (Resource, principal(r#"{"qcs":[]}"#), "CAM2018", "PrincipalError", "[]"),
        (Resource, statement(whole), "CAM2019", "PrincipalError", "}"),
        (Identity, principal(r#""*""#), "CAM2020", "PrincipalError", r#""principal""#),
        (
            Trust,
            format!(r#"{{"version":"2.0","principal":"*","statement":[{{{trust}}}]}}"#),
            "CAM2021",
            "PrincipalError",
            r#""principal""#,
        ),
        (Identity, condition(r#""x""#), "CAM2022", "ConditionError", r#""x""#),
        (Identity, condition(r#"{"string_equal":[]}"#), "CAM2022", "ConditionError", "["),
        (Identity, condition(r#"{"string_equal":{}}"#), "CAM2023", "ConditionError", "{}"),
        (Identity, condition(r#"{"string_equal":{"x:y":[]}}"#), "CAM2023", "ConditionError", "[]"),
        (
            Resource,
            statement(r#""effect":"deny","action":"*","resource":"*","principal":"*""#),
            "CAM2025",
            "",
            r#""*""#,
        ),
    ]
}

fn names() -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (value, code, at) in [
        (r#""""#, "CAM2101", r#""""#),
        (r#""cos""#, "CAM2102", "cos"),
        (r#""cos.GetObject""#, "CAM2103", "."),
        (r#""cos：GetObject""#, "CAM2104", "："),
        (r#""cos:Get:Object""#, "CAM2105", ":"),
        (r#""cos:Get Object""#, "CAM2106", " "),
        ("\"cos\u{a0}Get\"", "CAM2106", "\u{a0}"),
        (r#"":GetObject""#, "CAM2107", ":"),
        (r#""cos:""#, "CAM2107", ":"),
        (r#""COS:GetObject""#, "CAM2108", "C"),
        (r#""cos:Get-Object""#, "CAM2109", "-"),
        (r#""c*s:GetObject""#, "CAM2110", "c*s"),
        (r#""name/c*:*""#, "CAM2110", "c*"),
        (r#""*:GetObject""#, "CAM2110", "*:GetObject"),
        (r#""permid/280655""#, "CAM2111", "permid/280655"),
    ] {
        rows.push((Identity, action(value), code, "ActionError", at));
    }
    for (value, code, api, at) in [
        (r#""""#, "CAM2113", "ResourceQcsError", r#""""#),
        (r#""qcs::cos:*""#, "CAM2113", "ResourceQcsError", "qcs::cos:*"),
        (r#""qvs::cos:::*""#, "CAM2114", "ResourceQcsError", "qvs"),
        (r#""arn:aws:s3:::b/*""#, "CAM2115", "ResourceQcsError", "arn"),
        (r#""qcs:id/7:cos:::b/*""#, "CAM2116", "ResourceProjectError", "id/7"),
        (r#""qcs::c*s:::b/*""#, "CAM2117", "ResourceContentError", "c*s"),
        (r#""qcs::cos:GZ::b/*""#, "CAM2118", "ResourceRegionError", "GZ"),
        (r#""qcs::cos:ap-*::b/*""#, "CAM2119", "ResourceRegionError", "ap-*"),
        (r#""qcs::cos::user/1:b/*""#, "CAM2120", "ResourceUinError", "user/1"),
        (r#""qcs::cos::1250000000:b/*""#, "CAM2121", "ResourceUinError", "1250000000"),
        (r#""qcs::cos::uin/${uin}:b/*""#, "CAM2122", "ResourceUinError", "uin/${uin}"),
        (r#""qcs::cos::uid/<AppId>:b/*""#, "CAM2123", "ResourceUinError", "uid/<AppId>"),
        (r#""qcs::cos:::b/${uin}/*""#, "CAM2124", "ResourceContentError", "${uin}"),
        (r#""qcs::cvm:::i/${name}""#, "CAM2125", "ResourceContentError", "${name}"),
        (r#""qcs::cvm:::i/${uin""#, "CAM2126", "ResourceContentError", "${uin"),
    ] {
        rows.push((Identity, resource(value), code, api, at));
    }
    for (value, code, at) in [
        (r#"{"qcs":""}"#, "CAM2127", r#""""#),
        (r#"{"qcs":"*"}"#, "CAM2128", "*"),
        (r#"{"qcs":"qcs::cam::uin/1:uin/*"}"#, "CAM2129", "uin/*"),
        (r#"{"qcs":"qcs::cvm::uin/1:root"}"#, "CAM2130", "qcs::cvm::uin/1:root"),
        (r#"{"qcs":"qcs::cam::uin/<uin>:root"}"#, "CAM2131", "<uin>"),
        (r#"{"qcs":"qcs::cam::uin/1:uin/abc"}"#, "CAM2132", "abc"),
        (r#"{"federated":"qcs::cam::uin/1:uin/2"}"#, "CAM2134", "qcs::cam::uin/1:uin/2"),
    ] {
        rows.push((Resource, principal(value), code, "PrincipalQcsError", at));
    }
    rows.push((
        Resource,
        principal(r#"{"service":"cvm"}"#),
        "CAM2133",
        "PrincipalServiceNotExist",
        "cvm",
    ));
    rows
}

fn conditions() -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (value, code, at) in [
        (r#"{"string_eq":{"x:y":"a"}}"#, "CAM2135", r#""string_eq""#),
        (r#"{"Ip_equal":{"qcs:ip":"10.0.0.1"}}"#, "CAM2135", r#""Ip_equal""#),
        (r#"{"qcs:ip":"10.0.0.1"}"#, "CAM2135", r#""qcs:ip""#),
        (r#"{"qcs:ip":["10.0.0.1"]}"#, "CAM2135", r#""qcs:ip""#),
        (r#"{"StringEquals":{"x:y":"a"}}"#, "CAM2136", r#""StringEquals""#),
        (r#"{"String_Equal":{"x:y":"a"}}"#, "CAM2135", r#""String_Equal""#),
        (r#"{"string_equal_if_exists":{"x:y":"a"}}"#, "CAM2137", r#""string_equal_if_exists""#),
        (r#"{"null_equal_if_exist":{"x:y":true}}"#, "CAM2138", r#""null_equal_if_exist""#),
    ] {
        rows.push((Identity, condition(value), code, "ConditionTypeError", at));
    }
    for (value, code, at) in [
        (r#"{"string_equal":{"":"a"}}"#, "CAM2139", r#""""#),
        (r#"{"string_equal":{"x y":"a"}}"#, "CAM2140", r#""x y""#),
        (r#"{"string_equal":{"x:${uin}":"a"}}"#, "CAM2141", r#""x:${uin}""#),
        (r#"{"ip_equal":{"qcs:IP":"10.0.0.1"}}"#, "CAM2142", r#""qcs:IP""#),
        (r#"{"string_equal":{"qcs:resource_tag/":"a"}}"#, "CAM2143", r#""qcs:resource_tag/""#),
        (r#"{"string_equal":{"x:y":null}}"#, "CAM2146", "null"),
        (r#"{"string_equal":{"x:y":[[1]]}}"#, "CAM2146", "["),
        (r#"{"date_equal":{"x:y":7}}"#, "CAM2146", "7"),
        (r#"{"numeric_equal":{"x:y":"1,5"}}"#, "CAM2147", "1,5"),
        (r#"{"string_equal":{"x:y":1.5}}"#, "CAM2148", "1.5"),
        (
            r#"{"date_equal":{"qcs:current_time":"2026-02-29T00:00:00Z"}}"#,
            "CAM2149",
            "2026-02-29T00:00:00Z",
        ),
        (r#"{"bool_equal":{"x:y":"yes"}}"#, "CAM2150", "yes"),
        (r#"{"ip_equal":{"qcs:ip":"10.0.0.1/33"}}"#, "CAM2151", "10.0.0.1/33"),
        (r#"{"string_like":{"x:y":"a*b"}}"#, "CAM2152", "a*b"),
        (r#"{"string_equal":{"x:y":"a${name}"}}"#, "CAM2153", "${name}"),
        (r#"{"string_equal":{"x:y":"a${uin"}}"#, "CAM2154", "${"),
        (
            r#"{"binary_equal":{"x:y":"${qcs:principal_tag_key}"}}"#,
            "CAM2155",
            "${qcs:principal_tag_key}",
        ),
        (r#"{"string_equal":{"qcs:resource_tag":"env"}}"#, "CAM2156", "env"),
    ] {
        rows.push((Identity, condition(value), code, "ConditionContentError", at));
    }
    let eleven: Vec<_> = (0..11).map(|n| format!("\"{n}\"")).collect();
    let eleven = format!(r#"{{"string_equal":{{"oidc:sub":[{}]}}}}"#, eleven.join(","));
    rows.push((Identity, condition(&eleven), "CAM2145", "ConditionError", r#""oidc:sub""#));
    let text = r#"{"string_equal":{"qcs:ip":"10.0.0.1"}}"#;
    rows.push((Identity, condition(text), "CAM2144", "ConditionError", r#""qcs:ip""#));
    rows
}

#[test]
fn each_fault_has_its_code_and_the_code_of_the_interface_and_its_place() {
    let mut wrong = Vec::new();
    for (kind, text, code, api, at) in shapes().into_iter().chain(names()).chain(conditions()) {
        let source = SourceText::new("policy.json", text);
        let parsed = parse(source.text(), kind);
        let api = (!api.is_empty()).then(|| format!("InvalidParameter.{api}"));
        let expected = [(code, api.as_deref(), at)];
        let found: Vec<_> = parsed
            .diagnostics
            .iter()
            .map(|d| (d.code.as_str(), d.api_code, source.slice(d.span)))
            .collect();
        if found != expected || parsed.policy.is_some() != api.is_none() {
            wrong.push(format!("{}\n  expected {expected:?}\n  found    {found:?}", source.text()));
        }
        assert!(parsed.diagnostics.iter().all(|d| d.help.is_some() && d.pointer.is_some()));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn advice_for_trust_policies_is_not_everyone() {
    let first = |principal: &str, effect: &str| {
        let text = format!(
            r#"{{"version":"2.0","statement":{{"effect":"{effect}","action":"*","principal":{principal}}}}}"#
        );
        let found = parse(&text, Trust).diagnostics.into_iter().next().expect("a fault");
        (found.code.as_str(), found.message, found.help.unwrap_or_default())
    };
    for principal in [r#"{"qcs":"*"}"#, "7"] {
        let (_, _, help) = first(principal, "allow");
        assert!(!help.contains('*') && !help.contains("everyone"), "{help}");
    }
    let (code, message, _) = first(r#""*""#, "deny");
    assert_eq!(code, "CAM2025");
    assert_eq!(message, "a deny for everyone stops nobody in a trust policy");
}

#[test]
fn every_code_of_the_lowering_stage_has_a_row() {
    let rows = shapes().into_iter().chain(names()).chain(conditions());
    let mut covered: BTreeSet<&str> = rows.map(|row| row.2).collect();
    // The tests on sizes below; and actions of requests, which no document holds.
    covered.extend(["CAM2002", "CAM2024", "CAM2112"]);
    let missing: Vec<_> =
        codes::LOWERING.iter().filter(|info| !covered.contains(info.code.as_str())).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// A policy of exactly `size` characters, blanks between tokens aside.
fn sized(size: usize, principal: &str) -> String {
    let start = r#"{"version":"2.0","statement":[{"sid":""#;
    let end = format!(r#"","effect":"allow",{principal}"action":"*","resource":"*"}}]}}"#);
    format!("{start}{}{end}", "é".repeat(size - start.len() - end.len()))
}

#[test]
fn a_document_longer_than_its_kind_allows_is_refused() {
    let blanks = " \n".repeat(10_000);
    assert!(parse(&format!("{blanks}{}", sized(6_144, "")), Identity).policy.is_some());
    for (kind, api) in [
        (Identity, "InvalidParameter.PolicyDocumentLengthOverLimit"),
        (Session, "InvalidParameter.PolicyTooLong"),
    ] {
        let parsed = parse(&sized(6_145, ""), kind);
        assert!(parsed.policy.is_none());
        let fault = parsed.first_error().unwrap();
        assert_eq!((fault.code.as_str(), fault.api_code), ("CAM2002", Some(api)));
    }
    // The bytes of a bucket policy count as sent, blanks included.
    let bucket = sized(1_000, r#""principal":{"qcs":["qcs::cam::uin/1:root"]},"#);
    let padding = " ".repeat(20_480 - bucket.len());
    assert!(parse(&format!("{padding}{bucket}"), Resource).policy.is_some());
    let parsed = parse(&format!("{padding} {bucket}"), Resource);
    assert_eq!(parsed.first_error().unwrap().code.as_str(), "CAM2002");
}

#[test]
fn too_many_statements_are_a_limit() {
    let statements = vec!["{}"; 1_001].join(",");
    let parsed = parse(&format!(r#"{{"version":"2.0","statement":[{statements}]}}"#), Identity);
    let limit = parsed.diagnostics.iter().find(|d| d.code.as_str() == "CAM2024").unwrap();
    assert_eq!(limit.api_code, Some("InvalidParameter.PolicyDocumentError"));
}

#[track_caller]
fn check_place(value: &str, at: &str, line: u32, column: u32) {
    let text = format!(
        "{{ \"version\": \"2.0\",\n\"statement\": {{ \"effect\": \"allow\", \"action\": \"*\",\n\"resource\": {value} }} }}"
    );
    let source = SourceText::new("policy.json", text);
    let parsed = parse(source.text(), Identity);
    let fault = parsed.first_error().expect("a fault");
    let place = source.line_column(fault.span.start);
    assert_eq!((source.slice(fault.span), place.line, place.column), (at, line, column));
}

#[test]
fn a_place_inside_a_string_is_found_through_its_escapes() {
    check_place(r#""qcs::cos:ap-*::b/*""#, "ap-*", 3, 23);
    check_place(r#""qc\u0073::cos:ap-*::b/*""#, "ap-*", 3, 28);
    check_place(r#""\u0071cs::cos:\u0061p\u002d\u002a::b/*""#, r"\u0061p\u002d\u002a", 3, 28);
    check_place(r#""qcs::cvm:::\ud83d\ude00é${name}""#, "${name}", 3, 38);
    check_place(r#""qcs::cvm:::\"\\\/\u0024{name}""#, r"\u0024{name}", 3, 31);
}

#[test]
fn every_fault_of_a_document_is_reported_in_order() {
    let text = r#"{"version":2,"statement":[
        {"effect":"permit","action":["cos.Get","x"],"resource":["qcs:id/7:cos:GZ:7:b/*"],
         "condition":{"StringEquals":{"qcs:IP":null}}}, 7]}"#;
    let parsed = parse(text, Identity);
    let found: Vec<_> = parsed.diagnostics.iter().map(|d| d.code.as_str()).collect();
    let expected = [
        "CAM2007", "CAM2011", "CAM2103", "CAM2102", "CAM2116", "CAM2118", "CAM2121", "CAM2136",
        "CAM2142", "CAM2146", "CAM2009",
    ];
    assert_eq!(found, expected, "{:#?}", parsed.diagnostics);
    assert!(parsed.diagnostics.iter().all(|d| d.severity == Severity::Error));
    let pointers: Vec<_> = parsed.diagnostics.iter().filter_map(|d| d.pointer.as_deref()).collect();
    assert_eq!(pointers[0], "/version");
    assert_eq!(pointers[3], "/statement/0/action/1");
    assert_eq!(pointers[9], "/statement/0/condition/StringEquals/qcs:IP");
    assert_eq!(pointers[10], "/statement/1");
}
