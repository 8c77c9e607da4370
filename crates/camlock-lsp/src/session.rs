//! One client from its first message to its last.

mod features;

use std::collections::BTreeSet;
use std::fmt;
use std::time::Duration;

use gen_lsp_types::{
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, MessageType, PublishDiagnosticsParams,
    ShowMessageParams, Uri,
};
use lsp_server::{ErrorCode, Message, Request, RequestId, Response, ResponseError};
use serde_json::Value;

use crate::client::{self, Client};
use crate::diagnostics;
use crate::documents::{Documents, path_of};
use crate::host::Host;
use crate::protocol::{self, capabilities, error, notify, read};

/// Cancelled requests that are remembered; a client that cancels what it never asked for fills it.
const MAX_CANCELLED: usize = 1_000;

/// Bytes of documents that are looked at in a millisecond.
const BYTES_A_MILLISECOND: usize = 8 << 10;

/// The longest wait for more.
const LONGEST_PAUSE: Duration = Duration::from_millis(300);

/// Whether there is more to come.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "a session goes on or ends")]
pub enum Flow {
    /// There is.
    Continue,
    /// The client has said goodbye.
    Exit {
        /// Whether it asked to shut down before, as the protocol wants it.
        clean: bool,
    },
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum State {
    New,
    Running,
    ShutDown,
}

/// One client from its first message to its last: messages in, messages out.
///
/// Findings are not sent with the answers to messages: [`publish`](Self::publish) sends those of all
/// documents that changed, so that whoever types fast is not answered for every letter.
pub struct Session<H> {
    host: H,
    state: State,
    client: Client,
    documents: Documents,
    /// The folders that the client has open, as paths.
    folders: Vec<String>,
    cancelled: BTreeSet<RequestId>,
}

type Answer = Result<Value, ResponseError>;

impl<H: Host> Session<H> {
    /// A session in which nothing was said yet.
    pub fn new(host: H) -> Self {
        Self {
            host,
            state: State::New,
            client: Client::default(),
            documents: Documents::default(),
            folders: Vec::new(),
            cancelled: BTreeSet::new(),
        }
    }

    /// Takes a message and adds what is to be said to it.
    pub fn handle(&mut self, message: Message, out: &mut Vec<Message>) -> Flow {
        match message {
            Message::Request(Request { id, method, params }) => {
                let result = if self.cancelled.remove(&id) {
                    Err(error(ErrorCode::RequestCanceled, "the request was cancelled"))
                } else {
                    self.request(&method, params)
                };
                out.push(Message::Response(Response { id, response_result: result }));
                Flow::Continue
            }
            Message::Notification(own) if own.method == "exit" => {
                Flow::Exit { clean: self.state == State::ShutDown }
            }
            Message::Notification(own) => {
                if self.state == State::Running {
                    self.notification(&own.method, own.params, out);
                }
                Flow::Continue
            }
            // The server asks for nothing that it needs.
            Message::Response(_) => Flow::Continue,
        }
    }

    /// Notes that a client does not wait for an answer any more; to be told before the request is
    /// handled.
    pub fn cancel(&mut self, params: &Value) {
        let id = params.get("id").cloned().unwrap_or_default();
        if let Ok(id) = serde_json::from_value(id)
            && self.cancelled.len() < MAX_CANCELLED
        {
            self.cancelled.insert(id);
        }
    }

    /// Forgets what was cancelled; to be told when nothing waits, because what was answered before it
    /// was cancelled stays answered.
    pub fn forget_cancelled(&mut self) {
        self.cancelled.clear();
    }

    /// How long to wait for more before [`publish`](Self::publish): about as long as looking at what changed
    /// takes, so that whoever types fast in a long document does not wait for findings nobody sees. Nothing
    /// where nothing has changed.
    pub fn pause(&self) -> Option<Duration> {
        let bytes = self.documents.stale_bytes()?;
        Some(Duration::from_millis((bytes / BYTES_A_MILLISECOND) as u64).min(LONGEST_PAUSE))
    }

    /// Adds the findings of every document that changed since.
    pub fn publish(&mut self, out: &mut Vec<Message>) {
        if self.state != State::Running {
            return;
        }
        for uri in self.documents.stale() {
            let client = self.client;
            let diagnostics = self
                .with(&uri, |view| diagnostics::all(view.uri, view.source, view.checked, client));
            let Some(document) = self.documents.get_mut(&uri) else { continue };
            document.is_stale = false;
            let missed = document.is_missed.then(diagnostics::too_long);
            let params = PublishDiagnosticsParams {
                uri: Uri(uri),
                version: Some(document.version),
                diagnostics: diagnostics.unwrap_or_else(|| missed.into_iter().collect()),
            };
            notify(out, "textDocument/publishDiagnostics", &params);
        }
        for message in self.host.problems() {
            let params = ShowMessageParams { kind: MessageType::Error, message };
            notify(out, "window/showMessage", &params);
        }
    }

    /// The text of an open document as the server has it.
    pub fn text(&mut self, uri: &str) -> Option<&str> {
        self.documents.get_mut(uri)?.source.as_ref().map(camlock_source::SourceText::text)
    }

    fn request(&mut self, method: &str, params: Value) -> Answer {
        match (self.state, method) {
            (State::New, "initialize") => {
                self.client = Client::read(&params);
                self.folders = client::folders(&params).map(path_of).collect();
                self.state = State::Running;
                Ok(capabilities(self.client))
            }
            (State::New, _) => {
                Err(error(ErrorCode::ServerNotInitialized, "`initialize` comes first"))
            }
            (State::ShutDown, _) => {
                Err(error(ErrorCode::InvalidRequest, "the server is shutting down"))
            }
            (State::Running, "initialize") => {
                Err(error(ErrorCode::InvalidRequest, "`initialize` comes once"))
            }
            (State::Running, "shutdown") => {
                self.state = State::ShutDown;
                self.documents = Documents::default();
                Ok(Value::Null)
            }
            (State::Running, _) => self.feature(method, params),
        }
    }

    fn notification(&mut self, method: &str, params: Value, out: &mut Vec<Message>) {
        let result = match method {
            "textDocument/didOpen" => read::<DidOpenTextDocumentParams>(params).map(|own| {
                let own = own.text_document;
                self.documents.open(&own.uri.0, own.language_id.as_str(), own.version, own.text);
            }),
            "textDocument/didChange" => read::<DidChangeTextDocumentParams>(params).map(|own| {
                let uri = own.text_document.text_document_identifier.uri.0;
                let version = own.text_document.version;
                let unit = self.client.unit;
                self.documents.change(&uri, version, own.content_changes, unit);
            }),
            "textDocument/didClose" => read::<DidCloseTextDocumentParams>(params).map(|own| {
                let uri = own.text_document.uri;
                self.documents.close(&uri.0);
                let params =
                    PublishDiagnosticsParams { uri, version: None, diagnostics: Vec::new() };
                notify(out, "textDocument/publishDiagnostics", &params);
            }),
            "textDocument/didSave" => read::<DidSaveTextDocumentParams>(params)
                .map(|own| self.changed(&[own.text_document.uri])),
            "workspace/didChangeWatchedFiles" => {
                read::<DidChangeWatchedFilesParams>(params).map(|own| {
                    let files: Vec<Uri> = own.changes.into_iter().map(|own| own.uri).collect();
                    self.changed(&files);
                })
            }
            "workspace/didChangeConfiguration" => {
                self.documents.forget();
                Ok(())
            }
            "initialized" => {
                out.extend(self.client.watches.then(protocol::watch));
                Ok(())
            }
            // `$/…` and whatever else there is may be passed over.
            _ => Ok(()),
        };
        if let Err(error) = result {
            let params = ShowMessageParams { kind: MessageType::Warning, message: error.message };
            notify(out, "window/logMessage", &params);
        }
    }

    /// Looks at every document anew where something depends on files that have changed.
    fn changed(&mut self, files: &[Uri]) {
        // Each is asked about, because the host forgets what it knows of it.
        let depending = files.iter().filter(|file| self.host.depends_on(&path_of(&file.0)));
        if depending.count() > 0 {
            self.documents.forget();
        }
    }
}

impl<H> fmt::Debug for Session<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Documents are nobody's business in a log.
        f.debug_struct("Session").field("state", &self.state).finish_non_exhaustive()
    }
}
