//! For GitHub workflow logs: an annotation a finding.

use std::fmt::{self, Write as _};

use camlock_source::Severity;

use crate::{Finding, Region};

/// Writes a finding as a workflow command, which GitHub shows at its line.
///
/// # Errors
///
/// Those of `out`.
///
/// # Examples
///
/// ```
/// use camlock_report::{Finding, github};
/// use camlock_source::{Code, Diagnostic, SourceText, Span};
///
/// let source = SourceText::new("a,b.json", "{]");
/// let diagnostic = Diagnostic::error(Code::new("CAM1035"), Span::new(1, 2), "100% wrong");
/// let mut out = String::new();
/// github::write(&mut out, Finding { source: &source, diagnostic: &diagnostic })?;
/// assert_eq!(
///     out,
///     "::error file=a%2Cb.json,line=1,col=2,endLine=1,endColumn=3,title=CAM1035::100%25 wrong\n",
/// );
/// # Ok::<(), std::fmt::Error>(())
/// ```
pub fn write(out: &mut impl fmt::Write, finding: Finding<'_>) -> fmt::Result {
    let Finding { source, diagnostic } = finding;
    let command = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        _ => "notice",
    };
    let Region { line, column, end_line, end_column } = Region::of(source, diagnostic.span);
    write!(out, "::{command} file={}", property(source.name()))?;
    write!(out, ",line={line},col={column},endLine={end_line},endColumn={end_column}")?;
    write!(out, ",title={}::", property(diagnostic.code.as_str()))?;
    let mut message = diagnostic.message.clone();
    for (word, text) in [("help", diagnostic.help.as_deref()), ("note", diagnostic.api_code)] {
        if let Some(text) = text {
            write!(message, "\n{word}: {text}")?;
        }
    }
    writeln!(out, "{}", data(&message))
}

/// Text behind the second `::`, where only line ends and the escape sign mean something.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which commas and colons would end.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests;
