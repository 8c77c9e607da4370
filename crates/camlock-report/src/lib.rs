//! Renders diagnostics, explanations and differences: text, JSON, SARIF, annotations, reports of tests.
//!
//! Data in, text out: nothing here reads files, prints, or decides anything. [`text`] is for people at
//! a terminal, [`compact`] for `grep` and editors, [`json`] for programs, [`sarif`] for code scanning
//! services, [`github`] for workflow logs, [`gitlab`] for merge requests, [`junit`] for pages of test
//! results, [`diff`] shows what a repair changes. An [`Excerpt`] frames the lines of a place with the
//! place underlined; explanations use it too.
//!
//! Whatever a text holds, the output is harmless: control and direction characters are shown and not
//! obeyed, long lines are cut around the place.
//!
//! # Examples
//!
//! ```
//! use camlock_report::{Style, text};
//! use camlock_source::{Code, Diagnostic, SourceText, Span};
//!
//! let source = SourceText::new("ops.json", r#"{ "string_equals": {} }"#);
//! let finding = Diagnostic::error(Code::new("CAM2135"), Span::new(2, 17), "unknown operator")
//!     .with_label("not an operator")
//!     .with_help("did you mean `string_equal`");
//!
//! let mut out = String::new();
//! text::write(&mut out, &source, &finding, Style::plain())?;
//! assert_eq!(out, r#"
//! error[CAM2135]: unknown operator
//!   ┌─ ops.json:1:3
//!   │
//! 1 │ { "string_equals": {} }
//!   │   ^^^^^^^^^^^^^^^ not an operator
//!   │
//!   = help: did you mean `string_equal`
//! "#.trim_start());
//! # Ok::<(), std::fmt::Error>(())
//! ```

mod excerpt;
mod finding;
mod fingerprint;
mod style;

pub mod compact;
pub mod diff;
pub mod github;
pub mod gitlab;
pub mod json;
pub mod junit;
pub mod sarif;
pub mod text;

mod glyph;
mod line;

pub use excerpt::{Excerpt, excerpt};
pub use finding::{Finding, Region};
pub use fingerprint::fingerprints;
pub use glyph::harmless;
pub use style::{Ink, Style};
