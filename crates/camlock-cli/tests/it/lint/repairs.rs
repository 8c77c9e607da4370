//! Repairs, and what they leave alone.

use std::fs;

use super::{BAD, check, directory, err, lint, lint_stdin, out};

/// Two slips with a safe repair each, in a layout of its own.
const SLIPS: &str = "{ \"Version\":\"2.0\",\n\t\"statement\": {\"effect\":  \"allow\",\n  \"action\": [\"cos:GetObject\", \"cos:GetObject\"], \"resource\": \"*\"}}\n";
const MENDED: &str = "{ \"version\":\"2.0\",\n\t\"statement\": {\"effect\":  \"allow\",\n  \"action\": [\"cos:GetObject\"], \"resource\": \"*\"}}\n";

#[test]
fn safe_repairs_are_carried_out_once_and_the_layout_stays() {
    let directory = directory(&[("a.json", SLIPS), ("bad.json", BAD)]);
    let path = directory.path().join("a.json");
    let output = lint(directory.path(), &["a.json", "--fix", "--ignore", "style"]);
    check(&output, 0);
    assert_eq!(fs::read_to_string(&path).unwrap(), MENDED);
    assert!(err(&output).ends_with("2 repairs in 1 file\n"), "{}", err(&output));

    let again = lint(directory.path(), &["a.json", "--fix", "--ignore", "style"]);
    check(&again, 0);
    assert!(!err(&again).contains("repair"), "{}", err(&again));
    assert_eq!(fs::read_to_string(&path).unwrap(), MENDED);
}

#[cfg(unix)]
#[test]
fn permissions_stay_and_a_read_only_file_is_told() {
    use std::os::unix::fs::PermissionsExt as _;

    let directory = directory(&[("a.json", SLIPS), ("b.json", SLIPS)]);
    let mode = |name: &str, mode| {
        let path = directory.path().join(name);
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    mode("a.json", 0o640);
    mode("b.json", 0o440);
    let output = lint(directory.path(), &[".", "--fix", "--format", "compact"]);
    check(&output, 2);
    assert!(err(&output).contains("b.json: cannot be written"), "{}", err(&output));
    // What it holds is shown, and not what it would.
    let found = out(&output);
    assert!(found.contains("b.json:1:3: warning[CAM2006]"), "{found}");
    assert!(!found.contains("a.json:1:3"), "{found}");
    let metadata = fs::metadata(directory.path().join("a.json")).unwrap();
    assert_eq!(metadata.permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read_to_string(directory.path().join("b.json")).unwrap(), SLIPS);
}

#[test]
fn a_difference_changes_nothing() {
    let directory = directory(&[("a.json", SLIPS)]);
    let output = lint(directory.path(), &["a.json", "--diff", "--ignore", "style"]);
    check(&output, 1);
    assert_eq!(
        out(&output),
        "--- a.json\n+++ a.json\n@@ -1,3 +1,3 @@\n-{ \"Version\":\"2.0\",\n+{ \"version\":\"2.0\",\n \t\"statement\": {\"effect\":  \"allow\",\n-  \"action\": [\"cos:GetObject\", \"cos:GetObject\"], \"resource\": \"*\"}}\n+  \"action\": [\"cos:GetObject\"], \"resource\": \"*\"}}\n"
    );
    assert_eq!(fs::read_to_string(directory.path().join("a.json")).unwrap(), SLIPS);
    fs::write(directory.path().join("a.json"), MENDED).unwrap();
    check(&lint(directory.path(), &["a.json", "--diff", "--ignore", "style"]), 0);
}

#[test]
fn standard_input_is_repaired_to_standard_output() {
    let directory = directory(&[]);
    let output =
        lint_stdin(directory.path(), &["-", "--fix", "--ignore", "style"], SLIPS.as_bytes());
    check(&output, 0);
    assert_eq!(out(&output), MENDED);
    let output = lint_stdin(directory.path(), &["-", "--fix"], BAD.as_bytes());
    check(&output, 1);
    assert!(err(&output).contains("error[CAM2103]"), "{}", err(&output));
}
