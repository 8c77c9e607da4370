//! Exact answers about a document: what covers what, and what is granted.

mod condition;
mod cover;
mod grant;
mod pattern;
mod redundancy;
mod values;

use camlock_catalog::matches;
use camlock_policy::{
    ActionPattern, Condition, ConditionKey, Effect, PrincipalPattern, ResourcePattern, Statement,
};

use crate::companions::{Ceiling, Companion, Companions};
use crate::document::Document;
use crate::element::{ConditionElement, StatementElement};
pub use grant::{Breadth, Grant};
pub(crate) use redundancy::{Redundancy, Standing};

/// Exact answers about a document and its companions.
///
/// "Covers" is sound: what one covers the other never reaches alone. It is worked out on patterns and
/// never on texts, and says no where it cannot tell.
#[derive(Clone, Copy, Debug)]
pub struct Analysis<'a> {
    document: &'a Document<'a>,
    companions: &'a Companions,
}

impl<'a> Analysis<'a> {
    pub(crate) fn new(document: &'a Document<'a>, companions: &'a Companions) -> Self {
        Self { document, companions }
    }

    /// Whether a pattern covers one concrete action.
    pub fn action_matches(self, pattern: &ActionPattern, service: &str, operation: &str) -> bool {
        match pattern {
            ActionPattern::Any => true,
            ActionPattern::Service(own) => own == service,
            ActionPattern::Operation { service: own, operation: pattern } => {
                own == service && matches(pattern, operation)
            }
        }
    }

    /// Whether every action of `inner` is one of `outer`.
    pub fn action_covers(self, outer: &ActionPattern, inner: &ActionPattern) -> bool {
        cover::action(outer, inner)
    }

    /// Whether every resource of `inner` is one of `outer`, for an allow and a deny alike.
    pub fn resource_covers(self, outer: &ResourcePattern, inner: &ResourcePattern) -> bool {
        cover::resource(outer, inner, Effect::Deny)
    }

    /// Whether every resource of `inner` is one of `outer` in a statement of this effect: an allow does
    /// not apply where a variable has no value, a deny does.
    pub fn resource_covers_in(
        self,
        effect: Effect,
        outer: &ResourcePattern,
        inner: &ResourcePattern,
    ) -> bool {
        cover::resource(outer, inner, effect)
    }

    /// Whether everybody whom `inner` names is named by `outer` in a statement of this effect.
    pub fn principal_covers(
        self,
        effect: Effect,
        outer: &PrincipalPattern,
        inner: &PrincipalPattern,
    ) -> bool {
        cover::principal(outer, inner, effect, self.document.kind())
    }

    /// Whether `outer` holds for every request that `inner` holds for, and is told where that is.
    pub fn condition_implied(self, outer: &Condition, inner: &Condition) -> bool {
        condition::implied(outer, inner)
    }

    /// Whether two conditions never both hold; no where it cannot be told.
    pub fn conditions_contradict(self, a: &Condition, b: &Condition) -> bool {
        condition::contradict(a, b)
    }

    /// Whether everything that one value of a condition matches is matched by another one of it, by
    /// their places.
    pub fn value_covers(self, condition: &Condition, outer: usize, inner: usize) -> bool {
        let comparison = condition.operator().base().comparison();
        let value = |at: usize| Some((comparison, condition.values().get(at)?));
        value(outer).zip(value(inner)).is_some_and(|(own, other)| values::within(own, other))
    }

    /// Whether the values of a condition match everything that can be read, negation aside.
    pub fn values_match_everything(self, condition: &Condition) -> bool {
        values::match_everything(condition)
    }

    /// Whether a statement has a condition that restricts something, or that cannot be read. One that
    /// holds for every request is as good as none.
    pub fn has_conditions(self, statement: &StatementElement<'_>) -> bool {
        let restricts = |own: &ConditionElement<'_>| {
            own.condition.as_ref().is_none_or(|own| !condition::holds_always(own))
        };
        statement.conditions.iter().any(restricts)
    }

    /// Whether a request has at most one value of a key.
    pub fn has_single_value(self, key: &ConditionKey) -> bool {
        condition::is_single(key)
    }

    /// What of the document changes no decision; worked out once a document.
    pub(crate) fn redundancy(self) -> &'a Redundancy {
        self.document.redundancy()
    }

    /// Whether some resource may be one of both; yes where it cannot be told.
    pub fn resources_overlap(self, a: &ResourcePattern, b: &ResourcePattern) -> bool {
        cover::overlap(a, b)
    }

    /// Whether a path with stars, such as a form of the catalogue, may be met by the last segment of a
    /// resource; yes where it cannot be told.
    pub fn path_overlaps(self, resource: &ResourcePattern, path: &str) -> bool {
        match resource {
            ResourcePattern::Any => true,
            ResourcePattern::Segments(segments) => {
                let template = segments.resource();
                pattern::may_begin_alike(template, path) && pattern::meets(template, path)
            }
        }
    }

    /// Whether `outer` applies to every request that `inner` applies to.
    pub fn statement_covers(self, outer: &Statement, inner: &Statement) -> bool {
        cover::statement(outer, inner, self.document.kind())
    }

    /// Whether some action may be one of both.
    pub fn actions_overlap(self, a: &ActionPattern, b: &ActionPattern) -> bool {
        cover::actions_overlap(a, b)
    }

    /// Whether some request may be one of both statements by its action and its resource; who asks, and
    /// conditions, are passed over.
    pub fn statements_overlap(self, a: &Statement, b: &Statement) -> bool {
        let actions = || {
            let mut own = a.actions().iter();
            own.any(|own| b.actions().iter().any(|other| cover::actions_overlap(own, other)))
        };
        let resources = || {
            let mut own = a.resources().iter();
            own.any(|own| b.resources().iter().any(|other| cover::overlap(own, other)))
        };
        actions() && resources()
    }

    /// The allows of a concrete action that no deny and no ceiling takes back entirely, in order.
    ///
    /// Where nothing is answered nothing is granted; what is answered may still be taken back by several
    /// denies together, or by one with conditions.
    pub fn grants(self, service: &str, operation: &str) -> Vec<Grant<'a>> {
        grant::of(self, service, operation)
    }

    /// Whether a statement allows every action on every resource, after denies and ceilings. Below a
    /// ceiling that is narrower it allows what the ceiling does, which [`grants`](Self::grants) tells.
    pub fn allows_everything(self, statement: &'a StatementElement<'a>) -> Option<Grant<'a>> {
        grant::everything(self, statement)
    }

    /// Whether every ceiling lets all calls of a service through, on all of its objects.
    pub fn is_whole_below_ceilings(self, service: &str) -> bool {
        grant::is_whole_below_ceilings(self, service)
    }

    /// Whether every ceiling lets a call, service and operation, through on all that a resource covers.
    pub fn comes_through(self, call: (&str, &str), resource: &ResourcePattern) -> bool {
        grant::comes_through(self, call, resource)
    }

    /// Whether a ceiling may let something of a statement through, by actions and resources.
    pub fn lets_through(self, ceiling: &Ceiling<'_>, statement: &Statement) -> bool {
        ceiling.allows().any(|own| self.statements_overlap(statement, own))
    }

    /// The first companion with a statement of an effect that covers another one.
    pub fn companion_covers(
        self,
        mut companions: impl Iterator<Item = &'a Companion>,
        effect: Effect,
        inner: &Statement,
    ) -> Option<&'a Companion> {
        let covers = |own: &Statement| own.effect() == effect && self.statement_covers(own, inner);
        companions.find(|other| other.policy.statements().iter().any(covers))
    }
}

/// Whether a statement of a policy has a condition that restricts something.
pub(crate) fn is_conditional(statement: &Statement) -> bool {
    statement.conditions().iter().any(|own| !condition::holds_always(own))
}

#[cfg(test)]
mod tests;
