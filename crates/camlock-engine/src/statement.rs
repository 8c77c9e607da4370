//! A statement in matching form, and whether it applies.

use camlock_policy::{Effect, Element, PolicyKind, PrincipalPattern, Statement, StatementId};

use crate::action::Actions;
use crate::condition::CompiledCondition;
use crate::prepare::Prepared;
use crate::principal;
use crate::resource::Resource;
use crate::truth::Truth;

/// A compiled statement.
#[derive(Debug)]
pub(crate) struct CompiledStatement {
    pub(crate) id: StatementId,
    /// The place of its policy in the set, for selections.
    pub(crate) slot: u32,
    effect: Effect,
    kind: PolicyKind,
    principals: Option<Box<[PrincipalPattern]>>,
    pub(crate) actions: Actions,
    /// Empty in trust policies, which speak about their role [SYN-15].
    pub(crate) resources: Box<[Resource]>,
    /// Places in the shared conditions of the set, in document order.
    conditions: Box<[u32]>,
}

/// Whom a statement has to name to count.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Audience {
    /// The caller, in whatever way.
    Caller,
    /// Everyone: a public grant [EVL-9].
    Everyone,
}

/// Whether a statement matches, and the first element that keeps it from a plain yes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Match {
    pub(crate) truth: Truth,
    pub(crate) element: Option<Element>,
}

impl CompiledStatement {
    pub(crate) fn new(
        id: StatementId,
        slot: u32,
        kind: PolicyKind,
        statement: &Statement,
        conditions: Box<[u32]>,
    ) -> Self {
        Self {
            id,
            slot,
            effect: statement.effect(),
            kind,
            principals: statement.principals().map(Into::into),
            actions: Actions::new(statement.actions()),
            resources: statement.resources().iter().map(Resource::new).collect(),
            conditions,
        }
    }

    pub(crate) fn effect(&self) -> Effect {
        self.effect
    }

    /// Whether the statement matches the request: all of its elements, in three-valued logic, the
    /// cheap ones first [EVL-2, EVL-21].
    pub(crate) fn matches(
        &self,
        request: &Prepared<'_>,
        audience: Audience,
        shared: &[CompiledCondition],
    ) -> Match {
        let mut matched = Match { truth: Truth::Yes, element: None };
        for (element, truth) in self.elements(request, audience, shared) {
            if truth < matched.truth {
                matched = Match { truth, element: Some(element) };
            }
            if truth == Truth::No {
                break;
            }
        }
        matched
    }

    /// Each element with whether it matches, in the order in which they are tried.
    pub(crate) fn elements<'a>(
        &'a self,
        request: &'a Prepared<'a>,
        audience: Audience,
        shared: &'a [CompiledCondition],
    ) -> impl Iterator<Item = (Element, Truth)> {
        let principals = move || (Element::Principals, self.names(request, audience));
        let actions = move || (Element::Actions, self.acts(request).into());
        let resources = move || (Element::Resources, self.covers(request));
        let conditions = (0_u32..).zip(&self.conditions).map(move |(index, place)| {
            // INVARIANT: places are those that the builder gave out; a missing one fails closed.
            let condition = usize::try_from(*place).ok().and_then(|place| shared.get(place));
            let truth = condition.map_or(Truth::Unknown, |condition| condition.holds(request));
            (Element::Condition(index), truth)
        });
        std::iter::once_with(actions)
            .chain(std::iter::once_with(principals))
            .chain(std::iter::once_with(resources))
            .chain(conditions)
    }

    fn names(&self, request: &Prepared<'_>, audience: Audience) -> Truth {
        let Some(principals) = &self.principals else { return Truth::Yes };
        match audience {
            Audience::Everyone => principals.contains(&PrincipalPattern::Everyone).into(),
            Audience::Caller => Truth::any(
                principals
                    .iter()
                    .map(|pattern| principal::names(pattern, self.effect, self.kind, request)),
            ),
        }
    }

    fn acts(&self, request: &Prepared<'_>) -> bool {
        self.actions.cover(request, request.service_level && self.effect == Effect::Allow)
    }

    fn covers(&self, request: &Prepared<'_>) -> Truth {
        if !self.kind.names_resources() {
            return Truth::Yes;
        }
        Truth::any(
            self.resources.iter().map(|resource| resource.covers(self.effect, self.kind, request)),
        )
    }

    pub(crate) fn memory_usage(&self) -> usize {
        let principals = self.principals.as_ref().map_or(0, |all| size_of_val(&**all));
        let resources: usize =
            self.resources.iter().map(|r| size_of_val(r) + r.memory_usage()).sum();
        size_of::<Self>()
            + principals
            + resources
            + self.actions.memory_usage()
            + size_of_val(&*self.conditions)
    }
}
