//! Service control policies, which come before everything else [EVL-14].

use camlock_policy::{Decision, IdentifiedPolicy, Layer, LayerSet, Outcome, PolicyLayers};

use crate::denials;
use crate::findings::Finding;
use crate::question::Question;

/// The refusal of the first level that does not let the request pass, from the account that owns the
/// resource up to the root of the organization; service-linked roles are exempt [EVL-14].
pub(crate) fn refusal(question: Question<'_>, layers: &PolicyLayers) -> Option<Outcome> {
    if question.principal().is_service_linked() {
        return None;
    }
    layers.scp.values().find_map(|policies| refusal_of_level(question, policies))
}

/// A deny refuses, and so does the absence of an allow, both explicitly [EVL-14].
fn refusal_of_level(question: Question<'_>, policies: &[IdentifiedPolicy]) -> Option<Outcome> {
    let finding = Finding::of(question, Layer::Scp, policies);
    match (finding.deny, finding.allow) {
        (Some(deny), _) => Some(denials::explicit_deny(Layer::Scp, deny)),
        (None, Some(_)) => None,
        (None, None) => Some(Outcome {
            failed: LayerSet::default().with(Layer::Scp),
            indeterminate: finding.unsure,
            ..Outcome::new(Decision::ExplicitDeny, Layer::Scp)
        }),
    }
}
