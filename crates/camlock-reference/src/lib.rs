//! A slow evaluator written to be read next to the semantics; the oracle in tests and fuzzing.
//!
//! Every rule is one function that is named after it and cites it. There is no index, no cache and no
//! shortcut: all statements of all policies are compared with every resource of the request. Use the
//! engine to serve requests, and this crate to say what the engine has to answer.
//!
//! # Examples
//!
//! ```
//! use camlock_policy::{
//!     ActionPattern, Decision, Deployment, Effect, Layer, Policy, PolicyKind, PolicyLayers, Request,
//!     ResourcePattern, Statement,
//! };
//! use camlock_reference::decide;
//!
//! let read_logs = Statement::new(Effect::Allow)
//!     .with_action(ActionPattern::parse("cls:Search*")?)
//!     .with_resource(ResourcePattern::parse("qcs::cls:gz::topic/*")?);
//! let mut layers = PolicyLayers::default();
//! layers.push(Policy::new(PolicyKind::Identity, vec![read_logs])?, 0);
//!
//! let request = Request::builder()
//!     .principal("qcs::cam::uin/100000000001:uin/100000000011")
//!     .action("cls:SearchLog")
//!     .resource("qcs::cls:ap-guangzhou:uin/100000000001:topic/web")
//!     .build()?;
//! let outcome = decide(&request, &layers, &Deployment::default());
//! assert_eq!((outcome.decision, outcome.layer), (Decision::Allow, Layer::Identity));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! In reading order: `truth` is the logic that everything is written in; `question` is what is asked
//! and by what sort of caller; `accounts`, `action`, `resource`, `principal` and `condition` compare
//! the parts of a statement; `statement` and `findings` put the answers together; `scp`, `denials`,
//! `limits` and `grants` are the steps of the procedure below.
//!
//! It shares the values of `camlock-policy` with the engine and nothing else. It does not parse
//! policies and does not explain itself.

mod truth;

mod question;

mod accounts;
mod action;
mod condition;
mod principal;
mod resource;
mod variable;
mod wildcard;

mod findings;
mod statement;

mod denials;
mod grants;
mod limits;
mod scp;

use camlock_policy::{
    Decision, Deployment, Layer, LayerSet, Outcome, PolicyLayers, Request, ResourceName,
};

use findings::Findings;
use grants::Grant;
use question::Question;

/// Decides a request against the policies that it meets (section 7.2 of the semantics).
///
/// Each resource is decided separately, in the same context. All must be allowed, and one explicit
/// deny denies the whole [RES-19].
///
/// # Complexity
///
/// Every statement is compared with every resource; each comparison with a pattern takes the product
/// of both lengths.
///
/// # Examples
///
/// ```
/// use camlock_policy::{Decision, Deployment, PolicyLayers, Request};
///
/// let request = Request::builder()
///     .principal("qcs::cam::uin/100000000001:uin/100000000011")
///     .action("cos:GetObject")
///     .resource("*")
///     .build()?;
/// let outcome =
///     camlock_reference::decide(&request, &PolicyLayers::default(), &Deployment::default());
/// assert_eq!(outcome.decision, Decision::ImplicitDeny);
/// # Ok::<(), camlock_policy::RequestError>(())
/// ```
pub fn decide(request: &Request, layers: &PolicyLayers, deployment: &Deployment) -> Outcome {
    let outcome = |(index, resource): (u32, &ResourceName)| {
        let question = Question { request, resource, deployment };
        Outcome { resource: index, ..decide_one(question, layers) }
    };
    let outcomes = (0..).zip(request.resources()).map(outcome);
    // INVARIANT: a request has at least one resource. Without one there is nothing to allow.
    let nothing = Outcome::new(Decision::ImplicitDeny, Layer::Default);
    outcomes.reduce(Outcome::or_stricter).unwrap_or(nothing)
}

/// Decides about one resource: organization, denies, limits, grants [EVL-15].
fn decide_one(question: Question<'_>, layers: &PolicyLayers) -> Outcome {
    if let Some(refusal) = scp::refusal(question, layers) {
        return refusal;
    }
    let found = Findings::of(question, layers);
    if let Some(refusal) = denials::refusal(question, &found) {
        return refusal;
    }
    let limits = limits::that_fail(question, &found);
    match grants::grant(question, &found) {
        Grant::Given { layer, statements } if limits == LayerSet::default() => {
            Outcome { statements, ..Outcome::new(Decision::Allow, layer) }
        }
        Grant::Given { .. } => implicit_deny(limits, found.any_unsure(limits)),
        Grant::Missing { failed, unsure } => {
            let unsure = unsure || found.any_unsure(limits);
            implicit_deny(failed.iter().fold(limits, LayerSet::with), unsure)
        }
    }
}

/// Nothing refuses the request, but these layers did not allow it [EVL-1, EVL-17].
fn implicit_deny(failed: LayerSet, indeterminate: bool) -> Outcome {
    let limits = [Layer::Boundary, Layer::Session, Layer::Trust];
    let layer = limits.into_iter().find(|layer| failed.contains(*layer));
    let layer = layer.unwrap_or(Layer::Default);
    Outcome { failed, indeterminate, ..Outcome::new(Decision::ImplicitDeny, layer) }
}

#[cfg(test)]
mod tests;
