//! What covers what.

use camlock_catalog::matches;
use camlock_policy::{
    AccountPattern, ActionPattern, Effect, Piece, PolicyKind, PrincipalPattern, Region,
    ResourcePattern, Statement, Template,
};

use super::{condition, pattern};

/// Whether every action of `inner` is one of `outer`.
pub(super) fn action(outer: &ActionPattern, inner: &ActionPattern) -> bool {
    use ActionPattern as A;
    match (outer, inner) {
        (A::Any, _) => true,
        (A::Service(outer), A::Service(inner) | A::Operation { service: inner, .. }) => {
            outer == inner
        }
        (
            A::Operation { service, operation },
            A::Operation { service: other, operation: inner },
        ) => {
            // A star of the inner one is read as a character, which only a star takes; see
            // `pattern::covers`.
            service == other && (operation == inner || matches(operation, inner))
        }
        _ => false,
    }
}

/// Whether every resource of `inner` is one of `outer`, in a statement of this effect.
///
/// Bare `*` is covered by itself alone: it is the only resource that grants operation-level actions
/// [RES-18]. For a caller who lacks a variable, a resource that has it cannot be told, and an
/// indeterminate deny applies [VAR-5, EVL-21]: so in a deny it is covered only by what cannot be told
/// either, or by what covers everything.
pub(super) fn resource(outer: &ResourcePattern, inner: &ResourcePattern, effect: Effect) -> bool {
    let (ResourcePattern::Segments(outer), ResourcePattern::Segments(inner)) = (outer, inner)
    else {
        return *outer == ResourcePattern::Any;
    };
    let (own, other) = (outer.account(), inner.account());
    outer.service().is_none_or(|service| inner.service() == Some(service))
        && region(outer.region()).is_none_or(|own| region(inner.region()) == Some(own))
        && (*own == AccountPattern::Any || own == other)
        && (effect == Effect::Allow || told_no_less(outer.resource(), inner.resource()))
        && template(outer.resource(), inner.resource())
}

fn region(region: Option<&Region>) -> Option<&str> {
    region.map(Region::canonical)
}

fn template(outer: &Template, inner: &Template) -> bool {
    match (outer.as_literal(), inner.as_literal()) {
        (Some(own), Some(other)) => own == other,
        _ => {
            outer == inner
                || outer.pieces() == [Piece::Star]
                || pattern::covers(&pattern::of_template(outer), &pattern::of_template(inner))
        }
    }
}

/// Whether a template is told, or matches everything, wherever another one is not told.
fn told_no_less(outer: &Template, inner: &Template) -> bool {
    let has = |wanted: &Piece| outer.pieces().contains(wanted);
    let mut variables = inner.pieces().iter().filter(|own| matches!(own, Piece::Variable(_)));
    outer.pieces() == [Piece::Star] || variables.all(has)
}

/// Whether some action is one of both.
pub(super) fn actions_overlap(a: &ActionPattern, b: &ActionPattern) -> bool {
    use ActionPattern as A;
    match (a, b) {
        (A::Any, _) | (_, A::Any) => true,
        (A::Service(own), A::Service(other) | A::Operation { service: other, .. })
        | (A::Operation { service: own, .. }, A::Service(other)) => own == other,
        (
            A::Operation { service: own, operation: a },
            A::Operation { service: other, operation: b },
        ) => own == other && pattern::overlap(&pattern::of_text(a), &pattern::of_text(b)),
    }
}

/// Whether some resource may be one of both. Accounts are not told apart: two spellings may name one.
pub(super) fn overlap(a: &ResourcePattern, b: &ResourcePattern) -> bool {
    let (ResourcePattern::Segments(a), ResourcePattern::Segments(b)) = (a, b) else { return true };
    let service = a.service().zip(b.service()).is_none_or(|(a, b)| a == b);
    let regions = a.region().zip(b.region());
    service
        && regions.is_none_or(|(a, b)| a.canonical() == b.canonical())
        && pattern::overlap(
            &pattern::of_template(a.resource()),
            &pattern::of_template(b.resource()),
        )
}

/// Whether `outer` applies to every request that `inner` applies to, in policies of one kind.
///
/// Exact where both have one resource, one action and no conditions; otherwise no may mean that it
/// takes more than one of `outer`.
pub(super) fn statement(outer: &Statement, inner: &Statement, kind: PolicyKind) -> bool {
    let actions =
        inner.actions().iter().all(|inner| outer.actions().iter().any(|own| action(own, inner)));
    actions && resources(outer, inner) && circumstances(outer, inner, kind)
}

/// Whether whoever and under what conditions `inner` applies, `outer` does too.
pub(super) fn circumstances(outer: &Statement, inner: &Statement, kind: PolicyKind) -> bool {
    principals(outer, inner, kind)
        && outer
            .conditions()
            .iter()
            .all(|own| inner.conditions().iter().any(|other| condition::implied(own, other)))
}

fn resources(outer: &Statement, inner: &Statement) -> bool {
    let covered = |inner_resource: &ResourcePattern| {
        let mut own = outer.resources().iter();
        own.any(|own| resource(own, inner_resource, inner.effect()))
    };
    inner.resources().iter().all(covered)
}

fn principals(outer: &Statement, inner: &Statement, kind: PolicyKind) -> bool {
    let (Some(own), Some(other)) = (outer.principals(), inner.principals()) else {
        return outer.principals().is_none() && inner.principals().is_none();
    };
    // A deny for everyone stops unsigned callers only, so it takes back no allow, not even one for
    // everyone [EVL-10].
    let takes_back = outer.effect() == Effect::Deny && inner.effect() == Effect::Allow;
    let names = |own: &&PrincipalPattern| !takes_back || **own != PrincipalPattern::Everyone;
    let covered = |inner: &PrincipalPattern| {
        let mut own = own.iter().filter(names);
        own.any(|own| principal(own, inner, outer.effect(), kind))
    };
    other.iter().all(covered)
}

/// Whether everybody whom `inner` names in a statement is named by `outer` in one of this effect.
pub(super) fn principal(
    outer: &PrincipalPattern,
    inner: &PrincipalPattern,
    effect: Effect,
    kind: PolicyKind,
) -> bool {
    use PrincipalPattern as P;
    match (outer, inner) {
        _ if outer == inner => true,
        // A deny for everyone stops unsigned callers only [EVL-10]; nobody is trusted by it [RD-8].
        (P::Everyone, _) => effect == Effect::Allow && kind != PolicyKind::Trust,
        // In a trust policy a root entry stands for its account [RD-6]; elsewhere it depends on whose
        // account it is.
        (
            P::Root(own),
            P::User { account, .. } | P::Group { account, .. } | P::Role { account, .. },
        ) => kind == PolicyKind::Trust && own == account,
        _ => false,
    }
}
