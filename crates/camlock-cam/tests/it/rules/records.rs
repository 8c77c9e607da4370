//! What the record of a call says of who made it and within which limits.

use camlock_cam::{Options, Record};
use serde_json::{Value, json};

use super::federated;
use crate::client::{Client, Key, OWNER, allow, resource};

fn record(client: &Client, key: &Key, service: &str, action: &str, body: &Value) -> Record {
    client.answer(key, service, action, body).record
}

#[test]
fn temporary_credentials_are_told_from_whoever_asked_for_them() {
    let client = Client::new(Options::default());
    let policy = allow(&["cam:GetUser"]).to_string();
    let body = json!({ "Name": "fed", "Policy": policy, "DurationSeconds": 1_800 });
    let answer = client.call(&client.root, "sts", "GetFederationToken", body).expect("a token");
    let token = Key::temporary(&answer);
    let own = record(&client, &token, "cam", "ListUsers", &json!({}));
    assert_eq!((own.identity, own.denied), ("Root", true));
    let session = own.session.expect("a session");
    assert_eq!((&*session.name, session.policy), ("fed", Some(policy)));
    assert_eq!(session.asked_by, OWNER.to_string());
    assert_eq!(session.expires, client.now() + 1_800);
    let own = record(&client, &client.root, "cam", "ListUsers", &json!({}));
    assert!(own.session.is_none() && own.identity == "Root");
}

#[test]
fn every_record_names_the_account() {
    let client = Client::new(Options::default());
    let unknown = Key { id: "AKID0".to_owned(), ..client.root.clone() };
    for key in [&unknown, &client.root] {
        let own = record(&client, key, "cam", "ListUsers", &json!({}));
        assert_eq!(own.account_id, OWNER.to_string());
        assert_eq!(own.identity.is_empty(), key.id == "AKID0");
    }
}

#[test]
fn a_record_has_the_tags_of_what_is_named() {
    let client = Client::new(Options::default());
    let trust = json!({ "version": "2.0", "statement": [{ "effect": "allow",
        "action": "name/sts:AssumeRole", "principal": { "qcs": [resource("root")] } }] });
    client.set(
        "CreateRole",
        json!({ "RoleName": "r", "PolicyDocument": trust.to_string(),
            "Tags": [{ "Key": "env", "Value": "prod" }] }),
    );
    let own = record(&client, &client.root, "cam", "GetRole", &json!({ "RoleName": "r" }));
    assert_eq!(own.tags, [("env".to_owned(), "prod".to_owned())].into());
}

#[test]
fn whoever_a_provider_vouched_for_is_named_by_the_role() {
    let client = federated::account(&json!({ "saml:sub": ["ann&co"] }));
    let ask = || {
        let body = federated::body(federated::RESPONSE);
        client.answer_from([127, 0, 0, 1], None, "sts", "AssumeRoleWithSAML", &body).record
    };
    let own = ask();
    assert_eq!((own.identity, &*own.user_name), ("AssumedRole", "ops"));
    let session = own.session.expect("a session");
    assert_eq!((&*session.name, &*session.asked_by), ("ann", ""));
    // The assertion was used: nobody is vouched for.
    assert_eq!(ask().identity, "");
}
