//! From a name in an account file to what it names.

use camlock_syntax::json::Value;
use gen_lsp_types::{Location, Uri};

use crate::check::Role;
use crate::slot::Slot;
use crate::tree;
use crate::view::{Pointed, View};

/// Where what is named at a byte is defined.
pub(crate) fn definition(view: &View<'_>, offset: u32) -> Option<Location> {
    if view.checked.role != Role::Account {
        return None;
    }
    let pointed = Pointed::new(view, offset);
    let list = pointed.cursor.slot()?.list()?;
    let name = tree::scalar(pointed.value()?)?;
    let entry = entry(pointed.root()?, list, name)?;
    Some(Location::new(Uri(view.uri.to_owned()), view.range(entry.span)))
}

impl Slot {
    /// The list of an account file that a reference is about.
    pub(crate) fn list(&self) -> Option<&'static str> {
        match self {
            Self::PolicyReference => Some("policies"),
            Self::GroupReference => Some("groups"),
            _ => None,
        }
    }
}

/// The entry of a list with this id, or else with this name.
pub(crate) fn entry<'v, 'a>(root: &'v Value<'a>, list: &str, name: &str) -> Option<&'v Value<'a>> {
    let entries = tree::member(root, list).map(tree::items)?;
    ["id", "name"].iter().find_map(|member| {
        let own =
            |entry: &Value<'_>| tree::member(entry, member).and_then(tree::scalar) == Some(name);
        entries.iter().find(|entry| own(entry))
    })
}
