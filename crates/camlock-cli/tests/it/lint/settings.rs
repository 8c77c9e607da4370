//! `camlock.toml`, flags, and which files are read.

use std::fs;

use super::{BAD, GOOD, TRUST, check, directory, err, findings, json, lint, lint_stdin, out};

/// The codes found, without those about style.
fn codes(directory: &tempfile::TempDir, args: &[&str]) -> Vec<(String, String)> {
    let output = lint(directory.path(), &[args, &["--format", "json"]].concat());
    findings(&output).into_iter().map(|(file, _, code)| (file, code)).collect()
}

#[test]
fn the_settings_next_above_a_file_count() {
    let off = "[levels]\nall = \"off\"\n";
    let directory = directory(&[
        ("camlock.toml", off),
        ("a/bad.json", BAD),
        ("b/camlock.toml", "extend = \"../camlock.toml\"\n[levels]\nCAM2103 = \"warning\"\n"),
        ("b/deep/bad.json", BAD),
        ("c/.git/HEAD", ""),
        ("c/d/bad.json", BAD),
        ("e/camlock.toml", ""),
        ("e/bad.json", BAD),
    ]);
    let only = |path: &str| -> Vec<String> {
        let select = &[path, "--ignore", "style"][..];
        codes(&directory, select).into_iter().map(|(_, code)| code).collect()
    };
    assert!(only("a/bad.json").is_empty());
    assert_eq!(only("b/deep/bad.json"), ["CAM2103"]);
    assert_eq!(only("c/d/bad.json"), ["CAM2103", "CAM2135"], "a repository ends the search");
    assert_eq!(only("e/bad.json"), ["CAM2103", "CAM2135"], "the nearest counts alone");
    check(&lint(directory.path(), &["b/deep/bad.json"]), 0);
    check(&lint(directory.path(), &["a/bad.json", "--no-config"]), 1);
    check(&lint(directory.path(), &["e/bad.json", "--config", "camlock.toml"]), 0);
}

#[test]
fn kinds_exclusions_and_inclusions_are_by_path() {
    let settings = "exclude = [\"skip\", \"b.json\"]\ninclude = \"*.policy\"\n[kinds]\nidentity = \"trust/**\"\n";
    let directory = directory(&[
        ("camlock.toml", settings),
        ("trust/t.json", TRUST),
        ("skip/a.json", BAD),
        ("p/b.json", BAD),
        ("p/c.policy", BAD),
    ]);
    let output = lint(directory.path(), &[".", "--format", "json", "--select", "CAM2020,CAM2103"]);
    check(&output, 1);
    let found: Vec<String> =
        findings(&output).into_iter().map(|(file, _, code)| format!("{file} {code}")).collect();
    assert_eq!(found, ["p/c.policy CAM2103", "trust/t.json CAM2020"]);
    assert_eq!(json(&output)["inputs"][1]["inferred"], false);
}

#[test]
fn faults_of_settings_have_a_place_and_end_the_run() {
    let directory = directory(&[("camlock.toml", "[levls]\n"), ("a.json", GOOD), ("b.json", GOOD)]);
    let output = lint(directory.path(), &["."]);
    check(&output, 2);
    let told = err(&output);
    assert!(
        told.contains(
            "camlock.toml:1:2: CAM8202: there is no setting `levls`; did you mean `levels`\n"
        ),
        "{told}"
    );
    assert_eq!(told.matches("CAM8202").count(), 1, "{told}");
    let circle = "extend = \"camlock.toml\"\n";
    fs::write(directory.path().join("camlock.toml"), circle).unwrap();
    let output = lint(directory.path(), &["."]);
    check(&output, 2);
    assert!(err(&output).contains("without an end"), "{}", err(&output));
}

#[test]
fn flags_win_over_files() {
    let directory =
        directory(&[("camlock.toml", "[levels]\nCAM2103 = \"off\"\n"), ("a.json", BAD)]);
    let found = |args: &[&str]| -> Vec<String> {
        codes(&directory, &[&["a.json"], args].concat()).into_iter().map(|(_, code)| code).collect()
    };
    assert!(!found(&[]).contains(&"CAM2103".into()));
    assert_eq!(found(&["--select", "CAM2135"]), ["CAM2135"]);
    assert_eq!(
        found(&["--select", "correctness", "--ignore", "CAM2135", "--level", "CAM2103=info"]),
        ["CAM2103"]
    );
    check(&lint(directory.path(), &["a.json", "--level", "all=warning"]), 0);
    let output = lint(directory.path(), &["a.json", "--select", "securty"]);
    check(&output, 2);
    assert!(err(&output).contains("did you mean `security`"), "{}", err(&output));
    check(&lint(directory.path(), &["a.json", "--level", "CAM2103=loud"]), 2);
}

#[test]
fn an_old_repository_makes_a_start() {
    let directory =
        directory(&[("camlock.toml", "# ours"), ("p/bad.json", BAD), (".git/HEAD", "")]);
    check(&lint(directory.path(), &["."]), 1);
    let output =
        lint(directory.path(), &[".", "--add-suppressions", "--reason", "before \"2026\""]);
    check(&output, 1);
    let settings = fs::read_to_string(directory.path().join("camlock.toml")).unwrap();
    assert!(settings.starts_with("# ours\n\n[[suppressions]]\ncode = \"CAM2103\"\npath = \"/p/bad.json\"\npointer = \"/statement/0/action\"\nreason = \"before \\\"2026\\\"\"\n"), "{settings}");
    let output = lint(directory.path(), &[".", "--report-unused-suppressions", "--deny-warnings"]);
    check(&output, 0);
    assert!(out(&output).contains(", 2 suppressed"), "{}", out(&output));

    fs::write(directory.path().join("p/bad.json"), BAD.replace("cos.Get", "cos:Get")).unwrap();
    let output = lint(directory.path(), &[".", "--report-unused-suppressions"]);
    check(&output, 0);
    assert!(
        err(&output).contains("camlock.toml:3:1: this suppression of CAM2103 covers nothing\n"),
        "{}",
        err(&output)
    );
    check(&lint(directory.path(), &[".", "--report-unused-suppressions", "--deny-warnings"]), 1);
}

#[test]
fn a_suppression_that_another_one_covers_is_not_added() {
    let text = BAD.replace("\"cos.GetObject\"", "[\"cos.GetObject\", \"cos.GetObject\"]");
    let directory = directory(&[("p/bad.json", &text), (".git/HEAD", "")]);
    let output = lint(directory.path(), &["p", "--add-suppressions", "--level", "all=error"]);
    check(&output, 1);
    let unused = ["p", "--report-unused-suppressions", "--deny-warnings", "--level", "all=error"];
    let output = lint(directory.path(), &unused);
    check(&output, 0);
    assert_eq!(err(&output).matches("covers nothing").count(), 0, "{}", err(&output));
}

#[cfg(unix)]
#[test]
fn suppressions_are_added_whatever_files_are_called() {
    let directory = directory(&[("a\\b[1].json", BAD), (".git/HEAD", "")]);
    check(&lint(directory.path(), &[".", "--add-suppressions"]), 1);
    check(&lint(directory.path(), &["."]), 0);
    // Standard input has no path that a suppression could be about.
    let output = lint_stdin(directory.path(), &["-", "--add-suppressions"], BAD.as_bytes());
    check(&output, 2);
    assert!(err(&output).contains("standard input"), "{}", err(&output));
    let settings = fs::read_to_string(directory.path().join("camlock.toml")).unwrap();
    assert!(!settings.contains("stdin"), "{settings}");
}

#[test]
fn folders_are_excluded_however_they_are_written() {
    for glob in ["testdata/", "/testdata/", "./testdata", "./testdata/", "testdata", "testdata/**"]
    {
        let settings = format!("exclude = [\"{glob}\"]\n");
        let files =
            [("camlock.toml", settings.as_str()), ("testdata/deep/a.json", BAD), ("b.json", GOOD)];
        let directory = directory(&files);
        check(&lint(directory.path(), &["."]), 0);
        let flag = lint(directory.path(), &[".", "--no-config", "--exclude", glob]);
        assert_eq!(flag.status.code(), Some(i32::from(glob.starts_with('/'))), "{glob}");
    }
}

#[test]
fn what_git_ignores_is_left_out_unless_it_is_named() {
    let directory = directory(&[
        (".git/HEAD", ""),
        (".gitignore", "out/\n"),
        ("out/a.json", BAD),
        ("b.json", GOOD),
    ]);
    check(&lint(directory.path(), &["."]), 0);
    check(&lint(directory.path(), &["out/a.json"]), 1);
    check(&lint(directory.path(), &[".", "--no-ignore"]), 1);
}

#[test]
fn an_account_says_what_counts_together() {
    let pass = r#"{"version": "2.0", "statement": {"effect": "allow", "action": "cam:PassRole", "resource": "*"}}"#;
    let account = r#"{"camlock": 1, "owner": {"uin": "100000000001", "app_id": "1250000000"},
        "policies": [{"id": "1", "name": "pass", "file": "p/pass.json"},
            {"id": "2", "name": "ceiling", "document": {"version": "2.0", "statement": [
                {"effect": "allow", "action": "cos:GetObject", "resource": "*"}]}}],
        "users": [{"uin": "100000000011", "policies": ["1"], "boundary": "2"}]}"#;
    let directory = directory(&[("account.json", account), ("p/pass.json", pass)]);
    let select = ["p/pass.json", "--select", "CAM6002"];
    let alone = codes(&directory, &select);
    assert_eq!(alone, [("p/pass.json".into(), "CAM6002".into())]);
    let together = codes(&directory, &[&select[..], &["--account", "account.json"]].concat());
    assert!(together.is_empty(), "the boundary leaves nothing of it: {together:?}");
}

#[test]
fn an_account_says_which_groups_are_worth_joining() {
    let join = r#"{"version": "2.0", "statement": {"effect": "allow", "action": "cam:AddUserToGroup",
        "resource": ["qcs::cam::uin/100000000001:groupid/2", "qcs::cam::uin/100000000001:uin/*"]}}"#;
    let account = |action: &str| {
        format!(
            r#"{{"camlock": 1, "owner": {{"uin": "100000000001", "app_id": "1250000000"}},
            "policies": [{{"id": "1", "name": "join", "file": "p/join.json"}},
                {{"id": "2", "name": "all", "document": {{"version": "2.0", "statement": [
                    {{"effect": "allow", "action": "{action}", "resource": "*"}}]}}}}],
            "groups": [{{"id": "2", "name": "strong", "policies": ["2"]}}],
            "users": [{{"uin": "100000000011", "policies": ["1"]}}]}}"#
        )
    };
    for (action, expected) in [("*", 1), ("cam:*", 1), ("cos:*", 0)] {
        let account = account(action);
        let directory = directory(&[("account.json", account.as_str()), ("p/join.json", join)]);
        let select = ["p/join.json", "--select", "CAM6104", "--account", "account.json"];
        assert_eq!(codes(&directory, &select).len(), expected, "{action}");
    }
}

/// Every level has to let an allow through, but service-linked roles stand below none.
#[cfg(unix)]
#[test]
fn an_account_that_is_a_pipe_is_read_once_for_all_settings() {
    let deny = r#"{"version": "2.0", "statement": {"effect": "deny", "action": "cvm:*", "resource": "*"}}"#;
    let allow = deny.replace("deny", "allow");
    let files = [
        ("camlock.toml", ""),
        ("a.json", allow.as_str()),
        ("sub/camlock.toml", ""),
        ("sub/b.json", allow.as_str()),
        ("deny.json", deny),
    ];
    let directory = directory(&files);
    let at = |name: &str| directory.path().join(name).display().to_string();
    let account = serde_json::json!({
        "camlock": 1,
        "owner": {"uin": "100000000001", "app_id": "1250000000"},
        "users": [{"uin": "100000000002", "name": "u", "policies": ["a", "b", "deny"]}],
        "policies": [
            {"id": "1", "name": "a", "file": at("a.json")},
            {"id": "2", "name": "b", "file": at("sub/b.json")},
            {"id": "3", "name": "deny", "file": at("deny.json")},
        ],
    });
    let args = [".", "--format", "compact", "--account", "/dev/stdin", "--select", "CAM7025"];
    let output = lint_stdin(directory.path(), &args, account.to_string().as_bytes());
    let found = String::from_utf8(output.stdout).unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    for name in ["a.json:1:", "sub/b.json:1:"] {
        let is_found = found.lines().any(|line| line.starts_with(name) && line.contains("CAM7025"));
        assert!(is_found, "{name}: {found}");
    }
}

#[test]
fn the_organization_of_an_account_is_a_ceiling() {
    let all =
        r#"{"version": "2.0", "statement": {"effect": "allow", "action": "*", "resource": "*"}}"#;
    let account = |levels: [&str; 2], linked: &str| {
        let level = |action: &str| {
            let policy = all.replace("\"*\", \"res", &format!("{action:?}, \"res"));
            // Nothing stands for a level without policies.
            let policies = if action.is_empty() { "" } else { &policy };
            format!(r#"{{"name": "level", "policies": [{policies}]}}"#)
        };
        format!(
            r#"{{"camlock": 1, "owner": {{"uin": "100000000001", "app_id": "1250000000"}},
            "policies": [{{"id": "1", "name": "all", "file": "p/all.json"}}],
            "users": [{{"uin": "100000000011", "policies": ["1"]}}],
            "roles": [{{"id": "4611686018427397919", "name": "ops", "policies": ["1"], "service_linked": {linked}, "trust":
                {{"version": "2.0", "statement": {{"effect": "allow", "action": "sts:AssumeRole",
                    "principal": {{"service": "cvm.qcloud.com"}}}}}}}}],
            "organization": {{"levels": [{}, {}]}}}}"#,
            level(levels[0]),
            level(levels[1]),
        )
    };
    for (levels, linked, expected) in [
        (["*", "*"], "false", 1),
        (["*", "cvm:*"], "false", 0),
        (["cvm:*", "*"], "false", 0),
        (["cvm:*", "*"], "true", 1),
        (["*", ""], "false", 0),
        (["", ""], "false", 0),
        (["", "*"], "true", 1),
    ] {
        let account = account(levels, linked);
        let directory = directory(&[("account.json", &account), ("p/all.json", all)]);
        let select = ["p/all.json", "--select", "CAM6001", "--account", "account.json"];
        assert_eq!(codes(&directory, &select).len(), expected, "{levels:?} {linked}");
    }
}
