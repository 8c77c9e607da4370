//! How much there may be of everything.

use camlock_cam::{Options, Quotas};
use serde_json::{Value, json};

use super::code;
use crate::client::{Client, allow, number};

#[test]
fn a_user_and_the_root_have_two_keys_each() {
    let client = Client::new(Options::default());
    let (uin, key) = client.user("a");
    let body = json!({ "TargetUin": uin });
    client.set("CreateAccessKey", body.clone());
    let full = "OperationDenied.AccessKeyOverLimit";
    assert_eq!(code(client.cam(&client.root, "CreateAccessKey", body.clone())), full);
    client.set("CreateAccessKey", json!({}));
    assert_eq!(code(client.cam(&client.root, "CreateAccessKey", json!({}))), full);
    // One that goes makes room.
    client.set("DeleteAccessKey", json!({ "AccessKeyId": key.id, "TargetUin": uin }));
    client.set("CreateAccessKey", body);
}

#[test]
fn a_policy_has_five_versions_whose_numbers_never_come_back() {
    let client = Client::new(Options::default());
    let policy = client.policy("p", &allow(&["cvm:*"]));
    let add = |default: bool| {
        client.cam(
            &client.root,
            "CreatePolicyVersion",
            json!({ "PolicyId": policy, "SetAsDefault": default,
                "PolicyDocument": allow(&["cos:*"]).to_string() }),
        )
    };
    let drop = |version: u64| {
        let body = json!({ "PolicyId": policy, "VersionId": [version] });
        client.cam(&client.root, "DeletePolicyVersion", body)
    };
    for version in 2..=5 {
        assert_eq!(number(&add(false).expect("room"), "VersionId"), version);
    }
    assert_eq!(code(add(false)), "FailedOperation.PolicyVersionFull");
    drop(5).expect("not the default");
    assert_eq!(number(&add(true).expect("room"), "VersionId"), 6);
    assert_eq!(code(drop(6)), "FailedOperation.PolicyVersionAlreadyDefault");
    assert_eq!(code(drop(5)), "InvalidParameter.PolicyVersionNotExists");
    for version in 1..=4 {
        drop(version).expect("not the default");
    }
    assert_eq!(number(&add(false).expect("room"), "VersionId"), 7);
    let set = |version: u64| {
        let body = json!({ "PolicyId": policy, "VersionId": version });
        client.cam(&client.root, "SetDefaultPolicyVersion", body)
    };
    assert_eq!(code(set(6)), "FailedOperation.PolicyVersionAlreadyDefault");
    assert_eq!(code(set(1)), "InvalidParameter.PolicyVersionNotExists");
    set(7).expect("a version");
    let list = client.set("ListPolicyVersions", json!({ "PolicyId": policy }));
    let list: Vec<(u64, u64)> = list["Versions"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|own| (number(own, "VersionId"), number(own, "IsDefaultVersion")))
        .collect();
    assert_eq!(list, [(6, 0), (7, 1)]);
}

#[test]
fn a_user_a_group_and_a_role_have_200_policies_each() {
    let client = Client::new(Options::default());
    let (uin, _) = client.user("a");
    let group = number(&client.set("CreateGroup", json!({ "GroupName": "g" })), "GroupId");
    let trust = json!({ "version": "2.0", "statement": [{ "effect": "allow",
        "action": "name/sts:AssumeRole", "principal": { "service": ["cvm.qcloud.com"] } }] });
    let role = json!({ "RoleName": "r", "PolicyDocument": trust.to_string() });
    let role = client.set("CreateRole", role)["RoleId"].clone();
    let attach = |policy: u64| {
        [
            ("AttachUserPolicy", json!({ "AttachUin": uin, "PolicyId": policy })),
            ("AttachGroupPolicy", json!({ "AttachGroupId": group, "PolicyId": policy })),
            ("AttachRolePolicy", json!({ "AttachRoleId": role, "PolicyId": policy })),
        ]
        .map(|(action, body)| client.cam(&client.root, action, body))
    };
    let document = allow(&["cvm:*"]);
    for at in 0..200 {
        let policy = client.policy(&format!("p{at}"), &document);
        for result in attach(policy) {
            result.expect("room");
        }
    }
    let list = client.set("ListAttachedUserPolicies", json!({ "TargetUin": uin, "Rp": 200 }));
    let first = number(&list["List"][0], "PolicyId");
    let late = client.policy("late", &document);
    for result in attach(late) {
        assert_eq!(code(result), "InvalidParameter.AttachmentFull");
    }
    // What is attached already takes no more room.
    for result in attach(first) {
        result.expect("no change");
    }
    client.set("DetachUserPolicy", json!({ "DetachUin": uin, "PolicyId": first }));
    attach(late)[0].as_ref().expect("room");
}

fn join(users: &[u64], group: u64) -> Value {
    let info = users.iter().map(|uin| json!({ "Uin": uin, "GroupId": group }));
    json!({ "Info": info.collect::<Vec<_>>() })
}

#[test]
fn a_user_is_in_ten_groups_and_a_group_has_a_hundred_users() {
    let client = Client::new(Options::default());
    let new_group =
        |name: &str| number(&client.set("CreateGroup", json!({ "GroupName": name })), "GroupId");
    let users: Vec<u64> = (0..101)
        .map(|at| number(&client.set("AddUser", json!({ "Name": format!("u{at}") })), "Uin"))
        .collect();
    let groups: Vec<u64> = (0..11).map(|at| new_group(&format!("g{at}"))).collect();
    for group in &groups[..10] {
        client.set("AddUserToGroup", join(&users[..1], *group));
    }
    let full = client.cam(&client.root, "AddUserToGroup", join(&users[..1], groups[10]));
    assert_eq!(code(full), "InvalidParameter.UserGroupFull");
    // All of one call or nothing of it.
    let before = client.set("GetGroup", json!({ "GroupId": groups[0] }));
    let full = client.cam(&client.root, "AddUserToGroup", join(&users, groups[0]));
    assert_eq!(code(full), "InvalidParameter.GroupUserFull");
    assert_eq!(client.set("GetGroup", json!({ "GroupId": groups[0] })), before);
    client.set("AddUserToGroup", join(&users[..100], groups[0]));
    let full = client.cam(&client.root, "AddUserToGroup", join(&users[100..], groups[0]));
    assert_eq!(code(full), "InvalidParameter.GroupUserFull");
    client.set("AddUserToGroup", join(&users[..100], groups[0]));
    client.set("RemoveUserFromGroup", join(&users[..1], groups[0]));
    client.set("AddUserToGroup", join(&users[100..], groups[0]));
    let shown = client.set("GetGroup", json!({ "GroupId": groups[0] }));
    assert_eq!(number(&shown, "GroupNum"), 100);
}

#[test]
fn an_operator_may_choose_other_limits() {
    let mut options = Options::default();
    options.quotas =
        Quotas { users: 1, groups: 1, roles: 1, policies: 1, providers: 1, ..Quotas::default() };
    let client = Client::new(options);
    let document = allow(&["cvm:*"]).to_string();
    let trust = json!({ "version": "2.0", "statement": [{ "effect": "allow",
        "action": "name/sts:AssumeRole", "principal": { "service": ["cvm.qcloud.com"] } }] });
    for (action, name, mut body, full) in [
        ("AddUser", "Name", json!({}), "InvalidParameter.SubUserFull"),
        ("CreateGroup", "GroupName", json!({}), "InvalidParameter.GroupFull"),
        (
            "CreatePolicy",
            "PolicyName",
            json!({ "PolicyDocument": document }),
            "FailedOperation.PolicyFull",
        ),
        (
            "CreateRole",
            "RoleName",
            json!({ "PolicyDocument": trust.to_string() }),
            "InvalidParameter.RoleFull",
        ),
    ] {
        body[name] = json!("first");
        client.set(action, body.clone());
        body[name] = json!("second");
        assert_eq!(code(client.cam(&client.root, action, body)), full);
    }
}
