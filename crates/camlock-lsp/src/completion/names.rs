//! Names that the text itself or the language has: references and variables.

use gen_lsp_types::CompletionItem;

use super::item::Writer;
use crate::about;
use crate::slot::Slot;
use crate::tree;
use crate::view::Pointed;

/// The ids and names of a list of an account file.
pub(super) fn references(
    pointed: &Pointed<'_>,
    writer: &Writer<'_>,
    list: &str,
) -> Vec<CompletionItem> {
    let entries = pointed.root().and_then(|root| tree::member(root, list)).map(tree::items);
    let mut items = Vec::new();
    for entry in entries.unwrap_or_default() {
        let word = |name: &str| tree::member(entry, name).and_then(tree::scalar);
        let plain = |text: &&str| !text.contains(['"', '\\']) && !text.contains(char::is_control);
        if let Some(id) = word("id").filter(plain) {
            items.push(writer.value(id, word("name").map(about::code)));
        }
        if let Some(name) = word("name").filter(plain) {
            items.push(writer.value(name, word("id").map(about::code)));
        }
    }
    items
}

/// The variables, where one is being typed.
pub(super) fn variables(writer: &Writer<'_>, slot: &Slot) -> Option<Vec<CompletionItem>> {
    let typed = writer.typed();
    let from = match typed.rfind("${") {
        Some(from) if !typed.get(from..)?.contains('}') => from,
        _ if typed.ends_with('$') => typed.len() - 1,
        _ => return None,
    };
    // Many editors have closed the brace already.
    let to = typed.len() + usize::from(writer.rest().starts_with('}'));
    let fitting = about::variable::ALL.into_iter().filter(|variable| {
        !variable.is_principal_tag() || matches!(slot, Slot::ConditionValue { .. })
    });
    let items = fitting.map(|variable| {
        let about = about::variable::variable(variable).to_owned();
        writer.part((from, to), &format!("${{{}}}", variable.name()), Some(about))
    });
    Some(items.collect())
}
