//! Policies inside other files, with the way back to their places.
//!
//! [`extract()`] finds the policies of a text: in Terraform, Markdown, YAML, URL-encoded text, in JSON
//! whose members hold policies, in heredocs of commands, and among prose and programs. Each is an
//! [`Embedded`]: the text of a policy document, what it is likely to be, and a map from its bytes to those
//! of the file. A finding about the document becomes one about the file, and a repair too where every edit
//! of it has an exact place there.
//!
//! What stands in a file for something that is not known, such as `${var.uin}` in Terraform, is an opaque
//! word in the document. Findings about it say nothing and are left out.
//!
//! # Examples
//!
//! ```
//! use camlock_extract::{Extracted, extract};
//! use camlock_source::Span;
//!
//! let text = r#"{"PolicyName": "ops", "PolicyDocument": "{\"version\":\"2.0\",\"statement\":{\"effect\":\"deny\"}}"}"#;
//! let Extracted::Embedded(found) = extract("call.json", text) else { unreachable!() };
//! assert_eq!(found[0].text(), r#"{"version":"2.0","statement":{"effect":"deny"}}"#);
//! let version = found[0].outer_span(Span::new(1, 10));
//! assert_eq!(&text[version.start as usize..version.end as usize], r#"\"version\""#);
//! ```

mod draft;
mod embedded;
mod encode;
mod limits;
mod look;
mod malformed;
mod map;
mod masks;
mod role;

mod among;
mod code;
mod json;
mod markdown;
mod shell;
mod terraform;
mod url;
mod yaml;

mod extract;

pub use embedded::Embedded;
pub use extract::{EXTENSIONS, Extracted, extract, holds_policies};
pub use look::is_foreign;
pub use role::{Role, may_be_ours, role};
