//! What covers what.

use camlock_policy::{
    AccountPattern, ActionPattern, Condition, Effect, PrincipalPattern, Region, ResourcePattern,
    Statement,
};

use super::pattern;

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
            service == other
                && pattern::covers(&pattern::of_text(operation), &pattern::of_text(inner))
        }
        _ => false,
    }
}

/// Whether every resource of `inner` is one of `outer`.
///
/// Bare `*` is covered by itself alone: it is the only resource that grants operation-level actions
/// [RES-18].
pub(super) fn resource(outer: &ResourcePattern, inner: &ResourcePattern) -> bool {
    let (ResourcePattern::Segments(outer), ResourcePattern::Segments(inner)) = (outer, inner)
    else {
        return *outer == ResourcePattern::Any;
    };
    let region = |region: Option<&Region>| region.map(|region| region.canonical().to_owned());
    let (own, other) = (outer.account(), inner.account());
    outer.service().is_none_or(|service| inner.service() == Some(service))
        && region(outer.region()).is_none_or(|own| region(inner.region()) == Some(own))
        && (*own == AccountPattern::Any || own == other)
        && pattern::covers(
            &pattern::of_template(outer.resource()),
            &pattern::of_template(inner.resource()),
        )
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

/// Whether `outer` applies to every request that `inner` applies to.
pub(super) fn statement(outer: &Statement, inner: &Statement) -> bool {
    let actions =
        inner.actions().iter().all(|inner| outer.actions().iter().any(|own| action(own, inner)));
    actions
        && resources(outer, inner)
        && principals(outer, inner)
        && outer
            .conditions()
            .iter()
            .all(|own| inner.conditions().iter().any(|other| implied(own, other)))
}

fn resources(outer: &Statement, inner: &Statement) -> bool {
    inner.resources().iter().all(|inner| outer.resources().iter().any(|own| resource(own, inner)))
}

fn principals(outer: &Statement, inner: &Statement) -> bool {
    let (Some(own), Some(other)) = (outer.principals(), inner.principals()) else {
        return outer.principals().is_none() && inner.principals().is_none();
    };
    // A deny for everyone stops unsigned callers only, so it covers nobody who is named [EVL-10]. An
    // allow for the root account may reach its users by the account, which is not worked out here.
    let everyone = outer.effect() == Effect::Allow && own.contains(&PrincipalPattern::Everyone);
    everyone || other.iter().all(|other| own.contains(other))
}

/// Whether a condition holds wherever another one does; the same operator and key with no value less is
/// all that is worked out, and for negated operators with no value more.
fn implied(outer: &Condition, inner: &Condition) -> bool {
    let within =
        |few: &Condition, many: &Condition| few.values().iter().all(|v| many.values().contains(v));
    outer.operator() == inner.operator()
        && outer.key() == inner.key()
        && if outer.operator().base().is_negated() {
            within(outer, inner)
        } else {
            within(inner, outer)
        }
}
