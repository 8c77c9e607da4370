//! Where in a policy something is, without text.

use std::fmt;

/// An element of a statement, by its place in the document.
///
/// The same path serves explanations, findings and audit records; the front end maps it to bytes.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Element {
    /// The statement as a whole.
    Statement,
    /// Its effect.
    Effect,
    /// All of its principals.
    Principals,
    /// All of its actions.
    Actions,
    /// All of its resources.
    Resources,
    /// One condition, by operator and key in document order.
    Condition(u32),
}

/// An element of a policy: the statement and what of it.
///
/// # Examples
///
/// ```
/// use camlock_policy::{Element, ElementPath};
///
/// let path = ElementPath { statement: 3, element: Element::Condition(1) };
/// assert_eq!(path.to_string(), "statement 3, condition 1");
/// ```
#[expect(clippy::exhaustive_structs, reason = "a place is known by these two")]
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct ElementPath {
    /// The index of the statement, from 0.
    pub statement: u32,
    /// What of it.
    pub element: Element,
}

impl fmt::Display for ElementPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "statement {}", self.statement)?;
        match self.element {
            Element::Statement => Ok(()),
            Element::Effect => f.write_str(", effect"),
            Element::Principals => f.write_str(", principal"),
            Element::Actions => f.write_str(", action"),
            Element::Resources => f.write_str(", resource"),
            Element::Condition(index) => write!(f, ", condition {index}"),
        }
    }
}
