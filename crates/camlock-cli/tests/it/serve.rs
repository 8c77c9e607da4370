//! A local CAM that goes on answering, whatever becomes of its log.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A server of a new account that ends with this value.
struct Served {
    child: Child,
    address: String,
}

impl Served {
    fn start(log: Stdio) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_camlock"))
            .args(["serve", "--api", "--ephemeral", "--listen", "127.0.0.1:0"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let listening = lines
            .find_map(|line| line.unwrap().strip_prefix("listening on http://").map(str::to_owned));
        Self { child, address: listening.unwrap() }
    }

    /// Whether so many calls over one connection have an answer each.
    fn answers(&self, calls: usize) -> bool {
        let mut connection = TcpStream::connect(&self.address).unwrap();
        // Whoever is not answered fails, rather than wait for ever.
        connection.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let call = "POST / HTTP/1.1\r\nHost: a\r\nX-TC-Action: AddUser\r\nContent-Length: 0\r\n";
        (1..=calls).all(|number| {
            let close = if number == calls { "Connection: close\r\n" } else { "" };
            connection.write_all(format!("{call}{close}\r\n").as_bytes()).unwrap();
            let mut answer = Vec::new();
            let mut byte = [0];
            // An answer is an object within an object.
            while !answer.ends_with(b"}}") && connection.read(&mut byte).is_ok_and(|read| read > 0)
            {
                answer.push(byte[0]);
            }
            String::from_utf8_lossy(&answer).contains("\"RequestId\"")
        })
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_log_that_cannot_be_written_keeps_nobody_from_an_answer() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    assert!(Served::start(full.into()).answers(3));
}

#[test]
fn a_log_that_nobody_takes_keeps_nobody_from_an_answer() {
    let mut served = Served::start(Stdio::piped());
    drop(served.child.stderr.take());
    assert!(served.answers(3));
}

#[test]
fn a_log_that_nobody_reads_keeps_nobody_from_an_answer() {
    // More than a pipe holds, and than waits behind it.
    assert!(Served::start(Stdio::piped()).answers(2_000));
}

#[test]
fn limits_that_there_are_not_are_refused_with_a_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("quotas.json");
    std::fs::write(&path, "{ \"users\": 20,\n  \"user\": 3 }").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_camlock"))
        .args(["serve", "--api", "--ephemeral", "--listen", "127.0.0.1:0", "--quotas"])
        .arg(&path)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("unknown field `user`") && said.contains("line 2"), "{said}");
}

/// A folder with the key file of a store.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("key"), format!("{}=\n", "A".repeat(43))).unwrap();
    folder
}

fn serve(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_camlock"));
    command
        .args(["serve", "--api", "--store", "db", "--key-file", "key", "--log", "off"])
        .args(arguments)
        .current_dir(folder);
    command
}

/// What is printed until the server listens, as the id of the key, if one is shown.
fn shown_key(folder: &Path, arguments: &[&str]) -> Option<String> {
    let mut command = serve(folder, &["--listen", "127.0.0.1:0"]);
    let mut child = command.args(arguments).stdout(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let lines: Vec<String> = lines.take_while(|line| !line.starts_with("listening")).collect();
    child.kill().unwrap();
    child.wait().unwrap();
    lines.iter().find_map(|line| line.strip_prefix("SecretId:  ").map(str::to_owned))
}

/// The complaint of a server that does not start.
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = serve(folder, arguments).output().unwrap();
    assert!(!output.status.success() && output.stdout.is_empty(), "{output:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn whoever_cannot_be_served_has_no_account_started() {
    let folder = folder();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for arguments in [
        &["--create", "--tls-cert", "none.pem", "--tls-key", "none.key"][..],
        &["--create", "--listen", &address],
    ] {
        refused(folder.path(), arguments);
    }
    assert!(
        shown_key(folder.path(), &["--create"]).is_some(),
        "the first to get through has the key"
    );
    assert_eq!(shown_key(folder.path(), &["--create"]), None);
}

#[test]
fn whoever_has_store_and_key_file_gets_a_new_key_of_the_root() {
    let folder = folder();
    let first = shown_key(folder.path(), &["--create"]).unwrap();
    let second = shown_key(folder.path(), &["--new-root-key"]).unwrap();
    let full = refused(folder.path(), &["--new-root-key"]);
    assert!(full.contains(&first) && full.contains("--delete-root-key"), "{full}");
    let none = refused(folder.path(), &["--new-root-key", "--delete-root-key", "AKID0"]);
    assert!(none.contains("no such key"), "{none}");
    let third = shown_key(folder.path(), &["--new-root-key", "--delete-root-key", &first]).unwrap();
    let full = refused(folder.path(), &["--new-root-key"]);
    assert!(full.contains(&second) && full.contains(&third) && !full.contains(&first), "{full}");
    std::fs::write(folder.path().join("key"), format!("{}=\n", "B".repeat(42) + "A")).unwrap();
    assert!(refused(folder.path(), &["--new-root-key"]).contains("another key"));
}
