//! What the policies of each layer say to the question.

use std::collections::BTreeMap;

use camlock_policy::{Effect, IdentifiedPolicy, Layer, LayerSet, PolicyLayers, StatementId};

use crate::question::Question;
use crate::statement;
use crate::truth::Truth;

/// What the policies of one layer say; of several statements that apply the lowest is reported.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Finding {
    /// The deny that applies, and how it matched.
    pub(crate) deny: Option<(StatementId, Truth)>,
    /// The allow that applies.
    pub(crate) allow: Option<StatementId>,
    /// The allow that applies through an everyone-entry [EVL-9].
    pub(crate) public_allow: Option<StatementId>,
    /// Whether an allow does not apply because it cannot be told whether it matches [EVL-21].
    pub(crate) unsure: bool,
    /// Whether there is a policy at all.
    pub(crate) supplied: bool,
}

/// How one statement matched.
struct Match {
    id: StatementId,
    effect: Effect,
    truth: Truth,
    public: Truth,
}

impl Finding {
    /// Asks every statement of the policies of a layer.
    pub(crate) fn of(question: Question<'_>, layer: Layer, policies: &[IdentifiedPolicy]) -> Self {
        let matches: Vec<_> =
            policies.iter().flat_map(|policy| matches_of(question, layer, policy)).collect();
        let having = |effect| matches.iter().filter(move |m| m.effect == effect);
        let denies = having(Effect::Deny).filter(|m| statement::applies(m.effect, m.truth));
        let allows = having(Effect::Allow).filter(|m| statement::applies(m.effect, m.truth));
        let public = having(Effect::Allow).filter(|m| statement::applies(m.effect, m.public));
        Self {
            deny: denies.map(|m| (m.id, m.truth)).min(),
            allow: allows.map(|m| m.id).min(),
            public_allow: public.map(|m| m.id).min(),
            unsure: having(Effect::Allow).any(|m| m.truth == Truth::Unknown),
            supplied: !policies.is_empty(),
        }
    }
}

fn matches_of(question: Question<'_>, layer: Layer, policy: &IdentifiedPolicy) -> Vec<Match> {
    let matched = |(index, statement)| Match {
        id: StatementId { policy: policy.id, index },
        effect: camlock_policy::Statement::effect(statement),
        truth: statement::matches(question, layer, statement),
        public: statement::matches_publicly(question, layer, statement),
    };
    (0..).zip(policy.policy.statements()).map(matched).collect()
}

/// The findings of all layers but the organization's, which has levels of its own.
#[derive(Debug)]
pub(crate) struct Findings(BTreeMap<Layer, Finding>);

impl Findings {
    /// Asks every statement of every layer.
    pub(crate) fn of(question: Question<'_>, layers: &PolicyLayers) -> Self {
        let layers = [
            (Layer::Identity, &layers.identity),
            (Layer::Resource, &layers.resource),
            (Layer::Boundary, &layers.boundary),
            (Layer::Session, &layers.session),
            (Layer::Trust, &layers.trust),
        ];
        let find =
            |(layer, policies): (Layer, &Vec<_>)| (layer, Finding::of(question, layer, policies));
        Self(layers.into_iter().map(find).collect())
    }

    /// The deny of the layer that applies, and how it matched.
    pub(crate) fn deny(&self, layer: Layer) -> Option<(StatementId, Truth)> {
        self.0.get(&layer)?.deny
    }

    /// The allow of the layer that applies.
    pub(crate) fn allow(&self, layer: Layer) -> Option<StatementId> {
        self.0.get(&layer)?.allow
    }

    /// The resource policy's grant to everyone [EVL-9].
    pub(crate) fn public_grant(&self) -> Option<StatementId> {
        self.0.get(&Layer::Resource)?.public_allow
    }

    /// Whether the layer has a policy at all.
    pub(crate) fn is_supplied(&self, layer: Layer) -> bool {
        self.0.get(&layer).is_some_and(|finding| finding.supplied)
    }

    /// Whether one of these layers might have allowed, had everything been known [EVL-21].
    pub(crate) fn any_unsure(&self, layers: LayerSet) -> bool {
        layers.iter().any(|layer| self.0.get(&layer).is_some_and(|finding| finding.unsure))
    }
}
