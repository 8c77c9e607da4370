//! The pages of what the front end finds.

mod action;

use crate::faults::FaultPage;

/// Every page.
pub(crate) fn all() -> impl Iterator<Item = &'static FaultPage> {
    action::PAGES.iter()
}
