//! What things are, in Markdown: the texts of hovers and completions.

pub(crate) mod action;
pub(crate) mod condition;
pub(crate) mod element;
pub(crate) mod principal;
pub(crate) mod resource;
pub(crate) mod variable;

use camlock_catalog::Catalog;
use camlock_source::quote;

/// Text of the user as code in Markdown; a backtick would end it.
pub(crate) fn code(text: &str) -> String {
    format!("`{}`", quote(text).replace('`', "'"))
}

/// Where facts about services come from.
pub(crate) fn dated(catalog: &Catalog) -> String {
    format!("\n\n*Catalogue of {}*", catalog.date())
}
