//! Explicit denies: one that applies is enough [EVL-3].

use camlock_policy::{Decision, Layer, Outcome, StatementId};

use crate::findings::Findings;
use crate::question::{Caller, Question};
use crate::truth::Truth;

/// The refusal of the first layer with a deny that applies; the order is for the report only [EVL-15].
pub(crate) fn refusal(question: Question<'_>, found: &Findings) -> Option<Outcome> {
    let mut layers = consulted(question).into_iter();
    layers.find_map(|layer| Some(explicit_deny(layer, found.deny(layer)?)))
}

/// A refusal by one statement.
pub(crate) fn explicit_deny(layer: Layer, (statement, truth): (StatementId, Truth)) -> Outcome {
    Outcome {
        statements: [Some(statement), None],
        indeterminate: truth == Truth::Unknown,
        ..Outcome::new(Decision::ExplicitDeny, layer)
    }
}

/// Whose denies count for this caller, in the order of evaluation [EVL-15].
///
/// Where a role is to be assumed its trust policy counts too [EVL-23].
fn consulted(question: Question<'_>) -> Vec<Layer> {
    use Layer::{Boundary, Identity, Resource, Session, Trust};
    match (question.caller(), question.assumes_role()) {
        (Caller::Guest, false) if question.is_federated() => {
            vec![Identity, Resource, Boundary, Session]
        }
        (Caller::Guest, true) if question.is_federated() => {
            vec![Identity, Resource, Boundary, Session, Trust]
        }
        (Caller::Guest, false) => vec![Resource],
        (Caller::Guest, true) => vec![Resource, Trust],
        (Caller::Root, false) if question.is_root_repairing_bucket_policy() => vec![Session],
        (Caller::Root, false) => vec![Resource, Session],
        (Caller::Root, true) => vec![Resource, Session, Trust],
        (Caller::Member, false) => vec![Identity, Resource, Boundary, Session],
        (Caller::Member, true) => vec![Identity, Resource, Boundary, Session, Trust],
    }
}
