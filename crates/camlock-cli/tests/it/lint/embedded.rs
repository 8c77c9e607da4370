//! Policies inside other files.

use std::fs;

use super::{check, directory, err, findings, json, lint, lint_stdin, out};

const TERRAFORM: &str = r#"resource "tencentcloud_cam_policy" "ops" {
  document = <<-EOF
    {
      "Version": "2.0",
      "statement": [
        {"effect": "allow", "action": ["cos.GetObject"], "resource": ["qcs::cos::uid/${var.app_id}:b-${var.app_id}/*"]}
      ]
    }
  EOF
}

resource "tencentcloud_cam_role" "ops" {
  document = jsonencode({
    version   = "2.0"
    statement = [{ effect = "allow", action = "sts:AssumeRole", principal = { service = "cvm.qcloud.com" }, resource = "*" }]
  })
}
"#;

#[test]
fn what_an_alias_names_is_told_once() {
    let text = "b: &b {effect: allow, action: cos.GetObject, resource: '*'}\np: {version: '2.0', statement: [*b]}\nq: {version: '2.0', statement: [*b]}\n";
    let directory = directory(&[("a.yaml", text)]);
    let args = ["a.yaml", "--format", "json", "--select", "CAM2103"];
    assert_eq!(findings(&lint(directory.path(), &args)), [("a.yaml".into(), 1, "CAM2103".into())]);
}

#[test]
fn findings_point_into_terraform() {
    let directory = directory(&[("main.tf", TERRAFORM)]);
    let output = lint(directory.path(), &["main.tf", "--format", "json", "--ignore", "style"]);
    check(&output, 1);
    let found = findings(&output);
    assert_eq!(
        found,
        [
            ("main.tf".into(), 4, "CAM2006".into()),
            ("main.tf".into(), 6, "CAM2103".into()),
            ("main.tf".into(), 15, "CAM2017".into())
        ],
        "a trust policy has no resource, and what is put in later is not known"
    );
    let report = json(&output);
    assert_eq!(report["findings"][1]["column"], 44);
    assert_eq!(report["inputs"][0]["documents"], 2);
    assert_eq!(report["inputs"][0]["kind"], "mixed");
    assert_eq!(report["inputs"][0]["inferred"], false);
}

#[test]
fn what_is_put_in_later_is_shown_as_the_file_has_it() {
    let statement = r#"{"effect": "allow", "action": ["cos:GetObject"],
        "resource": ["qcs::cos:${var.region}:uid/1250000000:*"]}"#;
    let terraform = format!(
        "resource \"tencentcloud_cam_policy\" \"ops\" {{\n  document = <<EOF\n{{\"version\": \"2.0\", \"statement\": [{statement}]}}\nEOF\n}}\n"
    );
    let directory = directory(&[("main.tf", &terraform)]);
    let output = lint(directory.path(), &["main.tf", "--select", "CAM6022"]);
    let note = out(&output).lines().find(|line| line.contains("for example"));
    let note = note.expect("a request that is allowed");
    assert!(note.contains("${var.region}"), "{note}");
}

#[test]
fn repairs_change_the_file_around_policies_by_nothing() {
    let directory = directory(&[("main.tf", TERRAFORM)]);
    lint(directory.path(), &["main.tf", "--fix"]);
    let text = fs::read_to_string(directory.path().join("main.tf")).unwrap();
    assert_eq!(text, TERRAFORM.replace("\"Version\"", "\"version\""));
}

#[test]
fn folders_hold_more_than_json_and_files_without_policies_do_not_count() {
    let directory = directory(&[
        ("a.md", "```json\n{\"statement\": [{\"effect\": \"maybe\"}]}\n```\n"),
        ("b.yaml", "kind: Deployment\n"),
        (
            "c.yml",
            "policy:\n  version: '2.0'\n  statement:\n  - effect: allow\n    action: cos.Get\n    resource: '*'\n",
        ),
        ("d.tf", "variable \"x\" {}\n"),
        ("e.tf", "variable {\n  = \n"),
    ]);
    let output = lint(directory.path(), &[".", "--format", "json", "--select", "CAM2011,CAM2103"]);
    check(&output, 1);
    assert_eq!(
        findings(&output),
        [("a.md".into(), 2, "CAM2011".into()), ("c.yml".into(), 5, "CAM2103".into())]
    );
    assert_eq!(json(&output)["files"], 2);
}

#[test]
fn urls_and_texts_in_json_are_read() {
    let directory = directory(&[]);
    let encoded = b"Action=CreatePolicy&PolicyDocument=%7B%22statement%22%3A%7B%22effect%22%3A%22maybe%22%7D%7D";
    let output =
        lint_stdin(directory.path(), &["-", "--format", "compact", "--select", "CAM2011"], encoded);
    check(&output, 1);
    assert_eq!(
        out(&output),
        "<stdin>:1:75: error[CAM2011]: the effect is neither `allow` nor `deny`\n"
    );
}

const BROKEN: [(&str, &str); 2] = [
    ("main.tf", "resource \"tencentcloud_cam_policy\" \"a\" {\n  name = [1, 2\n}\n"),
    ("p.yaml", "statement:\n- effect: allow\n  action: \"cos:Get\n"),
];

#[test]
fn a_file_that_is_not_what_its_name_says_is_a_finding_in_every_format() {
    let directory = directory(&BROKEN);
    let run = |args: &[&str]| lint(directory.path(), &[&["."], args].concat());
    let output = run(&["--format", "json"]);
    check(&output, 0);
    let expected =
        [("main.tf".into(), 3, "CAM1004".into()), ("p.yaml".into(), 3, "CAM1005".into())];
    assert_eq!(findings(&output), expected);
    let report = json(&output);
    assert_eq!(report["findings"][0]["severity"], "warning");
    assert_eq!(report["findings"][0]["column"], 1);
    assert_eq!(report["findings"][0]["message"], "not Terraform: expected `]`");
    assert!(report["findings"][0]["help"].as_str().unwrap().contains("terraform validate"));
    for (format, words) in [
        ("human", ["warning[CAM1004]: not Terraform", "main.tf:3:1", "malformed-terraform.md"]),
        ("compact", ["main.tf:3:1: warning[CAM1004]", "p.yaml:3:", "not YAML: unclosed quote"]),
        ("sarif", ["\"ruleId\": \"CAM1004\"", "\"startLine\": 3", "CAM1005"]),
        ("github", ["::warning file=main.tf,line=3", "CAM1004", "CAM1005"]),
        ("gitlab", ["CAM1004", "main.tf", "CAM1005"]),
        ("junit", ["CAM1004", "main.tf", "CAM1005"]),
    ] {
        let output = run(&["--format", format]);
        check(&output, 0);
        for word in words {
            assert!(out(&output).contains(word), "{format}: {word}: {}", out(&output));
        }
    }
    check(&run(&["--deny-warnings"]), 1);
}

#[test]
fn that_a_file_is_not_what_its_name_says_has_a_level_and_can_be_accepted() {
    let settings = "[levels]\nmalformed-yaml = \"error\"\n[[suppressions]]\ncode = \"CAM1004\"\npath = \"main.tf\"\nreason = \"a template\"\n";
    let directory = directory(&[BROKEN[0], BROKEN[1], ("camlock.toml", settings)]);
    let run = |args: &[&str]| lint(directory.path(), &[&["."], args].concat());
    let output = run(&["--format", "json"]);
    check(&output, 1);
    assert_eq!(findings(&output), [("p.yaml".into(), 3, "CAM1005".into())]);
    assert_eq!(json(&output)["findings"][0]["severity"], "error");
    assert!(out(&run(&[])).contains("1 suppressed"), "{}", out(&run(&[])));
    assert_eq!(err(&run(&["--report-unused-suppressions", "--quiet"])), "");
    check(&run(&["--ignore", "CAM1005"]), 0);
    // The page says what it is, and that CAM never sees it.
    let page = lint(directory.path(), &["--explain", "malformed-yaml"]);
    check(&page, 0);
    assert!(out(&page).contains("# malformed-yaml") && !out(&page).contains("CAM answers"));
}

#[test]
fn what_is_not_about_policies_may_be_broken_and_pages_show_parts() {
    let directory = directory(&[
        ("chart.yaml", "{{ if .Values.x }}\n\tkind: Deployment\n"),
        ("README.md", "```hcl\nresource \"tencentcloud_cam_policy\" \"a\" {\n  ...\n```\n"),
    ]);
    let output = lint(directory.path(), &[".", "--format", "json"]);
    assert!(findings(&output).is_empty(), "{}", out(&output));
    let page = format!(
        "# Policies\n\n```json\n{}```\n\n    resource \"tencentcloud_cam_role\"\n",
        super::BAD
    );
    let args = ["-", "--format", "json", "--select", "CAM2103"];
    let output = lint_stdin(directory.path(), &args, page.as_bytes());
    assert_eq!(findings(&output), [("<stdin>".into(), 9, "CAM2103".into())]);
    let output = lint_stdin(directory.path(), &["-", "--format", "json"], BROKEN[0].1.as_bytes());
    assert_eq!(findings(&output), [("<stdin>".into(), 3, "CAM1004".into())]);
}
