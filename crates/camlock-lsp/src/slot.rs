//! What the language of policies has at a place.

use crate::cursor::{Cursor, Place};
use crate::tree::Step;

/// What stands at a place of a policy or of an account file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Slot {
    /// The name of an element of a document.
    DocumentMember,
    /// The name of an element of a statement.
    StatementMember,
    /// The version.
    Version,
    /// An effect.
    Effect,
    /// An action.
    Action,
    /// A resource.
    Resource,
    /// The name of a kind of principals.
    PrincipalMember,
    /// A principal, or everyone.
    Principal {
        /// The kind; none outside of an object.
        member: Option<String>,
    },
    /// The name of an operator.
    Operator,
    /// The name of a condition key.
    Key {
        /// The operator.
        operator: String,
    },
    /// A value that a condition compares with.
    ConditionValue {
        /// The operator.
        operator: String,
        /// The key.
        key: String,
    },
    /// The id or name of a policy, in an account file.
    PolicyReference,
    /// The id or name of a group, in an account file.
    GroupReference,
}

/// A place within a policy document.
#[derive(Clone, Debug)]
pub(crate) struct InPolicy<'c> {
    /// The way to the document.
    pub(crate) document: &'c [Step],
    /// The way to the statement, from the root of the text.
    pub(crate) statement: Option<&'c [Step]>,
    /// The way from the document or statement on.
    rest: &'c [Step],
}

impl Cursor {
    /// What the language has here; nothing where it has nothing.
    pub(crate) fn slot(&self) -> Option<Slot> {
        self.reference().or_else(|| self.in_policy().slot(self.place))
    }

    /// The place within its policy document.
    pub(crate) fn in_policy(&self) -> InPolicy<'_> {
        let (document, rest) =
            self.path.split_at_checked(document_depth(&self.path)).unwrap_or((&[], &[]));
        let steps = match rest {
            [Step::Member(name), Step::Item(_), ..] if is(name, "statement") => 2,
            [Step::Member(name), ..] if is(name, "statement") => 1,
            _ => 0,
        };
        // A list of statements is none itself.
        let list = steps == 1 && self.place == Place::Value && rest.len() == 1;
        InPolicy {
            document,
            statement: self.path.get(..document.len() + steps).filter(|_| steps > 0 && !list),
            rest: rest.get(steps..).unwrap_or_default(),
        }
    }

    /// A reference within an account file.
    fn reference(&self) -> Option<Slot> {
        if self.place == Place::Name {
            return None;
        }
        let [Step::Member(list), Step::Item(_), rest @ ..] = self.path.as_slice() else {
            return None;
        };
        let rest: Vec<&str> = rest
            .iter()
            .filter_map(|step| match step {
                Step::Member(name) => Some(name.as_str()),
                Step::Item(_) => None,
            })
            .collect();
        match (list.as_str(), rest.as_slice()) {
            ("users" | "groups" | "roles", ["policies"]) | ("users" | "roles", ["boundary"]) => {
                Some(Slot::PolicyReference)
            }
            ("users", ["groups"]) => Some(Slot::GroupReference),
            _ => None,
        }
    }
}

impl InPolicy<'_> {
    fn slot(&self, place: Place) -> Option<Slot> {
        let in_statement = self.statement.is_some();
        if place == Place::Name {
            return match self.rest {
                [] if in_statement => Some(Slot::StatementMember),
                [] => Some(Slot::DocumentMember),
                [Step::Member(name)] if is(name, "condition") => Some(Slot::Operator),
                [Step::Member(name), Step::Member(operator)] if is(name, "condition") => {
                    Some(Slot::Key { operator: operator.clone() })
                }
                [Step::Member(name)] if is(name, "principal") => Some(Slot::PrincipalMember),
                _ => None,
            };
        }
        let (name, rest) = match self.rest {
            [Step::Member(name), rest @ ..] => (name.to_ascii_lowercase(), rest),
            _ => return None,
        };
        match (name.as_str(), rest) {
            ("version", []) if !in_statement => Some(Slot::Version),
            ("effect", []) => Some(Slot::Effect),
            ("action", [] | [Step::Item(_)]) => Some(Slot::Action),
            ("resource", [] | [Step::Item(_)]) => Some(Slot::Resource),
            ("principal", [] | [Step::Item(_)]) => Some(Slot::Principal { member: None }),
            ("principal", [Step::Member(member)] | [Step::Member(member), Step::Item(_)]) => {
                Some(Slot::Principal { member: Some(member.clone()) })
            }
            (
                "condition",
                [Step::Member(operator), Step::Member(key)]
                | [Step::Member(operator), Step::Member(key), Step::Item(_)],
            ) => Some(Slot::ConditionValue { operator: operator.clone(), key: key.clone() }),
            _ => None,
        }
    }
}

/// How many steps lead to the document that a path goes into.
fn document_depth(path: &[Step]) -> usize {
    let name = |at: usize| match path.get(at) {
        Some(Step::Member(name)) => name.as_str(),
        _ => "",
    };
    match (name(0), name(2)) {
        ("policies" | "resource_policies", "document") | ("roles", "trust") => 3,
        ("organization", _) if name(1) == "levels" && name(3) == "policies" => 5,
        _ => usize::from(matches!(path.first(), Some(Step::Item(_)))),
    }
}

fn is(name: &str, element: &str) -> bool {
    name.eq_ignore_ascii_case(element)
}
