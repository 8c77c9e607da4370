//! What one client can hold of the server, and what it is told.

use std::time::Duration;

use super::*;

const SHORT: Duration = Duration::from_millis(50);

/// The head of a call whose body has a length.
fn head(length: usize) -> String {
    format!(
        "POST / HTTP/1.1\r\nHost: cam.test\r\nX-TC-Action: AddUser\r\nConnection: close\r\n\
         Content-Length: {length}\r\n\r\n"
    )
}

/// The refusal of a request, which has an id and stands in the audit log under it.
fn refusal(limits: Limits, request: &[u8]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("audit");
    let served = Served::start(limits, AuditLog::append_to(&path).expect("a file"));
    let answer = members(&exchange(served.connect(), request));
    let records = records(&path);
    assert_eq!(records.len(), 1);
    let id = answer["RequestId"].as_str().expect("an id");
    assert!(!id.is_empty() && records[0]["requestID"] == id, "{answer}");
    assert_eq!(records[0]["eventName"], "AddUser");
    let code = answer["Error"]["Code"].as_str().expect("a code");
    assert_eq!(records[0]["apiErrorCode"], code);
    code.to_owned()
}

#[test]
fn a_body_that_comes_too_slowly_is_refused() {
    let limits = Limits { body: SHORT, ..Limits::default() };
    assert_eq!(refusal(limits, head(10).as_bytes()), "InvalidRequest");
}

#[test]
fn a_body_that_is_too_large_is_refused() {
    let length = (10 << 20) + 2;
    let request = [head(length).into_bytes(), vec![b' '; length]].concat();
    assert_eq!(refusal(Limits::default(), &request), "RequestSizeLimitExceeded");
}

#[test]
fn a_head_that_comes_too_slowly_closes_the_connection() {
    let limits = Limits { head: SHORT, ..Limits::default() };
    let served = Served::start(limits, AuditLog::none());
    // None of these would ever be answered or closed without the limit.
    for start in ["", "P", "POST / HTTP/1.1\r\nHost: cam.test\r\n"] {
        let answer = exchange(served.connect(), start.as_bytes());
        assert!(!answer.contains("200 OK"), "{answer}");
    }
}

#[test]
fn connections_beyond_the_limit_are_closed_until_there_is_room() {
    let limits = Limits { connections: 1, ..Limits::default() };
    let served = Served::start(limits, AuditLog::none());
    let ask = |close| format!("GET /healthz HTTP/1.1\r\nHost: cam.test\r\n{close}\r\n");
    let mut first = served.connect();
    first.write_all(ask("").as_bytes()).expect("written");
    let mut start = [0; 15];
    first.read_exact(&mut start).expect("an answer");
    assert_eq!(&start, b"HTTP/1.1 200 OK");
    let close = ask("Connection: close\r\n");
    assert_eq!(exchange(served.connect(), close.as_bytes()), "");
    drop(first);
    // When the server notices is up to the system.
    let mut again = (0..10_000).map(|_| exchange(served.connect(), close.as_bytes()));
    assert!(again.any(|answer| answer.starts_with("HTTP/1.1 200 OK")));
}
