//! Roles for whoever a provider of SAML vouches for.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use camlock_cam::Options;
use serde_json::{Value, json};

use super::{code, may, message};
use crate::client::{Client, Key, START, allow, resource};

const METADATA: &str = include_str!("../../../src/saml/data/metadata.xml");
/// Signed by another implementation; it holds for five minutes from here on.
pub(super) const RESPONSE: &str = include_str!("../../../src/saml/data/response.xml");
const SIGNED: i64 = 1_700_000_000;

/// An account at the time of the response, with a provider, and a role that trusts it on a condition.
pub(super) fn account(condition: &Value) -> Client {
    account_with(Options::default(), condition)
}

fn account_with(options: Options, condition: &Value) -> Client {
    prepare(Client::new(options), condition)
}

fn prepare(client: Client, condition: &Value) -> Client {
    client.wait(SIGNED - START);
    let provider = json!({ "Name": "idp", "Description": "",
        "SAMLMetadataDocument": STANDARD.encode(METADATA) });
    client.set("CreateSAMLProvider", provider);
    let trust = json!({ "version": "2.0", "statement": [{ "effect": "allow",
        "action": "name/sts:AssumeRoleWithSAML", "condition": { "string_equal": condition },
        "principal": { "federated": [resource("saml-provider/idp")] } }] });
    client.set("CreateRole", json!({ "RoleName": "ops", "PolicyDocument": trust.to_string() }));
    let policy = client.policy("of-ops", &allow(&["cam:ListUsers"]));
    client.set("AttachRolePolicy", json!({ "AttachRoleName": "ops", "PolicyId": policy }));
    client
}

pub(super) fn body(response: &str) -> Value {
    json!({ "SAMLAssertion": STANDARD.encode(response), "RoleSessionName": "ann",
        "PrincipalArn": resource("saml-provider/idp"), "RoleArn": resource("roleName/ops") })
}

#[test]
fn a_role_trusts_whom_the_assertion_says() {
    let facts = json!({ "saml:aud": ["https://cloud.tencent.com/login/saml"],
        "saml:iss": ["https://idp.example.com"], "saml:sub": ["ann&co"],
        "saml:sub_type": ["persistent"] });
    let client = account(&facts);
    let answer =
        client.unsigned("sts", "AssumeRoleWithSAML", &body(RESPONSE)).expect("it is trusted");
    let session = Key::temporary(&answer);
    assert!(may(&client, &session, "ListUsers") && !may(&client, &session, "ListGroups"));
    for fact in ["saml:aud", "saml:iss", "saml:sub", "saml:sub_type"] {
        let mut other = facts.clone();
        other[fact] = json!(["other"]);
        let refused = account(&other).unsigned("sts", "AssumeRoleWithSAML", &body(RESPONSE));
        assert_eq!(code(refused), "UnauthorizedOperation", "{fact}");
    }
}

#[test]
fn whoever_signs_all_the_same_needs_policies_for_it_and_no_trust() {
    // The role trusts the provider alone; Tencent's typed clients sign with the key they have.
    let condition = json!({ "saml:sub": ["ann&co"] });
    let client = account(&condition);
    let (_, none) = client.user("none");
    let (_, other) = client.user_with("other", &allow(&["sts:AssumeRole"]));
    let (_, allowed) = client.user_with("allowed", &allow(&["sts:AssumeRoleWithSAML"]));
    let ask = |client: &Client, key: &Key, body: Value| {
        client.call(key, "sts", "AssumeRoleWithSAML", body)
    };
    for key in [&none, &other] {
        assert_eq!(code(ask(&client, key, body(RESPONSE))), "UnauthorizedOperation");
    }
    let mut elsewhere = body(RESPONSE);
    elsewhere["RoleArn"] = resource("roleName/missing").into();
    assert_eq!(code(ask(&client, &allowed, elsewhere)), "UnauthorizedOperation");
    let answer = ask(&client, &allowed, body(RESPONSE)).expect("it is trusted");
    // The credentials are those of whom the provider vouches for, and outlive the user who asked.
    let session = Key::temporary(&answer);
    client.set("DeleteUser", json!({ "Name": "allowed", "Force": 1 }));
    assert!(may(&client, &session, "ListUsers") && !may(&client, &session, "ListGroups"));
    let again = account(&condition);
    let answer = ask(&again, &again.root, body(RESPONSE)).expect("the root may");
    let session = Key::temporary(&answer);
    assert!(may(&again, &session, "ListUsers") && !may(&again, &session, "ListGroups"));
    let untrusted = account(&json!({ "saml:sub": ["bob"] }));
    let refused = ask(&untrusted, &untrusted.root, body(RESPONSE));
    assert_eq!(code(refused), "UnauthorizedOperation");
    // A role that the caller may not assume itself is no less closed for the caller.
    let refused = client.call(
        &client.root,
        "sts",
        "AssumeRole",
        json!({
        "RoleArn": resource("roleName/ops"), "RoleSessionName": "self" }),
    );
    assert_eq!(code(refused), "UnauthorizedOperation");
}

#[test]
fn an_assertion_is_used_once_and_a_refusal_does_not_use_it() {
    let client = account(&json!({ "saml:sub": ["ann&co"] }));
    let ask = |body: &Value| client.unsigned("sts", "AssumeRoleWithSAML", body);
    let mut elsewhere = body(RESPONSE);
    elsewhere["RoleArn"] = resource("roleName/missing").into();
    assert_eq!(code(ask(&elsewhere)), "UnauthorizedOperation");
    let mut long = body(RESPONSE);
    long["DurationSeconds"] = 43_201.into();
    assert_eq!(code(ask(&long)), "InvalidParameter.OverTimeError");
    ask(&body(RESPONSE)).expect("it is good");
    assert!(message(ask(&body(RESPONSE))).contains("used before"));
    client.wait(400);
    assert!(message(ask(&body(RESPONSE))).contains("expired"));
}

#[test]
fn an_assertion_that_was_used_stays_so_after_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store");
    let ask = |client: &Client| client.unsigned("sts", "AssumeRoleWithSAML", &body(RESPONSE));
    let client = prepare(Client::on_file(&path), &json!({ "saml:sub": ["ann&co"] }));
    ask(&client).expect("it is good");
    let client = client.restart(&path, Options::default());
    assert!(message(ask(&client)).contains("used before"));
}

#[test]
fn nothing_is_learned_before_the_signature_is_good() {
    let client = account(&json!({ "saml:sub": ["ann&co"] }));
    let ask =
        |body: &Value| client.unsigned("sts", "AssumeRoleWithSAML", body).expect_err("refused");
    let altered = ask(&body(&RESPONSE.replace("ann&amp;co", "root")));
    for arn in ["saml-provider/other", "oidc-provider/idp", "roleName/ops"] {
        let mut other = body(RESPONSE);
        other["PrincipalArn"] = resource(arn).into();
        assert_eq!(ask(&other), altered, "{arn}");
    }
    assert_eq!(altered.0, "UnauthorizedOperation");
    let junk = ask(&body("no XML"));
    assert_eq!(junk.0, "InvalidParameter.ParamError");
    for arn in ["saml-provider/other", "oidc-provider/idp", "roleName/ops"] {
        let mut other = body("no XML");
        other["PrincipalArn"] = resource(arn).into();
        assert_eq!(ask(&other), junk, "{arn}");
    }
}

#[test]
fn an_assertion_that_there_is_no_room_for_is_not_used() {
    let mut options = Options::default();
    options.quotas.sessions = 0;
    let client = account_with(options, &json!({ "saml:sub": ["ann&co"] }));
    for _ in 0..2 {
        let refused = client.unsigned("sts", "AssumeRoleWithSAML", &body(RESPONSE));
        assert_eq!(code(refused), "RequestLimitExceeded");
    }
}

#[test]
fn metadata_without_name_or_key_is_refused() {
    let client = Client::new(Options::default());
    for bad in ["<EntityDescriptor/>".to_owned(), METADATA.replace("X509Certificate", "X509Crl")] {
        let provider = json!({ "Name": "idp", "Description": "",
            "SAMLMetadataDocument": STANDARD.encode(&bad) });
        let refused = client.cam(&client.root, "CreateSAMLProvider", provider);
        assert_eq!(code(refused), "InvalidParameterValue.MetadataError", "{bad}");
    }
}
