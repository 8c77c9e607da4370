//! What is taken for a policy in folders.

use super::{BAD, GOOD, check, directory, err, findings, lint, out};

#[test]
fn json_of_a_folder_is_left_alone_unless_it_looks_like_a_policy() {
    let files = [
        ("package.json", r#"{"name": "x", "version": "2.0"}"#),
        ("tsconfig.json", "{ // not for machines\n}"),
        ("numbers.json", "[1, 2]"),
        ("calls.jsonl", "{\"a\": 1}\n"),
        ("roles/r.json", "{}"),
        ("good.json", GOOD),
        ("damaged.json", "{\"statement\" [{\"effect\": \"allow\"}]}"),
        ("my-policy.json", "{}"),
        ("camlock.toml", "[kinds]\ntrust = \"roles/**\"\n"),
    ];
    let directory = directory(&files);
    let output = lint(directory.path(), &[".", "--format", "json"]);
    check(&output, 1);
    let mut found: Vec<String> = findings(&output).into_iter().map(|(file, ..)| file).collect();
    found.dedup();
    assert_eq!(found, ["damaged.json", "my-policy.json", "roles/r.json"]);
    let output = lint(directory.path(), &["."]);
    assert!(out(&output).ends_with("; 4 other files are no policies\n"), "{}", out(&output));
    // Who names a file, or asks for it, says that it is one.
    check(&lint(directory.path(), &["package.json"]), 1);
    check(&lint(directory.path(), &[".", "package.json", "--exclude", "*y.json"]), 1);
    let only = ["--include", "numbers.json", "--format", "compact"];
    let output = lint(directory.path(), &[&["."], &only[..]].concat());
    assert!(out(&output).contains("numbers.json:1:1: error[CAM2001]"), "{}", out(&output));
}

#[cfg(unix)]
#[test]
fn links_to_folders_are_followed_where_they_are_named() {
    use std::os::unix::fs::symlink;

    let files =
        [("sub/b.json", BAD), ("out/c.json", BAD), (".git/HEAD", ""), (".gitignore", "out/")];
    let directory = directory(&files);
    symlink("sub", directory.path().join("alink")).unwrap();
    symlink("out", directory.path().join("other")).unwrap();
    symlink("sub/b.json", directory.path().join("x.json")).unwrap();
    symlink("nothing", directory.path().join("y.json")).unwrap();
    let names = |path: &str| {
        let output = lint(directory.path(), &[path, "--format", "json", "--select", "CAM2103"]);
        let found: Vec<String> = findings(&output).into_iter().map(|(file, ..)| file).collect();
        (found, err(&output).to_owned())
    };
    let (found, told) = names(".");
    assert_eq!(found, ["sub/b.json"]);
    assert!(told.contains("y.json"), "{told}");
    assert_eq!(names("alink").0, ["alink/b.json"]);
    assert_eq!(names("alink/").0, ["alink/b.json"]);
}

#[test]
fn what_cannot_be_asked_for_together_is_refused() {
    let directory = directory(&[("a.json", BAD), ("empty/x.py", "")]);
    let output = lint(directory.path(), &["a.json", "--diff", "--format", "json"]);
    check(&output, 2);
    assert!(err(&output).contains("--format"), "{}", err(&output));
    let output = lint(directory.path(), &["empty"]);
    check(&output, 2);
    assert!(err(&output).contains("empty: no file of a form that may hold"), "{}", err(&output));
}

#[test]
fn a_long_file_of_a_folder_is_a_finding_if_it_may_be_a_policy() {
    let long = " ".repeat(200);
    let lock = format!("{{\"packages\": 1{long}}}");
    let policy = format!("{{\"statement\": 1{long}}}");
    let wide: String = policy.chars().flat_map(|c| [c, '\0']).collect();
    let files = [("lock.json", &lock), ("long.json", &policy), ("wide.json", &wide)];
    let directory = directory(&files.map(|(name, text)| (name, text.as_str())));
    let output = lint(directory.path(), &[".", "--max-bytes", "100", "--format", "compact"]);
    check(&output, 1);
    assert_eq!(out(&output).lines().count(), 2, "{}", out(&output));
    assert!(out(&output).starts_with("long.json:"), "{}", out(&output));
    check(&lint(directory.path(), &["lock.json", "--max-bytes", "100"]), 1);
}

#[test]
fn an_account_file_is_no_policy() {
    let account = r#"{"camlock": 1, "owner": {"uin": "100000000001", "app_id": "1250000000"},
        "policies": [{"id": "1", "name": "bad", "file": "bad.json"}], "users": []}"#;
    let directory =
        directory(&[("account.json", account), ("bad.json", &BAD.replace("cos.", "cos:"))]);
    for args in [&["."][..], &["account.json"], &["account.json", "--fix"]] {
        let output = lint(directory.path(), &[args, &["--ignore", "all"]].concat());
        check(&output, 0);
        let others = "; 1 other file is no policy\n";
        assert!(out(&output).ends_with(others), "{}{}", out(&output), err(&output));
    }
    let output = lint(directory.path(), &[".", "--format", "json"]);
    assert!(findings(&output).iter().all(|(file, ..)| file == "bad.json"), "{}", out(&output));
}
