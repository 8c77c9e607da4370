//! For `grep` and the error parsers of editors: a line a finding.

use std::fmt;

use camlock_source::LineColumn;

use crate::Finding;
use crate::glyph::shown;
use crate::style::{Ink, Style};

/// Writes a finding as one line: `file:line:column: severity[code]: message`.
///
/// # Errors
///
/// Those of `out`.
///
/// # Examples
///
/// ```
/// use camlock_report::{Finding, Style, compact};
/// use camlock_source::{Code, Diagnostic, SourceText, Span};
///
/// let source = SourceText::new("a.json", "{]");
/// let diagnostic = Diagnostic::error(Code::new("CAM1035"), Span::new(1, 2), "not a value");
/// let mut out = String::new();
/// compact::write(&mut out, Finding { source: &source, diagnostic: &diagnostic }, Style::plain())?;
/// assert_eq!(out, "a.json:1:2: error[CAM1035]: not a value\n");
/// # Ok::<(), std::fmt::Error>(())
/// ```
pub fn write(out: &mut impl fmt::Write, finding: Finding<'_>, style: Style) -> fmt::Result {
    let Finding { source, diagnostic } = finding;
    let LineColumn { line, column } = source.line_column(diagnostic.span.start);
    let kind = format_args!("{}[{}]", diagnostic.severity.as_str(), diagnostic.code);
    let kind = style.paint(Ink::from(diagnostic.severity), kind);
    let message = shown(&diagnostic.message);
    writeln!(out, "{}:{line}:{column}: {kind}: {message}", shown(source.name()))
}
