//! The JSON forms: what is read, and what is refused with which code.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use camlock_policy::{ContextValue, Principal};
use camlock_wire::WireRequest;

fn request(members: &str) -> String {
    format!(
        r#"{{"principal":"qcs::cam::uin/1:uin/2","action":"cos:GetObject","resource":"*"{members}}}"#
    )
}

#[track_caller]
fn refused(text: &str, code: &str, says: &str) {
    let error = WireRequest::parse(text).unwrap_err();
    assert_eq!(error.code(), code, "{error}");
    assert!(error.to_string().contains(says), "{error}");
}

#[test]
fn numbers_of_a_context_stay_as_written() {
    let wire = WireRequest::parse(&request(
        r#","context":{"k:n":[1.20,1E2,-0,123456789012345678901234567890]}"#,
    ));
    let wire = wire.unwrap();
    let values = wire.request.context().values("k:n");
    let texts: Vec<_> = values.iter().filter_map(ContextValue::text).collect();
    assert_eq!(texts, ["1.20", "1E2", "-0", "123456789012345678901234567890"]);
}

#[test]
fn what_is_no_scalar_is_there_and_unreadable() {
    let wire =
        WireRequest::parse(&request(r#","context":{"a":null,"b":{},"c":[["x"],null,"y"],"d":[]}"#))
            .unwrap();
    let context = wire.request.context();
    assert_eq!(context.values("a"), [ContextValue::Unreadable]);
    assert_eq!(context.values("b"), [ContextValue::Unreadable]);
    assert_eq!(context.values("c").len(), 3);
    assert!(context.values("d").is_empty());
}

#[test]
fn a_principal_may_be_an_object_with_facts() {
    let text = r#"{"principal":{"kind":"user","owner_uin":1,"uin":"2","app_id":1250000000,"groups":[18825],
        "tags":{"team":"game"}},"action":"cos:GetObject","resource":["*","qcs::cos:::b/a"]}"#;
    let wire = WireRequest::parse(text).unwrap();
    let Principal::User(user) = wire.request.principal() else { panic!() };
    assert_eq!(&*user.groups[0], "18825");
    assert_eq!(user.account.app_id().unwrap().as_str(), "1250000000");
    assert_eq!(wire.request.resources().len(), 2);
}

#[test]
fn a_request_that_cannot_be_asked_is_refused() {
    refused("", "CAM4004", "EOF");
    refused("[]", "CAM4004", "");
    refused(r#"{"action":"cos:GetObject","resource":"*"}"#, "CAM4004", "principal");
    refused(&request(r#","action":"cos:PutObject""#), "CAM4004", "duplicate");
    refused(&request(r#","principle":1"#), "CAM4004", "unknown field");
    refused(&request(r#","context":{"a":1,"a":2}"#), "CAM4004", "twice");
    refused(&request("").replace("GetObject", "Get*"), "CAM4002", "concrete");
    refused(&request("").replace("\"*\"", "\"qcs::cos:x\""), "CAM4002", "six-segment");
    refused(&request("").replace("\"*\"", "[]"), "CAM4001", "resource");
    refused(&request("").replace("uin/2", "uin/*"), "CAM4002", "wildcard");
    refused(&request(r#","session_policy":{"version":"2.0"}"#), "CAM2010", "StatementError");
    let long = format!("\"qcs::cos:::{}\"", "a".repeat(70_000));
    refused(&request("").replace("\"*\"", &long), "CAM4003", "limit");
}

#[test]
fn the_id_survives_a_faulty_request() {
    assert_eq!(WireRequest::id_of(r#"{"id":"r7","action":3}"#).as_deref(), Some("r7"));
    assert_eq!(WireRequest::id_of("nonsense"), None);
}
