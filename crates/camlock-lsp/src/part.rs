//! A policy inside of a document that is written in something else.

use camlock_extract::Embedded;
use camlock_lint::Linter;
use camlock_policy::PolicyKind;
use camlock_source::{SourceText, Span};

use crate::check::Found;
use crate::tree;

/// A policy inside of a document.
#[derive(Debug)]
pub(crate) struct Part {
    /// The way between the policy and the document.
    pub(crate) own: Embedded,
    /// The policy, under the name of the file.
    pub(crate) source: SourceText,
    /// The policy documents in it, and the kind that each was read as.
    pub(crate) documents: Vec<(Span, PolicyKind)>,
}

impl Part {
    /// Lints a policy; what is found has its places in the document.
    pub(crate) fn new(own: Embedded, linter: &Linter, name: &str) -> (Self, Vec<Found>) {
        let source = source(&own, name);
        let linted = linter.lint_one(&source, own.kind());
        let documents = linted.documents.iter().map(|own| (own.span, own.kind)).collect();
        let found = linted.findings.into_iter().filter_map(|finding| {
            let diagnostic = own.outer_diagnostic(finding.diagnostic)?;
            Some(Found { diagnostic, rule: Some(finding.rule) })
        });
        let found = found.collect();
        (Self { own, source, documents }, found)
    }
}

/// A policy as a text with the name of its file.
pub(crate) fn source(own: &Embedded, name: &str) -> SourceText {
    // In a file of one document a line, a policy of several lines would be several.
    if tree::pieces(name, own.text()).len() > 1 {
        return SourceText::new(name, own.text().replace(['\n', '\r'], " "));
    }
    SourceText::new(name, own.text())
}
