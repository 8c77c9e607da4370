//! `camlock test`.

use super::run::{camlock, example, file};

fn published() -> String {
    let cases = "../camlock-conformance/cases/published.json";
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(cases).display().to_string()
}

#[test]
fn the_published_cases_and_the_example_suite_pass() {
    let answer = camlock(&["test", &published()]);
    assert_eq!((answer.status, answer.out.as_str()), (0, "195 passed\n"), "{}", answer.err);
    let answer = camlock(&["test", &example("access.json")]);
    assert_eq!((answer.status, answer.out.as_str()), (0, "25 passed\n"), "{}", answer.err);
}

const CASES: &str = r#"[
  { "id": "good", "rule_ids": [], "policies": [ { "kind": "identity", "document": { "version": "2.0", "statement":
      { "effect": "allow", "action": "cvm:*", "resource": "*" } } } ],
    "request": { "action": "cvm:StopInstances", "resource": "*", "principal": { "kind": "user", "owner_uin": "1", "uin": "2" }, "context": {} },
    "expect": "allow", "why": "granted" },
  { "id": "wrong <1>", "policies": [], "request": { "action": "cvm:StopInstances", "resource": "*", "principal": { "kind": "anonymous" } },
    "expect": "allow", "why": "nothing grants it" },
  { "id": "unparsed", "policies": [ { "kind": "identity", "raw": "{" } ],
    "request": { "action": "cvm:StopInstances", "resource": "*", "principal": { "kind": "anonymous" } },
    "expect": "parse_error", "expect_error_code": "InvalidParameter.PolicyDocumentError" }
]"#;

#[test]
fn a_failure_is_named_in_every_format() {
    let (_folder, path) = file("cases.json", CASES);
    let path = path.display().to_string();
    let human = camlock(&["test", &path]);
    assert_eq!(human.status, 1);
    assert!(
        human.out.contains("FAILED wrong <1>: expected allow, got implicit_deny"),
        "{}",
        human.out
    );
    assert!(human.out.ends_with("2 passed, 1 failed\n"), "{}", human.out);

    let json = camlock(&["test", &path, "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(
        (&report["version"], &report["passed"], &report["failed"]),
        (&1.into(), &2.into(), &1.into())
    );
    assert_eq!(report["cases"][1]["got"], "implicit_deny");
    assert_eq!(report["cases"][2]["error_code"], "InvalidParameter.PolicyDocumentError");

    let junit = camlock(&["test", &path, "--format", "junit"]);
    assert!(
        junit.out.contains("<testsuite name=\"camlock\" tests=\"3\" failures=\"1\">"),
        "{}",
        junit.out
    );
    assert!(junit.out.contains("<testcase name=\"wrong &lt;1&gt;\"><failure"), "{}", junit.out);
}

#[test]
fn a_suite_may_be_yaml() {
    let yaml = format!(
        "account: {}\ntests:\n  - name: alice lists servers\n    principal: qcs::cam::uin/100000000001:uin/100000000011\n    action: cvm:DescribeInstances\n    resource: \"*\"\n    expect: allow\n",
        example("account.json")
    );
    let (_folder, path) = file("suite.yaml", yaml);
    let answer = camlock(&["test", &path.display().to_string()]);
    assert_eq!((answer.status, answer.out.as_str()), (0, "1 passed\n"), "{}", answer.err);
}

#[test]
fn a_suite_that_cannot_be_run_is_status_2_with_a_reason() {
    for (text, says) in [
        ("", "CAM400"),
        ("[{}]", "missing field"),
        ("[1", "CAM4004"),
        ("{\"account\": \"nowhere.json\", \"tests\": []}", "nowhere.json"),
        ("{\"tests\": []}", "account"),
    ] {
        let (_folder, path) = file("suite.json", text);
        let answer = camlock(&["test", &path.display().to_string()]);
        assert_eq!(answer.status, 2, "{text}: {}", answer.out);
        assert!(answer.err.contains(says), "{text}: {}", answer.err);
    }
    let answer = camlock(&["test", "does-not-exist.json"]);
    assert_eq!(answer.status, 2);
}

#[test]
fn a_case_that_cannot_be_asked_fails_and_the_run_goes_on() {
    let text = CASES.replace("\"resource\": \"*\", \"principal\": { \"kind\": \"anonymous\" } },\n    \"expect\": \"allow\"", "\"resource\": \"qcs:x\", \"principal\": { \"kind\": \"anonymous\" } },\n    \"expect\": \"allow\"");
    assert_ne!(text, CASES);
    let (_folder, path) = file("cases.json", text);
    let answer = camlock(&["test", &path.display().to_string()]);
    assert_eq!(answer.status, 2);
    assert!(
        answer.out.contains("error CAM4002") && answer.out.ends_with("2 passed, 1 failed\n"),
        "{}",
        answer.out
    );
}
