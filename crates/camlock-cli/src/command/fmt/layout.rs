//! The canonical layout of a file of documents.

use camlock::PolicyKind;
use camlock::source::SourceText;
use camlock::syntax;

use crate::files::{Documents, Layout};

const INDENT: &str = "    ";

/// The text of documents without faults; a document a line stays as it is.
///
/// `None` where a document cannot be laid out, which its faults would have said.
pub(super) fn text(source: &SourceText, documents: &Documents<'_>) -> Option<String> {
    let kinds = documents.kinds.iter().copied();
    match &documents.layout {
        Layout::Lines => Some(source.text().to_owned()),
        Layout::One => one(source.text(), kinds.last()?),
        Layout::Behind(texts) => {
            texts.iter().zip(kinds).map(|(text, kind)| one(text, kind)).collect()
        }
        Layout::List(items) => {
            let items: Option<Vec<String>> = items
                .iter()
                .zip(kinds)
                .map(|(item, kind)| one(source.slice(item.span), kind).map(|text| indented(&text)))
                .collect();
            Some(format!("[\n{}\n]\n", items?.join(",\n")))
        }
    }
}

fn one(text: &str, kind: PolicyKind) -> Option<String> {
    syntax::format(text, kind).ok()
}

/// The lines of a document one level deeper. No string holds a line end, so that nothing else moves.
fn indented(text: &str) -> String {
    text.lines().map(|line| format!("{INDENT}{line}")).collect::<Vec<_>>().join("\n")
}
