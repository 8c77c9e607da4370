//! Several callers at once.

use std::collections::BTreeSet;
use std::sync::Barrier;
use std::thread;

use camlock_cam::Options;
use serde_json::{Value, json};

use crate::client::{Client, Refusal, allow, number};

const CALLERS: usize = 8;

/// Lets every caller do the same at the same time.
fn at_once<T: Send>(act: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let start = Barrier::new(CALLERS);
    thread::scope(|scope| {
        let (act, start) = (&act, &start);
        let callers: Vec<_> = (0..CALLERS)
            .map(|at| {
                scope.spawn(move || {
                    start.wait();
                    act(at)
                })
            })
            .collect();
        callers.into_iter().map(|caller| caller.join().expect("no panic")).collect()
    })
}

/// The answers of those that were not refused, all the others with the same code.
#[track_caller]
fn winners(results: Vec<Result<Value, Refusal>>, code: &str) -> Vec<Value> {
    let (won, lost): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
    for (own, message) in lost.into_iter().filter_map(Result::err) {
        assert_eq!(own, code, "{message}");
    }
    won.into_iter().filter_map(Result::ok).collect()
}

#[test]
fn no_change_is_lost_and_no_number_given_twice() {
    const EACH: usize = 25;
    let client = Client::new(Options::default());
    let mut groups = Vec::new();
    for at in 0..CALLERS {
        let group = client.set("CreateGroup", json!({ "GroupName": format!("g{at}") }));
        groups.push(number(&group, "GroupId"));
    }
    let made = at_once(|caller| {
        let mut made = Vec::new();
        for at in 0..EACH {
            let name = format!("c{caller}-{at}");
            let user = client.set("AddUser", json!({ "Name": name }));
            let policy = client.policy(&name, &allow(&["cvm:*"]));
            let uin = number(&user, "Uin");
            client.set("AttachUserPolicy", json!({ "AttachUin": uin, "PolicyId": policy }));
            let group = groups[(caller + at) % CALLERS];
            client.set("AddUserToGroup", json!({ "Info": [{ "Uin": uin, "GroupId": group }] }));
            let shown = client.set("ListAttachedUserPolicies", json!({ "TargetUin": uin }));
            assert_eq!(number(&shown, "TotalNum"), 1);
            made.push((uin, number(&user, "Uid"), policy));
        }
        made
    });
    let made: Vec<_> = made.into_iter().flatten().collect();
    let total = CALLERS * EACH;
    assert_eq!(made.iter().map(|own| own.0).collect::<BTreeSet<_>>().len(), total);
    assert_eq!(made.iter().map(|own| own.1).collect::<BTreeSet<_>>().len(), total);
    assert_eq!(made.iter().map(|own| own.2).collect::<BTreeSet<_>>().len(), total);
    let users = client.set("ListUsers", json!({}));
    assert_eq!(users["Data"].as_array().expect("a list").len(), total);
    let members = groups
        .iter()
        .map(|group| number(&client.set("GetGroup", json!({ "GroupId": group })), "GroupNum"));
    assert_eq!(members.sum::<u64>(), total as u64);
}

#[test]
fn a_name_goes_to_one_of_those_who_want_it() {
    let client = Client::new(Options::default());
    for round in 0..20 {
        let body = json!({ "Name": format!("wanted-{round}") });
        let results = at_once(|_| client.cam(&client.root, "AddUser", body.clone()));
        assert_eq!(winners(results, "InvalidParameter.SubUserNameInUse").len(), 1);
    }
}

#[test]
fn limits_hold_however_many_ask_at_once() {
    let client = Client::new(Options::default());
    let (uin, _) = client.user("a");
    let policy = client.policy("p", &allow(&["cvm:*"]));
    let keys =
        at_once(|_| client.cam(&client.root, "CreateAccessKey", json!({ "TargetUin": uin })));
    assert_eq!(winners(keys, "OperationDenied.AccessKeyOverLimit").len(), 1);
    let body = json!({ "PolicyId": policy, "SetAsDefault": false,
        "PolicyDocument": allow(&["cos:*"]).to_string() });
    let versions = at_once(|_| client.cam(&client.root, "CreatePolicyVersion", body.clone()));
    let versions = winners(versions, "FailedOperation.PolicyVersionFull");
    let versions: BTreeSet<u64> = versions.iter().map(|own| number(own, "VersionId")).collect();
    assert_eq!(versions, (2..=5).collect());
}

#[test]
fn readers_see_a_change_whole_or_not_at_all() {
    let client = Client::new(Options::default());
    let (one, first) = client.user("one");
    let (two, second) = client.user("two");
    let group = number(&client.set("CreateGroup", json!({ "GroupName": "g" })), "GroupId");
    let policy = client.policy("p", &allow(&["cam:ListUsers"]));
    client.set("AttachGroupPolicy", json!({ "AttachGroupId": group, "PolicyId": policy }));
    let both = json!({ "Info": [
        { "Uin": one, "GroupId": group }, { "Uin": two, "GroupId": group },
    ] });
    at_once(|caller| {
        for _ in 0..40 {
            if caller == 0 {
                client.set("AddUserToGroup", both.clone());
                client.set("RemoveUserFromGroup", both.clone());
            } else {
                let shown = client.set("GetGroup", json!({ "GroupId": group }));
                assert_ne!(number(&shown, "GroupNum"), 1);
                for key in [&first, &second] {
                    if let Err((code, _)) = client.cam(key, "ListUsers", json!({})) {
                        assert_eq!(code, "AuthFailure.UnauthorizedOperation");
                    }
                }
            }
        }
    });
}

#[test]
fn a_session_may_be_asked_for_while_everything_changes() {
    let client = Client::new(Options::default());
    let (_, key) = client.user_with("a", &allow(&["cam:ListUsers"]));
    at_once(|caller| {
        for at in 0..20 {
            if caller % 2 == 0 {
                client.set("AddUser", json!({ "Name": format!("{caller}-{at}") }));
                client.plane.write_uses().expect("written");
                client.plane.forget(client.now()).expect("written");
            } else {
                let body = json!({ "Name": "guest", "Policy": allow(&["cam:*"]).to_string() });
                let answer = client.call(&key, "sts", "GetFederationToken", body);
                let session = crate::client::Key::temporary(&answer.expect("a token"));
                assert!(client.cam(&session, "ListUsers", json!({})).is_ok());
            }
        }
    });
}
