//! Accounts that were made elsewhere, and account files of accounts that were made here.

use std::sync::Arc;

use camlock_cam::{ControlPlane, Options, SealKey, Store, StoreError};
use camlock_directory::Account;
use serde_json::{Value, json};

use super::{REFUSED, code};
use crate::client::{Client, Key, START, number};

/// A client of an account that an account file says.
fn import(account: &Value) -> Client {
    let (client, left_out) = try_import(account).expect("an account");
    assert_eq!(left_out, Vec::<String>::new());
    client
}

/// The same, with what was left out, or why there is none.
fn try_import(account: &Value) -> Result<(Client, Vec<String>), StoreError> {
    let account = Account::from_json(&account.to_string()).expect("an account file");
    let mut store = Store::in_memory().expect("memory");
    let seal = SealKey::generate().expect("randomness");
    let (root, left_out) = ControlPlane::start_from(&mut store, &seal, &account, START)?;
    let plane = ControlPlane::open(store, seal.clone(), Options::default(), START).expect("open");
    let root = Key { id: root.secret_id, secret: root.secret_key, token: None };
    Ok((Client::of(Arc::new(plane), root, seal), left_out))
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

/// A client of an account in which everything has what objects may have besides.
fn detailed() -> (Client, u64) {
    let client = Client::new(Options::default());
    let document = |action: &str| {
        json!({ "version": "2.0", "statement": [
            { "effect": "allow", "action": [action], "resource": ["*"] },
        ] })
        .to_string()
    };
    let made = client.set(
        "CreatePolicy",
        json!({ "PolicyName": "p", "Description": "of p", "PolicyDocument": document("cam:GetUser"),
            "Tags": [{ "Key": "team", "Value": "a" }] }),
    );
    let id = number(&made, "PolicyId");
    for action in ["cam:ListUsers", "cam:ListGroups"] {
        client.set(
            "CreatePolicyVersion",
            json!({ "PolicyId": id, "PolicyDocument": document(action),
                "SetAsDefault": action == "cam:ListUsers" }),
        );
    }
    let trust = json!({ "version": "2.0", "statement": [{ "effect": "allow",
        "action": "name/sts:AssumeRole",
        "principal": { "qcs": ["qcs::cam::uin/100000000001:root"] } }] });
    client.set(
        "CreateRole",
        json!({ "RoleName": "short", "Description": "of r", "PolicyDocument": trust.to_string(),
            "SessionDuration": 900, "ConsoleLogin": 1 }),
    );
    client.set("CreateGroup", json!({ "GroupName": "g", "Remark": "of g" }));
    client.set(
        "AddUser",
        json!({ "Name": "u", "Remark": "of u", "Email": "u@example.com", "PhoneNum": "123",
            "CountryCode": "86", "ConsoleLogin": 1, "NeedResetPassword": 1 }),
    );
    client.set(
        "CreateMessageReceiver",
        json!({ "Name": "m", "Remark": "of m", "Email": "m@example.com", "PhoneNumber": "456",
            "CountryCode": "86" }),
    );
    (client, id)
}

/// An answer without the request id and times, which differ.
fn shown(client: &Client, action: &str, body: Value) -> Value {
    let mut answer = client.set(action, body);
    without_times(&mut answer);
    answer
}

fn without_times(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|name, _| name != "RequestId" && !name.ends_with("Time"));
            members.values_mut().for_each(without_times);
        }
        Value::Array(items) => items.iter_mut().for_each(without_times),
        _ => {}
    }
}

#[test]
fn what_objects_have_besides_goes_through_an_account_file() {
    let (before, id) = detailed();
    let account = before.plane.state().to_account().expect("an account file");
    let after = import(&account);
    assert_eq!(after.plane.state().to_account().expect("an account file"), account);
    for (action, body) in [
        ("GetPolicy", json!({ "PolicyId": id })),
        ("GetRole", json!({ "RoleName": "short" })),
        ("ListGroups", json!({})),
        ("GetUser", json!({ "Name": "u" })),
        ("ListReceiver", json!({ "Offset": 0, "Limit": 9 })),
    ] {
        let (before, after) =
            (shown(&before, action, body.clone()), shown(&after, action, body.clone()));
        assert_eq!(before, after, "{action}");
    }
    // A short session stays short, and numbers of versions are not given out again.
    let long = json!({ "RoleArn": "qcs::cam::uin/100000000001:roleName/short",
        "RoleSessionName": "ss", "DurationSeconds": 43_200 });
    assert_eq!(
        code(after.call(&after.root, "sts", "AssumeRole", long)),
        "InvalidParameter.OverTimeError"
    );
    let document = json!({ "version": "2.0", "statement": [
        { "effect": "allow", "action": ["cam:GetRole"], "resource": ["*"] },
    ] });
    let made = after.set(
        "CreatePolicyVersion",
        json!({ "PolicyId": id, "PolicyDocument": document.to_string(), "SetAsDefault": false }),
    );
    assert_eq!(number(&made, "VersionId"), 4);
}

#[test]
fn an_export_says_what_it_leaves_out() {
    let fresh = Client::new(Options::default());
    assert_eq!(fresh.plane.state().not_in_account_file(), Vec::<String>::new());
    let (client, _) = detailed();
    client.set(
        "CreateUserOIDCConfig",
        json!({ "IdentityUrl": "https://id.example.com", "ClientId": "c",
        "IdentityKey": "eyJrZXlzIjpbXX0=", "AuthorizationEndpoint": "https://id.example.com/a",
        "ResponseType": "id_token", "ResponseMode": "form_post", "MappingFiled": "sub" }),
    );
    assert_eq!(
        client.plane.state().not_in_account_file(),
        [
            "policies with versions besides the default one, which alone is written: 1",
            "the setting user-oidc",
        ]
    );
}

#[test]
fn a_member_of_an_organization_stays_that_member() {
    let mut file = account();
    let member = json!({ "uin": "100000000102", "uid": "900000005", "name": "ann", "kind": "wecom_user",
        "corp": "ww1", "member": "ann.of.ops", "groups": [], "policies": [], "boundary": null, "tags": {} });
    file["users"].as_array_mut().expect("users").push(member.clone());
    let client = import(&file);
    let listed = client.set("ListWeChatWorkSubAccounts", json!({ "Offset": 0, "Limit": 9 }));
    assert_eq!(listed["Data"][0]["WeChatWorkUserId"], "ann.of.ops");
    assert_eq!(client.plane.state().to_account().expect("an account file")["users"][2], member);
}

#[test]
fn a_user_with_the_uin_of_the_root_is_refused() {
    let mut file = account();
    file["users"][0]["uin"] = "100000000001".into();
    let refused = try_import(&file).map(|_| ()).expect_err("refused").to_string();
    assert!(refused.contains("uin of the root"), "{refused}");
}

#[test]
fn ids_that_leave_no_room_for_new_ones_are_refused() {
    for (kind, id) in [("users", "uin"), ("users", "uid"), ("groups", "id"), ("roles", "id")] {
        for (number, fits) in [(u64::MAX, false), (i64::MAX.unsigned_abs(), true)] {
            let mut file = account();
            file["users"][0]["groups"] = json!([]);
            file[kind][0][id] = number.to_string().into();
            let Ok((client, _)) = try_import(&file) else {
                assert!(!fits, "{kind} {id} {number}");
                continue;
            };
            assert!(fits, "{kind} {id} {number}");
            client.set("AddUser", json!({ "Name": "new" }));
            client.set("CreateGroup", json!({ "GroupName": "new" }));
        }
    }
    let mut file = account();
    file["policies"][0]["id"] = (u32::MAX - 1).to_string().into();
    file["groups"][0]["policies"] = json!([]);
    file["roles"][0]["policies"] = json!([]);
    try_import(&file).map(|_| ()).expect_err("no room for policies");
}

#[test]
fn a_policy_with_the_id_of_a_preset_leaves_the_preset() {
    let mut file = account();
    file["policies"][0]["id"] = "1".into();
    file["groups"][0]["policies"] = json!(["1"]);
    file["roles"][0]["policies"] = json!(["1"]);
    let (client, left_out) = try_import(&file).expect("an account");
    let [told] = &left_out[..] else { panic!("{left_out:?}") };
    assert!(told.contains("AdministratorAccess") && told.contains("20000003"), "{told}");
    let own = client.set("GetPolicy", json!({ "PolicyId": 1 }));
    assert_eq!(own["PolicyName"], "ops: *");
    let preset = client.set("GetPolicy", json!({ "PolicyId": 20_000_003 }));
    assert_eq!(
        (&preset["PolicyName"], &preset["Type"]),
        (&json!("AdministratorAccess"), &json!(2))
    );
}
