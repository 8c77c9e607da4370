//! What goes with a user, and what callers learn of those that they may not see.

use camlock_cam::Options;
use camlock_directory::Account;
use serde_json::{Value, json};

use super::{REFUSED, code};
use crate::client::{Client, Key, allow, document, number, resource};

#[test]
fn a_user_with_keys_is_deleted_by_force_and_with_the_right_to_delete_keys() {
    let client = Client::new(Options::default());
    let (uin, _) = client.user("victim");
    let (_, half) = client.user_with("half", &allow(&["cam:DeleteUser"]));
    let of_another = [resource("uin/1")];
    let (_, wrong) = client.user_with(
        "wrong",
        &document(&[
            ("allow", &["cam:DeleteUser"], &["*".to_owned()]),
            ("allow", &["cam:DeleteApiKey"], &of_another),
        ]),
    );
    let own = [resource(&format!("uin/{uin}"))];
    let (_, whole) = client
        .user_with("whole", &document(&[("allow", &["cam:DeleteUser", "cam:DeleteApiKey"], &own)]));
    let delete = |key: &Key, force: Value| {
        client.cam(key, "DeleteUser", json!({ "Name": "victim", "Force": force }))
    };
    for force in [json!(null), json!(0)] {
        assert_eq!(code(delete(&whole, force)), "OperationDenied.HaveKeys");
    }
    assert_eq!(code(delete(&whole, json!(2))), "InvalidParameter.ParamError");
    assert_eq!(code(delete(&half, json!(1))), "UnauthorizedOperation.DeleteApiKey");
    assert_eq!(code(delete(&wrong, json!(1))), "UnauthorizedOperation.DeleteApiKey");
    delete(&whole, json!(1)).expect("deleted");
    assert_eq!(code(delete(&client.root, json!(1))), "ResourceNotFound.UserNotExist");
    // Without keys, neither is needed.
    client.set("AddUser", json!({ "Name": "victim" }));
    delete(&half, json!(null)).expect("deleted");
}

#[test]
fn nothing_of_a_deleted_user_works_any_longer() {
    let client = Client::new(Options::default());
    let (uin, key) = client.user_with("a", &allow(&["*"]));
    let group = number(&client.set("CreateGroup", json!({ "GroupName": "g" })), "GroupId");
    client.set("AddUserToGroup", json!({ "Info": [{ "Uin": uin, "GroupId": group }] }));
    let policy = allow(&["*"]).to_string();
    let token = json!({ "Name": "a", "Policy": policy });
    let token = client.call(&key, "sts", "GetFederationToken", token).expect("a token");
    let session = Key::temporary(&token);
    assert!(client.cam(&session, "ListUsers", json!({})).is_ok());
    client.set("DeleteUser", json!({ "Name": "a", "Force": 1 }));
    for (service, action) in [("cam", "ListUsers"), ("sts", "GetCallerIdentity")] {
        let refused = client.call(&key, service, action, json!({}));
        assert_eq!(code(refused), "AuthFailure.SecretIdNotFound");
        assert!(
            code(client.call(&session, service, action, json!({}))).starts_with("AuthFailure.")
        );
    }
    let shown = client.set("GetGroup", json!({ "GroupId": group }));
    assert_eq!(number(&shown, "GroupNum"), 0);
    // Somebody of the same name is somebody else.
    let (again, _) = client.user("a");
    assert!(again > uin);
    assert!(code(client.cam(&session, "ListUsers", json!({}))).starts_with("AuthFailure."));
}

/// A refusal with the name that the caller gave left out.
fn refusal(client: &Client, key: &Key, action: &str, body: &Value, name: &str) -> (String, String) {
    let (code, message) = client.cam(key, action, body.clone()).expect_err(action);
    (code, message.replace(name, "NAME"))
}

#[test]
fn a_refusal_says_nothing_of_what_is_there() {
    let client = Client::new(Options::default());
    let (uin, _) = client.user("there");
    let policy = client.policy("there", &allow(&["cvm:*"]));
    let key_id = client.set("CreateAccessKey", json!({ "TargetUin": uin }));
    let key_id = key_id["AccessKey"]["AccessKeyId"].as_str().expect("an id").to_owned();
    let nobody = [resource("uin/1")];
    let (_, narrow) = client.user_with("narrow", &document(&[("allow", &["cam:*"], &nobody)]));
    let (_, none) = client.user("none");
    let missing_uin = (uin + 1_000).to_string();
    for key in [&narrow, &none] {
        for (action, parameter, there, missing) in [
            ("GetUser", "Name", "there", "missing"),
            ("DeleteUser", "Name", "there", "missing"),
            ("UpdatePolicy", "PolicyName", "there", "missing"),
        ] {
            let of = |name: &str| refusal(&client, key, action, &json!({ parameter: name }), name);
            assert_eq!(of(there), of(missing), "{action}");
            assert_eq!(of(there).0, REFUSED);
        }
        for (action, parameter) in
            [("GetUserPermissionBoundary", "TargetUin"), ("ListAccessKeys", "TargetUin")]
        {
            let of = |uin: &str| {
                let number: u64 = uin.parse().expect("a number");
                refusal(&client, key, action, &json!({ parameter: number }), uin)
            };
            assert_eq!(of(&uin.to_string()), of(&missing_uin), "{action}");
        }
        let of = |id: &str| {
            refusal(&client, key, "GetSecurityLastUsed", &json!({ "SecretIdList": [id] }), id)
        };
        assert_eq!(of(&key_id), of("AKIDmissing"));
        let of = |id: u64| {
            refusal(&client, key, "GetPolicy", &json!({ "PolicyId": id }), &id.to_string())
        };
        assert_eq!(of(policy), of(policy + 1_000));
    }
}

#[test]
fn whoever_only_gets_messages_may_be_in_groups_and_gets_no_rights_there() {
    let client = Client::new(Options::default());
    client.set(
        "CreateMessageReceiver",
        json!({ "Name": "m", "Email": "m@example.com", "PhoneNumber": "456", "CountryCode": "86",
            "Remark": "on call" }),
    );
    let listed = client.set("ListReceiver", json!({}));
    let uid = number(&listed["Receivers"][0], "Uid");
    let group = number(&client.set("CreateGroup", json!({ "GroupName": "g" })), "GroupId");
    let uin = number(&client.set("AddUser", json!({ "Name": "u" })), "Uin");
    let join =
        json!({ "Info": [{ "Uid": uid, "GroupId": group }, { "Uin": uin, "GroupId": group }] });
    client.set("AddUserToGroup", join.clone());
    let shown = client.set("GetGroup", json!({ "GroupId": group }));
    assert_eq!(number(&shown, "GroupNum"), 2);
    let listed = client.set("ListUsersForGroup", json!({ "GroupId": group }));
    assert_eq!(listed["UserInfo"], shown["UserInfo"]);
    assert_eq!(number(&listed, "TotalNum"), 2);
    let shown = &listed["UserInfo"][1];
    assert_eq!((number(shown, "Uid"), number(shown, "Uin")), (uid, 0));
    assert_eq!((number(shown, "UserType"), &shown["Remark"]), (3, &json!("on call")));
    assert_eq!(number(&listed["UserInfo"][0], "UserType"), 1);
    let groups = client.set("ListGroupsForUser", json!({ "Uid": uid }));
    assert_eq!(number(&groups["GroupInfo"][0], "GroupId"), group);
    // An account file has the membership, too.
    let account = client.plane.state().to_account().expect("an account file");
    assert_eq!(account["users"][1]["groups"], json!([group.to_string()]));
    Account::from_json(&account.to_string()).expect("an account file that can be read");
    // A uid is no uin.
    let other = json!({ "Info": [{ "Uin": uid, "GroupId": group }] });
    let missing = client.cam(&client.root, "AddUserToGroup", other);
    assert_eq!(code(missing), "ResourceNotFound.UserNotExist");
    client.set("RemoveUserFromGroup", join.clone());
    let listed = client.set("ListUsersForGroup", json!({ "GroupId": group }));
    assert_eq!(number(&listed, "TotalNum"), 0);
    client.set("AddUserToGroup", join);
    client.set("DeleteGroup", json!({ "GroupId": group }));
    let groups = client.set("ListGroupsForUser", json!({ "Uid": uid }));
    assert_eq!(number(&groups, "TotalNum"), 0);
}

#[test]
fn pages_of_accounts_miss_nobody_while_others_go() {
    let client = Client::new(Options::default());
    for name in ["a", "b", "c"] {
        client.set("AddUser", json!({ "Name": name }));
    }
    client.set(
        "CreateMessageReceiver",
        json!({ "Name": "m", "Email": "m@example.com", "PhoneNumber": "456", "CountryCode": "86",
            "Remark": "on call" }),
    );
    let names = |page: &Value| -> Vec<String> {
        let users = page["Users"].as_array().expect("users").iter();
        users.map(|user| user["Name"].as_str().expect("a name").to_owned()).collect()
    };
    let page =
        |marker: &Value| client.set("ListAccounts", json!({ "MaxItems": 2, "Marker": marker }));
    let first = page(&json!(""));
    assert_eq!(
        (names(&first), &first["IsTruncated"]),
        (vec!["root".into(), "a".into()], &json!(true))
    );
    // The marker is that of an account that is gone by now.
    client.set("DeleteUser", json!({ "Name": "a" }));
    let second = page(&first["Marker"]);
    assert_eq!(names(&second), ["b", "c"]);
    let third = page(&second["Marker"]);
    assert_eq!((names(&third), &third["IsTruncated"]), (vec!["m".into()], &json!(false)));
    assert_eq!(third["Marker"], "");
    let shown = &third["Users"][0];
    let texts = ["UserType", "Remark", "Email", "PhoneNum", "CountryCode"].map(|name| &shown[name]);
    assert_eq!(texts, ["MessageReceiver", "on call", "m@example.com", "456", "86"]);
    for marker in ["2", "user-", "user-x", "-1", "owner-1"] {
        let refused = client.cam(&client.root, "ListAccounts", json!({ "Marker": marker }));
        assert_eq!(code(refused), "InvalidParameter.PaginationTokenInvalid", "{marker}");
    }
}
