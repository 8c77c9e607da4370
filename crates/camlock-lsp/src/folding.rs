//! What can be folded away: every object and list of more than one line.

use camlock_syntax::json::{Kind, Value};
use gen_lsp_types::FoldingRange;

use crate::check::Role;
use crate::tree;
use crate::view::View;

/// Folds that an editor is told of.
const MOST: usize = 5_000;

/// Every object and list of more than one line.
pub(crate) fn ranges(view: &View<'_>) -> Vec<FoldingRange> {
    let mut ranges = Vec::new();
    if matches!(view.checked.role, Role::Embedded | Role::Other) {
        return ranges;
    }
    for piece in tree::pieces(view.source.name(), view.source.text()) {
        if let Some(root) = tree::parse(piece.text) {
            collect(view, &root, piece.start, &mut ranges);
        }
    }
    ranges
}

/// Recursion is bounded: the tree came from a parser that bounds its depth.
fn collect(view: &View<'_>, value: &Value<'_>, start: u32, ranges: &mut Vec<FoldingRange>) {
    if ranges.len() >= MOST {
        return;
    }
    let inner: Vec<&Value<'_>> = match &value.kind {
        Kind::Object(members) => members.iter().map(|member| &member.value).collect(),
        Kind::Array(items) => items.iter().collect(),
        _ => return,
    };
    let range = view.range(tree::moved(value.span, start));
    // The line with the closing bracket stays, so that one sees where it ends.
    if range.end.line > range.start.line + 1 {
        ranges.push(FoldingRange {
            start_line: range.start.line,
            start_character: None,
            end_line: range.end.line - 1,
            end_character: None,
            kind: None,
            collapsed_text: None,
        });
    }
    for value in inner {
        collect(view, value, start, ranges);
    }
}
