//! What is written in each format.

use serde_json::Value;

use super::{BAD, GOOD, check, directory, json, lint, out};

/// What is read in the tests below.
const FAULTS: [&str; 4] = ["bad.json", "good.json", "--select", "CAM2103"];

fn formatted(format: &str) -> String {
    let directory = directory(&[("bad.json", BAD), ("good.json", GOOD)]);
    let output = lint(directory.path(), &[&FAULTS[..], &["--format", format]].concat());
    check(&output, 1);
    out(&output).to_owned()
}

#[test]
fn a_line_a_finding() {
    assert_eq!(
        formatted("compact"),
        "bad.json:6:27: error[CAM2103]: service and operation are separated by a dot\n"
    );
}

#[test]
fn people_are_told_where_the_page_is() {
    let shown = formatted("human");
    let page =
        "= page: https://github.com/camlock/camlock/blob/main/docs/src/rules/action-with-dot.md\n";
    assert!(shown.contains(page), "{shown}");
}

#[test]
fn what_cannot_be_read_is_in_reports() {
    let directory = directory(&[("a.json", GOOD)]);
    let report = |format: &str| {
        let output = lint(directory.path(), &["a.json", "nowhere.json", "--format", format]);
        check(&output, 2);
        output
    };
    let log = json(&report("sarif"));
    let invocation = &log["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let told = invocation["toolExecutionNotifications"][0]["message"]["text"].as_str().unwrap();
    assert!(told.starts_with("nowhere.json: cannot be read"), "{told}");
    let output = report("junit");
    assert!(out(&output).contains("errors=\"1\""), "{}", out(&output));
    assert!(out(&output).contains("<testcase name=\"nowhere.json\""), "{}", out(&output));
}

#[test]
fn a_file_is_a_test_case() {
    assert_eq!(
        formatted("junit"),
        r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="2" failures="1" errors="0">
<testsuite name="camlock lint" tests="2" failures="1" errors="0">
<testcase name="bad.json" classname="camlock.lint">
<failure type="CAM2103" message="service and operation are separated by a dot">
6:27: CAM2103: service and operation are separated by a dot
</failure>
</testcase>
<testcase name="good.json" classname="camlock.lint"/>
</testsuite>
</testsuites>
"#
    );
}

#[test]
fn gitlab_gets_a_list_of_issues() {
    let issues: Value = serde_json::from_str(&formatted("gitlab")).unwrap();
    assert_eq!(issues[0]["check_name"], "CAM2103");
    assert_eq!(issues[0]["severity"], "major");
    assert_eq!(issues[0]["location"]["path"], "bad.json");
    assert_eq!(issues[0]["location"]["lines"]["begin"], 6);
    assert_eq!(issues.as_array().unwrap().len(), 1);
}

#[test]
fn logs_are_what_the_standard_asks_for() {
    let schema = include_str!("../../data/sarif-2.1.0.schema.json");
    // One pattern of the standard is no regular expression; a bracket is not where it was meant.
    let schema = schema.replace("-[a-zA-Z]{2}]?$", "(-[a-zA-Z]{2})?$");
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let settings = "[[suppressions]]\ncode = \"CAM2135\"\nreason = \"known\"\n";
    let slips = GOOD
        .replace("\"cos:GetObject\"", "[\"cos:GetObject\", \"cos:GetObject\", \"name/cos:Put\"]");
    let directory =
        directory(&[("camlock.toml", settings), ("bad.json", BAD), ("slips.json", &slips)]);
    let output = lint(directory.path(), &[".", "nowhere.json", "--format", "sarif"]);
    let log = json(&output);
    let faults: Vec<String> =
        validator.iter_errors(&log).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    let results = log["runs"][0]["results"].as_array().unwrap();
    for member in ["fixes", "suppressions", "partialFingerprints", "relatedLocations"] {
        assert!(results.iter().any(|result| result.get(member).is_some()), "{member}");
    }
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
}

#[test]
fn counts_are_by_code() {
    let directory = directory(&[("a.json", BAD), ("b.json", BAD)]);
    let args = [".", "--statistics", "--select", "CAM2103,CAM2135"];
    let output = lint(directory.path(), &args);
    check(&output, 1);
    assert_eq!(
        out(&output),
        "     2  CAM2103  error    action-with-dot (in 2 files)\n     2  CAM2135  error    unknown-condition-operator (in 2 files)\n"
    );
    let output = lint(directory.path(), &[&args[..], &["--format", "json"]].concat());
    assert_eq!(json(&output)["statistics"][0]["count"], 2);
}

#[test]
fn rules_are_listed() {
    let directory = directory(&[]);
    let output = lint(directory.path(), &["--rules"]);
    check(&output, 0);
    let line = out(&output).lines().find(|line| line.starts_with("CAM2103")).unwrap();
    let words: Vec<&str> = line.split_whitespace().collect();
    assert_eq!(words[..4], ["CAM2103", "action-with-dot", "correctness", "error"]);
    let output = lint(directory.path(), &["--rules", "--format", "json"]);
    let rules = json(&output)["rules"].as_array().unwrap().clone();
    let codes: Vec<&str> = rules.iter().map(|rule| rule["code"].as_str().unwrap()).collect();
    assert!(codes.is_sorted() && codes.contains(&"CAM6001"), "{codes:?}");
}
