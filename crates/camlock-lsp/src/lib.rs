//! Policies in editors: a language server, without files and terminal.
//!
//! [`serve`] speaks the [Language Server Protocol](https://microsoft.github.io/language-server-protocol/)
//! over a pair of streams; a [`Session`] is the same without streams and threads: messages in, messages
//! out. What has to come from outside, such as settings and files beside a document, a [`Host`] answers.
//!
//! # Examples
//!
//! ```
//! use camlock_lsp::{Defaults, Flow, Session};
//! use lsp_server::{Message, Request};
//! use serde_json::json;
//!
//! let mut session = Session::new(Defaults::default());
//! let mut answers = Vec::new();
//! let hello = Request::new(1.into(), "initialize".into(), json!({"capabilities": {}}));
//! assert_eq!(session.handle(Message::Request(hello), &mut answers), Flow::Continue);
//! assert_eq!(answers.len(), 1);
//! ```
//!
//! What it does not do: it decides nothing about policies. Findings and repairs are those of
//! `camlock-lint`, the layout is that of `camlock-syntax`, and facts about services are the
//! catalogue's.

mod host;
mod transport;

mod client;
mod documents;
mod protocol;
mod session;

mod check;
mod cursor;
mod language;
mod part;
mod slot;
mod tree;
mod view;

mod about;
mod accept;
mod actions;
mod completion;
mod definition;
mod diagnostics;
mod folding;
mod format;
mod hover;
mod repairs;
mod symbols;

mod server;

pub use documents::{MAX_DOCUMENT_BYTES, MAX_OPEN_BYTES};
pub use host::{Defaults, Host, SettingsFile};
pub use server::serve;
pub use session::{Flow, Session};
pub use transport::MAX_MESSAGE_BYTES;
