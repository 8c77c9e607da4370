//! What each layer said, gathered from the steps of an explanation.

use camlock::policy::Effect;
use camlock::{Considered, Explanation, Layer, Step, Truth};

/// What one layer said about the resource that settled the request.
#[derive(Clone, Debug)]
pub(super) struct LayerReport {
    pub(super) layer: Layer,
    pub(super) answer: Answer,
    /// The statements that were tried, in the order of trying.
    pub(super) tried: Vec<Considered>,
}

/// The answer of a layer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Answer {
    /// A deny applies.
    Denies,
    /// An allow applies.
    Allows,
    /// It was asked for an allow and has none that applies.
    NoAllow,
    /// It was asked for denies only, and has none that applies.
    NoDeny,
    /// There is no such policy.
    Absent,
    /// The decision was settled before.
    NotReached,
}

impl Answer {
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Denies => "denies",
            Self::Allows => "allows",
            Self::NoAllow => "does not allow",
            Self::NoDeny => "does not deny",
            Self::Absent => "no policy",
            Self::NotReached => "not asked",
        }
    }

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Denies => "denies",
            Self::Allows => "allows",
            Self::NoAllow => "no_allow",
            Self::NoDeny => "no_deny",
            Self::Absent => "absent",
            Self::NotReached => "not_asked",
        }
    }
}

/// The layers in the order of evaluation, for the resource that settled the request.
pub(super) fn reports(explanation: &Explanation) -> Vec<LayerReport> {
    let steps = of_settling_resource(explanation);
    let policies = [
        Layer::Scp,
        Layer::Identity,
        Layer::Resource,
        Layer::Boundary,
        Layer::Session,
        Layer::Trust,
    ];
    let reports = policies.into_iter().map(|layer| report(layer, steps, explanation));
    // The trust policy is a matter of assuming roles only.
    reports.filter(|r| r.layer != Layer::Trust || r.answer != Answer::NotReached).collect()
}

fn of_settling_resource(explanation: &Explanation) -> &[Step] {
    let mut parts = explanation.steps.split(|step| matches!(step, Step::Resource(_))).skip(1);
    let index = usize::try_from(explanation.outcome.resource).unwrap_or(usize::MAX);
    parts.nth(index).unwrap_or_default()
}

fn report(layer: Layer, steps: &[Step], explanation: &Explanation) -> LayerReport {
    let tried: Vec<Considered> = steps
        .iter()
        .filter_map(|step| match step {
            Step::Considered(considered) if considered.layer == layer => Some(*considered),
            _ => None,
        })
        .collect();
    let asked = |effect| steps.contains(&Step::Asked(layer, effect));
    // An uncertain deny applies, an uncertain allow does not [EVL-21].
    let denies = tried.iter().any(|c| c.effect == Effect::Deny && c.truth != Truth::No);
    let allows = tried.iter().any(|c| c.effect == Effect::Allow && c.truth == Truth::Yes);
    let answer = if denies {
        Answer::Denies
    } else if asked(Effect::Allow) {
        // Several levels are asked one by one; the last one that was asked is what counts.
        let failed = explanation.outcome.failed.contains(layer);
        if allows && !failed { Answer::Allows } else { Answer::NoAllow }
    } else if asked(Effect::Deny) {
        Answer::NoDeny
    } else if layer == Layer::Scp || steps.contains(&Step::Absent(layer)) {
        // The organization comes first, so where it was not asked there is nothing to ask.
        Answer::Absent
    } else {
        Answer::NotReached
    };
    LayerReport { layer, answer, tried }
}
