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
    assert!(
        err(&output).contains("warning: e.tf: not looked at, it cannot be read: "),
        "{}",
        err(&output)
    );
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
