//! Findings as the protocol has them.

use std::fmt::Write as _;

use camlock_lint::{Group, RuleMeta};
use camlock_source::{Severity, SourceText};
use gen_lsp_types::{
    Code, CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity,
    DiagnosticTag, Location, Message, Uri,
};

use crate::check::{Checked, Found};
use crate::client::Client;
use crate::documents::MAX_DOCUMENT_BYTES;
use crate::view::range;

/// Where the page of a rule can be read.
fn page(rule: &RuleMeta) -> CodeDescription {
    let pages = concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/docs/src/rules");
    CodeDescription { href: Uri(format!("{pages}/{}.md", rule.name)) }
}

/// Findings that an editor is told of; hostile text has one a byte.
const MOST: usize = 1_000;

/// Everything that was found in a document.
pub(crate) fn all(
    uri: &str,
    source: &SourceText,
    checked: &Checked,
    client: Client,
) -> Vec<Diagnostic> {
    let found = checked.findings.iter().take(MOST);
    let mut all: Vec<Diagnostic> = found.map(|own| one(uri, source, own, client)).collect();
    if let Some(first) = checked.findings.get(MOST) {
        let rest = checked.findings.len() - MOST;
        let mut last = one(uri, source, first, client);
        last.message =
            Message::String(format!("and {rest} more from here on, which are not shown"));
        (last.code, last.related_information) = (None, None);
        all.push(last);
    }
    all
}

/// What is said of a document that is too long.
pub(crate) fn too_long() -> Diagnostic {
    let message = format!(
        "camlock does not look at this document: it is longer than {} MiB, or too much is open",
        MAX_DOCUMENT_BYTES >> 20
    );
    said(gen_lsp_types::Range::default(), message)
}

/// Something that is no finding, but should be known.
fn said(range: gen_lsp_types::Range, message: String) -> Diagnostic {
    Diagnostic {
        range,
        severity: Some(DiagnosticSeverity::Information),
        code: None,
        code_description: None,
        source: Some("camlock".to_owned()),
        message: Message::String(message),
        tags: None,
        related_information: None,
        data: None,
    }
}

/// One finding.
pub(crate) fn one(uri: &str, source: &SourceText, found: &Found, client: Client) -> Diagnostic {
    let own = &found.diagnostic;
    let mut message = own.message.clone();
    for (word, text) in [("help", &own.help), ("note", &own.note)] {
        if let Some(text) = text {
            // Writing to a string cannot fail.
            _ = write!(message, "\n{word}: {text}");
        }
    }
    let related = own.secondary.iter().map(|label| DiagnosticRelatedInformation {
        location: Location::new(Uri(uri.to_owned()), range(source, label.span, client)),
        message: label.message.clone(),
    });
    let related = related.collect::<Vec<_>>();
    let is_unnecessary = found.rule.is_some_and(|rule| rule.group == Group::Redundancy);
    Diagnostic {
        range: range(source, own.span, client),
        severity: Some(match own.severity {
            Severity::Error => DiagnosticSeverity::Error,
            Severity::Warning => DiagnosticSeverity::Warning,
            _ => DiagnosticSeverity::Information,
        }),
        code: Some(Code::String(own.code.as_str().to_owned())),
        code_description: found.rule.map(page),
        source: Some("camlock".to_owned()),
        message: Message::String(message),
        tags: is_unnecessary.then(|| vec![DiagnosticTag::Unnecessary]),
        related_information: (client.related && !related.is_empty()).then_some(related),
        data: None,
    }
}
