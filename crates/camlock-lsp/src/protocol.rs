//! What is said in the same words to every client: abilities, wishes, refusals.

use lsp_server::{ErrorCode, Message, Notification, Request, ResponseError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::client::Client;
use crate::{actions, completion};

/// What the server answers to `initialize`.
pub(crate) fn capabilities(client: Client) -> Value {
    json!({
        "capabilities": {
            "positionEncoding": client.encoding(),
            "textDocumentSync": {"openClose": true, "change": 2, "save": {"includeText": false}},
            "hoverProvider": true,
            "completionProvider": {"triggerCharacters": completion::TRIGGERS},
            "definitionProvider": true,
            "documentSymbolProvider": true,
            "documentFormattingProvider": true,
            "foldingRangeProvider": true,
            "codeActionProvider": {
                "codeActionKinds": ["quickfix", actions::FIX_ALL],
                "resolveProvider": client.resolves,
            },
        },
        "serverInfo": {"name": "camlock", "version": env!("CARGO_PKG_VERSION")},
    })
}

/// Asks the client to tell of changes of settings, and of account files and policies beside them.
pub(crate) fn watch() -> Message {
    let watchers = json!([{"globPattern": "**/camlock.toml"}, {"globPattern": "**/*.json"}]);
    let registration = json!({
        "id": "camlock-files",
        "method": "workspace/didChangeWatchedFiles",
        "registerOptions": {"watchers": watchers},
    });
    Message::Request(Request {
        id: "camlock-files".to_owned().into(),
        method: "client/registerCapability".to_owned(),
        params: json!({"registrations": [registration]}),
    })
}

/// The parameters of a message.
pub(crate) fn read<P: DeserializeOwned>(params: Value) -> Result<P, ResponseError> {
    // What was sent may hold whatever somebody types, so that only the place of the fault is told.
    serde_json::from_value(params).map_err(|fault| {
        let what = match fault.classify() {
            serde_json::error::Category::Data => "parameters are missing or of another type",
            _ => "the parameters cannot be read",
        };
        error(ErrorCode::InvalidParams, what)
    })
}

/// Adds a notification.
pub(crate) fn notify(out: &mut Vec<Message>, method: &str, params: &impl Serialize) {
    if let Ok(params) = serde_json::to_value(params) {
        out.push(Message::Notification(Notification { method: method.to_owned(), params }));
    }
}

/// What a request that cannot be answered gets.
pub(crate) fn error(code: ErrorCode, message: &str) -> ResponseError {
    ResponseError { code: code as i32, message: message.to_owned(), data: None }
}
