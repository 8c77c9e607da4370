//! Where diagnostics go: nowhere, the first one, all of them.

use crate::Diagnostic;

/// Receives diagnostics in the order in which they are found.
///
/// The unit type drops them, an `Option` keeps the first, a `Vec` keeps all, so that one code path
/// serves "is it valid", "why not" and "everything that is wrong".
///
/// # Examples
///
/// ```
/// use camlock_source::{Code, Diagnostic, Sink, Span};
///
/// let mut first: Option<Diagnostic> = None;
/// for message in ["a comma is missing", "a colon is missing"] {
///     first.report(Diagnostic::error(Code::new("CAM1010"), Span::empty(0), message));
/// }
/// assert_eq!(first.unwrap().message, "a comma is missing");
/// ```
pub trait Sink {
    /// Takes one finding.
    fn report(&mut self, diagnostic: Diagnostic);
}

impl Sink for () {
    fn report(&mut self, _: Diagnostic) {}
}

impl Sink for Option<Diagnostic> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.get_or_insert(diagnostic);
    }
}

impl Sink for Vec<Diagnostic> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.push(diagnostic);
    }
}
