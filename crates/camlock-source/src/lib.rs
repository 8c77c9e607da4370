//! Source texts, spans and diagnostics as plain data.
//!
//! A [`SourceText`] is a named text that knows its lines; a [`Span`] is a range of its bytes; a
//! [`Diagnostic`] says what is wrong at a span, under a stable [`Code`]. Nothing here renders anything:
//! that is for whoever knows the output.
//!
//! # Examples
//!
//! ```
//! use camlock_source::{Code, Diagnostic, SourceText, Span};
//!
//! let source = SourceText::new("a.json", "{\n  oops\n}");
//! let finding = Diagnostic::error(Code::new("CAM1010"), Span::new(4, 8), "`oops` is not a value");
//! assert_eq!(source.line_column(finding.span.start).line, 2);
//! assert_eq!(source.slice(finding.span), "oops");
//! ```

mod code;
mod diagnostic;
mod fix;
mod position;
mod quote;
mod sink;
mod span;
mod text;

pub use code::Code;
pub use diagnostic::{Diagnostic, Label, Severity};
pub use fix::{Edit, Fix, Grade, Rewrite, apply_fixes};
pub use position::{ColumnUnit, Position};
pub use quote::quote;
pub use sink::Sink;
pub use span::Span;
pub use text::{LineColumn, SourceError, SourceText};
