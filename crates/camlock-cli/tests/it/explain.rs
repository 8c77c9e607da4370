//! `camlock explain`.

use super::run::{camlock, example};

fn explain(principal: &str, action: &str, resource: &str, more: &[&str]) -> super::run::Answer {
    let account = example("account.json");
    let mut arguments = vec![
        "explain",
        "--account",
        &account,
        "--principal",
        principal,
        "--action",
        action,
        "--resource",
        resource,
    ];
    arguments.extend(more);
    camlock(&arguments)
}

const ALICE: &str = "qcs::cam::uin/100000000001:uin/100000000011";
const DAVE: &str = "qcs::cam::uin/100000000001:uin/100000000014";
const LOG: &str = "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/a.log";

#[test]
fn a_denial_shows_the_nearest_statement_and_the_element_that_failed() {
    let answer = explain(ALICE, "cos:GetObject", LOG, &["--context", "qcs:ip=8.8.8.8"]);
    assert_eq!(answer.status, 1);
    assert!(
        answer.out.starts_with("DENIED  not allowed by the caller's policies"),
        "{}",
        answer.out
    );
    assert!(
        answer.out.contains("nearest in the caller's policies: logs-read (17698701), statement 0"),
        "{}",
        answer.out
    );
    assert!(answer.out.contains("account.json:16:54"), "{}", answer.out);
    assert!(answer.out.contains("^ this condition does not match"), "{}", answer.out);
}

#[test]
fn a_boundary_that_refuses_is_named_with_its_file() {
    let answer = explain(DAVE, "cam:AddUser", "qcs::cam::uin/100000000001:uin/*", &[]);
    assert!(
        answer.out.contains("✓ identity  allows")
            && answer.out.contains("✗ boundary  does not allow"),
        "{}",
        answer.out
    );
    assert!(answer.out.contains("ceiling.json:6:23"), "{}", answer.out);
}

#[test]
fn layers_stand_in_the_order_of_evaluation() {
    let answer = explain(ALICE, "cos:DeleteObject", LOG, &[]);
    let marked = |line: &&str| ["  · ", "  ✗ ", "  ✓ "].iter().any(|mark| line.starts_with(mark));
    let layers = answer.out.lines().filter(marked);
    let layers: Vec<_> = layers.filter_map(|line| line.split_whitespace().nth(1)).collect();
    assert_eq!(layers, ["scp", "identity", "resource", "boundary", "session"], "{}", answer.out);
    assert!(!answer.out.contains("trust"), "{}", answer.out);
    let assuming =
        explain(ALICE, "sts:AssumeRole", "qcs::cam::uin/100000000001:roleName/deploy", &[]);
    assert!(assuming.out.contains("✓ trust     allows"), "{}", assuming.out);
}

#[test]
fn machine_output_says_the_same() {
    let answer =
        explain(ALICE, "cos:GetObject", LOG, &["--context", "qcs:ip=8.8.8.8", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!((&json["version"], &json["decision"]), (&1.into(), &"implicit_deny".into()));
    assert_eq!(json["nearest"]["failed_element"], "condition");
    assert_eq!(json["nearest"]["line"], 16);
    let identity = json["layers"]
        .as_array()
        .unwrap()
        .iter()
        .find(|layer| layer["layer"] == "identity")
        .unwrap();
    assert_eq!(identity["answer"], "no_allow");
}

#[test]
fn text_of_a_request_cannot_write_to_the_terminal() {
    let evil = format!("{LOG}\u{1b}[2J\u{202e}");
    let answer = explain(ALICE, "cos:GetObject", &evil, &[]);
    assert!(!answer.out.contains('\u{1b}') && !answer.out.contains('\u{202e}'), "{:?}", answer.out);
}
