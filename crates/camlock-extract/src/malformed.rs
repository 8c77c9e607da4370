//! Files that are not what their names say.

use camlock_source::{Code, Diagnostic, Severity, Span};

use crate::map::small;

/// Says where a text cannot be read. The place is the character there, or the end.
pub(crate) fn malformed(code: Code, text: &str, at: usize, message: String) -> Diagnostic {
    let rest = text.get(at..).unwrap_or_default();
    let length = rest.chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8);
    let at = at.min(text.len());
    let span = Span::new(small(at), small(at + length));
    let mut fault = Diagnostic::error(code, span, message);
    fault.severity = Severity::Warning;
    fault
}

/// Letters of what a parser says; it may list everything that could stand there.
const MOST: usize = 200;

/// What a parser says, in the form that messages have.
pub(crate) fn said(message: &str) -> String {
    let words: Vec<&str> = message.split_whitespace().collect();
    let message = words.join(" ");
    let mut letters = message.trim_end_matches('.').chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters.take(MOST)).collect()
}
