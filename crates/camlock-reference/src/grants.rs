//! Grants: who has to allow a request so that it may proceed [EVL-4 to EVL-9, EVL-23].

use camlock_policy::{Layer, LayerSet, StatementId};

use crate::accounts;
use crate::findings::Findings;
use crate::question::{Caller, Question};
use crate::truth::Truth;

/// Whether the request is granted, limits aside.
#[derive(Debug)]
pub(crate) enum Grant {
    /// It is.
    Given {
        /// Where.
        layer: Layer,
        /// By what.
        statements: [Option<StatementId>; 2],
    },
    /// It is not.
    Missing {
        /// The layers that would have had to allow.
        failed: LayerSet,
        /// Whether one of them might have, had everything been known [EVL-21].
        unsure: bool,
    },
}

impl Grant {
    fn by(layer: Layer, statement: StatementId) -> Self {
        Self::Given { layer, statements: [Some(statement), None] }
    }

    fn by_both(layer: Layer, first: StatementId, second: StatementId) -> Self {
        Self::Given { layer, statements: [Some(first), Some(second)] }
    }

    /// Missing, because those of `layers` that do not allow would have had to.
    fn missing(found: &Findings, layers: &[Layer]) -> Self {
        let silent = layers.iter().copied().filter(|layer| found.allow(*layer).is_none());
        let failed = silent.fold(LayerSet::default(), LayerSet::with);
        Self::Missing { failed, unsure: found.any_unsure(failed) }
    }
}

/// Looks for the grant that this caller needs.
pub(crate) fn grant(question: Question<'_>, found: &Findings) -> Grant {
    if question.assumes_role() {
        return to_assume_role(question.caller(), found);
    }
    match (question.caller(), question.is_own()) {
        (Caller::Root, true) => to_owner(),
        (Caller::Member, true) => within_account(found),
        (Caller::Root | Caller::Member, false) if !question.has_cross_account_access() => {
            nowhere(question)
        }
        (Caller::Guest, _) | (Caller::Root, false) => of_layer(found, Layer::Resource),
        (Caller::Member, false) => across_accounts(found),
    }
}

/// The trust policy must allow everyone who assumes the role; users and roles need an identity policy
/// besides, in their own account as well [EVL-23, RD-9].
fn to_assume_role(caller: Caller, found: &Findings) -> Grant {
    if caller != Caller::Member {
        return of_layer(found, Layer::Trust);
    }
    match (found.allow(Layer::Identity), found.allow(Layer::Trust)) {
        (Some(identity), Some(trust)) => Grant::by_both(Layer::Trust, identity, trust),
        _ => Grant::missing(found, &[Layer::Identity, Layer::Trust]),
    }
}

/// One layer decides alone: the resource policy for callers without an account and for a foreign root
/// [EVL-8, EVL-9], the trust policy for whoever needs nothing else [EVL-23].
fn of_layer(found: &Findings, layer: Layer) -> Grant {
    match found.allow(layer) {
        Some(statement) => Grant::by(layer, statement),
        None => Grant::missing(found, &[layer]),
    }
}

/// The root account may do everything with what it owns [EVL-5].
fn to_owner() -> Grant {
    Grant::Given { layer: Layer::Root, statements: [None, None] }
}

/// In one account identity policies and the resource policy form a union [EVL-7].
fn within_account(found: &Findings) -> Grant {
    match (found.allow(Layer::Identity), found.allow(Layer::Resource)) {
        (Some(identity), _) => Grant::by(Layer::Identity, identity),
        (None, Some(resource)) => Grant::by(Layer::Resource, resource),
        (None, None) if found.is_supplied(Layer::Resource) => {
            Grant::missing(found, &[Layer::Identity, Layer::Resource])
        }
        (None, None) => Grant::missing(found, &[Layer::Identity]),
    }
}

/// Across accounts both sides must allow, unless the owner grants it to everyone [EVL-8, EVL-9].
fn across_accounts(found: &Findings) -> Grant {
    match (found.allow(Layer::Identity), found.allow(Layer::Resource), found.public_grant()) {
        (Some(identity), Some(resource), _) => Grant::by_both(Layer::Resource, identity, resource),
        (_, _, Some(public)) => Grant::by(Layer::Resource, public),
        _ => Grant::missing(found, &[Layer::Identity, Layer::Resource]),
    }
}

/// Without cross-account access a foreign resource cannot be granted, so nothing is consulted [EVL-8].
///
/// It is unsure where the resource may be the caller's own after all [EVL-21].
fn nowhere(question: Question<'_>) -> Grant {
    let failed = LayerSet::default().with(Layer::Resource);
    Grant::Missing { failed, unsure: accounts::own(question) == Truth::Unknown }
}
