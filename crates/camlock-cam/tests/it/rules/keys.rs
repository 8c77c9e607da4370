//! Access keys: who may touch them, and when they count.

use camlock_cam::Options;
use serde_json::json;

use super::code;
use crate::client::{Client, Key, OWNER, allow};

#[test]
fn a_sub_user_never_touches_the_keys_of_the_root() {
    let client = Client::new(Options::default());
    let (uin, admin) = client.user("admin");
    client.set("AttachUserPolicy", json!({ "AttachUin": uin, "PolicyId": 1 }));
    let root = &client.root.id;
    for (service, action, mut body) in [
        ("cam", "CreateAccessKey", json!({})),
        ("cam", "ListAccessKeys", json!({})),
        ("cam", "UpdateAccessKey", json!({ "AccessKeyId": root, "Status": "Inactive" })),
        ("cam", "DeleteAccessKey", json!({ "AccessKeyId": root })),
        ("sts", "QueryApiKey", json!({})),
    ] {
        body["TargetUin"] = json!(OWNER);
        let refused = client.call(&admin, service, action, body.clone());
        // STS has no code of its own for it.
        let expected =
            if service == "sts" { "UnauthorizedOperation" } else { "OperationDenied.SubUin" };
        assert_eq!(code(refused), expected, "{action}");
        // Nor by saying that it is somebody else's.
        if body["AccessKeyId"].is_string() {
            body["TargetUin"] = json!(uin);
            let refused = client.call(&admin, service, action, body);
            assert_eq!(code(refused), "ResourceNotFound.SecretNotExist", "{action}");
        }
    }
    assert!(client.cam(&client.root, "ListUsers", json!({})).is_ok());
}

#[test]
fn an_inactive_key_is_refused_from_the_next_request_on() {
    let client = Client::new(Options::default());
    let (uin, key) = client.user_with("a", &allow(&["cam:*"]));
    let set = |status: &str| {
        let body = json!({ "AccessKeyId": key.id, "TargetUin": uin, "Status": status });
        client.set("UpdateAccessKey", body);
    };
    assert!(client.cam(&key, "ListUsers", json!({})).is_ok());
    set("Inactive");
    let refused = client.cam(&key, "ListUsers", json!({}));
    assert_eq!(code(refused), "AuthFailure.SecretIdNotFound");
    set("Active");
    assert!(client.cam(&key, "ListUsers", json!({})).is_ok());
    client.set("DeleteAccessKey", json!({ "AccessKeyId": key.id, "TargetUin": uin }));
    let refused = client.cam(&key, "ListUsers", json!({}));
    assert_eq!(code(refused), "AuthFailure.SecretIdNotFound");
}

#[test]
fn an_operator_may_keep_active_keys() {
    let mut options = Options::default();
    options.keep_active_keys = true;
    let client = Client::new(options);
    let (uin, key) = client.user("a");
    let delete = json!({ "AccessKeyId": key.id, "TargetUin": uin });
    let refused = client.cam(&client.root, "DeleteAccessKey", delete.clone());
    assert_eq!(code(refused), "FailedOperation.Accesskey");
    client.set(
        "UpdateAccessKey",
        json!({ "AccessKeyId": key.id, "TargetUin": uin, "Status": "Inactive" }),
    );
    client.set("DeleteAccessKey", delete);
}

#[test]
fn the_last_use_of_a_key_is_known_and_written_now_and_then() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store");
    let client = Client::on_file(&path);
    let (_, key) = client.user_with("a", &allow(&["cam:ListUsers"]));
    let ask = |client: &Client| {
        let used = client.set("GetSecurityLastUsed", json!({ "SecretIdList": [key.id] }));
        used["SecretIdLastUsedRows"][0]["LastUsedDate"].clone()
    };
    assert_eq!(ask(&client), json!(null));
    client.wait(86_400);
    client.cam(&key, "ListUsers", json!({})).expect("allowed");
    assert_eq!(ask(&client), json!("2025-11-25"));
    client.plane.write_uses().expect("written");
    let (seal, root, now) = (client.seal().clone(), client.root.clone(), client.now());
    drop(client);
    assert_eq!(ask(&Client::reopen(&path, &seal, root, now)), json!("2025-11-25"));
}

#[test]
fn a_wrong_secret_an_old_request_and_a_stranger_are_refused() {
    let client = Client::new(Options::default());
    let wrong = Key { secret: "x".repeat(32), ..client.root.clone() };
    let refused = client.cam(&wrong, "ListUsers", json!({}));
    assert_eq!(code(refused), "AuthFailure.SignatureFailure");
    let stranger = Key { id: "AKIDstranger".to_owned(), ..client.root.clone() };
    let refused = client.cam(&stranger, "ListUsers", json!({}));
    assert_eq!(code(refused), "AuthFailure.SecretIdNotFound");
}
