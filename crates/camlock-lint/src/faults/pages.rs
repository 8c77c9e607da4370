//! The pages of what the front end finds, a file a family.

mod action;
mod condition;
mod files;
mod marks;
mod principal;
mod resource;
mod statement;
mod strings;
mod structure;
mod text;
mod value;

use crate::faults::FaultPage;

/// Every page.
pub(crate) fn all() -> impl Iterator<Item = &'static FaultPage> {
    let families = [
        action::PAGES,
        condition::PAGES,
        files::PAGES,
        marks::PAGES,
        principal::PAGES,
        resource::PAGES,
        statement::PAGES,
        strings::PAGES,
        structure::PAGES,
        text::PAGES,
        value::PAGES,
    ];
    families.into_iter().flatten()
}
