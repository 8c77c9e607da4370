//! What changes is looked at again.

use std::fs;
use std::io::{BufRead as _, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use super::{BAD, GOOD, directory};

/// How long a line is waited for; it comes within a moment on a machine that is not overloaded.
const DEADLINE: Duration = Duration::from_secs(60);

/// A running `camlock lint --watch` on a folder.
struct Watching {
    child: Child,
    out: Receiver<String>,
    err: Receiver<String>,
    directory: TempDir,
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// The lines of a stream as they come.
fn lines(stream: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    receiver
}

/// Lines up to the first one that has `text`, which comes last.
#[track_caller]
fn until(lines: &Receiver<String>, text: &str) -> Vec<String> {
    let mut seen = Vec::new();
    loop {
        let line = lines.recv_timeout(DEADLINE);
        assert!(line.is_ok(), "`{text}` did not come behind {seen:#?}");
        let line = line.unwrap();
        let is_last = line.contains(text);
        seen.push(line);
        if is_last {
            return seen;
        }
    }
}

impl Watching {
    fn start(files: &[(&str, &str)], args: &[&str]) -> Self {
        let directory = directory(files);
        let mut child = Command::new(env!("CARGO_BIN_EXE_camlock"))
            .args(["lint", "--watch", "--format", "compact", "--ignore", "style,security,CAM2135"])
            .args(args)
            .current_dir(directory.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let out = lines(child.stdout.take().unwrap());
        let err = lines(child.stderr.take().unwrap());
        Self { child, out, err, directory }
    }

    /// Starts, and waits until files are watched. Answers what was said until then.
    fn ready(files: &[(&str, &str)], args: &[&str]) -> (Self, Vec<String>) {
        let watching = Self::start(files, args);
        let said = until(&watching.err, "watching ");
        (watching, said)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// Writes a file as editors do: beside it, and then renamed.
    fn write(&self, name: &str, text: &str) {
        let beside = self.directory.path().join(format!("{name}.tmp4711"));
        fs::create_dir_all(beside.parent().unwrap()).unwrap();
        fs::write(&beside, text).unwrap();
        fs::rename(&beside, self.path(name)).unwrap();
    }

    #[track_caller]
    fn out(&self, text: &str) -> Vec<String> {
        until(&self.out, text)
    }

    #[track_caller]
    fn err(&self, text: &str) -> Vec<String> {
        until(&self.err, text)
    }

    /// What was found and said until a change of one more file was noticed: what had to come for
    /// earlier changes has come by then.
    #[track_caller]
    fn so_far(&self) -> (Vec<String>, Vec<String>) {
        self.write("zz-last.json", BAD);
        let found = self.out("zz-last.json:6:27");
        let said = self.err("zz-last.json ");
        fs::remove_file(self.path("zz-last.json")).unwrap();
        self.err("zz-last.json removed");
        (found, said)
    }
}

fn has(lines: &[String], text: &str) -> bool {
    lines.iter().any(|line| line.contains(text))
}

#[test]
fn a_changed_file_is_looked_at_and_no_other() {
    let files = [("a.json", GOOD), ("b.json", BAD)];
    let (watching, said) = Watching::ready(&files, &[".", "--quiet"]);
    assert_eq!(said, ["watching 2 files"]);
    watching.out("b.json:6:27: ");
    fs::write(watching.path("a.json"), format!("\n{BAD}")).unwrap();
    // Between the two steps of a write the file may have been empty.
    let found = watching.out("a.json:7:27: ");
    watching.err("a.json changed");
    let (later, _) = watching.so_far();
    assert!(!has(&found, "b.json") && !has(&later, "b.json"), "{found:?} {later:?}");
}

#[test]
fn files_appear_are_renamed_and_vanish() {
    let (watching, _) = Watching::ready(&[("a.json", GOOD)], &["."]);
    watching.write("new.json", BAD);
    let said = watching.err("new.json added");
    assert!(!has(&said, "tmp4711"), "{said:?}");
    watching.out("new.json:6:27: ");
    fs::rename(watching.path("new.json"), watching.path("other.json")).unwrap();
    watching.err("new.json removed");
    watching.err("other.json added");
    watching.out("other.json:6:27: ");
    watching.write("other.json", &format!("\n{BAD}"));
    watching.err("other.json changed");
    watching.out("other.json:7:27: ");
    fs::remove_file(watching.path("other.json")).unwrap();
    watching.err("other.json removed");
    watching.write("notes.txt", "nothing to do with policies");
    watching.write("picture.png", BAD);
    let (found, said) = watching.so_far();
    assert!(!has(&said, "notes") && !has(&said, "picture"), "{said:?}");
    assert!(!has(&found, "other.json"), "{found:?}");
}

#[test]
fn folders_appear_are_renamed_and_vanish() {
    let (watching, _) = Watching::ready(&[("a.json", GOOD)], &["."]);
    watching.write("new/deep/x.json", BAD);
    watching.out("new/deep/x.json:6:27: ");
    watching.write("new/deep/y.json", BAD);
    watching.out("new/deep/y.json:6:27: ");
    fs::rename(watching.path("new"), watching.path("moved")).unwrap();
    watching.out("moved/deep/y.json:6:27: ");
    watching.write("moved/deep/x.json", &format!("\n{BAD}"));
    watching.out("moved/deep/x.json:7:27: ");
    fs::remove_dir_all(watching.path("moved")).unwrap();
    watching.err("moved/deep/y.json removed");
    // The same name again is another folder.
    watching.write("moved/deep/x.json", BAD);
    watching.out("moved/deep/x.json:6:27: ");
}

#[test]
fn the_folder_itself_may_go_and_come_back() {
    let (watching, _) = Watching::ready(&[("p/a.json", GOOD)], &["p"]);
    fs::remove_dir_all(watching.path("p")).unwrap();
    watching.err("p/a.json removed");
    watching.write("p/b.json", BAD);
    watching.out("p/b.json:6:27: ");
    watching.write("p/b.json", &format!("\n{BAD}"));
    watching.out("p/b.json:7:27: ");
}

#[cfg(unix)]
#[test]
fn what_stands_behind_a_link_counts_and_what_is_no_file_does_not() {
    let (watching, _) = Watching::ready(&[("real/a.txt", GOOD), ("p/b.json", GOOD)], &["p"]);
    std::os::unix::fs::symlink("../real/a.txt", watching.path("p/link.json")).unwrap();
    watching.err("p/link.json added");
    watching.write("real/a.txt", BAD);
    watching.out("p/link.json:6:27: ");
    let pipe = watching.path("p/pipe.json");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    fs::rename(&pipe, watching.path("p/b.json")).unwrap();
    watching.err("p/b.json removed");
    fs::remove_file(watching.path("p/link.json")).unwrap();
    watching.err("p/link.json removed");
}

#[test]
fn what_is_left_out_stays_out() {
    let files = [
        (".git/HEAD", ""),
        (".gitignore", "*.draft.json\nbuild/\n"),
        ("camlock.toml", "exclude = [\"old/**\"]\n"),
        ("old/o.json", BAD),
        ("a.json", GOOD),
    ];
    let (watching, said) = Watching::ready(&files, &[".", "--exclude", "skip*"]);
    assert!(has(&said, "watching 1 file"), "{said:?}");
    for name in ["x.draft.json", "build/x.json", "old/o.json", "skip.json", ".hidden/x.json"] {
        watching.write(name, BAD);
    }
    let (found, said) = watching.so_far();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(said.iter().filter(|line| line.contains(".json")).count(), 1, "{said:?}");
    watching.write(".gitignore", "build/\n");
    watching.err("x.draft.json added");
    watching.out("x.draft.json:6:27: ");
    watching.write(".gitignore", "build/\n*.draft.json\n");
    watching.err("x.draft.json removed");
}

#[test]
fn named_files_and_globs_are_waited_for() {
    let args = ["late.json", "glob/*.policy", "there.json"];
    let (watching, said) = Watching::ready(&[("there.json", GOOD)], &args);
    assert!(has(&said, "late.json: cannot be read"), "{said:?}");
    watching.write("late.json", BAD);
    watching.out("late.json:6:27: ");
    watching.write("glob/x.policy", BAD);
    watching.out("glob/x.policy:6:27: ");
    watching.write("other.json", BAD);
    watching.write("there.json", BAD);
    let found = watching.out("there.json:6:27: ");
    assert!(!has(&found, "other.json"), "{found:?}");
}

#[test]
fn settings_change_appear_and_vanish() {
    let files =
        [("camlock.toml", "[levels]\nall = \"off\"\n"), ("a.json", BAD), ("sub/b.json", BAD)];
    let (watching, _) = Watching::ready(&files, &["."]);
    watching.write("camlock.toml", "[levels]\nCAM2103 = \"warning\"\n");
    watching.err("camlock.toml changed");
    watching.out("a.json:6:27: warning[CAM2103]");
    watching.out("sub/b.json:6:27: warning[CAM2103]");
    // Nearer ones count for their folder, and only there is anything looked at again.
    watching.write("sub/camlock.toml", "[levels]\nCAM2103 = \"info\"\n");
    let found = watching.out("sub/b.json:6:27: note[CAM2103]");
    assert!(!has(&found, "a.json"), "{found:?}");
    fs::remove_file(watching.path("sub/camlock.toml")).unwrap();
    watching.out("sub/b.json:6:27: warning[CAM2103]");
    fs::remove_file(watching.path("camlock.toml")).unwrap();
    watching.out("a.json:6:27: error[CAM2103]");
    // What is included is looked at from now on, and what is excluded no more.
    watching.write("x.policy", BAD);
    watching.write("camlock.toml", "include = [\"*.policy\"]\nexclude = [\"sub\"]\n");
    watching.err("sub/b.json removed");
    watching.out("x.policy:6:27: error[CAM2103]");
    watching.write("y.policy", BAD);
    watching.out("y.policy:6:27: error[CAM2103]");
}

#[test]
fn broken_settings_are_told_and_the_last_good_ones_stay() {
    let files = [("camlock.toml", "[levels]\nCAM2103 = \"info\"\n"), ("a.json", BAD)];
    let (watching, _) = Watching::ready(&files, &["."]);
    watching.out("a.json:6:27: note[CAM2103]");
    watching.write("camlock.toml", "[levls]\n");
    watching.err("camlock.toml changed");
    watching.err("camlock.toml:1:2: CAM8202");
    watching.write("a.json", &format!("\n{BAD}"));
    watching.out("a.json:7:27: note[CAM2103]");
    watching.write("camlock.toml", "[levels]\nCAM2103 = \"warning\"\n");
    watching.out("a.json:7:27: warning[CAM2103]");
    // A nearer file that is broken from the beginning leaves what counted before.
    watching.write("sub/b.json", BAD);
    watching.out("sub/b.json:6:27: warning[CAM2103]");
    watching.write("sub/camlock.toml", "levels = 1\n");
    watching.err("sub/camlock.toml:1:10: CAM8203");
    watching.write("sub/b.json", &format!("\n{BAD}"));
    watching.out("sub/b.json:7:27: warning[CAM2103]");
}

#[test]
fn settings_that_are_broken_at_the_start_are_waited_for() {
    let files = [("camlock.toml", "[levls]\n"), ("a.json", BAD)];
    let (watching, said) = Watching::ready(&files, &["."]);
    assert!(has(&said, "camlock.toml:1:2: CAM8202"), "{said:?}");
    watching.write("camlock.toml", "[levels]\nCAM2103 = \"info\"\n");
    watching.err("a.json added");
    watching.out("a.json:6:27: note[CAM2103]");
}

const ACCOUNT: &str = r#"{
    "camlock": 1,
    "owner": {"uin": "100000000001", "app_id": "1250000000"},
    "users": [{"uin": "100000000002", "name": "u", "policies": ["allow"BESIDE]}],
    "policies": [
        {"id": "1", "name": "allow", "file": "../policies/allow.json"},
        {"id": "2", "name": "deny", "file": "../policies/deny.json"}
    ]
}"#;

fn statement(effect: &str, action: &str) -> String {
    format!(
        r#"{{"version": "2.0", "statement": {{"effect": "{effect}", "action": "{action}", "resource": "*"}}}}"#
    )
}

#[test]
fn what_an_account_says_beside_a_document_is_looked_at_again() {
    let allow = statement("allow", "cvm:DescribeInstances");
    let (deny, other) = (statement("deny", "cvm:*"), statement("deny", "cos:GetBucket"));
    let (alone, both) = (ACCOUNT.replace("BESIDE", ""), ACCOUNT.replace("BESIDE", ", \"deny\""));
    let files = [
        ("camlock.toml", "account = \"account/account.json\"\n"),
        ("account/account.json", alone.as_str()),
        ("policies/allow.json", &allow),
        ("policies/deny.json", &other),
        ("policies/unrelated.json", BAD),
    ];
    let (watching, _) = Watching::ready(&files, &["policies"]);
    watching.out("unrelated.json:6:27: ");
    watching.write("account/account.json", &both);
    watching.err("account/account.json changed");
    watching.out("unrelated.json:6:27: ");
    // A policy beside the other one changes: the other one has a finding.
    watching.write("policies/deny.json", &deny);
    let found = watching.out("policies/allow.json:1:");
    assert!(has(&found, "CAM7025"), "{found:?}");
    assert!(!has(&found, "unrelated"), "{found:?}");
    watching.write("account/account.json", "{");
    watching.err("error: ");
    watching.write("account/account.json", &both);
    watching.out("CAM7025");
}

#[test]
fn what_is_wrong_with_an_account_in_a_folder_that_was_not_watched_is_told() {
    let allow = statement("allow", "cvm:DescribeInstances");
    let files = [
        ("account/account.json", "{"),
        ("policies/allow.json", allow.as_str()),
        ("policies/deny.json", &statement("deny", "cvm:*")),
    ];
    let (watching, said) = Watching::ready(&files, &["policies", "--quiet"]);
    assert_eq!(said, ["watching 2 files"]);
    watching.write("camlock.toml", "account = \"account/account.json\"\n");
    let said = watching.err("account/account.json:1:");
    assert!(has(&said, "camlock.toml changed"), "{said:?}");
    // The folder of it is watched from then on.
    watching.write("account/account.json", &ACCOUNT.replace("BESIDE", ", \"deny\""));
    let found = watching.out("policies/allow.json:1:");
    assert!(has(&found, "CAM7025"), "{found:?}");
}

#[test]
fn another_catalogue_counts_at_once() {
    let catalogue = |operation: &str| format!("D 2026-07-15\nS svc c -\nA {operation} L- - -\n");
    let (old, new) = (catalogue("OldOne"), catalogue("NewOne"));
    let policy = statement("allow", "svc:OldOne");
    let settings = "catalog = \"data/catalogue.txt\"\n";
    let files = [
        ("camlock.toml", settings),
        ("data/catalogue.txt", old.as_str()),
        ("a.json", policy.as_str()),
        ("sub/camlock.toml", ""),
        ("sub/b.json", BAD),
    ];
    let (watching, _) = Watching::ready(&files, &["."]);
    let found = watching.out("sub/b.json:6:27: ");
    assert!(!has(&found, "CAM5002"), "{found:?}");
    watching.write("data/catalogue.txt", &new);
    watching.err("data/catalogue.txt changed");
    let found = watching.out("CAM5002");
    assert!(!has(&found, "sub/b.json"), "{found:?}");
    // One that cannot be read leaves the last one.
    watching.write("data/catalogue.txt", "D\nX\n");
    watching.err("not a catalogue");
    watching.write("a.json", &format!("\n{policy}"));
    watching.out("a.json:2:");
    watching.write("data/catalogue.txt", &old);
    watching.err("data/catalogue.txt changed");
    let (found, _) = watching.so_far();
    assert!(!has(&found, "CAM5002"), "{found:?}");
}
