//! `camlock lint` as people and pipelines meet it.

mod embedded;
mod folders;
mod formats;
mod repairs;
mod settings;
mod watch;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

const GOOD: &str = r#"{"version": "2.0", "statement": [{"effect": "allow", "action": "cos:GetObject", "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*"}]}"#;
const BAD: &str = r#"{
    "version": "2.0",
    "statement": [
        {
            "effect": "allow",
            "action": "cos.GetObject",
            "resource": "*",
            "condition": { "string_equals": { "cos:prefix": "logs%2F" } }
        }
    ]
}
"#;
const TRUST: &str = r#"{"version": "2.0", "statement": [{"effect": "allow", "action": "sts:AssumeRole",
    "principal": {"service": "cvm.qcloud.com"}}]}"#;

fn directory(files: &[(&str, &str)]) -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = directory.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    directory
}

fn lint(directory: &Path, args: &[&str]) -> Output {
    lint_stdin(directory, args, b"")
}

fn lint_stdin(directory: &Path, args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_camlock"))
        .arg("lint")
        .args(args)
        .current_dir(directory)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // Not every run reads it.
    _ = stdin.write_all(input);
    drop(stdin);
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

#[track_caller]
fn check(output: &Output, code: i32) {
    assert_eq!(output.status.code(), Some(code), "{}\n{}", out(output), err(output));
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

/// File, line and code of each finding.
fn findings(output: &Output) -> Vec<(String, u64, String)> {
    #[derive(serde::Deserialize)]
    struct Report {
        findings: Vec<Finding>,
    }
    #[derive(serde::Deserialize)]
    struct Finding {
        file: String,
        line: u64,
        code: String,
    }
    let report: Report = serde_json::from_slice(&output.stdout).unwrap();
    report.findings.into_iter().map(|found| (found.file, found.line, found.code)).collect()
}

#[test]
fn findings_are_shown_in_their_lines() {
    let directory = directory(&[("bad.json", BAD), ("good.json", GOOD)]);
    let output = lint(directory.path(), &["."]);
    check(&output, 1);
    assert!(
        out(&output).starts_with(
            r#"error[CAM2103]: service and operation are separated by a dot
  ┌─ bad.json:6:27
  │
6 │             "action": "cos.GetObject",
"#
        ),
        "{}",
        out(&output)
    );
    assert!(out(&output).ends_with("2 errors in 2 files\n"), "{}", out(&output));
    assert_eq!(
        err(&output),
        "note: bad.json: read as kind `identity`\nnote: good.json: read as kind `identity`\n"
    );
}

#[test]
fn a_clean_run_succeeds_and_says_so() {
    let directory = directory(&[("good.json", GOOD)]);
    let output = lint(directory.path(), &["good.json", "--kind", "identity"]);
    check(&output, 0);
    assert_eq!((out(&output), err(&output)), ("no findings in 1 file\n", ""));
    let output = lint(directory.path(), &["good.json", "--quiet"]);
    check(&output, 0);
    assert_eq!((out(&output), err(&output)), ("", ""));
}

#[test]
fn the_json_report_has_the_members_of_the_format() {
    let directory = directory(&[("bad.json", BAD)]);
    let output = lint(directory.path(), &["bad.json", "--format", "json"]);
    check(&output, 1);
    let report = json(&output);
    assert_eq!((&report["version"], &report["files"]), (&1.into(), &1.into()));
    assert_eq!(report["inputs"][0]["kind"], "identity");
    assert_eq!(report["inputs"][0]["inferred"], true);
    let finding = &report["findings"][0];
    assert_eq!(finding["code"], "CAM2103");
    assert_eq!(finding["api_code"], "InvalidParameter.ActionError");
    assert_eq!(finding["pointer"], "/statement/0/action");
    assert_eq!((&finding["line"], &finding["end_line"]), (&6.into(), &6.into()));
    assert_eq!(finding["fix"]["grade"], "suggestion");
    assert_eq!(finding["fix"]["edits"][0]["line"], 6);
}

#[test]
fn logs_and_annotations_name_every_place() {
    let directory = directory(&[("bad.json", BAD)]);
    let output = lint(directory.path(), &["bad.json", "--format", "sarif"]);
    check(&output, 1);
    let log = json(&output);
    let result = &log["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "CAM2103");
    let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!(log["runs"][0]["tool"]["driver"]["rules"][index]["id"], "CAM2103");

    let output = lint(directory.path(), &["bad.json", "--format", "github"]);
    check(&output, 1);
    let first = out(&output).lines().next().unwrap();
    assert!(first.starts_with("::error file=bad.json,line=6,col=27,endLine=6,"), "{first}");
    assert!(first.contains("title=CAM2103::"), "{first}");
}

#[test]
fn the_kind_decides_what_is_right() {
    let directory = directory(&[("trust.json", TRUST)]);
    check(&lint(directory.path(), &["trust.json"]), 0);
    let output = lint(directory.path(), &["trust.json", "--kind", "identity"]);
    check(&output, 1);
    assert!(out(&output).contains("CAM2020"), "{}", out(&output));
    check(&lint(directory.path(), &["trust.json", "--kind", "bucket"]), 1);
    let output = lint(directory.path(), &["trust.json", "--kind", "nonsense"]);
    check(&output, 2);
    assert!(err(&output).contains("identity"), "{}", err(&output));
}

#[test]
fn a_list_and_lines_hold_many_documents() {
    let list = format!("[{GOOD},\n{},\n{TRUST}]", GOOD.replace("allow", "permit"));
    let lines = format!("{GOOD}\r\n\n{}\n", GOOD.replace("cos:GetObject", "cos"));
    let directory = directory(&[("list.json", &list), ("lines.jsonl", &lines)]);
    let output = lint(directory.path(), &["list.json", "lines.jsonl", "--format", "json"]);
    check(&output, 1);
    assert_eq!(
        findings(&output),
        [("lines.jsonl".into(), 3, "CAM2102".into()), ("list.json".into(), 2, "CAM3011".into())]
    );
    let report = json(&output);
    assert_eq!(report["findings"][1]["pointer"], "/1/statement/0/effect");
    assert_eq!(report["inputs"][0]["documents"], 2);
    assert_eq!(report["inputs"][1]["kind"], "mixed");
}

#[test]
fn documents_one_behind_another_are_looked_at_by_themselves() {
    let bad = GOOD.replace("allow", "permit");
    let open = GOOD.trim_end().trim_end_matches('}');
    let wide = GOOD.replace(", \"", ",\n\"");
    assert_ne!(wide, GOOD);
    let directory = directory(&[
        ("behind.json", &format!("{wide}\n\n{bad}{bad}")),
        ("lines.json", &format!("{GOOD}\n{open}\n{bad}\n")),
        ("mended.json", &format!("{wide}\n{}", GOOD.replace("version", "Version"))),
    ]);
    let output = lint(directory.path(), &["behind.json", "lines.json", "--format", "json"]);
    check(&output, 1);
    let line = u64::try_from(wide.lines().count()).unwrap() + 2;
    let named = |line: u64, code: &str| ("behind.json".to_owned(), line, code.to_owned());
    let in_lines = |line: u64, code: &str| ("lines.json".to_owned(), line, code.to_owned());
    assert_eq!(
        findings(&output),
        [
            named(line, "CAM1036"),
            named(line, "CAM3011"),
            named(line, "CAM3011"),
            in_lines(2, "CAM1035"),
            in_lines(2, "CAM1036"),
            in_lines(3, "CAM3011"),
        ]
    );
    let report = json(&output);
    assert_eq!(report["findings"][0]["severity"], "warning");
    assert_eq!(report["findings"][4]["severity"], "note");
    assert_eq!(report["inputs"][0]["documents"], 3);

    let output = lint(directory.path(), &["mended.json", "--fix"]);
    check(&output, 0);
    let mended = fs::read_to_string(directory.path().join("mended.json")).unwrap();
    assert_eq!(mended, format!("{wide}\n{GOOD}"));
}

#[test]
fn a_document_of_a_call_that_goes_on_is_refused_as_one() {
    let text = format!("{{\"PolicyDocument\": {:?}}}", format!("{GOOD} {GOOD}"));
    let directory = directory(&[("call.json", &text)]);
    let output = lint(directory.path(), &["call.json", "--format", "json"]);
    check(&output, 1);
    assert_eq!(findings(&output), [("call.json".into(), 1, "CAM1036".into())]);
    assert_eq!(json(&output)["findings"][0]["severity"], "error");
}

#[test]
fn a_list_of_something_else_is_one_wrong_document() {
    let directory = directory(&[("a.json", "[1, 2]"), ("b.json", "[]"), ("c.jsonl", "\n")]);
    let output = lint(directory.path(), &["a.json", "b.json", "c.jsonl", "--format", "json"]);
    check(&output, 1);
    let codes: Vec<String> = findings(&output).into_iter().map(|(.., code)| code).collect();
    assert_eq!(codes, ["CAM2001", "CAM2001", "CAM1010"]);
}

#[test]
fn standard_input_is_a_file_with_a_name() {
    let directory = directory(&[]);
    let output = lint_stdin(directory.path(), &["-", "--format", "json"], BAD.as_bytes());
    check(&output, 1);
    assert_eq!(findings(&output)[0].0, "<stdin>");
    let named = ["-", "--format", "json", "--stdin-name", "x/in.jsonl"];
    let output = lint_stdin(directory.path(), &named, format!("{GOOD}\n{{]").as_bytes());
    check(&output, 1);
    assert_eq!(findings(&output)[0], ("x/in.jsonl".into(), 2, "CAM1035".into()));
}

#[test]
fn directories_hold_json_and_what_is_included() {
    let directory = directory(&[
        ("p/b.json", BAD),
        ("p/a.JSON", BAD),
        ("p/deep/er/c.json", BAD),
        ("p/.hidden/d.json", BAD),
        ("p/e.policy", BAD),
        ("p/skip/f.json", BAD),
    ]);
    let files = |args: &[&str]| {
        let output = lint(directory.path(), &[args, &["--format", "json"]].concat());
        let mut names: Vec<String> = findings(&output).into_iter().map(|(file, ..)| file).collect();
        names.dedup();
        names
    };
    assert_eq!(files(&["p", "--exclude", "skip"]), ["p/a.JSON", "p/b.json", "p/deep/er/c.json"]);
    assert_eq!(
        files(&["p", "--include", "*.policy", "--exclude", "*.json"]),
        ["p/a.JSON", "p/e.policy"]
    );
    assert_eq!(files(&["p/deep", "p/deep/er/c.json", "./p/deep"]).len(), 1);
    assert_eq!(files(&["p/**/*.policy"]), ["p/e.policy"]);
    assert_eq!(files(&["p/*.json"]), ["p/b.json"]);
    assert_eq!(files(&["p/{b,e}.*", "p/**/er/*"]), ["p/b.json", "p/deep/er/c.json", "p/e.policy"]);
    assert_eq!(files(&["p", "--exclude", "p/*/**", "--exclude", "a.*"]), ["p/b.json"]);
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_end() {
    use std::os::unix::fs::symlink;

    let directory = directory(&[("p/a.json", BAD), ("q/b.json", BAD)]);
    symlink("..", directory.path().join("p/up")).unwrap();
    symlink("../q", directory.path().join("p/q")).unwrap();
    symlink("a.json", directory.path().join("p/same.json")).unwrap();
    let output = lint(directory.path(), &["p", "--format", "json"]);
    check(&output, 1);
    assert_eq!(json(&output)["files"], 1, "a file once, and no folder that is not below");
}

#[test]
fn what_cannot_be_read_is_named_and_the_run_goes_on() {
    let directory = directory(&[("bad.json", BAD)]);
    let output = lint(directory.path(), &["missing.json", "bad.json"]);
    check(&output, 2);
    assert!(out(&output).contains("CAM2103"), "{}", out(&output));
    assert!(err(&output).contains("error: missing.json: cannot be read: "), "{}", err(&output));
}

#[test]
fn to_find_nothing_is_an_error() {
    let directory = directory(&[("a.policy", GOOD)]);
    for args in [["."], ["*.json"], ["nowhere/**"]] {
        let output = lint(directory.path(), &args);
        check(&output, 2);
        assert!(err(&output).contains("error: "), "{}", err(&output));
    }
    check(&lint(directory.path(), &[]), 2);
    check(&lint(directory.path(), &[".", "--include", "[a"]), 2);
}

#[test]
fn bytes_that_are_no_text_are_findings() {
    let directory = directory(&[]);
    fs::write(directory.path().join("latin.json"), b"{\n  \"a\": \"\xfc\"\n}").unwrap();
    let output = lint(directory.path(), &["latin.json"]);
    check(&output, 1);
    assert!(out(&output).contains("error[CAM1002]"), "{}", out(&output));
    assert!(out(&output).contains("latin.json:2:9"), "{}", out(&output));

    let output = lint(directory.path(), &["latin.json", "--max-bytes", "5"]);
    check(&output, 1);
    assert!(out(&output).contains("error[CAM1001]"), "{}", out(&output));
}

#[test]
fn findings_end_somewhere() {
    let lines = "{\"statement\": [{\"effect\": 1}]}\n".repeat(4_000);
    let directory = directory(&[("a.jsonl", &lines)]);
    let output = lint(directory.path(), &["a.jsonl", "--format", "json"]);
    check(&output, 1);
    let findings = findings(&output);
    assert_eq!(findings.len(), 10_001);
    assert_eq!(findings.last().unwrap().2, "CAM1012");
}

#[test]
fn warnings_fail_a_run_only_where_they_are_denied() {
    let directory = directory(&[("a.json", &GOOD.replace("\"effect\"", "\"Effect\""))]);
    let output = lint(directory.path(), &["a.json"]);
    check(&output, 0);
    assert!(out(&output).ends_with("1 warning in 1 file; --fix repairs 1\n"), "{}", out(&output));
    check(&lint(directory.path(), &["a.json", "--deny-warnings"]), 1);
}

#[test]
fn codes_are_explained() {
    let directory = directory(&[]);
    let output = lint(directory.path(), &["--explain", "cam2103"]);
    check(&output, 0);
    let page = out(&output);
    assert!(
        page.starts_with("# action-with-dot\n\n`CAM2103` · correctness · error by default"),
        "{page}"
    );
    assert!(page.contains("\nCAM answers InvalidParameter.ActionError.\n"), "{page}");
    assert!(page.ends_with("/docs/src/rules/action-with-dot.md\n"), "{page}");
    let output = lint(directory.path(), &["--explain", "action-with-dot", "--format", "json"]);
    check(&output, 0);
    assert_eq!(json(&output)["api_codes"][0], "InvalidParameter.ActionError");
    let output = lint(directory.path(), &["--explain", "miscased-action"]);
    check(&output, 0);
    assert!(out(&output).contains("## What it finds") && !out(&output).contains("CAM answers"));
    check(&lint(directory.path(), &["--explain", "CAM8006"]), 0);
    check(&lint(directory.path(), &["--explain", "CAM8202"]), 0);
    check(&lint(directory.path(), &["--explain", "CAM9999"]), 2);
}

#[test]
fn a_text_file_that_looks_like_a_policy_is_read_and_others_are_not() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "{ \"Statement\": [], }").unwrap();
    fs::write(folder.path().join("notes.txt"), "a statement about {}").unwrap();
    let path = folder.path().display().to_string();
    let answer = super::run::camlock(&["lint", "--format", "json", &path]);
    assert!(answer.out.contains("a.txt") && !answer.out.contains("notes.txt"), "{}", answer.out);
    assert_eq!(answer.status, 1);
}
