//! A local CAM that goes on answering, whatever becomes of its log.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
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
