//! Which policies count for a user: its own, those of its groups, and never beyond its boundary.

use camlock_cam::Options;
use serde_json::json;

use super::{REFUSED, code, may};
use crate::client::{Client, allow, document, number, resource};

#[test]
fn a_boundary_limits_and_grants_nothing() {
    let client = Client::new(Options::default());
    let (uin, key) = client.user_with("a", &allow(&["cam:ListUsers", "cam:ListGroups"]));
    let boundary = client.policy("boundary", &allow(&["cam:ListUsers", "cam:ListPolicies"]));
    assert!(may(&client, &key, "ListUsers") && may(&client, &key, "ListGroups"));
    client.set("PutUserPermissionsBoundary", json!({ "TargetUin": uin, "PolicyId": boundary }));
    assert!(may(&client, &key, "ListUsers"));
    assert!(!may(&client, &key, "ListGroups"), "beyond the boundary");
    assert!(!may(&client, &key, "ListPolicies"), "only in the boundary");
    // It follows its policy.
    client.set(
        "UpdatePolicy",
        json!({ "PolicyId": boundary, "PolicyDocument": allow(&["cam:ListGroups"]).to_string() }),
    );
    assert!(!may(&client, &key, "ListUsers") && may(&client, &key, "ListGroups"));
    client.set("DeleteUserPermissionsBoundary", json!({ "TargetUin": uin }));
    assert!(may(&client, &key, "ListUsers") && may(&client, &key, "ListGroups"));
}

#[test]
fn the_policies_of_groups_count_for_their_members() {
    let client = Client::new(Options::default());
    let (uin, key) = client.user("a");
    let group = number(&client.set("CreateGroup", json!({ "GroupName": "g" })), "GroupId");
    let policy = client.policy("p", &allow(&["cam:ListUsers"]));
    let member = json!({ "Info": [{ "Uin": uin, "GroupId": group }] });
    let attached = json!({ "AttachGroupId": group, "PolicyId": policy });
    let detached = json!({ "DetachGroupId": group, "PolicyId": policy });
    assert!(!may(&client, &key, "ListUsers"));
    client.set("AttachGroupPolicy", attached.clone());
    assert!(!may(&client, &key, "ListUsers"), "no member");
    client.set("AddUserToGroup", member.clone());
    assert!(may(&client, &key, "ListUsers"));
    client.set("DetachGroupPolicy", detached);
    assert!(!may(&client, &key, "ListUsers"), "detached");
    client.set("AttachGroupPolicy", attached);
    assert!(may(&client, &key, "ListUsers"));
    client.set("RemoveUserFromGroup", member.clone());
    assert!(!may(&client, &key, "ListUsers"), "removed");
    client.set("AddUserToGroup", member);
    client.set("DeleteGroup", json!({ "GroupId": group }));
    assert!(!may(&client, &key, "ListUsers"), "the group is gone");
}

#[test]
fn a_deny_of_a_group_beats_an_allow_of_the_user() {
    let client = Client::new(Options::default());
    let (uin, key) = client.user_with("a", &allow(&["cam:*"]));
    let group = number(&client.set("CreateGroup", json!({ "GroupName": "g" })), "GroupId");
    let everything = ["*".to_owned()];
    let policy = client.policy("p", &document(&[("deny", &["cam:ListUsers"], &everything)]));
    client.set("AttachGroupPolicy", json!({ "AttachGroupId": group, "PolicyId": policy }));
    client.set("AddUserToGroup", json!({ "Info": [{ "Uin": uin, "GroupId": group }] }));
    assert!(!may(&client, &key, "ListUsers") && may(&client, &key, "ListGroups"));
    client.set("DeletePolicy", json!({ "PolicyId": [policy] }));
    assert!(may(&client, &key, "ListUsers"));
}

#[test]
fn the_default_version_is_the_one_that_counts() {
    let client = Client::new(Options::default());
    let (uin, key) = client.user("a");
    let policy = client.policy("p", &allow(&["cam:ListUsers"]));
    client.set("AttachUserPolicy", json!({ "AttachUin": uin, "PolicyId": policy }));
    let version = json!({ "PolicyId": policy, "SetAsDefault": false,
        "PolicyDocument": allow(&["cam:ListGroups"]).to_string() });
    client.set("CreatePolicyVersion", version);
    assert!(may(&client, &key, "ListUsers") && !may(&client, &key, "ListGroups"));
    client.set("SetDefaultPolicyVersion", json!({ "PolicyId": policy, "VersionId": 2 }));
    assert!(!may(&client, &key, "ListUsers") && may(&client, &key, "ListGroups"));
}

#[test]
fn a_call_is_decided_on_what_was_before_it() {
    let client = Client::new(Options::default());
    let (uin, key) = client.user("climber");
    let own = resource(&format!("uin/{uin}"));
    let policy = client.policy("p", &document(&[("allow", &["cam:AttachUserPolicy"], &[own])]));
    client.set("AttachUserPolicy", json!({ "AttachUin": uin, "PolicyId": policy }));
    // The policy that is being attached does not help to attach it.
    let climb = json!({ "AttachUin": uin, "PolicyId": 1 });
    assert_eq!(code(client.cam(&key, "AttachUserPolicy", climb)), REFUSED);
}

#[test]
fn presets_are_changed_by_nobody() {
    let client = Client::new(Options::default());
    let document = allow(&["cvm:*"]).to_string();
    for (action, body, expected) in [
        (
            "CreatePolicyVersion",
            json!({ "PolicyId": 1, "PolicyDocument": document,
            "SetAsDefault": true }),
            "FailedOperation",
        ),
        (
            "UpdatePolicy",
            json!({ "PolicyId": 1, "PolicyDocument": document }),
            "InvalidParameter.PolicyIdError",
        ),
        (
            "UpdatePolicy",
            json!({ "PolicyName": "AdministratorAccess", "Description": "mine" }),
            "InvalidParameter.PolicyIdError",
        ),
        ("DeletePolicy", json!({ "PolicyId": [1] }), "InvalidParameter.PolicyIdError"),
        (
            "DeletePolicyVersion",
            json!({ "PolicyId": 1, "VersionId": [1] }),
            "InvalidParameter.PolicyIdError",
        ),
        (
            "SetDefaultPolicyVersion",
            json!({ "PolicyId": 1, "VersionId": 1 }),
            "InvalidParameter.PolicyIdError",
        ),
    ] {
        assert_eq!(code(client.cam(&client.root, action, body)), expected, "{action}");
    }
}
