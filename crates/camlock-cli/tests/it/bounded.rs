//! Files that documents name: pipes, devices and what is too long are refused, and nobody waits.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::run::{Answer, camlock};

const POLICY: &str = r#"{"version": "2.0", "statement": {"effect": "allow", "action": "cvm:DescribeInstances", "resource": "*"}}"#;
/// Bytes of one policy file.
const MOST: usize = 1 << 20;

/// A folder with an account whose policy is in `policy.json`, which is `made`, a suite and settings.
fn folder(made: impl FnOnce(&Path)) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write(
        "account.json",
        r#"{"camlock": 1, "owner": {"uin": "100000000001", "app_id": "1250000000"},
            "policies": [{"id": "1", "name": "p", "file": "policy.json"}],
            "users": [{"uin": "100000000002", "name": "u", "policies": ["1"]}]}"#,
    );
    write("suite.json", r#"{"account": "account.json", "tests": []}"#);
    write("camlock.toml", "account = \"account.json\"\n");
    write("a.json", POLICY);
    made(&folder.path().join("policy.json"));
    folder
}

/// What each command says that reads the account.
fn answers(folder: &TempDir) -> Vec<Answer> {
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (account, suite, policy) = (path("account.json"), path("suite.json"), path("a.json"));
    let user = "qcs::cam::uin/100000000001:uin/100000000002";
    let ask = ["--principal", user, "--action", "cvm:DescribeInstances"];
    let mut answers = Vec::new();
    for verb in ["decide", "explain"] {
        answers.push(camlock(&[&[verb, "--account", &account][..], &ask].concat()));
    }
    answers.push(camlock(&["test", &suite]));
    answers.push(camlock(&["lint", &policy]));
    answers.push(camlock(&["lint", &policy, "--no-config", "--account", &account]));
    answers
}

#[track_caller]
fn all_say(folder: &TempDir, words: &[&str]) {
    let mut answers = answers(folder);
    // The server starts with an account that it can read, and goes on.
    let account = folder.path().join("account.json").display().to_string();
    answers.push(camlock(&["serve", "--api", "--ephemeral", "--import", &account]));
    for answer in answers {
        assert_eq!(answer.status, 2, "{}", answer.err);
        for word in words {
            assert!(answer.err.contains(word), "{word}: {}", answer.err);
        }
    }
}

#[cfg(unix)]
fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[cfg(unix)]
#[test]
fn a_pipe_or_a_device_is_no_policy_file() {
    let says = ["CAM8007", "CAM1003", "name a file"];
    all_say(&folder(pipe), &says);
    all_say(&folder(|path| std::os::unix::fs::symlink("/dev/zero", path).unwrap()), &says);
    all_say(&folder(|path| fs::create_dir(path).unwrap()), &says);
}

#[test]
fn a_policy_file_has_a_size() {
    let padded = |bytes: usize| format!("{POLICY}{}", " ".repeat(bytes - POLICY.len()));
    let too_long = folder(|path| fs::write(path, padded(MOST + 1)).unwrap());
    all_say(&too_long, &["CAM8007", "CAM1001", "1048576 bytes", "name a shorter file"]);
    // What the file is too long for is told by what it is, and not by reading alone.
    let fits = folder(|path| fs::write(path, POLICY).unwrap());
    for answer in answers(&fits) {
        assert_eq!(answer.status, 0, "{}", answer.err);
    }
}

#[cfg(unix)]
#[test]
fn settings_name_files_and_no_pipes() {
    for (settings, name) in [
        ("extend = \"pipe\"\n", "pipe"),
        ("catalog = \"pipe\"\n", "pipe"),
        ("account = \"pipe\"\n", "pipe"),
    ] {
        let folder = folder(|path| fs::write(path, POLICY).unwrap());
        pipe(&folder.path().join(name));
        fs::write(folder.path().join("camlock.toml"), settings).unwrap();
        let answer = camlock(&["lint", &folder.path().join("a.json").display().to_string()]);
        assert_eq!(answer.status, 2, "{settings}{}", answer.err);
        assert!(answer.err.contains("CAM1003"), "{settings}{}", answer.err);
    }
}

/// Shells make pipes for `<(…)`: what the user names may be one.
#[cfg(unix)]
#[test]
fn a_pipe_on_the_command_line_is_read() {
    let folder = folder(|path| fs::write(path, POLICY).unwrap());
    let named = folder.path().join("named");
    pipe(&named);
    let text = fs::read_to_string(folder.path().join("account.json")).unwrap();
    let writer = {
        let named = named.clone();
        std::thread::spawn(move || fs::write(named, text).unwrap())
    };
    let user = "qcs::cam::uin/100000000001:uin/100000000002";
    let named = named.display().to_string();
    let answer = camlock(&[
        "decide",
        "--account",
        &named,
        "--principal",
        user,
        "--action",
        "cvm:DescribeInstances",
    ]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    writer.join().unwrap();
}
