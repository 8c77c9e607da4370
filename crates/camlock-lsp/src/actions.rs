//! Repairs, offered where the finding is.

use std::collections::HashMap;

use camlock_source::{Edit, Fix, Grade, Span};
use gen_lsp_types::{CodeAction, CodeActionKind, Range, TextEdit, Uri, WorkspaceEdit};
use serde_json::Value;

use crate::accept::{Target, accept};
use crate::check::{Found, Role};
use crate::diagnostics;
use crate::repairs::mended;
use crate::view::View;

/// The kind of the action that carries every safe repair out.
pub(crate) const FIX_ALL: &str = "source.fixAll.camlock";
/// The kind of repairs of single findings, and of what accepts them.
pub(crate) const QUICK_FIX: &str = "quickfix";

/// The repairs of a range, as far as the client wants them.
pub(crate) fn actions(
    view: &View<'_>,
    range: Range,
    only: Option<&[CodeActionKind]>,
    target: Option<&Target>,
) -> Vec<CodeAction> {
    let mut actions = Vec::new();
    if wants(only, QUICK_FIX) {
        let (start, end) = (view.offset(range.start), view.offset(range.end));
        let near = view.checked.findings.iter().filter(|found| {
            let span = found.diagnostic.span;
            span.start <= end && start <= span.end
        });
        actions.extend(near.clone().filter_map(|found| quick_fix(view, found)));
        actions.extend(target.into_iter().flat_map(|target| accept(view, near.clone(), target)));
    }
    if wants(only, FIX_ALL) {
        actions.extend(fix_all(view));
    }
    actions
}

/// Whether the client wants actions of a kind.
pub(crate) fn wants(only: Option<&[CodeActionKind]>, kind: &str) -> bool {
    only.is_none_or(|only| only.iter().any(|own| covers(own, kind)))
}

/// Whether a wanted kind, such as `source`, covers one.
fn covers(wanted: &CodeActionKind, kind: &str) -> bool {
    let Ok(Value::String(wanted)) = serde_json::to_value(wanted) else { return false };
    let rest = kind.strip_prefix(wanted.as_str());
    rest.is_some_and(|rest| wanted.is_empty() || rest.is_empty() || rest.starts_with('.'))
}

fn quick_fix(view: &View<'_>, found: &Found) -> Option<CodeAction> {
    let fix: &Fix = found.diagnostic.fix.as_ref()?;
    let is_safe = fix.grade == Grade::Safe;
    let grade = if is_safe { String::new() } else { format!(" ({})", fix.grade.as_str()) };
    Some(CodeAction {
        title: format!("{}{grade}", fix.title),
        kind: Some(CodeActionKind::QuickFix),
        diagnostics: Some(vec![diagnostics::one(view.uri, view.source, found, view.client)]),
        // A repair that changes decisions is never the one to carry out without a look.
        is_preferred: Some(is_safe),
        edit: Some(edit(view, &fix.edits)),
        ..action()
    })
}

/// Every safe repair at once; what it changes is left out where the client asks for it later: editors ask
/// for actions wherever somebody points, and holding repairs to their promise takes its time.
fn fix_all(view: &View<'_>) -> Option<CodeAction> {
    let is_safe = |found: &Found| {
        let fix = found.diagnostic.fix.as_ref();
        fix.is_some_and(|fix| fix.grade == Grade::Safe)
    };
    // Documents in account files are repaired one finding at a time: only there the account is known.
    if !matches!(view.checked.role, Role::Policy | Role::Embedded)
        || !view.checked.findings.iter().any(is_safe)
    {
        return None;
    }
    let later = view.client.resolves;
    let edit = if later { None } else { Some(all_repairs(view)?) };
    let data = later.then(|| serde_json::json!({"uri": view.uri}));
    Some(CodeAction {
        title: "carry out every safe repair".to_owned(),
        kind: Some(CodeActionKind::Custom(FIX_ALL.into())),
        edit,
        data,
        ..action()
    })
}

/// Every safe repair, each held to its promise by the engine.
pub(crate) fn all_repairs(view: &View<'_>) -> Option<WorkspaceEdit> {
    let difference =
        view.checked.mended.get_or_init(|| difference(view.source.text(), &mended(view)));
    Some(edit(view, std::slice::from_ref(difference.as_ref()?)))
}

/// An action that does nothing yet.
pub(crate) fn action() -> CodeAction {
    CodeAction {
        title: String::new(),
        kind: None,
        diagnostics: None,
        is_preferred: None,
        disabled: None,
        edit: None,
        command: None,
        data: None,
        tags: None,
    }
}

fn edit(view: &View<'_>, edits: &[Edit]) -> WorkspaceEdit {
    let edits = edits
        .iter()
        .map(|edit| TextEdit { range: view.range(edit.span), new_text: edit.replacement.clone() });
    let changes = HashMap::from([(Uri(view.uri.to_owned()), edits.collect())]);
    WorkspaceEdit { changes: Some(changes), document_changes: None, change_annotations: None }
}

/// The one edit between two texts: what they have in common at both ends stays.
pub(crate) fn difference(before: &str, after: &str) -> Option<Edit> {
    if before == after {
        return None;
    }
    let mut pairs = before.char_indices().zip(after.chars());
    let same = pairs.find(|((_, a), b)| a != b).map(|((at, _), _)| at);
    let start = same.unwrap_or_else(|| before.len().min(after.len()));
    let (old, new) = (before.get(start..)?, after.get(start..)?);
    let ends = old.chars().rev().zip(new.chars().rev()).take_while(|(a, b)| a == b);
    let end: usize = ends.map(|(c, _)| c.len_utf8()).sum();
    let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let span = Span::new(small(start), small(before.len() - end));
    Some(Edit::replace(span, new.get(..new.len() - end)?))
}

#[cfg(test)]
mod tests {
    use super::{covers, difference};
    use camlock_source::{Fix, Grade, apply_fixes};
    use gen_lsp_types::CodeActionKind;

    #[test]
    fn a_wanted_kind_covers_those_below_it() {
        let kind = |name: &'static str| CodeActionKind::Custom(name.into());
        for (wanted, covered) in [("source", true), ("source.fixAll", true), ("", true)] {
            assert_eq!(covers(&kind(wanted), super::FIX_ALL), covered, "{wanted}");
        }
        assert!(covers(&CodeActionKind::SourceFixAll, super::FIX_ALL));
        assert!(!covers(&CodeActionKind::QuickFix, super::FIX_ALL));
        assert!(!covers(&kind("source.fix"), super::FIX_ALL));
    }

    #[test]
    fn the_difference_turns_one_text_into_the_other() {
        for (before, after) in
            [("abc", "axc"), ("", "a"), ("a", ""), ("aa", "aaa"), ("äöü", "äxü"), ("abab", "ab")]
        {
            let edit = difference(before, after).unwrap();
            let fix = Fix { title: String::new(), edits: vec![edit], grade: Grade::Safe };
            assert_eq!(apply_fixes(before, [&fix]).text, after);
        }
        assert_eq!(difference("a", "a"), None);
    }
}
