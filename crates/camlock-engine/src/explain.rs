//! The reason for a decision: the same path, recorded.

use camlock_policy::{
    Deployment, Effect, Element, Layer, Outcome, Principal, Request, ResourceName, StatementId,
};

use crate::decide::{Layers, decide_observed};
use crate::observer::Observer;
use crate::prepare::Prepared;
use crate::segment::Segment;
use crate::statement::{CompiledStatement, Match};
use crate::truth::Truth;
use crate::view::View;

/// An outcome with the steps that led to it.
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "plain facts that an explanation reports")]
pub struct Explanation {
    /// The outcome, the same that [`decide`](crate::decide()) answers.
    pub outcome: Outcome,
    /// What was asked and tried, in order.
    pub steps: Vec<Step>,
    /// For a denial that no statement settled: the allow that came nearest in the layers that failed.
    pub nearest: Option<Considered>,
}

/// One step on the way to an outcome.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Step {
    /// The next resource of the request.
    Resource(u32),
    /// A layer was asked for statements of one effect; service control levels come one by one.
    Asked(Layer, Effect),
    /// A layer has no policy that counts for the caller.
    Absent(Layer),
    /// A statement was tried.
    Considered(Considered),
}

/// A statement that was tried, and how far it got.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "plain facts that an explanation reports")]
pub struct Considered {
    /// The layer it was tried in.
    pub layer: Layer,
    /// Which statement.
    pub statement: StatementId,
    /// What it does if it applies.
    pub effect: Effect,
    /// Whether it matches.
    pub truth: Truth,
    /// The first element that did not plainly match.
    pub element: Option<Element>,
}

impl Considered {
    fn new(layer: Layer, statement: &CompiledStatement, matched: Match) -> Self {
        Self {
            layer,
            statement: statement.id,
            effect: statement.effect,
            truth: matched.truth,
            element: matched.element,
        }
    }
}

/// Explains a request: the path of [`decide`](crate::decide()), observed, with the same arguments.
///
/// # Complexity
///
/// As for deciding; for a denial that no statement settled, up to 16 statements of each layer that
/// failed are looked at besides, to find the nearest.
pub fn explain<'a>(
    request: &'a Request,
    principal: &'a Principal,
    deployment: &'a Deployment,
    layers_of: impl Fn(&ResourceName) -> Layers<'a>,
) -> Explanation {
    let mut steps = Recorder(Vec::new());
    let outcome = decide_observed(request, principal, deployment, &layers_of, &mut steps);
    let settled = usize::try_from(outcome.resource).ok();
    let resource = settled.and_then(|index| request.resources().get(index));
    let nearest = resource.and_then(|resource| {
        let prepared = Prepared::new(request, principal, resource, deployment);
        nearest(&outcome, &layers_of(resource), &prepared)
    });
    Explanation { outcome, steps: steps.0, nearest }
}

struct Recorder(Vec<Step>);

impl Observer for Recorder {
    fn resource(&mut self, index: u32) {
        self.0.push(Step::Resource(index));
    }

    fn asked(&mut self, layer: Layer, effect: Effect) {
        self.0.push(Step::Asked(layer, effect));
    }

    fn absent(&mut self, layer: Layer) {
        self.0.push(Step::Absent(layer));
    }

    fn considered(&mut self, layer: Layer, segment: &Segment, place: u32, matched: Match) {
        let Some(statement) = segment.statement(place) else { return };
        let considered = Step::Considered(Considered::new(layer, statement, matched));
        // A statement under several keys of the index is tried once a key; once is enough to read. The
        // look back is short, so that a long explanation stays linear.
        let recent = self.0.iter().rev().take(64);
        if !recent.into_iter().any(|step| *step == considered) {
            self.0.push(considered);
        }
    }
}

/// The allow that came nearest in the layers that failed: with the most elements matched, and among
/// those the lowest, of those that are about the request at all.
fn nearest(outcome: &Outcome, layers: &Layers<'_>, request: &Prepared<'_>) -> Option<Considered> {
    let scp = layers.scp.iter().map(|set| (Layer::Scp, Some(View::all(set))));
    let others = [
        (Layer::Identity, layers.identity),
        (Layer::Resource, layers.resource),
        (Layer::Boundary, layers.boundary),
        (Layer::Session, layers.session),
        (Layer::Trust, layers.trust),
    ];
    let failed = scp.chain(others).filter(|(layer, _)| outcome.failed.contains(*layer));
    let views = failed.filter_map(|(layer, view)| Some((layer, view?)));
    let candidates = views.flat_map(|(layer, view)| {
        let parts = [Some(view.base()), view.edited()];
        parts.into_iter().flatten().map(move |part| (layer, part))
    });
    let mut best: Option<(usize, Considered)> = None;
    for (layer, part) in candidates {
        let action = part.segment.action_key(request, Effect::Deny);
        part.related(request, |statement| {
            let most = best.map_or(0, |(most, _)| most);
            let elements = part.segment.elements(statement, &action, request);
            let Some((score, considered)) = progress(layer, statement, elements, most) else {
                return;
            };
            let lower = best.is_none_or(|(_, best)| {
                considered.layer == best.layer && considered.statement < best.statement
            });
            let nearer = score > most || (score == most && lower);
            if considered.truth != Truth::Yes && (best.is_none() || nearer) {
                best = Some((score, considered));
            }
        });
    }
    best.map(|(_, considered)| considered)
}

/// What an action counts for: more than all other elements of a statement together.
const ACTION: usize = 1_000_000;

/// How many elements of a statement match; `None` as soon as it cannot come nearer than `most`.
fn progress(
    layer: Layer,
    statement: &CompiledStatement,
    elements: impl Iterator<Item = (Element, Truth)>,
    most: usize,
) -> Option<(usize, Considered)> {
    let mut score = 0;
    let mut first = None;
    let mut truth = Truth::Yes;
    for (element, matches) in elements {
        truth = truth.and(matches);
        if matches == Truth::Yes {
            score += match element {
                Element::Actions => ACTION,
                Element::Resources => 1_000,
                _ => 1,
            };
        } else if element == Element::Actions && most >= ACTION {
            return None;
        } else if first.is_none() {
            first = Some(element);
        }
    }
    let matched = Match { truth, element: first };
    Some((score, Considered::new(layer, statement, matched)))
}
