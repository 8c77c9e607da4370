//! `camlock decide`.

use super::run::{camlock, camlock_with_input, example, file};

const ALICE: &str = "qcs::cam::uin/100000000001:uin/100000000011";
const LOG: &str = "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/a.log";

fn decide(more: &[&str]) -> super::run::Answer {
    let account = example("account.json");
    let mut arguments = vec!["decide", "--account", &account];
    arguments.extend(more);
    camlock(&arguments)
}

#[test]
fn the_exit_status_says_the_decision() {
    let ask = ["--principal", ALICE, "--action", "cos:GetObject", "--resource", LOG];
    let allowed = decide(&[&ask[..], &["--context", "qcs:ip=10.0.0.1"]].concat());
    assert_eq!(
        (allowed.status, allowed.out.as_str()),
        (0, "allow  by identity  logs-read (17698701) statement 0\n")
    );
    let denied = decide(&ask);
    assert_eq!(
        (denied.status, denied.out.as_str()),
        (1, "implicit_deny  not allowed by identity, resource\n")
    );
    let unknown =
        decide(&["--principal", "qcs::cam::uin/100000000001:uin/1", "--action", "cos:GetObject"]);
    assert_eq!(unknown.status, 2);
    assert!(unknown.err.contains("CAM8101"), "{}", unknown.err);
}

#[test]
fn a_stream_answers_a_line_for_each_line() {
    let lines = format!(
        "{{\"id\":\"a\",\"principal\":\"{ALICE}\",\"action\":\"cos:GetObject\",\"resource\":\"{LOG}\",\"context\":{{\"qcs:ip\":\"10.0.0.1\"}}}}\n\
         not json\n\
         {{\"id\":\"c\",\"principal\":\"{ALICE}\",\"action\":\"cos:Get*\",\"resource\":\"*\"}}\n\
         \n\
         {{\"id\":\"e\",\"principal\":\"{ALICE}\",\"action\":\"cos:PutObject\",\"resource\":\"{LOG}\"}}"
    );
    let account = example("account.json");
    let answer =
        camlock_with_input(&["decide", "--account", &account, "--requests", "-"], lines.as_bytes());
    assert_eq!(answer.status, 2, "{}", answer.err);
    let lines: Vec<serde_json::Value> =
        answer.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let member =
        |line: usize, pointer: &str| lines[line].pointer(pointer).cloned().unwrap_or_default();
    assert_eq!(lines.len(), 5);
    assert_eq!(member(0, "/decision"), "allow");
    assert_eq!(member(0, "/statements/0/policy"), "17698701");
    assert_eq!(member(1, "/error/code"), "CAM4004");
    assert_eq!((member(2, "/id"), member(2, "/error/code")), ("c".into(), "CAM4002".into()));
    assert_eq!(member(3, "/error/code"), "CAM4004");
    assert_eq!(member(4, "/decision"), "implicit_deny");
    assert!(lines.iter().all(|line| line["version"] == 1));
}

#[test]
fn a_line_that_is_too_long_or_no_text_is_an_answer_and_not_the_end() {
    let account = example("account.json");
    let good =
        format!("{{\"principal\":\"{ALICE}\",\"action\":\"cos:GetObject\",\"resource\":\"*\"}}\n");
    let mut input = vec![b'x'; 3 << 20];
    input.push(b'\n');
    input.extend(b"\xff\xfe\n");
    input.extend(good.as_bytes());
    let answer = camlock_with_input(&["decide", "--account", &account, "--requests", "-"], &input);
    let lines: Vec<&str> = answer.out.lines().collect();
    assert_eq!((answer.status, lines.len()), (2, 3), "{}", answer.err);
    assert!(lines[0].contains("CAM4003") && lines[1].contains("CAM1002"), "{lines:?}");
    assert!(lines[2].contains("implicit_deny"), "{lines:?}");
}

#[test]
fn bare_policies_decide_without_an_account() {
    let allow =
        r#"{"version":"2.0","statement":{"effect":"allow","action":"cvm:*","resource":"*"}}"#;
    let limit = allow.replace("cvm:*", "cvm:Describe*");
    let (_a, allow) = file("allow.json", allow);
    let (_b, limit) = file("limit.json", limit);
    let boundary = format!("boundary={}", limit.display());
    let allow = allow.display().to_string();
    let ask = |action: &str| {
        camlock(&[
            "decide",
            "--policy",
            &allow,
            "--policy",
            &boundary,
            "--principal",
            ALICE,
            "--action",
            action,
        ])
    };
    assert_eq!(ask("cvm:DescribeInstances").status, 0);
    let denied = ask("cvm:StopInstances");
    assert_eq!(
        (denied.status, denied.out.as_str()),
        (1, "implicit_deny  not allowed by boundary\n")
    );
}

#[test]
fn an_unreadable_policy_stops_the_decision_with_its_place() {
    let (_folder, path) = file(
        "bad.json",
        "{\"version\": \"2.0\",\n \"statement\": [{\"effect\": \"allow\", \"action\": \"cos.Get\", \"resource\": \"*\"}]}",
    );
    let path = path.display().to_string();
    let answer =
        camlock(&["decide", "--policy", &path, "--principal", ALICE, "--action", "cos:GetObject"]);
    assert_eq!((answer.status, answer.out.as_str()), (2, ""));
    assert!(answer.err.contains("bad.json:2:50: CAM2103"), "{}", answer.err);
}

#[test]
fn truncated_and_flipped_accounts_never_panic() {
    let text = std::fs::read(example("account.json")).unwrap();
    for cut in (0..text.len()).step_by(97) {
        let (_folder, path) = file("account.json", &text[..cut]);
        let path = path.display().to_string();
        let answer = camlock(&[
            "decide",
            "--account",
            &path,
            "--principal",
            "*",
            "--action",
            "cos:GetObject",
        ]);
        assert_eq!(answer.status, 2, "cut at {cut}: {}", answer.err);
        assert!(answer.err.starts_with("error: "), "{}", answer.err);
    }
}

#[test]
fn options_that_change_a_decision_are_listed_apart() {
    let help = camlock(&["decide", "--help"]);
    let (_, options) = help.out.split_once("Options that change a decision").unwrap();
    assert!(options.contains("EVL-10") && options.contains("EVL-16"), "{options}");
}
