//! What holds for every session; fuzz targets hold it to more than tests can.

use camlock_lsp::{Defaults, Session, serve};
use lsp_server::{Message, Notification, Request};
use serde_json::{Value, json};

/// A file of each language.
const URIS: [&str; 4] = ["file:///policy.json", "file:///a.tf", "file:///a.md", "file:///a.yaml"];

/// A change of a part: bytes of the text before, in any order, and the text that comes. Places inside of
/// a character or a line end mean the one in front.
pub(crate) type Change<'c> = (usize, usize, &'c str);

/// Changes of parts leave the text that they leave in any other editor, one message a change or one for
/// all; and whatever the text is, every question has an answer, and what is found is what is found in
/// the same text when it is new.
pub(crate) fn parts_and_wholes_are_the_same(
    start: &str,
    changes: &[Change<'_>],
    together: bool,
    utf8: bool,
    asked: &[usize],
) {
    let mut expected = start.to_owned();
    let uri = URIS[start.len() % URIS.len()];
    let mut editor = Editor::open(uri, start, utf8);
    let mut parts = Vec::new();
    for (from, to, new) in changes {
        let (from, to) = (boundary(&expected, *from), boundary(&expected, *to));
        let (from, to) = (from.min(to), from.max(to));
        let range =
            json!({"start": place(&expected, from, utf8), "end": place(&expected, to, utf8)});
        parts.push(json!({"range": range, "text": new}));
        expected.replace_range(from..to, new);
        if !together {
            editor.change(std::mem::take(&mut parts));
            editor.findings();
        }
    }
    editor.change(parts);
    assert_eq!(editor.session.text(uri), Some(expected.as_str()));
    for at in asked {
        let position = place(&expected, boundary(&expected, *at), utf8);
        for method in ["hover", "completion", "definition"] {
            editor.ask(method, json!({"position": position}));
        }
        let context =
            json!({"range": {"start": position, "end": position}, "context": {"diagnostics": []}});
        editor.ask("codeAction", context);
    }
    for method in ["documentSymbol", "foldingRange"] {
        editor.ask(method, json!({}));
    }
    editor.ask("formatting", json!({"options": {"tabSize": 4, "insertSpaces": true}}));
    assert_eq!(editor.findings(), Editor::open(uri, &expected, utf8).findings());
}

/// Whatever comes over a stream, the server answers, or says that it cannot read it.
pub(crate) fn any_bytes_are_survived(bytes: &[u8]) {
    let mut out = Vec::new();
    // How it ends is up to the bytes.
    _ = serve(Defaults::default(), std::io::Cursor::new(bytes.to_vec()), &mut out);
}

/// Whatever values a client sends where, the server answers what was asked, once.
pub(crate) fn any_message_is_survived(method: &str, params: &Value) {
    let mut editor = Editor::open(URIS[0], "{\"statement\": [{\"action\": \"cos:", false);
    let mut out = Vec::new();
    let request = Request { id: 7.into(), method: method.to_owned(), params: params.clone() };
    editor.session.handle(Message::Request(request), &mut out);
    let answers =
        out.iter().filter(|own| matches!(own, Message::Response(own) if own.id == 7.into()));
    assert_eq!(answers.count(), 1);
    let own = Notification { method: method.to_owned(), params: params.clone() };
    editor.session.handle(Message::Notification(own), &mut out);
    editor.session.publish(&mut out);
}

/// One open document.
struct Editor {
    session: Session<Defaults>,
    uri: &'static str,
    version: i32,
}

impl Editor {
    fn open(uri: &'static str, text: &str, utf8: bool) -> Self {
        let mut editor = Self { session: Session::new(Defaults::default()), uri, version: 1 };
        let encodings = if utf8 { json!(["utf-8"]) } else { json!([]) };
        let capabilities = json!({"general": {"positionEncodings": encodings}});
        editor.request("initialize", json!({"capabilities": capabilities}));
        let document = json!({"uri": uri, "languageId": "json", "version": 1, "text": text});
        editor.notify("textDocument/didOpen", json!({"textDocument": document}));
        editor
    }

    fn change(&mut self, changes: Vec<Value>) {
        self.version += 1;
        let document = json!({"uri": self.uri, "version": self.version});
        let params = json!({"textDocument": document, "contentChanges": changes});
        self.notify("textDocument/didChange", params);
    }

    fn ask(&mut self, method: &str, mut params: Value) {
        params["textDocument"] = json!({"uri": self.uri});
        self.request(&format!("textDocument/{method}"), params);
    }

    fn request(&mut self, method: &str, params: Value) {
        let mut out = Vec::new();
        let request = Request { id: 1.into(), method: method.to_owned(), params };
        self.session.handle(Message::Request(request), &mut out);
        let [Message::Response(response)] = out.as_slice() else { panic!("no answer to {method}") };
        assert!(response.response_result.is_ok(), "{method}: {response:?}");
    }

    fn notify(&mut self, method: &str, params: Value) {
        let own = Notification { method: method.to_owned(), params };
        self.session.handle(Message::Notification(own), &mut Vec::new());
    }

    /// What the client is told to be wrong.
    fn findings(&mut self) -> Option<Value> {
        let mut out = Vec::new();
        self.session.publish(&mut out);
        match out.pop() {
            Some(Message::Notification(own)) => own.params.get("diagnostics").cloned(),
            _ => None,
        }
    }
}

/// The nearest place in front of a byte, round and round the text.
fn boundary(text: &str, at: usize) -> usize {
    let at = at % (text.len() + 1);
    let is_place = |at: &usize| {
        let before = text.get(..*at);
        before.is_some_and(|before| !before.ends_with('\r'))
    };
    (0..=at).rev().find(is_place).unwrap_or(0)
}

/// The place of a byte as a client counts.
fn place(text: &str, at: usize, utf8: bool) -> Value {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let column = if utf8 { line.len() } else { line.encode_utf16().count() };
    json!({"line": before.matches('\n').count(), "character": column})
}
