//! `camlock fmt` as people and pipelines meet it.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const LOOSE: &str =
    r#"{"Statement":{"Action":"*","Resource":"*","Effect":"allow"},"version":"2.0"}"#;
const NEAT: &str = r#"{
    "version": "2.0",
    "statement": [
        {
            "effect": "allow",
            "action": "*",
            "resource": "*"
        }
    ]
}
"#;

fn format(directory: &Path, args: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_camlock"))
        .arg("fmt")
        .args(args)
        .current_dir(directory)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // Not every run reads it.
    _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().unwrap()
}

#[track_caller]
fn check(output: &Output, code: i32, out: &str, err: &str) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    assert_eq!(
        (output.status.code(), text(&output.stdout), text(&output.stderr)),
        (Some(code), out.to_owned(), err.to_owned()),
    );
}

#[test]
fn a_difference_is_shown_and_nothing_is_written() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("a.json"), LOOSE).unwrap();
    fs::write(directory.path().join("b.json"), NEAT).unwrap();
    let added = NEAT.lines().map(|line| format!("+{line}\n")).collect::<Vec<_>>().concat();
    let shown = format!(
        "--- a.json\n+++ a.json\n@@ -1 +1,10 @@\n-{LOOSE}\n\\ No newline at end of file\n{added}"
    );
    check(&format(directory.path(), &[".", "-q", "--diff"], ""), 1, &shown, "");
    assert_eq!(fs::read_to_string(directory.path().join("a.json")).unwrap(), LOOSE);
    check(&format(directory.path(), &["b.json", "-q", "--diff"], ""), 0, "", "");
}

#[test]
fn standard_input_goes_to_standard_output() {
    let directory = tempfile::tempdir().unwrap();
    check(&format(directory.path(), &["-", "-q"], LOOSE), 0, NEAT, "");
    check(&format(directory.path(), &["-", "-q"], NEAT), 0, NEAT, "");
    check(
        &format(directory.path(), &["-", "-q", "--check"], LOOSE),
        1,
        "<stdin>: not in canonical layout\n",
        "",
    );
}

#[test]
fn files_are_replaced_where_something_changes() {
    let directory = tempfile::tempdir().unwrap();
    let (loose, neat) = (directory.path().join("loose.json"), directory.path().join("neat.json"));
    fs::write(&loose, LOOSE).unwrap();
    fs::write(&neat, NEAT).unwrap();
    let before = fs::metadata(&neat).unwrap().modified().unwrap();

    let listed = "loose.json: not in canonical layout\n";
    let output = format(directory.path(), &["--check", "."], "");
    check(&output, 1, listed, "1 of 2 files would change\n");
    assert_eq!(fs::read_to_string(&loose).unwrap(), LOOSE);

    check(&format(directory.path(), &["."], ""), 0, "", "1 of 2 files changed\n");
    assert_eq!(fs::read_to_string(&loose).unwrap(), NEAT);
    assert_eq!(fs::metadata(&neat).unwrap().modified().unwrap(), before);
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 2, "nothing is left beside");
    check(&format(directory.path(), &["--check", "."], ""), 0, "", "0 of 2 files would change\n");
}

#[test]
fn a_file_with_faults_is_left_alone() {
    let directory = tempfile::tempdir().unwrap();
    let faulty = LOOSE.replace("allow", "permit");
    fs::write(directory.path().join("a.json"), &faulty).unwrap();
    fs::write(directory.path().join("b.json"), LOOSE).unwrap();
    let output = format(directory.path(), &["."], "");
    assert_eq!(output.status.code(), Some(2));
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(err.contains("error[CAM2011]") && err.contains("a.json:1:"), "{err}");
    assert!(err.ends_with("1 of 2 files changed, 1 left alone for their faults\n"), "{err}");
    assert_eq!(fs::read_to_string(directory.path().join("a.json")).unwrap(), faulty);
    assert_eq!(fs::read_to_string(directory.path().join("b.json")).unwrap(), NEAT);
}

#[test]
fn lists_are_laid_out_and_lines_stay() {
    let directory = tempfile::tempdir().unwrap();
    let list = format!("[{LOOSE}, {LOOSE}]");
    let output = format(directory.path(), &["-", "-q"], &list);
    let item = NEAT.trim_end().replace('\n', "\n    ");
    let neat = format!("[\n    {item},\n    {item}\n]\n");
    check(&output, 0, &neat, "");
    check(&format(directory.path(), &["-", "-q"], &neat), 0, &neat, "");

    let lines = format!("{LOOSE}\n{LOOSE}\n");
    fs::write(directory.path().join("a.jsonl"), &lines).unwrap();
    check(&format(directory.path(), &["a.jsonl", "-q"], ""), 0, "", "");
    assert_eq!(fs::read_to_string(directory.path().join("a.jsonl")).unwrap(), lines);
}

#[test]
fn documents_one_behind_another_are_laid_out_one_by_one() {
    let directory = tempfile::tempdir().unwrap();
    let neat = NEAT.repeat(2);
    check(&format(directory.path(), &["-", "-q"], &format!("{LOOSE} {LOOSE}\n\n")), 0, &neat, "");
    check(&format(directory.path(), &["-", "-q"], &neat), 0, &neat, "");
    // A line each stays one.
    let lines = format!("{LOOSE}\n{LOOSE}\n");
    check(&format(directory.path(), &["-", "-q"], &lines), 0, &lines, "");
    let broken = format!("{LOOSE}\n{NEAT}}}");
    let output = format(directory.path(), &["-", "-q"], &broken);
    assert_eq!((output.status.code(), output.stdout), (Some(2), Vec::new()));
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(err.starts_with("error[CAM1035]: ") && err.contains("<stdin>:12:1\n"), "{err}");
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let directory = tempfile::tempdir().unwrap();
    let (file, link) = (directory.path().join("file.policy"), directory.path().join("link.json"));
    fs::write(&file, LOOSE).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("file.policy", &link).unwrap();
    check(&format(directory.path(), &["link.json", "-q"], ""), 0, "", "");
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(&file).unwrap(), NEAT);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);

    fs::write(&file, LOOSE).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o440)).unwrap();
    let output = format(directory.path(), &["link.json", "-q"], "");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(fs::read_to_string(&file).unwrap(), LOOSE);
}

#[test]
fn what_cannot_be_read_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let output = format(directory.path(), &["missing.json"], "");
    assert_eq!(output.status.code(), Some(2));
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(err.starts_with("error: missing.json: cannot be read: "), "{err}");
}

#[test]
fn machine_output_names_what_changes_and_what_has_faults() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.json"), "{}").unwrap();
    let text = r#"{"version":"2.0","statement":{"effect":"allow","action":"*","resource":"*"}}"#;
    fs::write(folder.path().join("b.json"), text).unwrap();
    let path = folder.path().display().to_string();
    let answer = super::run::camlock(&["fmt", "--check", "--format", "json", "--quiet", &path]);
    let report: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!((answer.status, &report["files"]), (2, &2.into()));
    let named = |list: &str, file: &str| report[list][0].as_str().unwrap().ends_with(file);
    assert!(named("changed", "b.json") && named("faulty", "a.json"), "{report}");
}
