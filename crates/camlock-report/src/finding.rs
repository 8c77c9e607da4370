//! A diagnostic with its text, and its place as people and programs count.

use camlock_source::{Diagnostic, SourceText, Span};

/// A diagnostic with the text it is about.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "a diagnostic and its text")]
pub struct Finding<'a> {
    /// The text.
    pub source: &'a SourceText,
    /// What is wrong with it.
    pub diagnostic: &'a Diagnostic,
}

/// A span in lines and columns: both from 1, columns in characters, the end behind the last.
///
/// # Examples
///
/// ```
/// use camlock_report::Region;
/// use camlock_source::{SourceText, Span};
///
/// let region = Region::of(&SourceText::new("t", "漢: 1\n"), Span::new(5, 6));
/// assert_eq!((region.line, region.column, region.end_column), (1, 4, 5));
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "two places")]
pub struct Region {
    /// The first line.
    pub line: u32,
    /// The first column.
    pub column: u32,
    /// The last line.
    pub end_line: u32,
    /// The column behind the last.
    pub end_column: u32,
}

impl Region {
    /// Where a span is.
    pub fn of(source: &SourceText, span: Span) -> Self {
        let (start, end) = (source.line_column(span.start), source.line_column(span.end));
        Self { line: start.line, column: start.column, end_line: end.line, end_column: end.column }
    }
}
