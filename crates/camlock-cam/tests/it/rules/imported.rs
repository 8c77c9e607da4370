//! Accounts that were made elsewhere, and account files of accounts that were made here.

use std::sync::Arc;

use camlock_cam::{ControlPlane, Options, SealKey, Store};
use camlock_directory::Account;
use serde_json::{Value, json};

use super::{REFUSED, code};
use crate::client::{Client, Key, START, number};

/// A client of an account that an account file says.
fn import(account: &Value) -> Client {
    let account = Account::from_json(&account.to_string()).expect("an account file");
    let mut store = Store::in_memory().expect("memory");
    let seal = SealKey::generate().expect("randomness");
    let started = ControlPlane::start_from(&mut store, &seal, &account, START);
    let (root, left_out) = started.expect("an account");
    assert_eq!(left_out, Vec::<String>::new());
    let plane = ControlPlane::open(store, seal.clone(), Options::default(), START).expect("open");
    let root = Key { id: root.secret_id, secret: root.secret_key, token: None };
    Client::of(Arc::new(plane), root, seal)
}

/// Names from before the rule, and one object of each kind.
fn account() -> Value {
    let allow = |action: &str, resource: &str| {
        json!({ "version": "2.0", "statement": [
            { "effect": "allow", "action": [action], "resource": [resource] },
        ] })
    };
    let own = "qcs::cam::uin/100000000001:uin/100000000100";
    json!({
        "camlock": 1,
        "owner": { "uin": "100000000001", "app_id": "1250000000" },
        "policies": [
            { "id": "20000001", "name": "ops: *", "type": "custom",
                "document": allow("cam:GetUser", own) },
            { "id": "20000002", "name": "limit", "type": "custom",
                "document": allow("cam:*", "*") },
        ],
        "groups": [{ "id": "200", "name": "运维", "policies": ["20000001"] }],
        "users": [
            { "uin": "100000000100", "name": "张 三*", "kind": "sub_user", "groups": ["200"],
                "policies": [], "boundary": "20000002" },
            { "uin": "100000000101", "uid": "900000001", "name": "张 三 too", "kind": "sub_user", "groups": [],
                "policies": ["20000002"] },
        ],
        "roles": [{ "id": "4611686018427397999", "name": "a role", "policies": ["20000001"],
            "trust": { "version": "2.0", "statement": [{ "effect": "allow",
                "action": "name/sts:AssumeRole",
                "principal": { "qcs": ["qcs::cam::uin/100000000001:root"] } }] } }],
    })
}

#[test]
fn imported_names_work_as_they_are_and_are_no_patterns() {
    let client = import(&account());
    let key = client.set("CreateAccessKey", json!({ "TargetUin": 100_000_000_100_u64 }));
    let key = Key::read(&key["AccessKey"], "AccessKeyId", "SecretAccessKey");
    let found = client.cam(&key, "GetUser", json!({ "Name": "张 三*" })).expect("its own");
    assert_eq!(number(&found, "Uin"), 100_000_000_100);
    let other = client.cam(&key, "GetUser", json!({ "Name": "张 三 too" }));
    assert_eq!(code(other), REFUSED);
    for (action, body) in [
        ("UpdateUser", json!({ "Name": "张 三*", "Remark": "r" })),
        ("UpdatePolicy", json!({ "PolicyName": "ops: *", "Description": "d" })),
        ("GetRole", json!({ "RoleName": "a role" })),
    ] {
        client.set(action, body);
    }
    let again = client.cam(&client.root, "AddUser", json!({ "Name": "张 三*" }));
    assert_eq!(code(again), "InvalidParameter.UserNameIllegal");
    // New ids come after those of the file.
    let made = client.set("AddUser", json!({ "Name": "new" }));
    assert!(number(&made, "Uin") > 100_000_000_101);
    let made = client.set("CreateGroup", json!({ "GroupName": "new" }));
    assert!(number(&made, "GroupId") > 200);
}

#[test]
fn an_account_file_of_an_import_says_the_same() {
    let before = import(&account());
    let before = before.plane.state().to_account().expect("an account file");
    assert_eq!(before["users"][1]["uid"], "900000001");
    assert_eq!(before["users"][0]["uid"], "900000002", "a new one follows");
    let after = import(&before).plane.state().to_account().expect("an account file");
    assert_eq!(before, after);
}
