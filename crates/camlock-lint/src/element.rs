//! The elements of a document as they stand in the text, each with what could be read of it.

mod action;
mod condition;
mod principal;
mod resource;
mod statement;
mod string;

pub use action::ActionElement;
pub use condition::{ConditionElement, ValueElement};
pub use principal::PrincipalElement;
pub use resource::{Part, ResourceElement};
pub use statement::StatementElement;
pub use string::{ListPlace, StringElement};

pub(crate) use statement::principals;
pub(crate) use string::strings;
