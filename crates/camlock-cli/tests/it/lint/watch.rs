//! Files are looked at again when they change.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use super::{BAD, GOOD, directory};

#[test]
fn a_changed_file_is_looked_at_and_no_other() {
    let directory = directory(&[("a.json", GOOD), ("b.json", BAD)]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_camlock"))
        .args(["lint", ".", "--watch", "--format", "compact", "--select", "CAM2103", "--quiet"])
        .current_dir(directory.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut err = BufReader::new(child.stderr.take().unwrap()).lines();
    assert!(out.next().unwrap().unwrap().starts_with("b.json:6:27: "));
    assert_eq!(err.next().unwrap().unwrap(), "watching 2 files");
    fs::write(directory.path().join("a.json"), format!("\n{BAD}")).unwrap();
    // Between the two steps of a write the file may have been empty.
    let found = out.next().unwrap().unwrap();
    assert!(found.starts_with("a.json:7:27: "), "{found}");
    assert_eq!(err.next().unwrap().unwrap(), "a.json changed");
    child.kill().unwrap();
    child.wait().unwrap();
}
