//! An action of a statement.

use std::ops::Range;

use camlock_policy::ActionPattern;

use crate::element::StringElement;

/// An action as it is written, and as a pattern where it is one.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ActionElement<'a> {
    /// The string.
    pub string: StringElement<'a>,
    /// What it means; nothing where it is malformed.
    pub pattern: Option<ActionPattern>,
    /// The index of the statement.
    pub statement: usize,
}

impl<'a> ActionElement<'a> {
    pub(crate) fn new(string: StringElement<'a>, statement: usize) -> Self {
        Self { string, pattern: ActionPattern::parse(string.decoded()).ok(), statement }
    }

    /// What stands there, `name/` included.
    pub fn text(&self) -> &'a str {
        self.string.decoded()
    }

    /// Without `name/` [ACT-2].
    pub fn bare(&self) -> &'a str {
        self.text().strip_prefix("name/").unwrap_or(self.text())
    }

    /// Whether it is every action of every service.
    pub fn is_everything(&self) -> bool {
        self.pattern == Some(ActionPattern::Any)
    }

    /// The service, where one is named.
    pub fn service(&self) -> Option<&str> {
        match self.pattern.as_ref()? {
            ActionPattern::Any => None,
            ActionPattern::Service(service) | ActionPattern::Operation { service, .. } => {
                Some(service)
            }
        }
    }

    /// The pattern of operations of the service: `*`, `Get*`, `GetObject`; nothing for `*` alone.
    pub fn operation(&self) -> Option<&str> {
        match self.pattern.as_ref()? {
            ActionPattern::Any => None,
            ActionPattern::Service(_) => Some("*"),
            ActionPattern::Operation { operation, .. } => Some(operation),
        }
    }

    /// Service and operation, where the action is one concrete operation.
    pub fn concrete(&self) -> Option<(&str, &str)> {
        let operation = self.operation().filter(|operation| !operation.contains('*'))?;
        Some((self.service()?, operation))
    }

    /// Where service and operation stand in the decoded text of a well-formed action.
    pub fn ranges(&self) -> Option<(Range<usize>, Range<usize>)> {
        self.pattern.as_ref()?;
        let text = self.text();
        let start = text.len() - self.bare().len();
        let colon = start + self.bare().find(':')?;
        Some((start..colon, colon + 1..text.len()))
    }
}
