//! Second factors: who has one, what it is good for, and where it counts.

use camlock_cam::{Options, SoftTokens};
use serde_json::{Value, json};
use sha1::Sha1;
use totp_lite::totp_custom;

use super::{code, may};
use crate::client::{Client, Key, OWNER, allow, resource};

/// The secret of every soft token here, in base32 and in bytes.
const SECRET: (&str, &[u8]) = ("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", b"12345678901234567890");

/// An account in which the root and its first sub-user have soft tokens.
fn account() -> Client {
    Client::new(options())
}

fn options() -> Options {
    let tokens = json!({ OWNER.to_string(): SECRET.0, (OWNER + 1).to_string(): SECRET.0 });
    let mut options = Options::default();
    options.soft_tokens = SoftTokens::parse(&tokens.to_string()).expect("secrets");
    options
}

fn current(client: &Client) -> String {
    totp_custom::<Sha1>(30, 6, SECRET.1, u64::try_from(client.now()).expect("after 1970"))
}

/// The parameters that show a factor.
fn factor(code: &str) -> Value {
    json!({ "SerialNumber": format!("qcs::cam:uin/{OWNER}::mfa/softToken"), "TokenCode": code })
}

/// Allows an action where a second factor was shown.
fn with_factor(actions: &[&str]) -> Value {
    json!({ "version": "2.0", "statement": [{ "effect": "allow", "action": actions,
        "resource": ["*"], "condition": { "string_equal": { "qcs:mfa": "1" } } }] })
}

fn ask(client: &Client, key: &Key, body: Value) -> Result<Key, String> {
    let answer = client.call(key, "sts", "GetSessionToken", body);
    answer.map(|answer| Key::temporary(&answer)).map_err(|(code, _)| code)
}

#[test]
fn credentials_with_a_factor_have_the_rights_of_the_caller_and_count_as_such() {
    let client = account();
    let document = json!({ "version": "2.0", "statement": [
        { "effect": "allow", "action": ["cam:ListUsers"], "resource": ["*"] },
        with_factor(&["cam:ListGroups"])["statement"][0] ] });
    let (uin, key) = client.user_with("ann", &document);
    assert_eq!(uin, OWNER + 1);
    assert!(may(&client, &key, "ListUsers") && !may(&client, &key, "ListGroups"));
    let session = ask(&client, &key, factor(&current(&client))).expect("the code is good");
    assert!(may(&client, &session, "ListUsers") && may(&client, &session, "ListGroups"));
    assert!(!may(&client, &session, "ListPolicies"));
    let me = client.call(&session, "sts", "GetCallerIdentity", json!({})).expect("anybody may");
    assert_eq!(me["UserId"], json!(uin.to_string()));
    // What the caller loses, its credentials lose.
    let boundary = client.policy("boundary", &allow(&["cam:ListUsers"]));
    client.set("PutUserPermissionsBoundary", json!({ "TargetUin": uin, "PolicyId": boundary }));
    assert!(!may(&client, &session, "ListGroups"));
    // The root's are the root's.
    let root = ask(&client, &client.root, factor(&current(&client))).expect("the code is good");
    assert!(may(&client, &root, "ListPolicies"));
    let again = ask(&client, &root, factor("000000"));
    assert_eq!(again.unwrap_err(), "FailedOperation.TempKeyNotAllowed");
}

#[test]
fn a_code_that_was_used_stays_so_after_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store");
    let client = Client::on_file_with(&path, options());
    let (_, key) = client.user("ann");
    let used = current(&client);
    ask(&client, &key, factor(&used)).expect("the code is good");
    let client = client.restart(&path, options());
    let again = ask(&client, &key, factor(&used));
    assert_eq!(again.unwrap_err(), "FailedOperation.CheckMFAError");
    client.wait(60);
    ask(&client, &key, factor(&current(&client))).expect("the next one is good");
}

#[test]
fn codes_are_good_once_and_for_those_who_have_a_token() {
    let client = account();
    let (_, key) = client.user("ann");
    let (_, without) = client.user("bob");
    let good = current(&client);
    assert_eq!(ask(&client, &key, factor("000000")).unwrap_err(), "FailedOperation.CheckMFAError");
    ask(&client, &key, factor(&good)).expect("the code is good");
    assert_eq!(ask(&client, &key, factor(&good)).unwrap_err(), "FailedOperation.CheckMFAError");
    let none = "FailedOperation.MFATypeNotSupported";
    assert_eq!(ask(&client, &without, factor(&good)).unwrap_err(), none);
    let mut other = factor(&good);
    other["SerialNumber"] = json!("qcs::cam:uin/1::mfa/softToken");
    assert_eq!(ask(&client, &client.root, other).unwrap_err(), none);
    ask(&client, &client.root, factor(&good)).expect("the root's own was not used");
}

#[test]
fn credentials_last_as_long_as_other_credentials_of_the_caller() {
    let client = account();
    let (_, key) = client.user("ann");
    for (key, longest) in [(&client.root, 7_200), (&key, 129_600)] {
        let ask = |seconds: i64| {
            client.wait(60);
            let mut body = factor(&current(&client));
            body["DurationSeconds"] = json!(seconds);
            client.call(key, "sts", "GetSessionToken", body)
        };
        assert_eq!(ask(longest).expect("allowed")["ExpiredTime"], json!(client.now() + longest));
        for wrong in [longest + 1, 0] {
            assert_eq!(code(ask(wrong)), "InvalidParameter.OverTimeError");
        }
        client.wait(60);
        let answer = client.call(key, "sts", "GetSessionToken", factor(&current(&client)));
        let expired = &answer.expect("allowed")["ExpiredTime"];
        assert_eq!(*expired, json!(client.now() + 1_800));
    }
}

#[test]
fn a_trust_policy_may_ask_for_a_factor_and_the_session_has_it() {
    let client = account();
    let trust = json!({ "version": "2.0", "statement": [{ "effect": "allow",
        "action": "name/sts:AssumeRole", "principal": { "qcs": [resource("root")] },
        "condition": { "string_equal": { "qcs:mfa": "1" } } }] });
    client.set("CreateRole", json!({ "RoleName": "ops", "PolicyDocument": trust.to_string() }));
    let policy = client.policy("of-ops", &with_factor(&["cam:ListUsers"]));
    client.set("AttachRolePolicy", json!({ "AttachRoleName": "ops", "PolicyId": policy }));
    let (_, key) = client.user_with("ann", &allow(&["sts:AssumeRole"]));
    let (_, bob) = client.user_with("bob", &allow(&["sts:AssumeRole"]));
    let assume = |key: &Key, more: Value| {
        let mut body = json!({ "RoleArn": resource("roleName/ops"), "RoleSessionName": "work" });
        body.as_object_mut().expect("an object").extend(more.as_object().cloned().expect("one"));
        client.call(key, "sts", "AssumeRole", body)
    };
    let shown = factor(&current(&client));
    assert_eq!(code(assume(&key, json!({}))), "UnauthorizedOperation");
    assert_eq!(code(assume(&key, factor("000000"))), "FailedOperation.CheckMFAError");
    assert_eq!(code(assume(&bob, shown.clone())), "FailedOperation.MFATypeNotSupported");
    assert_eq!(code(assume(&key, json!({ "TokenCode": "000000" }))), "MissingParameter");
    let session = Key::temporary(&assume(&key, shown).expect("both gates"));
    assert!(may(&client, &session, "ListUsers"));
    // Credentials with a factor open the role too; the session has the factor only where it came along.
    client.wait(60);
    let own = ask(&client, &key, factor(&current(&client))).expect("the code is good");
    let session = Key::temporary(&assume(&own, json!({})).expect("both gates"));
    assert!(!may(&client, &session, "ListUsers"));
}

#[test]
fn nobody_tries_or_uses_a_code_in_a_call_that_is_refused_anyway() {
    let client = account();
    let trust = json!({ "version": "2.0", "statement": [{ "effect": "allow",
        "action": "name/sts:AssumeRole", "principal": { "qcs": [resource("root")] } }] });
    client.set("CreateRole", json!({ "RoleName": "ops", "PolicyDocument": trust.to_string() }));
    let (_, key) = client.user_with("ann", &allow(&["sts:AssumeRole", "sts:GetFederationToken"]));
    let guest = |policy: Value| {
        let body = json!({ "Name": "guest", "Policy": policy.to_string() });
        Key::temporary(&client.call(&key, "sts", "GetFederationToken", body).expect("a token"))
    };
    let assume = |key: &Key, arn: &str, code: &str| {
        let mut body = factor(code);
        body["RoleArn"] = json!(resource(arn));
        body["RoleSessionName"] = json!("work");
        client.call(key, "sts", "AssumeRole", body)
    };
    let narrow = guest(allow(&["cam:ListUsers"]));
    for wrong in 0..6 {
        let refused = code(assume(&narrow, "roleName/ops", "000000"));
        assert_eq!(refused, "UnauthorizedOperation", "{wrong}");
        let missing = code(assume(&key, "roleName/missing", "000000"));
        assert_eq!(missing, "ResourceNotFound.RoleNotFound", "{wrong}");
    }
    let good = current(&client);
    assert_eq!(code(assume(&narrow, "roleName/ops", &good)), "UnauthorizedOperation");
    ask(&client, &key, factor(&good)).expect("neither used nor locked");
    // Whom the session policy lets assume the role has the factor of its user.
    client.wait(60);
    let wide = guest(allow(&["sts:AssumeRole"]));
    assert_eq!(code(assume(&wide, "roleName/ops", "000000")), "FailedOperation.CheckMFAError");
    assume(&wide, "roleName/ops", &current(&client)).expect("it is good");
}

#[test]
fn a_record_says_whether_a_good_factor_was_shown() {
    let client = account();
    let trust = json!({ "version": "2.0", "statement": [{ "effect": "allow",
        "action": "name/sts:AssumeRole", "principal": { "qcs": [resource("root")] } }] });
    client.set("CreateRole", json!({ "RoleName": "r", "PolicyDocument": trust.to_string() }));
    let assume = |code: &str| {
        let mut body = factor(code);
        body["RoleArn"] = resource("roleName/r").into();
        body["RoleSessionName"] = "ss".into();
        client.answer(&client.root, "sts", "AssumeRole", &body)
    };
    let good = current(&client);
    let bad = if good == "000000" { "000001" } else { "000000" };
    let refused = assume(bad);
    assert!(refused.result.is_err() && !refused.record.factor);
    let answer = assume(&good);
    assert!(answer.result.is_ok() && answer.record.factor, "{answer:?}");
    client.wait(60);
    let session = ask(&client, &client.root, factor(&current(&client))).expect("the code is good");
    assert!(client.answer(&session, "cam", "ListUsers", &json!({})).record.factor);
    assert!(!client.answer(&client.root, "cam", "ListUsers", &json!({})).record.factor);
}
