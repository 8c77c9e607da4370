//! What several rules ask: who is let in, what is written, what a condition demands.

use camlock_catalog::{AccessLevel, ActionEntry, Catalog};
use camlock_policy::{ActionPattern, BaseOperator, PolicyKind, PrincipalPattern};

use crate::context::Context;
use crate::element::{ActionElement, ConditionElement, PrincipalElement, StatementElement};

/// How names of operations of COS begin that change something.
const VERBS: [&str; 8] =
    ["Put", "Post", "Delete", "Append", "Upload", "Initiate", "Complete", "Abort"];

/// Everyone, where a bucket policy lets everyone in.
pub(super) fn everyone<'a>(
    statement: &StatementElement<'_>,
    cx: &Context<'a>,
) -> Option<&'a PrincipalElement<'a>> {
    let is_public = cx.kind() == PolicyKind::Resource && statement.is_allow();
    let principals = cx.document().principals_of(statement).iter();
    principals.filter(|_| is_public).find(|own| own.is_everyone())
}

/// Whether an action changes something: as the catalogue says, or by its name where that is not known.
pub(super) fn writes(action: &ActionElement<'_>, catalog: &Catalog) -> bool {
    let (service, operation) = match &action.pattern {
        None => return false,
        Some(ActionPattern::Any | ActionPattern::Service(_)) => return true,
        Some(ActionPattern::Operation { service, operation }) => (service, operation),
    };
    let changes = |own: ActionEntry<'_>| own.access_level() == AccessLevel::Write;
    let service = catalog.service(service);
    if service.is_some_and(|own| own.actions_matching(operation).any(changes)) {
        return true;
    }
    VERBS.iter().any(|verb| operation.starts_with(verb))
}

/// What an identity provider speaks.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum ProviderSort {
    /// SAML 2.0.
    Saml,
    /// `OpenID` Connect.
    Oidc,
}

/// An identity provider of a sort that a trust policy lets in.
pub(super) fn federated<'a>(
    statement: &StatementElement<'_>,
    cx: &Context<'a>,
    sort: ProviderSort,
) -> Option<&'a PrincipalElement<'a>> {
    let marker = match sort {
        ProviderSort::Saml => ":saml-provider/",
        ProviderSort::Oidc => ":oidc-provider/",
    };
    let is_trust = cx.kind() == PolicyKind::Trust && statement.is_allow();
    let principals = cx.document().principals_of(statement).iter().filter(|_| is_trust);
    let is_provider = |own: &&PrincipalElement<'_>| {
        matches!(own.pattern, Some(PrincipalPattern::Provider(_))) && own.text().contains(marker)
    };
    principals.into_iter().find(is_provider)
}

/// Whether a statement applies only where a key is there and compares to one of the values.
pub(super) fn demands(statement: &StatementElement<'_>, key: &str) -> bool {
    statement.conditions.iter().any(|own| {
        let is_strict = |own: camlock_policy::Operator| {
            !own.if_exist() && !own.base().is_negated() && own.base() != BaseOperator::NullEqual
        };
        own.key_name() == key && own.operator.is_some_and(is_strict)
    })
}

/// Whether a condition compares with patterns, and holds where one fits.
pub(super) fn is_like(condition: &ConditionElement<'_>) -> bool {
    condition.operator.is_some_and(|own| own.base() == BaseOperator::StringLike)
}

/// Whether a condition looks at the second factor [CND-31].
pub(super) fn is_mfa(condition: &ConditionElement<'_>) -> bool {
    matches!(condition.key_name(), "mfa" | "qcs:mfa")
}
