//! Names: what new ones may hold, and that old ones stay as they are.

use camlock_cam::Options;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::{REFUSED, code, message};
use crate::client::{Client, allow, document, number, resource};

/// Calls that give a name, and the code for one that is not in order.
fn naming(name: &str) -> [(&'static str, Value, &'static str, usize); 3] {
    let document = allow(&["cvm:*"]).to_string();
    let trust = trust().to_string();
    [
        ("AddUser", json!({ "Name": name }), "InvalidParameter.UserNameIllegal", 64),
        (
            "CreatePolicy",
            json!({ "PolicyName": name, "PolicyDocument": document }),
            "InvalidParameter.PolicyNameError",
            128,
        ),
        (
            "CreateRole",
            json!({ "RoleName": name, "PolicyDocument": trust }),
            "InvalidParameter.RoleNameError",
            128,
        ),
    ]
}

fn trust() -> Value {
    json!({ "version": "2.0", "statement": [{ "effect": "allow",
        "action": "name/sts:AssumeRole", "principal": { "qcs": [resource("root")] } }] })
}

#[test]
fn a_name_out_of_order_is_refused_with_the_character_and_its_place() {
    let client = Client::new(Options::default());
    for (name, place) in [
        ("a b", "character 2 is ' '"),
        ("ops/team", "character 4 is '/'"),
        ("*", "character 1 is '*'"),
        ("a:b", "character 2 is ':'"),
        ("abc?", "character 4 is '?'"),
        ("${x}", "character 1 is '$'"),
        ("名", "character 1 is '\\u{540d}'"),
        ("", "empty"),
    ] {
        for (action, body, expected, _) in naming(name) {
            let refused = client.cam(&client.root, action, body).expect_err(action);
            assert_eq!(refused.0, expected, "{action} {name:?}");
            assert!(refused.1.contains(place), "{action} {name:?}: {}", refused.1);
        }
    }
}

#[test]
fn names_have_a_longest_length_and_are_unique() {
    let client = Client::new(Options::default());
    for at in 0..3 {
        let (action, body, expected, longest) = naming("x")[at].clone();
        client.set(action, body.clone());
        assert!(code(client.cam(&client.root, action, body)).ends_with("InUse"), "{action}");
        let (_, body, ..) = naming(&"n".repeat(longest))[at].clone();
        client.set(action, body);
        let (_, body, ..) = naming(&"n".repeat(longest + 1))[at].clone();
        assert_eq!(code(client.cam(&client.root, action, body)), expected);
        let (_, body, ..) = naming("All+of=these,are.fine@once-and_ever")[at].clone();
        client.set(action, body);
    }
    // The name of a message receiver is taken for users as well.
    client.set(
        "CreateMessageReceiver",
        json!({ "Name": "on-call", "CountryCode": "86", "Email": "a@b.c", "PhoneNumber": "1" }),
    );
    let taken = client.cam(&client.root, "AddUser", json!({ "Name": "on-call" }));
    assert_eq!(code(taken), "InvalidParameter.SubUserNameInUse");
}

#[test]
fn a_policy_keeps_its_name() {
    let client = Client::new(Options::default());
    let first = client.policy("first", &allow(&["cvm:*"]));
    client.policy("second", &allow(&["cos:*"]));
    for name in ["second", "third"] {
        let body = json!({ "PolicyId": first, "PolicyName": name, "Description": "d" });
        let refused = client.cam(&client.root, "UpdatePolicy", body);
        assert_eq!(code(refused), "InvalidParameter.PolicyNameError");
    }
    client.set(
        "UpdatePolicy",
        json!({ "PolicyId": first, "PolicyName": "first", "Description": "d" }),
    );
    client.set("UpdatePolicy", json!({ "PolicyName": "first", "Description": "e" }));
    let shown = client.set("GetPolicy", json!({ "PolicyId": first }));
    assert_eq!((&shown["PolicyName"], &shown["Description"]), (&json!("first"), &json!("e")));
    let unknown = client.cam(&client.root, "UpdatePolicy", json!({ "PolicyName": "third" }));
    assert_eq!(code(unknown), "InvalidParameter.PolicyIdNotExist");
}

/// Gives something of the store a name that could not be given today.
fn rename(connection: &Connection, kind: &str, from: &str, to: &str) {
    let (before, after) = (format!(r#""name":"{from}""#), format!(r#""name":"{to}""#));
    let write = "UPDATE objects SET body = replace(body, ?1, ?2) WHERE kind = ?3 AND body LIKE ?4";
    let like = format!("%{before}%");
    let changed = connection.execute(write, [&*before, &*after, kind, &*like]).expect("a write");
    assert_eq!(changed, 1);
}

#[test]
fn old_names_stay_usable_and_are_no_patterns() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store");
    let client = Client::on_file(&path);
    let (uin, key) = client.user("old");
    client.user("other");
    let policy = client.policy("old-policy", &allow(&["cam:GetUser"]));
    client.set(
        "CreateRole",
        json!({ "RoleName": "old-role", "PolicyDocument": trust().to_string() }),
    );
    let (seal, root, now) = (client.seal().clone(), client.root.clone(), client.now());
    drop(client);
    let connection = Connection::open(&path).expect("a store");
    rename(&connection, "user", "old", "张 三*");
    rename(&connection, "policy", "old-policy", "ops: *");
    rename(&connection, "role", "old-role", "o*e");
    drop(connection);

    let client = Client::reopen(&path, &seal, root, now);
    assert_eq!(number(&client.set("GetUser", json!({ "Name": "张 三*" })), "Uin"), uin);
    client.set("UpdateUser", json!({ "Name": "张 三*", "Remark": "r" }));
    client.set("AttachUserPolicy", json!({ "AttachUin": uin, "PolicyId": policy }));
    assert!(client.cam(&key, "GetUser", json!({ "Name": "张 三*" })).is_ok());
    client.set("UpdatePolicy", json!({ "PolicyName": "ops: *", "Description": "d" }));
    client.set("GetRole", json!({ "RoleName": "o*e" }));
    // The stars stand for themselves: they select nothing else.
    let other = client.cam(&client.root, "GetRole", json!({ "RoleName": "o*" }));
    assert_eq!(code(other), "InvalidParameter.RoleNotExist");
    assert!(
        message(client.cam(&client.root, "AddUser", json!({ "Name": "张 三*" })))
            .contains("character 1")
    );
    client.set("DeleteRole", json!({ "RoleName": "o*e" }));
    client.set("DeleteUser", json!({ "Name": "张 三*", "Force": 1 }));
}

#[test]
fn the_name_of_a_call_is_no_pattern_either() {
    let client = Client::new(Options::default());
    let own = resource("saml-provider/own");
    let (_, key) =
        client.user_with("reader", &document(&[("allow", &["cam:GetSAMLProvider"], &[own])]));
    for name in ["*", "o*", "own/*", "ow?", "saml-provider/*", "own\u{0}"] {
        let refused = client.cam(&key, "GetSAMLProvider", json!({ "Name": name }));
        assert_eq!(code(refused), REFUSED, "{name:?}");
    }
    let allowed = client.cam(&key, "GetSAMLProvider", json!({ "Name": "own" }));
    assert_eq!(code(allowed), "ResourceNotFound.IdentityNotExist");
}
