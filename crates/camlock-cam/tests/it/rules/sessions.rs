//! Temporary credentials: who gets them, what they carry, and when they end.

use camlock_cam::Options;
use serde_json::{Value, json};

use super::{REFUSED, code, may};
use crate::client::{Client, Key, OWNER, Refusal, allow, document, resource};

/// A role that the principal may assume: its id.
fn role(client: &Client, name: &str, principal: &str, actions: &[&str]) -> String {
    let trust = json!({ "version": "2.0", "statement": [{ "effect": "allow",
        "action": "name/sts:AssumeRole", "principal": { "qcs": [resource(principal)] } }] });
    let body = json!({ "RoleName": name, "PolicyDocument": trust.to_string() });
    let id = client.set("CreateRole", body)["RoleId"].as_str().expect("an id").to_owned();
    let policy = client.policy(&format!("of-{name}"), &allow(actions));
    client.set("AttachRolePolicy", json!({ "AttachRoleId": id, "PolicyId": policy }));
    id
}

fn assume(client: &Client, key: &Key, name: &str, more: &Value) -> Result<Key, Refusal> {
    let mut body = json!({ "RoleArn": resource(&format!("roleName/{name}")),
        "RoleSessionName": "session" });
    for (name, value) in more.as_object().into_iter().flatten() {
        body[name] = value.clone();
    }
    client.call(key, "sts", "AssumeRole", body).map(|answer| Key::temporary(&answer))
}

#[test]
fn a_role_is_assumed_through_two_gates() {
    let client = Client::new(Options::default());
    let (trusted, with_both) = client.user_with("both", &allow(&["sts:AssumeRole"]));
    let (_, untrusted) = client.user_with("untrusted", &allow(&["sts:AssumeRole"]));
    let id = role(&client, "ops", &format!("uin/{trusted}"), &["cam:ListUsers"]);
    let (unallowed_uin, unallowed) = client.user("unallowed");
    role(&client, "other", &format!("uin/{unallowed_uin}"), &["cam:ListUsers"]);
    let more = json!({});
    assert_eq!(
        code(assume(&client, &untrusted, "ops", &more).map(|_| json!({}))),
        "UnauthorizedOperation"
    );
    assert_eq!(
        code(assume(&client, &unallowed, "other", &more).map(|_| json!({}))),
        "UnauthorizedOperation"
    );
    let session = assume(&client, &with_both, "ops", &more).expect("both gates");
    assert!(may(&client, &session, "ListUsers") && !may(&client, &session, "ListGroups"));
    let me = client.call(&session, "sts", "GetCallerIdentity", json!({})).expect("anybody may");
    assert_eq!(me["Arn"], json!(format!("qcs::sts:{OWNER}:assumed-role/{id}")));
    assert_eq!(me["UserId"], json!(format!("{id}:session")));
    assert_eq!(me["PrincipalId"], json!(trusted.to_string()));
    // Trust follows the role.
    let trust = json!({ "version": "2.0", "statement": [{ "effect": "allow",
        "action": "name/sts:AssumeRole", "principal": { "service": ["cvm.qcloud.com"] } }] });
    let body = json!({ "RoleName": "ops", "PolicyDocument": trust.to_string() });
    client.set("UpdateAssumeRolePolicy", body);
    assert!(assume(&client, &with_both, "ops", &more).is_err());
    // A deleted role ends its sessions.
    client.set("DeleteRole", json!({ "RoleName": "ops" }));
    assert!(code(client.cam(&session, "ListUsers", json!({}))).starts_with("AuthFailure."));
    let me = client.call(&session, "sts", "GetCallerIdentity", json!({}));
    assert!(code(me).starts_with("AuthFailure."));
}

#[test]
fn a_role_that_is_not_there_is_refused_like_one_that_may_not_be_assumed() {
    let client = Client::new(Options::default());
    let (_, key) = client.user("a");
    role(&client, "there", "root", &["cam:*"]);
    let of = |name: &str| {
        let (code, message) = assume(&client, &key, name, &json!({})).expect_err("refused");
        (code, message.replace(name, "NAME"))
    };
    assert_eq!(of("there"), of("missing"));
}

#[test]
fn who_may_assume_a_name_is_told_that_no_role_has_it() {
    let client = Client::new(Options::default());
    let named = document(&[("allow", &["sts:AssumeRole"], &[resource("roleName/missing")])]);
    let (_, key) = client.user_with("a", &named);
    role(&client, "there", "root", &["cam:*"]);
    let ask = |key: &Key, name| code(assume(&client, key, name, &json!({})).map(|_| json!({})));
    assert_eq!(ask(&key, "missing"), "ResourceNotFound.RoleNotFound");
    assert_eq!(ask(&client.root, "missing"), "ResourceNotFound.RoleNotFound");
    assert_eq!(ask(&key, "other"), "UnauthorizedOperation");
    assert_eq!(ask(&key, "there"), "UnauthorizedOperation");
}

#[test]
fn a_session_policy_limits_a_role_and_so_does_its_boundary() {
    let client = Client::new(Options::default());
    let id = role(&client, "ops", "root", &["cam:ListUsers", "cam:ListGroups"]);
    let policy = json!({ "Policy": allow(&["cam:ListUsers", "cam:ListPolicies"]).to_string() });
    let plain = assume(&client, &client.root, "ops", &json!({})).expect("the root");
    let limited = assume(&client, &client.root, "ops", &policy).expect("the root");
    assert!(may(&client, &plain, "ListGroups"));
    assert!(may(&client, &limited, "ListUsers"));
    assert!(!may(&client, &limited, "ListGroups") && !may(&client, &limited, "ListPolicies"));
    let boundary = client.policy("boundary", &allow(&["cam:ListGroups"]));
    client.set("PutRolePermissionsBoundary", json!({ "RoleId": id, "PolicyId": boundary }));
    assert!(may(&client, &plain, "ListGroups") && !may(&client, &plain, "ListUsers"));
    assert!(!may(&client, &limited, "ListUsers") && !may(&client, &limited, "ListGroups"));
}

#[test]
fn the_tags_of_a_session_count_as_those_of_the_caller() {
    let client = Client::new(Options::default());
    let id = role(&client, "tagged", "root", &["cvm:*"]);
    let document = json!({ "version": "2.0", "statement": [{ "effect": "allow",
        "action": ["cam:GetPolicy"], "resource": ["*"], "condition": { "for_any_value:string_equal":
            { "qcs:resource_tag": ["${qcs:principal_tag_key}&${qcs:principal_tag_value}"] } } }] });
    let policy = client.policy("same-team", &document);
    client.set("AttachRolePolicy", json!({ "AttachRoleId": id, "PolicyId": policy }));
    let body = json!({ "PolicyName": "of-ops", "PolicyDocument": allow(&["cvm:*"]).to_string(),
        "Tags": [{ "Key": "team", "Value": "ops" }] });
    let of_ops = client.set("CreatePolicy", body)["PolicyId"].clone();
    let may = |team: &str| {
        let tags = json!({ "Tags": [{ "Key": "team", "Value": team }] });
        let session = assume(&client, &client.root, "tagged", &tags).expect("the root");
        client.cam(&session, "GetPolicy", json!({ "PolicyId": of_ops })).is_ok()
    };
    assert!(may("ops") && !may("dev"));
    let twice = json!({ "Tags": [{ "Key": "a", "Value": "1" }, { "Key": "a", "Value": "2" }] });
    let refused = assume(&client, &client.root, "tagged", &twice).map(|_| json!({}));
    // STS has no code for tags of their own.
    assert_eq!(code(refused), "InvalidParameter.ParamError");
}

#[test]
fn a_federation_token_carries_what_both_allow() {
    let client = Client::new(Options::default());
    let (uin, key) = client.user_with("a", &allow(&["cam:ListUsers", "cam:ListGroups"]));
    let ask = |key: &Key, actions: &[&str]| {
        let body = json!({ "Name": "guest", "Policy": allow(actions).to_string() });
        let answer = client.call(key, "sts", "GetFederationToken", body);
        Key::temporary(&answer.expect("nobody needs permission"))
    };
    let token = ask(&key, &["cam:ListUsers", "cam:ListPolicies"]);
    assert!(may(&client, &token, "ListUsers"));
    assert!(!may(&client, &token, "ListGroups") && !may(&client, &token, "ListPolicies"));
    let me = client.call(&token, "sts", "GetCallerIdentity", json!({})).expect("anybody may");
    assert_eq!(me["UserId"], json!(format!("{uin}:guest")));
    // What the caller loses, the token loses.
    let everything = ["*".to_owned()];
    let deny = client.policy("deny", &document(&[("deny", &["cam:ListUsers"], &everything)]));
    client.set("AttachUserPolicy", json!({ "AttachUin": uin, "PolicyId": deny }));
    assert!(!may(&client, &token, "ListUsers"));
    // The root's token is limited by the policy alone, and has no say about the root's keys beyond it.
    let token = ask(&client.root, &["cam:ListUsers"]);
    assert!(may(&client, &token, "ListUsers") && !may(&client, &token, "ListGroups"));
    assert_eq!(code(client.cam(&token, "CreateAccessKey", json!({}))), REFUSED);
    let body = json!({ "Name": "guest", "Policy": allow(&["*"]).to_string() });
    let again = client.call(&token, "sts", "GetFederationToken", body);
    assert_eq!(code(again), "UnsupportedOperation");
}

#[test]
fn credentials_end_and_need_their_token() {
    let client = Client::new(Options::default());
    role(&client, "ops", "root", &["cam:ListUsers"]);
    let session = assume(&client, &client.root, "ops", &json!({ "DurationSeconds": 600 }));
    let session = session.expect("the root");
    let failure = "AuthFailure.TokenFailure";
    for token in [None, Some("wrong".to_owned())] {
        let other = Key { token, ..session.clone() };
        assert_eq!(code(client.cam(&other, "ListUsers", json!({}))), failure);
    }
    client.wait(599);
    assert!(may(&client, &session, "ListUsers"));
    client.wait(1);
    assert_eq!(code(client.cam(&session, "ListUsers", json!({}))), failure);
    client.plane.forget(client.now()).expect("written");
    let refused = client.cam(&session, "ListUsers", json!({}));
    assert_eq!(code(refused), failure, "though nothing is kept of it");
    let unknown = Key { id: session.id.replace("AKID", "BKID"), ..session };
    let refused = client.cam(&unknown, "ListUsers", json!({}));
    assert_eq!(code(refused), "AuthFailure.SecretIdNotFound");
}

#[test]
fn sessions_last_no_longer_than_their_limits() {
    let client = Client::new(Options::default());
    role(&client, "ops", "root", &["cam:ListUsers"]);
    client.set("UpdateRoleSessionDuration", json!({ "RoleName": "ops", "SessionDuration": 3_600 }));
    let long = assume(&client, &client.root, "ops", &json!({ "DurationSeconds": 3_601 }));
    assert_eq!(code(long.map(|_| json!({}))), "InvalidParameter.OverTimeError");
    let (_, key) = client.user("a");
    for (key, longest) in [(&client.root, 7_200), (&key, 129_600)] {
        let ask = |seconds: i64| {
            let body = json!({ "Name": "guest", "Policy": allow(&["*"]).to_string(),
                "DurationSeconds": seconds });
            client.call(key, "sts", "GetFederationToken", body)
        };
        assert_eq!(ask(longest).expect("allowed")["ExpiredTime"], json!(client.now() + longest));
        assert_eq!(code(ask(longest + 1)), "InvalidParameter.OverTimeError");
    }
}

#[test]
fn sessions_outlive_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store");
    let client = Client::on_file(&path);
    role(&client, "ops", "root", &["cam:ListUsers", "cam:ListGroups"]);
    let policy = json!({ "Policy": allow(&["cam:ListUsers"]).to_string() });
    let session = assume(&client, &client.root, "ops", &policy).expect("the root");
    let (seal, root, now) = (client.seal().clone(), client.root.clone(), client.now());
    drop(client);
    let client = Client::reopen(&path, &seal, root, now);
    assert!(may(&client, &session, "ListUsers") && !may(&client, &session, "ListGroups"));
}

#[test]
fn the_deletion_of_a_role_is_forgotten_after_a_day() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store");
    let client = Client::on_file(&path);
    let service = json!({ "QCSServiceName": ["cls.qcloud.com"] });
    let id = client.set("CreateServiceLinkedRole", service)["RoleId"].clone();
    let name = client.set("GetRole", json!({ "RoleId": id }))["RoleInfo"]["RoleName"].clone();
    let task = client.set("DeleteServiceLinkedRole", json!({ "RoleName": name }));
    let ask = |client: &Client| {
        client.plane.forget(client.now()).expect("written");
        let body = json!({ "DeletionTaskId": task["DeletionTaskId"] });
        client.cam(&client.root, "GetServiceLinkedRoleDeletionStatus", body)
    };
    client.wait(86_399);
    assert_eq!(ask(&client).expect("it is known")["Status"], "SUCCEEDED");
    client.wait(1);
    assert_eq!(code(ask(&client)), "InvalidParameter.DeletionTaskNotExist");
    let client = client.restart(&path, Options::default());
    assert_eq!(code(ask(&client)), "InvalidParameter.DeletionTaskNotExist");
}
