//! The canonical layout, as edits.

use camlock_policy::PolicyKind;
use camlock_source::{Edit, Span};
use camlock_syntax::{Arrangement, Pieces};
use gen_lsp_types::TextEdit;

use crate::actions::difference;
use crate::check::Role;
use crate::tree;
use crate::view::View;

/// The edits that lay a document out; none where it is no policy, which its faults say.
///
/// Only a text that is a policy as a whole, or a list of policies, is laid out: a line of its own stays
/// a line, and an account file has no layout.
pub(crate) fn edits(view: &View<'_>) -> Vec<TextEdit> {
    if view.checked.role != Role::Policy {
        return Vec::new();
    }
    let text = view.source.text();
    let pieces = camlock_syntax::pieces(view.source.name(), text);
    let laid_out = match view.checked.documents.as_slice() {
        documents if pieces.arrangement == Arrangement::Behind => behind(&pieces, documents),
        _ if pieces.all.len() > 1 => None,
        [(_, kind)] if tree::parse(text).is_some_and(|root| !tree::members(&root).is_empty()) => {
            camlock_syntax::format(text, *kind).ok()
        }
        documents => list(view, documents),
    };
    let difference = laid_out.and_then(|laid_out| difference(text, &laid_out));
    let edit = difference.map(|Edit { span, replacement }| TextEdit {
        range: view.range(span),
        new_text: replacement,
    });
    edit.into_iter().collect()
}

/// Documents one behind another.
fn behind(pieces: &Pieces<'_>, documents: &[(Span, PolicyKind)]) -> Option<String> {
    if pieces.filled().count() != documents.len() {
        return None;
    }
    let both = pieces.filled().zip(documents);
    both.map(|(piece, (_, kind))| camlock_syntax::format(piece.text, *kind).ok()).collect()
}

/// A list of documents, each one level deeper. No string holds a line end, so that nothing else moves.
fn list(view: &View<'_>, documents: &[(Span, PolicyKind)]) -> Option<String> {
    let items = documents.iter().map(|(span, kind)| {
        let laid_out = camlock_syntax::format(view.source.slice(*span), *kind).ok()?;
        Some(laid_out.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n"))
    });
    let items = items.collect::<Option<Vec<_>>>()?;
    // A faulty list around faultless documents is not laid out: something in it would be lost.
    let broken = view.checked.findings.iter().any(|found| {
        let span = found.diagnostic.span;
        found.diagnostic.severity == camlock_source::Severity::Error
            && !documents.iter().any(|(own, _)| own.start <= span.start && span.end <= own.end)
    });
    (!items.is_empty() && !broken).then(|| format!("[\n{}\n]\n", items.join(",\n")))
}
