//! From policy text to a validated policy, every fault with its place.
//!
//! Four stages, each with a guarantee. *Lexing*: every byte belongs to one token. *Parsing*
//! ([`json::parse`]): always a tree, and every fault. *Lowering* ([`parse()`]): a
//! [`Policy`](camlock_policy::Policy) or at least one error, never both and never neither. *Printing*
//! ([`print()`]): a text that means the same policy.
//!
//! # Examples
//!
//! ```
//! use camlock_policy::PolicyKind;
//! use camlock_source::SourceText;
//! use camlock_syntax::parse;
//!
//! let source = SourceText::new("ops.json", r#"{
//!     "version": "2.0",
//!     "statement": [ { "effect": "allow", "action": "cos.GetObject", "resource": "*" } ]
//! }"#);
//! let parsed = parse(source.text(), PolicyKind::Identity);
//! let fault = &parsed.diagnostics[0];
//! assert_eq!(fault.message, "service and operation are separated by a dot");
//! assert_eq!(source.line_column(fault.span.start).line, 3);
//! ```

pub mod json;
pub mod limits;

pub mod codes;
mod element;
mod lower;
mod parse;
mod size;
mod span_map;

mod embedded;
mod faultless;

mod format;
mod infer;
mod pieces;
mod print;

pub use embedded::{DocumentPlace, Documents, parse_around_documents};
pub use faultless::parse_faultless;
pub use format::format;
pub use infer::infer_kind;
pub use lower::start_of;
pub use parse::{ParsedPolicy, parse, parse_tree, parse_value, spans_within};
pub use pieces::{Arrangement, Piece, Pieces, pieces};
pub use print::print;
pub use span_map::SpanMap;
