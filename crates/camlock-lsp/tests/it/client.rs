//! A client that says what tests want to have said.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use camlock_lint::Linter;
use camlock_lsp::{Defaults, Flow, Host, Session, SettingsFile};
use lsp_server::{Message, Notification, Request};
use serde_json::{Value, json};

/// What a host has beside the documents.
#[derive(Debug, Default)]
pub(crate) struct Files {
    /// The file of settings.
    pub(crate) settings: Option<SettingsFile>,
    /// Whether anything depends on it.
    pub(crate) depends: bool,
    /// What is wrong with it.
    pub(crate) problems: Vec<String>,
    /// The folders that the server has told of.
    pub(crate) folders: Vec<String>,
}

/// A host with files of this kind.
#[derive(Debug)]
struct Beside {
    defaults: Defaults,
    files: Rc<RefCell<Files>>,
}

impl Host for Beside {
    fn linter(&mut self, path: &str) -> Arc<Linter> {
        self.defaults.linter(path)
    }

    fn open(&mut self, path: &str, name: &str) -> Result<String, String> {
        self.defaults.open(path, name)
    }

    fn settings(&mut self, _: &str, folders: &[String]) -> Option<SettingsFile> {
        let mut files = self.files.borrow_mut();
        files.folders = folders.to_vec();
        files.settings.clone()
    }

    fn depends_on(&mut self, _: &str) -> bool {
        self.files.borrow().depends
    }

    fn problems(&mut self) -> Vec<String> {
        std::mem::take(&mut self.files.borrow_mut().problems)
    }
}

/// A client with one document, and everything that it was told.
pub(crate) struct Client {
    session: Session<Beside>,
    /// What stands beside the documents.
    pub(crate) beside: Rc<RefCell<Files>>,
    id: i32,
    version: i32,
    uri: String,
    /// Notifications of the server.
    pub(crate) told: Vec<Notification>,
}

impl Client {
    /// Opens a document in a client that can everything.
    pub(crate) fn open(uri: &str, text: &str) -> Self {
        Self::with(&able(), uri, text)
    }

    /// Opens a document in a client with these capabilities.
    pub(crate) fn with(capabilities: &Value, uri: &str, text: &str) -> Self {
        let mut client = Self::bare(capabilities);
        client.open_as(uri, "json", text);
        client
    }

    /// A client with these capabilities and without a document.
    pub(crate) fn bare(capabilities: &Value) -> Self {
        let beside = Rc::new(RefCell::new(Files { depends: true, ..Files::default() }));
        let host = Beside { defaults: Defaults::default(), files: Rc::clone(&beside) };
        let mut client = Self {
            session: Session::new(host),
            beside,
            id: 0,
            version: 1,
            uri: String::new(),
            told: Vec::new(),
        };
        client.request(
            "initialize",
            json!({
                "processId": null,
                "rootUri": "file:///a",
                "workspaceFolders": [{"name": "b", "uri": "file:///a/b%20c"}],
                "capabilities": capabilities,
            }),
        );
        client.notify("initialized", json!({}));
        client
    }

    /// Opens a document in a language; what is asked from here on is about it.
    pub(crate) fn open_as(&mut self, uri: &str, language: &str, text: &str) {
        uri.clone_into(&mut self.uri);
        let document = json!({"uri": uri, "languageId": language, "version": 1, "text": text});
        self.notify("textDocument/didOpen", json!({"textDocument": document}));
    }

    /// Asks about another document from here on.
    pub(crate) fn look_at(&mut self, uri: &str) {
        uri.clone_into(&mut self.uri);
    }

    /// Asks, and answers the result.
    #[track_caller]
    pub(crate) fn request(&mut self, method: &str, params: Value) -> Value {
        self.ask(method, params).unwrap()
    }

    /// Asks, and answers the result or the code of the error.
    #[track_caller]
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Result<Value, i32> {
        self.id += 1;
        let id = self.id.into();
        let mut out = Vec::new();
        let request = Message::Request(Request { id, method: method.into(), params });
        assert_eq!(self.session.handle(request, &mut out), Flow::Continue);
        let Some(Message::Response(response)) = out.pop() else { panic!("no answer to {method}") };
        assert_eq!((response.id, out.len()), (self.id.into(), 0));
        response.response_result.map_err(|error| error.code)
    }

    pub(crate) fn notify(&mut self, method: &str, params: Value) -> Flow {
        let mut out = Vec::new();
        let own = Message::Notification(Notification { method: method.into(), params });
        let flow = self.session.handle(own, &mut out);
        self.hear(out);
        flow
    }

    /// What the server publishes now.
    pub(crate) fn published(&mut self) -> Vec<Value> {
        let mut out = Vec::new();
        self.session.publish(&mut out);
        let before = self.told.len();
        self.hear(out);
        let told = self.told[before..].iter();
        let published = told.filter(|own| own.method == "textDocument/publishDiagnostics");
        published.map(|own| own.params.clone()).collect()
    }

    /// The findings of the one document, as codes with lines and columns.
    pub(crate) fn findings(&mut self) -> Vec<String> {
        let published = self.published();
        let last = published.last().unwrap();
        let all = last["diagnostics"].as_array().unwrap().iter();
        let shown = all
            .map(|own| format!("{} {}", own["code"].as_str().unwrap_or("?"), range(&own["range"])));
        shown.collect()
    }

    /// Replaces a range, given as `line:column-line:column`.
    pub(crate) fn change(&mut self, place: &str, text: &str) {
        self.change_all(json!([{"range": place_of(place), "text": text}]));
    }

    pub(crate) fn change_all(&mut self, changes: Value) {
        self.version += 1;
        let document = json!({"uri": self.uri, "version": self.version});
        self.notify(
            "textDocument/didChange",
            json!({"textDocument": document, "contentChanges": changes}),
        );
    }

    /// Asks about the document.
    pub(crate) fn about(&mut self, method: &str, extra: Value) -> Value {
        let mut params = json!({"textDocument": {"uri": self.uri}});
        params.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        self.request(method, params)
    }

    /// Asks about a place, in bytes of the text as it is.
    pub(crate) fn at(&mut self, method: &str, offset: usize) -> Value {
        let text = self.text();
        let before = text.get(..offset).unwrap();
        let line = before.matches('\n').count();
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let column = before.get(start..).unwrap().encode_utf16().count();
        self.about(method, json!({"position": {"line": line, "character": column}}))
    }

    /// The text as the server has it.
    pub(crate) fn text(&mut self) -> String {
        self.session.text(&self.uri).unwrap().to_owned()
    }

    /// The text with edits carried out, in columns of UTF-16.
    pub(crate) fn edited(&mut self, edits: &Value) -> String {
        let mut edits: Vec<Value> = edits.as_array().unwrap().clone();
        let key = |own: &Value| {
            (own["range"]["start"]["line"].as_u64(), own["range"]["start"]["character"].as_u64())
        };
        edits.sort_by_key(key);
        let before = self.text();
        let mut other = Self::open(&self.uri, &before);
        for edit in edits.iter().rev() {
            other.change_all(json!([{"range": edit["range"], "text": edit["newText"]}]));
        }
        other.text()
    }

    fn hear(&mut self, out: Vec<Message>) {
        for message in out {
            match message {
                Message::Notification(own) => self.told.push(own),
                // What the server wishes for is no notification, but told all the same.
                Message::Request(Request { method, params, .. }) => {
                    self.told.push(Notification { method, params });
                }
                Message::Response(_) => panic!("{message:?}"),
            }
        }
    }
}

/// A client that can everything that matters here.
pub(crate) fn able() -> Value {
    json!({
        "textDocument": {
            "completion": {"completionItem": {"snippetSupport": true}},
            "hover": {"contentFormat": ["markdown", "plaintext"]},
            "publishDiagnostics": {"relatedInformation": true},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
        },
    })
}

/// A range as `line:column-line:column`.
pub(crate) fn range(range: &Value) -> String {
    let place = |own: &Value| format!("{}:{}", own["line"], own["character"]);
    format!("{}-{}", place(&range["start"]), place(&range["end"]))
}

fn place_of(text: &str) -> Value {
    let place = |text: &str| {
        let (line, column) = text.split_once(':').unwrap();
        json!({"line": line.parse::<u32>().unwrap(), "character": column.parse::<u32>().unwrap()})
    };
    let (start, end) = text.split_once('-').unwrap();
    json!({"start": place(start), "end": place(end)})
}
