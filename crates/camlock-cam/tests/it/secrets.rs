//! Secrets are in the answer of the call that makes them, and nowhere else.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use camlock_cam::authorization::Profile;
use camlock_cam::{ControlPlane, Options, SealKey, Store};
use serde_json::{Value, json};

use crate::client::{Client, Key, START, allow, resource};
use crate::company::{Company, OWN, every_call};

/// Makes a key or two of every kind, in a company that has others; gives all that must not be seen.
fn secrets_of(client: &Client) -> Vec<String> {
    let mut secrets = vec![client.root.secret.clone()];
    let (uin, key) = client.user("keeper");
    let created = client.set("CreateAccessKey", json!({ "TargetUin": uin }));
    let created = Key::read(&created["AccessKey"], "AccessKeyId", "SecretAccessKey");
    secrets.extend([key.secret.clone(), created.secret]);
    let trust = json!({ "version": "2.0", "statement": [{ "effect": "allow",
        "action": "name/sts:AssumeRole", "principal": { "qcs": [resource("root")] } }] });
    client.set("CreateRole", json!({ "RoleName": "kept", "PolicyDocument": trust.to_string() }));
    let token = json!({ "Name": "guest", "Policy": allow(&["*"]).to_string() });
    let role = json!({ "RoleArn": resource("roleName/kept"), "RoleSessionName": "session" });
    for (key, action, body) in
        [(&key, "GetFederationToken", token), (&client.root, "AssumeRole", role)]
    {
        let answer = client.call(key, "sts", action, body).expect(action);
        let session = Key::temporary(&answer);
        assert!(client.call(&session, "sts", "GetCallerIdentity", json!({})).is_ok());
        secrets.push(session.secret);
        secrets.extend(session.token);
    }
    let password = client.set("AddUser", json!({ "Name": "console", "ConsoleLogin": 1 }));
    secrets.push(password["Password"].as_str().expect("a new password").to_owned());
    let chosen = "Chosen-Pass-w0rd!";
    client.set("AddUser", json!({ "Name": "chosen", "ConsoleLogin": 1, "Password": chosen }));
    client.set("UpdateUser", json!({ "Name": "chosen", "Password": format!("{chosen}2") }));
    secrets.push(chosen.to_owned());
    secrets
}

#[track_caller]
fn assert_none(text: &str, secrets: &[String], what: &str) {
    for secret in secrets {
        assert!(!text.contains(&**secret), "{what} holds a secret");
        assert!(!text.contains(&STANDARD.encode(secret)), "{what} holds a secret in base64");
    }
}

/// Every file of the store, its log among them, and its index where there is one: their names, and all bytes as text.
fn raw(folder: &Path) -> (Vec<String>, String) {
    let (mut names, mut text) = (Vec::new(), String::new());
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        names.push(path.file_name().expect("a name").to_string_lossy().into_owned());
        let bytes = std::fs::read(&path).expect("a file");
        text.extend(bytes.iter().map(|byte| char::from(*byte)));
    }
    names.sort();
    (names, text)
}

#[test]
fn the_files_of_the_store_hold_no_secret() {
    let folder = tempfile::tempdir().expect("a folder");
    let client = Client::on_file(&folder.path().join("store"));
    let mut secrets = secrets_of(&client);
    secrets.push(client.seal().to_text());
    client.plane.write_uses().expect("written");
    let (names, text) = raw(folder.path());
    assert!(names.starts_with(&["store".to_owned()]) && names.contains(&"store-wal".to_owned()));
    assert!(text.contains(&client.root.id), "what was made is there");
    assert_none(&text, &secrets, "a file of the open store");
    drop(client);
    let (_, text) = raw(folder.path());
    assert_none(&text, &secrets, "a file of the closed store");
}

#[test]
fn no_call_that_shows_something_shows_a_secret() {
    let company = Company::new(Profile::ResourceLevel);
    let secrets = secrets_of(&company.client);
    let root = &company.client.root;
    let mut answered = 0;
    for case in every_call() {
        let shows = ["Get", "List", "Query", "Describe"].map(|verb| case.action.starts_with(verb));
        if !shows.contains(&true) || case.action.ends_with("Token") {
            continue;
        }
        let own = vec![[OWN]; case.slots.len()];
        let own: Vec<&[usize]> = own.iter().map(<[usize; 1]>::as_slice).collect();
        let body = company.parameters(&case, &own);
        for key in [root, &company.caller] {
            let answer = company.client.answer(key, case.service, case.action, &body);
            answered += usize::from(answer.result.is_ok());
            let text = match &answer.result {
                Ok(members) => Value::from(members.clone()).to_string(),
                Err(error) => error.to_string(),
            };
            assert_none(&text, &secrets, case.action);
            assert_none(&format!("{answer:?}"), &secrets, case.action);
        }
    }
    assert!(answered >= 40, "only {answered} calls were answered");
    let account = company.client.plane.state().to_account().expect("an account file");
    assert_none(&account.to_string(), &secrets, "the account file");
}

#[test]
fn debugging_prints_no_secret() {
    let client = Client::new(Options::default());
    let secrets = secrets_of(&client);
    assert_none(&format!("{:?} {:#?}", client.plane, client.plane), &secrets, "a control plane");
    assert_none(&format!("{:?}", client.plane.state()), &secrets, "a state");
    let body = json!({ "Name": "late", "UseApi": 1, "ConsoleLogin": 1 });
    let answer = client.answer(&client.root, "cam", "AddUser", &body);
    let members = answer.result.as_ref().expect("a user");
    let made = ["SecretKey", "Password"].map(|name| members[name].as_str().expect(name).to_owned());
    assert_none(&format!("{answer:?} {:?}", answer.record), &made, "an answer");
    let token = json!({ "Name": "guest", "Policy": allow(&["*"]).to_string() });
    let answer = client.answer(&client.root, "sts", "GetFederationToken", &token);
    let session = Key::temporary(&Value::from(answer.result.clone().expect("credentials")));
    let made = [session.secret, session.token.expect("a token")];
    assert_none(&format!("{answer:?}"), &made, "an answer");
    let body = json!({ "Name": "p", "Password": "Given-Pass-w0rd!" });
    let answer = client.answer(&client.root, "cam", "AddUser", &body);
    assert_none(&format!("{answer:?}"), &["Given-Pass-w0rd!".to_owned()], "an answer");
    let seal = SealKey::generate().expect("randomness");
    assert_none(&format!("{seal:?}"), &[seal.to_text()], "a seal");
    let mut store = Store::in_memory().expect("memory");
    let root = ControlPlane::start(&mut store, &seal, 1, 2, START).expect("start");
    assert_none(&format!("{root:?}"), std::slice::from_ref(&root.secret_key), "the first key");
}

#[test]
fn a_store_opens_with_its_own_seal_only() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store");
    let client = Client::on_file(&path);
    let secrets = secrets_of(&client);
    let (seal, root) = (client.seal().clone(), client.root.clone());
    drop(client);
    let store = Store::open(&path).expect("a store");
    let other = SealKey::generate().expect("randomness");
    let error = ControlPlane::open(store, other, Options::default(), START).expect_err("sealed");
    assert!(error.to_string().contains("sealed with another key"), "{error}");
    assert_none(&format!("{error:?} {error}"), &secrets, "the error");
    let client = Client::reopen(&path, &seal, root, START);
    client.set("ListUsers", json!({}));
}

#[test]
fn a_store_without_keys_opens_with_its_own_seal_only_and_so_does_one_of_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store");
    let client = Client::on_file(&path);
    let (seal, root) = (client.seal().clone(), client.root.clone());
    let other = SealKey::generate().expect("randomness");
    let open = |seal: &SealKey| {
        let store = Store::open(&path).expect("a store");
        ControlPlane::open(store, seal.clone(), Options::default(), START).map(drop)
    };
    drop(client);
    // As stores were written before: known by their keys alone.
    let unmark = || {
        let store = rusqlite::Connection::open(&path).expect("a database");
        store.execute("DELETE FROM objects WHERE kind = 'seal'", []).expect("deleted")
    };
    assert_eq!(unmark(), 1);
    assert!(open(&other).is_err());
    open(&seal).expect("the key is known again");
    assert_eq!(unmark(), 1, "the store was marked");
    let client = Client::reopen(&path, &seal, root.clone(), START);
    client.set("DeleteAccessKey", json!({ "AccessKeyId": root.id }));
    drop(client);
    assert!(open(&other).is_err());
    open(&seal).expect("its own");
}
