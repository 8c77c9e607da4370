//! What one client can hold of the server, and what it is told.

use std::time::Duration;

use super::*;

const SHORT: Duration = Duration::from_millis(50);

/// The head of a call whose body has a length.
fn head(length: usize) -> String {
    format!(
        "POST / HTTP/1.1\r\nHost: cam.test\r\nX-TC-Action: AddUser\r\nConnection: close\r\n\
         Authorization: TC3-HMAC-SHA256 Credential=AKID1/2023-11-14/cam/tc3_request, \
         SignedHeaders=content-type;host, Signature={}\r\nContent-Length: {length}\r\n\r\n",
        "0".repeat(64)
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
    assert_eq!(records[0]["resourceType"], "cam");
    assert_eq!(records[0]["eventSource"], "cam.tencentcloudapi.com");
    assert_eq!(records[0]["userIdentity"]["secretId"], "AKID1");
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
    // However much more than is read, whoever sends it sees the answer.
    for length in [(10 << 20) + 2, 18 << 20] {
        assert_eq!(refusal(Limits::default(), &call(length)), "RequestSizeLimitExceeded");
    }
}

/// A whole call, whose body has a length.
fn call(length: usize) -> Vec<u8> {
    [head(length).into_bytes(), vec![b' '; length]].concat()
}

#[test]
fn large_bodies_have_so_much_room_together() {
    let large = 128 << 10;
    let none = Limits { bodies: 0, ..Limits::default() };
    assert_eq!(refusal(none, &call(large)), "RequestLimitExceeded");
    let served = Served::start(none, AuditLog::none());
    let answered = |served: &Served, length: usize| {
        let answer = members(&exchange(served.connect(), &call(length)));
        answer["Error"]["Code"] != "RequestLimitExceeded"
    };
    assert!(answered(&served, 64 << 10), "small ones need none");
    // One after the other both have it.
    let enough = Limits { bodies: 64 << 10, ..Limits::default() };
    let served = Served::start(enough, AuditLog::none());
    assert!(answered(&served, large) && answered(&served, large));
    assert!(!answered(&served, large + 1));
}

#[test]
fn heads_that_http_refuses_have_a_bare_status() {
    let served = Served::start(Limits::default(), AuditLog::none());
    for (path, headers, status) in [(70_000, 1, "414"), (1, 101, "431"), (1, 95, "200")] {
        let headers = "a: b\r\n".repeat(headers);
        let path = "a".repeat(path);
        let request = format!("GET /{path} HTTP/1.1\r\nConnection: close\r\n{headers}\r\n");
        let answer = exchange(served.connect(), request.as_bytes());
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
    }
}

#[test]
fn a_refusal_of_no_service_names_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("audit");
    let served = Served::start(Limits::default(), AuditLog::append_to(&path).expect("a file"));
    exchange(served.connect(), b"POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assert_eq!(records(&path)[0]["eventSource"], "");
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

#[test]
fn what_was_begun_is_answered_after_the_server_was_told_to_stop() {
    let mut served = Served::start(Limits::default(), AuditLog::none());
    let request = call(10);
    let (start, rest) = request.split_at(request.len() - 1);
    let mut slow = served.connect();
    slow.write_all(start).expect("written");
    // Until its head was read.
    std::thread::sleep(Duration::from_secs(1));
    drop(served.stop.take());
    // Longer than connections without a request are kept.
    std::thread::sleep(Duration::from_secs(7));
    let answer = members(&exchange(slow, rest));
    assert!(answer["RequestId"].is_string(), "{answer}");
}
