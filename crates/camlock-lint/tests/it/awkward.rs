//! Documents in which a repair could go wrong, each found by thinking of a way to break one.

use camlock_policy::PolicyKind;
use camlock_source::Grade;

use crate::laws;
use crate::safety::keeps;
use crate::spelt::Spelt;

/// Lists of statements; each is tried with either effect where it says `EFFECT`.
const STATEMENTS: &[&str] = &[
    // A deny applies where a variable has no value; an allow does not [VAR-5].
    r#"{"effect": "EFFECT", "action": "cvm:*", "resource": ["qcs::cvm:::i/*", "qcs::cvm:::i/${uin}/*"]}"#,
    r#"{"effect": "EFFECT", "action": "cvm:*", "resource": ["qcs::cvm:::*", "qcs::cvm:::i/${uin}", "qcs::cvm:::${uin}*"]}"#,
    // What cannot be read is neither there nor missing [CND-29].
    r#"{"effect": "EFFECT", "action": "*", "resource": "*", "condition": {"numeric_less_than": {"x:n": [5, 7]}, "string_like": {"x:n": "*"}}}"#,
    r#"{"effect": "EFFECT", "action": "*", "resource": "*", "condition": {"string_like_if_exist": {"x:n": ["*", "a"]}, "null_equal": {"x:n": [true, false]}}}"#,
    r#"{"effect": "EFFECT", "action": "*", "resource": "*", "condition": {"ip_equal_if_exist": {"qcs:ip": ["0.0.0.0/0", "::/0"]}, "ip_not_equal": {"qcs:ip": ["0.0.0.0/0", "10.0.0.0/8"]}}}"#,
    // Several values where one is usual [CND-13, RD-29].
    r#"{"effect": "EFFECT", "action": "*", "resource": "*", "condition": {"ip_equal": {"qcs:ip": "10.0.0.0/8"}, "ip_not_equal": {"qcs:ip": ["192.0.2.0/24", "10.1.0.0/16"]}}}"#,
    r#"{"effect": "EFFECT", "action": "*", "resource": "*", "condition": {"for_any_value:string_equal": {"qcs:uin": ["1", "a"]}, "for_all_value:string_equal": {"qcs:uin": ["1"]}, "string_not_equal": {"qcs:uin": "a"}}}"#,
    r#"{"effect": "EFFECT", "action": "*", "resource": "*", "condition": {"for_all_value:string_not_equal_if_exist": {"x:s": ["a", "b"]}, "for_any_value:string_not_equal": {"x:s": ["a"]}, "string_not_like": {"x:s": ["a*", "ab*"]}}}"#,
    // One key by two names, and one tag of many [CND-27].
    r#"{"effect": "EFFECT", "action": "*", "resource": "*", "condition": {"string_equal": {"qcs:tag/env": "prod", "qcs:resource_tag/env": ["prod", "Prod"]}, "string_like": {"qcs:tag": "env&*"}}}"#,
    r#"{"effect": "EFFECT", "action": "*", "resource": "*", "condition": {"null_equal": {"qcs:tag/env": [true, false]}, "string_equal_ignore_case": {"qcs:resource_tag/env": ["a", "A"]}}}"#,
    // Numbers and times that look different and are equal [CND-18, CND-19].
    r#"{"effect": "EFFECT", "action": "*", "resource": "*", "condition": {"numeric_equal": {"x:n": ["1", "1.0", "10e-1", 2]}, "numeric_greater_than_equal": {"x:n": [1, "1.00"]}}}"#,
    r#"{"effect": "EFFECT", "action": "*", "resource": "*", "condition": {"date_less_than": {"qcs:current_time": ["2026-06-01 12:00:00", "2026-06-01T12:00:00+00:00", "2026-06-01T12:00:00.0Z"]}}}"#,
    // Letter case, stars that are letters, addresses in two families.
    r#"{"effect": "EFFECT", "action": ["cos:Get*", "cos:get*", "name/cos:Get**"], "resource": ["qcs::cos:gz::B/*", "qcs::cos:ap-guangzhou::b/*"]}"#,
    r#"{"effect": "EFFECT", "action": "*", "resource": "*", "condition": {"string_equal": {"x:s": ["*", "a*", "ab"]}, "string_like": {"x:s": ["a*", "ab", "AB*"]}, "string_equal_ignore_case": {"x:s": ["ab", "AB"]}}}"#,
    r#"{"effect": "EFFECT", "action": "*", "resource": "*", "condition": {"ip_equal": {"qcs:ip": ["::ffff:10.0.0.0/104", "10.1.2.3/8", "::/0", "10.0.0.0/8"]}}}"#,
    // Only the bare star covers a request for `*` [RES-18].
    r#"{"effect": "EFFECT", "action": ["cos:*", "*:*"], "resource": ["*", "qcs:::::*", "qcs::*:*:*:*/*", "qcs:id/0:cos:::**"]}"#,
    r#"{"effect": "EFFECT", "action": "cos:*", "resource": ["qcs::cos::uin/1:*", "qcs::cos:::*", "qcs::cos::*:*", "qcs::cos::uin/-1:*"]}"#,
    // Two operators that want one name.
    r#"{"effect": "EFFECT", "action": "*", "resource": "*", "condition": {"string_like": {"x:one": "*"}, "bool_equal": {"x:two": [true, false]}, "ip_equal": {"x:three": ["::/0", "0.0.0.0/0"]}}}"#,
    r#"{"effect": "EFFECT", "action": "*", "resource": "*", "condition": {"ip_equal_if_exist": {"qcs:ip": "10.0.0.0/8"}, "for_any_value:ip_equal": {"qcs:ip": ["10.0.0.0/9"]}}}"#,
    r#"{"effect": "EFFECT", "action": "*", "resource": "*", "condition": {"for_any_value:string_equal": {"cos:prefix": "a"}, "string_equal_if_exist": {"cos:delimiter": "/"}, "string_like": {"cos:versionid": "b"}}}"#,
    r#"{"effect": "EFFECT", "action": "*", "resource": "*", "condition": {"string_not_equal": {"mfa": "true"}, "for_any_value:string_not_equal": {"cos:prefix": "a"}, "for_all_value:string_not_equal_if_exist": {"qcs:mfa": "true"}}}"#,
    // Statements that nearly say the same.
    r#"{"effect": "EFFECT", "action": "cos:A", "resource": "*"}, {"effect": "EFFECT", "action": "cos:B", "resource": "*"}, {"effect": "EFFECT", "action": "cos:A", "resource": "qcs::cos:::b/*"}"#,
    r#"{"effect": "EFFECT", "action": ["cos:A", "cos:B"], "resource": "qcs::cos:::b/*"}, {"effect": "EFFECT", "action": ["cos:B", "cos:A"], "resource": ["qcs::cos:::b/*", "qcs::cos:::c/*"]}"#,
    r#"{"effect": "EFFECT", "action": "cos:A", "resource": "*", "condition": {"null_equal": {"x:s": true}}}, {"effect": "EFFECT", "action": "cos:A", "resource": "*", "condition": {"null_equal": {"x:s": false}}}"#,
    r#"{"effect": "allow", "action": "cos:*", "resource": "*", "condition": {"string_equal": {"x:s": "a"}}}, {"effect": "deny", "action": "cos:*", "resource": "*", "condition": {"string_equal_if_exist": {"x:s": ["a", "b"]}}}"#,
    r#"{"effect": "allow", "action": ["cos:A", "cos:B"], "resource": "*"}, {"effect": "deny", "action": "cos:A", "resource": "qcs::cos:::*"}, {"effect": "deny", "action": "cos:B", "resource": "*"}"#,
];

/// The same for kinds that name somebody.
const NAMING: &[&str] = &[
    r#"{"effect": "EFFECT", "action": "ACTION", RESOURCE "principal": {"qcs": ["qcs::cam::uin/1:root", "qcs::cam::uin/1:uin/1", "qcs::cam::uin/1:uin/11", "qcs::cam::uin/1:groupid/7", "qcs::cam::uin/1:roleName/ops"]}}"#,
    r#"{"effect": "EFFECT", "action": "ACTION", RESOURCE "principal": {"qcs": ["qcs::cam::uin/2:root", "qcs::cam::uin/2:uin/22", "qcs::cam::uin/2:role/4611", "qcs::cam::uin/2:uin/22"]}}"#,
    r#"{"effect": "EFFECT", "action": "ACTION", RESOURCE "principal": {"qcs": ["qcs::cam::anyone:anyone", "qcs::cam::uin/1:uin/11", "qcs::cam::anonymous:anonymous", "qcs::cam::uin/2:root"], "service": "cvm.qcloud.com"}}"#,
    r#"{"effect": "allow", "action": "ACTION", RESOURCE "principal": {"qcs": "qcs::cam::uin/1:uin/11"}}, {"effect": "deny", "action": "ACTION", RESOURCE "principal": "*"}"#,
    r#"{"effect": "allow", "action": "ACTION", RESOURCE "principal": "*"}, {"effect": "deny", "action": "ACTION", RESOURCE "principal": "*"}"#,
    r#"{"effect": "EFFECT", "action": "ACTION", RESOURCE "principal": {"qcs": "qcs::cam::uin/1:uin/11"}}, {"effect": "EFFECT", "action": "ACTION", RESOURCE "principal": "*"}"#,
    r#"{"effect": "EFFECT", "action": "ACTION", RESOURCE "principal": {"qcs": "qcs::cam::uin/1:root"}}, {"effect": "EFFECT", "action": ["ACTION", "name/ACTION"], RESOURCE "principal": {"qcs": "qcs::cam::uin/1:uin/11"}}"#,
    r#"{"effect": "EFFECT", "action": "ACTION", RESOURCE "principal": {"qcs": ["qcs::cam::uin/1:saml-provider/idp"], "federated": "qcs::cam::uin/1:saml-provider/idp"}}"#,
];

/// Repairs a text to the end, and holds what comes out to its grade.
fn holds(kind: PolicyKind, statements: &str) {
    let text = format!("{{\"version\": \"2.0\", \"statement\": [{statements}]}}");
    let document = Spelt { kind, text };
    let before = laws::read(&document.text, kind, "the table");
    for grade in [Grade::Safe, Grade::Narrowing] {
        let (after, _) = laws::repaired(&document, grade);
        if after != document.text {
            let read = laws::read(&after, kind, &document.text);
            keeps(&before, &read, grade, &format!("{}\n{after}", document.text));
        }
        laws::mending_refuses_nothing(&document, grade);
    }
}

fn either_effect(statements: &str, check: impl Fn(&str)) {
    check(&statements.replace("EFFECT", "allow"));
    if statements.contains("EFFECT") {
        check(&statements.replace("EFFECT", "deny"));
    }
}

#[test]
fn repairs_of_awkward_statements_keep_their_promise() {
    for statements in STATEMENTS {
        either_effect(statements, |statements| {
            for kind in [PolicyKind::Identity, PolicyKind::Boundary, PolicyKind::Scp] {
                holds(kind, statements);
            }
            let of_bucket = "\"principal\": {\"qcs\": \"qcs::cam::uin/1:uin/11\"}, \"effect\"";
            holds(PolicyKind::Resource, &statements.replace("\"effect\"", of_bucket));
        });
    }
}

#[test]
fn repairs_of_awkward_principals_keep_their_promise() {
    for statements in NAMING {
        either_effect(statements, |statements| {
            let of_bucket = statements.replace("RESOURCE", "\"resource\": \"qcs::cos:::b/*\",");
            holds(PolicyKind::Resource, &of_bucket.replace("ACTION", "cos:GetObject"));
            let of_role = statements.replace("RESOURCE", "");
            holds(PolicyKind::Trust, &of_role.replace("ACTION", "sts:AssumeRole"));
        });
    }
}
