//! JSON with a place for everything: tokens, a tree, and every fault.
//!
//! [`parse`] never fails and never stops at the first fault. What the standard accepts (RFC 8259) it
//! accepts, and nothing else goes unreported; what people write instead (comments, trailing commas,
//! curly quotes, …) is reported under a name of its own and read the way it was meant, so that the
//! stages behind can check the rest. Nothing read that way is ever used: a document with a fault is no
//! policy.
//!
//! # Examples
//!
//! ```
//! use camlock_syntax::json;
//! use camlock_syntax::limits::Limits;
//!
//! let parsed = json::parse("{\"a\": [1, 2,]}", &Limits::policy());
//! assert_eq!(parsed.diagnostics[0].message, "a comma before the closing bracket");
//! assert!(parsed.root.is_some());
//! ```

mod lexer;
mod names;
mod parser;
mod place;
mod print;
mod recovery;
pub(crate) mod scan;
mod text;
mod token;
mod tree;

pub(crate) use lexer::{closed_string as string, scalar};
pub use lexer::{significant_chars, tokens};
pub(crate) use parser::parse_around;
pub use parser::{Parsed, parse};
pub use place::Place;
pub(crate) use place::Taker;
pub(crate) use print::put_string;
pub use print::write;
pub use text::Text;
pub use token::{Token, TokenKind};
pub use tree::{Kind, Member, Value};

#[cfg(test)]
mod tests;
