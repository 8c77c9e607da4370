//! The same over a pair of streams.

use camlock_lsp::{Defaults, Session, serve};
use serde_json::{Value, json};

fn framed(messages: &[Value]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for message in messages {
        let text = message.to_string();
        bytes.extend(format!("Content-Length: {}\r\n\r\n{text}", text.len()).into_bytes());
    }
    bytes
}

/// What was written, message by message.
fn read(mut bytes: &[u8]) -> Vec<Value> {
    let mut messages = Vec::new();
    while !bytes.is_empty() {
        let end = bytes.windows(4).position(|own| own == b"\r\n\r\n").unwrap();
        let header = std::str::from_utf8(&bytes[..end]).unwrap();
        let length: usize = header.strip_prefix("Content-Length: ").unwrap().parse().unwrap();
        let start = end + 4;
        messages.push(serde_json::from_slice(&bytes[start..start + length]).unwrap());
        bytes = &bytes[start + length..];
    }
    messages
}

fn talk(messages: &[Value]) -> (Option<bool>, Vec<Value>) {
    let mut out = Vec::new();
    let input = std::io::Cursor::new(framed(messages));
    let clean = serve(Defaults::default(), input, &mut out).ok();
    (clean, read(&out))
}

fn hello() -> Vec<Value> {
    vec![
        json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}),
        json!({"jsonrpc": "2.0", "method": "initialized", "params": {}}),
        json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": {
            "uri": "file:///policy.json", "languageId": "json", "version": 1, "text": "{}"}}}),
    ]
}

#[test]
fn a_session_ends_as_the_client_says() {
    let mut messages = hello();
    messages.push(json!({"jsonrpc": "2.0", "id": "last", "method": "shutdown"}));
    messages.push(json!({"jsonrpc": "2.0", "method": "exit"}));
    messages.push(json!({"jsonrpc": "2.0", "id": 9, "method": "shutdown"}));
    let (clean, answers) = talk(&messages);
    assert_eq!(clean, Some(true));
    assert_eq!(answers.last().unwrap(), &json!({"jsonrpc": "2.0", "id": "last", "result": null}));

    let (clean, answers) = talk(&hello());
    assert_eq!(clean, Some(false), "the stream ended without goodbye");
    let published: Vec<&Value> =
        answers.iter().filter(|own| own["method"] == "textDocument/publishDiagnostics").collect();
    assert_eq!(published.len(), 1);
    assert_eq!(published[0]["params"]["version"], 1);
}

#[test]
fn whoever_types_fast_is_told_of_the_last_text() {
    let mut messages = hello();
    for version in 2..200 {
        let document = json!({"uri": "file:///policy.json", "version": version});
        let text = format!("{{\"statement\": {version}}}");
        messages.push(json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {
            "textDocument": document, "contentChanges": [{"text": text}]}}));
    }
    let (_, answers) = talk(&messages);
    let published = answers.iter().filter(|own| own["method"] == "textDocument/publishDiagnostics");
    let versions: Vec<i64> =
        published.map(|own| own["params"]["version"].as_i64().unwrap()).collect();
    assert_eq!(versions.last(), Some(&199));
    assert!(versions.is_sorted_by(|one, next| one < next), "{versions:?}");
}

#[test]
fn findings_wait_the_longer_the_more_has_changed() {
    let pause = |text: String| {
        let mut session = Session::new(Defaults::default());
        assert_eq!(session.pause(), None);
        let document =
            json!({"uri": "file:///policy.json", "languageId": "json", "version": 1, "text": text});
        for (id, method, params) in [
            (Some(1), "initialize", json!({"capabilities": {}})),
            (None, "textDocument/didOpen", json!({"textDocument": document})),
        ] {
            let mut message = json!({"method": method, "params": params});
            if let Some(id) = id {
                message["id"] = json!(id);
            }
            session.handle(serde_json::from_value(message).unwrap(), &mut Vec::new());
        }
        let pause = session.pause();
        session.publish(&mut Vec::new());
        assert_eq!(session.pause(), None);
        pause.unwrap().as_millis()
    };
    assert_eq!(pause("{}".to_owned()), 0);
    assert_eq!(pause(" ".repeat(64 << 10)), 8);
    assert!(pause(" ".repeat(2 << 20)) <= 300);
}

#[test]
fn what_is_no_message_is_answered_and_passed_over() {
    let mut messages = vec![json!("oops"), json!({"jsonrpc": "2.0", "id": {}, "method": "x"})];
    messages.extend(hello());
    let (_, answers) = talk(&messages);
    for answer in &answers[..2] {
        assert_eq!((&answer["id"], &answer["error"]["code"]), (&json!(null), &json!(-32700)));
    }
    assert_eq!(answers[2]["id"], 1);
    let mut out = Vec::new();
    assert!(serve(Defaults::default(), &b"nonsense\r\n\r\n"[..], &mut out).is_err());
}
