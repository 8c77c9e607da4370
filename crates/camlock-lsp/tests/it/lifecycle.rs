//! From the first message to the last.

use camlock_lsp::{Defaults, Flow, MAX_DOCUMENT_BYTES, Session};
use lsp_server::{Message, Notification, Request};
use serde_json::{Value, json};

use crate::client::{Client, able};

const URI: &str = "file:///a/policy.json";

#[test]
fn nothing_is_answered_before_hello_and_nothing_after_goodbye() {
    let mut session = Session::new(Defaults::default());
    let mut ask = |method: &str| {
        let mut out = Vec::new();
        let request =
            Request { id: 1.into(), method: method.into(), params: json!({"capabilities": {}}) };
        session.handle(Message::Request(request), &mut out);
        let Some(Message::Response(response)) = out.pop() else { panic!() };
        response.response_result.map_err(|error| error.code)
    };
    assert_eq!(ask("textDocument/hover"), Err(-32002));
    assert!(ask("initialize").is_ok());
    assert_eq!(ask("initialize"), Err(-32600));
    assert_eq!(ask("textDocument/hover"), Err(-32602));
    assert_eq!(ask("workspace/nothing"), Err(-32601));
    assert_eq!(ask("shutdown"), Ok(Value::Null));
    assert_eq!(ask("textDocument/hover"), Err(-32600));
}

#[test]
fn an_exit_is_clean_behind_a_shutdown_only() {
    let mut client = Client::open(URI, "{}");
    assert_eq!(client.notify("exit", json!(null)), Flow::Exit { clean: false });
    client.request("shutdown", json!(null));
    assert_eq!(client.notify("exit", json!(null)), Flow::Exit { clean: true });
}

#[test]
fn columns_count_what_was_agreed_upon() {
    let text = "{\"version\": \"2.0\", \"𝄞\": 1, \"statement\": []}";
    let mut client = Client::open(URI, text);
    let utf16 = client.findings();
    assert!(utf16.iter().any(|own| own.ends_with("0:19-0:23")), "{utf16:?}");

    let mut capabilities = able();
    capabilities["general"] = json!({"positionEncodings": ["utf-16", "utf-8"]});
    let mut client = Client::with(&capabilities, URI, text);
    let utf8 = client.findings();
    assert!(utf8.iter().any(|own| own.ends_with("0:19-0:25")), "{utf8:?}");
    client.change("0:20-0:24", "sid");
    assert_eq!(client.text(), text.replace('𝄞', "sid"));
}

#[test]
fn a_cancelled_request_is_not_worked_on() {
    let mut session = Session::new(Defaults::default());
    let mut out = Vec::new();
    let request = |id: i32, method: &str| {
        Message::Request(Request {
            id: id.into(),
            method: method.into(),
            params: json!({"capabilities": {}}),
        })
    };
    session.handle(request(1, "initialize"), &mut out);
    session.cancel(&json!({"id": 2}));
    session.cancel(&json!({"id": "x"}));
    session.cancel(&json!([]));
    session.handle(request(2, "shutdown"), &mut out);
    session.handle(request(3, "textDocument/hover"), &mut out);
    let codes: Vec<Option<i32>> = out
        .iter()
        .map(|message| match message {
            Message::Response(own) => own.response_result.as_ref().err().map(|error| error.code),
            _ => panic!(),
        })
        .collect();
    assert_eq!(codes, [None, Some(-32800), Some(-32602)]);
}

#[test]
fn a_document_that_is_too_long_is_refused_with_a_word_until_it_is_shorter() {
    let too_long = |client: &mut Client| {
        let published = client.published();
        let message = published.last().unwrap()["diagnostics"][0]["message"].clone();
        message.as_str().is_some_and(|own| own.contains("longer than 2 MiB"))
    };
    let mut client = Client::open(URI, &"x".repeat(MAX_DOCUMENT_BYTES + 1));
    assert!(too_long(&mut client));
    client.change("0:0-0:1", "y");
    assert!(too_long(&mut client), "it is as long as before");
    assert_eq!(
        client.about(
            "textDocument/formatting",
            json!({"options": {"tabSize": 4, "insertSpaces": true}})
        ),
        json!(null)
    );
    client.change_all(json!([{"text": "{\"statement\": 1}"}]));
    assert!(client.findings().iter().any(|own| own.starts_with("CAM")));
    client.change("0:0-0:0", &"x".repeat(MAX_DOCUMENT_BYTES));
    assert!(too_long(&mut client));
    // Most long files are none of ours.
    let mut client = Client::open("file:///data.json", &"x".repeat(MAX_DOCUMENT_BYTES + 1));
    assert_eq!(client.findings(), [""; 0]);
}

#[test]
fn odd_messages_do_no_harm() {
    let mut client = Client::open(URI, "{}");
    for method in [
        "textDocument/didOpen",
        "textDocument/didChange",
        "textDocument/didClose",
        "textDocument/didSave",
        "$/setTrace",
        "nothing",
    ] {
        for params in [json!(null), json!([]), json!({"textDocument": {"uri": 1}}), json!("x")] {
            assert_eq!(client.notify(method, params), Flow::Continue, "{method}");
        }
    }
    for method in [
        "hover",
        "completion",
        "definition",
        "codeAction",
        "formatting",
        "documentSymbol",
        "foldingRange",
    ] {
        let method = format!("textDocument/{method}");
        assert_eq!(client.ask(&method, json!({"textDocument": 7})), Err(-32602), "{method}");
    }
    let far = json!({"textDocument": {"uri": URI}, "position": {"line": u32::MAX, "character": u32::MAX}});
    assert!(client.ask("textDocument/hover", far).is_ok());
    let unknown =
        json!({"textDocument": {"uri": "file:///other"}, "position": {"line": 0, "character": 0}});
    assert_eq!(client.ask("textDocument/hover", unknown), Ok(json!(null)));
    client.change("9:9-0:0", "[");
    assert_eq!(client.text(), "[");
}

#[test]
fn what_goes_wrong_is_told_without_what_was_sent() {
    let mut client = Client::open(URI, "{}");
    client.notify("textDocument/didOpen", json!({"textDocument": {"text": "SecretKey"}}));
    let told = client.told.pop().unwrap();
    assert_eq!(told.method, "window/logMessage");
    assert!(!told.params.to_string().contains("SecretKey"));
    let session = Session::new(Defaults::default());
    assert_eq!(format!("{session:?}"), "Session { state: New, .. }");
    let _: Notification = told;
}
