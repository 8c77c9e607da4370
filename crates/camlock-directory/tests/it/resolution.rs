//! How callers and resources meet their policies.

use camlock_directory::{Account, Authorizer};
use camlock_policy::{Decision, Deployment, Layer, Request, RequestBuilder};

const ACCOUNT: &str = r#"{
    "camlock": 1,
    "owner": { "uin": 1, "app_id": "1250000000" },
    "policies": [
        { "id": "10", "name": "read", "document": { "version": "2.0", "statement": [
            { "effect": "allow", "action": "cos:Get*", "resource": "*" } ] } },
        { "id": "11", "name": "tagged", "document": { "version": "2.0", "statement": [
            { "effect": "allow", "action": "cvm:*", "resource": "*",
              "condition": { "string_equal": { "qcs:resource_tag": "team&${qcs:principal_tag_value}" } } } ] } },
        { "id": "12", "name": "assume", "document": { "version": "2.0", "statement": [
            { "effect": "allow", "action": "sts:AssumeRole", "resource": "*" } ] } },
        { "id": "13", "name": "all", "document": { "version": "2.0", "statement": [
            { "effect": "allow", "action": "*", "resource": "*" } ] } }
    ],
    "groups": [ { "id": "20", "name": "readers", "policies": ["read"] } ],
    "users": [
        { "uin": "2", "name": "member", "groups": ["readers"], "policies": ["tagged", "assume"], "tags": { "t": "game" } },
        { "uin": "3", "name": "limited", "policies": ["all"], "boundary": "read" },
        { "uin": "4", "name": "pager", "kind": "message_recipient" }
    ],
    "roles": [
        { "id": "30", "name": "job", "policies": ["read"], "trust": { "version": "2.0", "statement": [
            { "effect": "allow", "action": "sts:AssumeRole", "principal": { "qcs": ["qcs::cam::uin/1:uin/2"] } } ] } },
        { "id": "31", "name": "linked", "policies": ["all"], "service_linked": true, "trust": { "version": "2.0", "statement": [
            { "effect": "allow", "action": "sts:AssumeRole", "principal": { "service": "scf.qcloud.com" } } ] } }
    ],
    "resource_policies": [ { "resource": "qcs::cos:ap-guangzhou:uid/1250000000:b-1250000000", "document": { "statement": [
        { "effect": "allow", "principal": "*", "action": "cos:GetObject", "resource": "*" },
        { "effect": "deny", "principal": "*", "action": "cos:PutObject", "resource": "*" } ] } } ],
    "organization": { "levels": [
        { "name": "account", "policies": [ { "version": "2.0", "statement": [
            { "effect": "allow", "action": "*", "resource": "*" },
            { "effect": "deny", "action": "cos:DeleteBucket", "resource": "*" } ] } ] } ] }
}"#;

const BUCKET: &str = "qcs::cos:ap-guangzhou:uid/1250000000:b-1250000000/a";
const SERVER: &str = "qcs::cvm:ap-guangzhou:uin/1:instance/ins-1";

fn ask(principal: &str, action: &str, resource: &str) -> RequestBuilder {
    Request::builder().principal(principal).action(action).resource(resource)
}

#[track_caller]
fn check(request: RequestBuilder, decision: Decision, layer: Layer) {
    let authorizer = Authorizer::new(Account::from_json(ACCOUNT).unwrap());
    let request = request.build().unwrap();
    let outcome = authorizer.decide(&request).unwrap();
    assert_eq!((outcome.decision, outcome.layer), (decision, layer), "{request:?}");
    assert_eq!(authorizer.explain(&request, None).unwrap().outcome, outcome);
}

#[test]
fn a_user_has_its_own_policies_and_those_of_its_groups() {
    check(ask("qcs::cam::uin/1:uin/2", "cos:GetBucket", "*"), Decision::Allow, Layer::Identity);
    let tagged = ask("qcs::cam::uin/1:uin/2", "cvm:StopInstances", SERVER);
    check(
        tagged.clone().context("qcs:resource_tag", "team&game"),
        Decision::Allow,
        Layer::Identity,
    );
    check(tagged.context("qcs:resource_tag", "team&web"), Decision::ImplicitDeny, Layer::Default);
}

#[test]
fn a_boundary_limits_and_names_itself() {
    check(ask("qcs::cam::uin/1:uin/3", "cos:GetBucket", "*"), Decision::Allow, Layer::Identity);
    check(
        ask("qcs::cam::uin/1:uin/3", "cvm:StopInstances", SERVER),
        Decision::ImplicitDeny,
        Layer::Boundary,
    );
}

#[test]
fn a_message_recipient_has_no_access_even_to_what_is_public() {
    check(ask("*", "cos:GetObject", BUCKET), Decision::Allow, Layer::Resource);
    check(
        ask("qcs::cam::uin/1:uin/4", "cos:GetObject", BUCKET),
        Decision::ImplicitDeny,
        Layer::Default,
    );
}

#[test]
fn the_organization_comes_first_but_not_for_service_linked_roles() {
    check(
        ask("qcs::cam::uin/1:root", "cos:DeleteBucket", BUCKET),
        Decision::ExplicitDeny,
        Layer::Scp,
    );
    let linked = ask("qcs::cam::uin/1:role/tencentcloudServiceRole/31", "cos:DeleteBucket", BUCKET);
    check(linked, Decision::Allow, Layer::Identity);
    // The role is known to be service-linked however the request names it.
    check(
        ask("qcs::cam::uin/1:roleName/linked", "cos:DeleteBucket", BUCKET),
        Decision::Allow,
        Layer::Identity,
    );
}

#[test]
fn a_role_is_assumed_by_whom_it_trusts() {
    for role in ["qcs::cam::uin/1:roleName/job", "qcs::cam::uin/1:role/30"] {
        check(ask("qcs::cam::uin/1:uin/2", "sts:AssumeRole", role), Decision::Allow, Layer::Trust);
        check(
            ask("qcs::cam::uin/1:uin/3", "sts:AssumeRole", role),
            Decision::ImplicitDeny,
            Layer::Boundary,
        );
    }
    let service_role = "qcs::cam::uin/1:role/tencentcloudServiceRoleName/linked";
    check(ask("scf.qcloud.com", "sts:AssumeRole", service_role), Decision::Allow, Layer::Trust);
    let unknown = "qcs::cam::uin/1:roleName/nobody";
    check(
        ask("qcs::cam::uin/1:uin/2", "sts:AssumeRole", unknown),
        Decision::ImplicitDeny,
        Layer::Trust,
    );
}

#[test]
fn a_bucket_policy_counts_for_its_bucket_only() {
    let other = "qcs::cos:ap-guangzhou:uid/1250000000:c-1250000000/a";
    check(ask("*", "cos:GetObject", other), Decision::ImplicitDeny, Layer::Default);
    let foreign = "qcs::cos:ap-guangzhou:uid/1259999999:b-1250000000/a";
    check(ask("*", "cos:GetObject", foreign), Decision::ImplicitDeny, Layer::Default);
    check(ask("*", "cos:PutObject", BUCKET), Decision::ExplicitDeny, Layer::Resource);
}

#[test]
fn a_deny_for_everyone_stops_signed_callers_only_where_that_was_asked_for() {
    let put = ask("qcs::cam::uin/1:root", "cos:PutObject", BUCKET).build().unwrap();
    let account = || Account::from_json(ACCOUNT).unwrap();
    assert!(Authorizer::new(account()).decide(&put).unwrap().is_allowed());
    let strict = Deployment { strict_everyone_deny: true, ..Deployment::default() };
    let outcome = Authorizer::with_deployment(account(), strict).decide(&put).unwrap();
    assert_eq!(outcome.decision, Decision::ExplicitDeny);
}

#[test]
fn an_unknown_principal_is_an_error_and_not_a_decision() {
    let authorizer = Authorizer::new(Account::from_json(ACCOUNT).unwrap());
    let decide = |who: &str| authorizer.decide(&ask(who, "cos:GetObject", BUCKET).build().unwrap());
    assert_eq!(decide("qcs::cam::uin/1:uin/99").unwrap_err().code(), "CAM8101");
    assert_eq!(decide("qcs::cam::uin/1:roleName/nobody").unwrap_err().code(), "CAM8102");
}

#[test]
fn the_general_policies_are_a_policy_and_deny_without_second_factor() {
    let mut account = Account::from_json(ACCOUNT).unwrap();
    account.attach_general_policies();
    let authorizer = Authorizer::new(account);
    let request = |mfa: &str| {
        let request = ask("qcs::cam::uin/1:uin/2", "account:ModifyMail", "*");
        request.context("mfa", mfa).build().unwrap()
    };
    assert_eq!(authorizer.decide(&request("0")).unwrap().decision, Decision::ExplicitDeny);
    assert_eq!(authorizer.decide(&request("1")).unwrap().decision, Decision::ImplicitDeny);
}

#[test]
fn session_policy_and_session_tags_count() {
    let authorizer = Authorizer::new(Account::from_json(ACCOUNT).unwrap());
    let text = r#"{"version":"2.0","statement":{"effect":"allow","action":"cos:GetBucket","resource":"*"}}"#;
    let policy = camlock_syntax::parse(text, camlock_policy::PolicyKind::Session).policy.unwrap();
    let session = Authorizer::session(&policy);
    let get = ask("qcs::cam::uin/1:roleName/job", "cos:GetObject", BUCKET).build().unwrap();
    assert!(authorizer.decide(&get).unwrap().is_allowed());
    let outcome = authorizer.decide_in_session(&get, Some(&session)).unwrap();
    assert_eq!((outcome.decision, outcome.layer), (Decision::ImplicitDeny, Layer::Session));
}
