//! What could stand at a place, however broken the text around it is.

mod condition;
mod item;
mod names;
mod policy;
mod resource;

use gen_lsp_types::{CompletionItem, CompletionList};

use crate::about;
use crate::check::Role;
use crate::cursor::Place;
use crate::slot::Slot;
use crate::tree;
use crate::view::{Pointed, View};
use item::Writer;

/// Completions that an editor is sent; a service has a few hundred actions.
const MOST: usize = 2_000;

/// Characters behind which a completion is worth asking for.
pub(crate) const TRIGGERS: [&str; 5] = ["\"", ":", "/", "$", "{"];

/// What could stand at a byte.
pub(crate) fn complete(view: &View<'_>, offset: u32) -> CompletionList {
    let pointed = Pointed::new(view, offset);
    let writer = Writer::new(view, &pointed, offset);
    let mut items = items(view, &pointed, &writer);
    // Some places of a document have no exact place in the file that it stands in.
    items.retain(|item| item.text_edit.is_some());
    items.truncate(MOST);
    // What is offered depends on the part that is typed: behind `cos:` it is something else.
    CompletionList { is_incomplete: true, item_defaults: None, apply_kind: None, items }
}

fn items(view: &View<'_>, pointed: &Pointed<'_>, writer: &Writer<'_>) -> Vec<CompletionItem> {
    if view.checked.role == Role::Other && !is_blank(pointed) {
        return Vec::new();
    }
    let Some(slot) = pointed.cursor.slot() else { return Vec::new() };
    if view.checked.role == Role::Account && pointed.cursor.in_policy().document.is_empty() {
        let list = slot.list();
        return list.map(|list| names::references(pointed, writer, list)).unwrap_or_default();
    }
    if matches!(slot, Slot::Resource | Slot::ConditionValue { .. })
        && let Some(items) = names::variables(writer, &slot)
    {
        return items;
    }
    match &slot {
        Slot::DocumentMember => {
            policy::elements(view, pointed, writer, &about::element::DOCUMENT, false)
        }
        Slot::StatementMember => {
            policy::elements(view, pointed, writer, &about::element::STATEMENT, true)
        }
        Slot::Version => vec![writer.value("2.0", None)],
        Slot::Effect => policy::effects(writer),
        Slot::Action => policy::actions(view, writer),
        Slot::Resource => resource::resources(view, pointed, writer),
        Slot::PrincipalMember => policy::principal_members(pointed, writer),
        Slot::Principal { member } => policy::principals(writer, member.as_deref()),
        Slot::Operator => condition::operators(pointed, writer),
        Slot::Key { operator } => condition::keys(view, pointed, writer, operator),
        Slot::ConditionValue { operator, key } => condition::values(view, writer, operator, key),
        Slot::PolicyReference | Slot::GroupReference => Vec::new(),
    }
}

/// Whether a text may become a policy: it has nothing yet that a policy has not.
fn is_blank(pointed: &Pointed<'_>) -> bool {
    let Some(root) = pointed.root() else { return true };
    let is_typed = |name: &str| pointed.cursor.place == Place::Name && !name.contains(':');
    tree::members(root).iter().all(|member| {
        let name = member.name.decoded.to_ascii_lowercase();
        // `version` alone may be that of anything.
        about::element::DOCUMENT.contains(&name.as_str()) || is_typed(&name) && root_has_one(root)
    })
}

/// Whether the only member is the one that is being typed.
fn root_has_one(root: &camlock_syntax::json::Value<'_>) -> bool {
    tree::members(root).len() == 1
}
