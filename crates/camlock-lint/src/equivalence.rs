//! Whether two policies decide the same, asked of the engine on requests built from both.

mod questions;

use std::fmt;

use camlock_engine::CompiledLayers;
use camlock_policy::{
    ActionPattern, Decision, Deployment, Effect, IdentifiedPolicy, Policy, PolicyId, PolicyKind,
    PolicyLayers, Request, ResourcePattern, Statement,
};

use questions::Questions;
pub(crate) use questions::{context_key, filled, satisfying};

/// A request on which two policies differ.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Difference {
    /// The request.
    pub request: Request,
    /// What the first policy decides.
    pub before: Decision,
    /// What the second one decides.
    pub after: Decision,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let resources = self.request.resources().iter().map(ToString::to_string);
        write!(
            f,
            "{} {} {}: {} before, {} after",
            self.request.principal(),
            self.request.action(),
            resources.collect::<Vec<_>>().join(" "),
            self.before.as_str(),
            self.after.as_str(),
        )
    }
}

/// Whether two policies decide the same on every request that was tried.
///
/// Requests are put together from what both policies name and from what lies just beside it: every
/// combination where there are few, and as many random ones, always the same, where there are more.
///
/// # Errors
///
/// The first [`Difference`].
///
/// # Examples
///
/// ```
/// use camlock_lint::same_decisions;
/// use camlock_policy::PolicyKind;
/// use camlock_syntax::parse;
///
/// let read = |actions: &str| {
///     let text = format!(r#"{{"version": "2.0", "statement":
///         {{"effect": "allow", "action": {actions}, "resource": "*"}}}}"#);
///     parse(&text, PolicyKind::Identity).policy.unwrap()
/// };
/// assert!(same_decisions(&read(r#"["cos:*", "cos:GetObject"]"#), &read(r#""cos:*""#)).is_ok());
/// assert!(same_decisions(&read(r#""cos:*""#), &read(r#""cos:Get*""#)).is_err());
/// ```
pub fn same_decisions(a: &Policy, b: &Policy) -> Result<(), Box<Difference>> {
    differ(a, b, |before, after| before != after)
}

/// Whether the second policy allows nothing that the first one does not.
pub(crate) fn allows_no_more(a: &Policy, b: &Policy) -> Result<(), Box<Difference>> {
    differ(a, b, |before, after| after == Decision::Allow && before != Decision::Allow)
}

fn differ(
    a: &Policy,
    b: &Policy,
    matters: impl Fn(Decision, Decision) -> bool,
) -> Result<(), Box<Difference>> {
    if a == b {
        return Ok(());
    }
    let deployment = Deployment::default();
    let (first, second) = (compiled(a), compiled(b));
    let mut questions = Questions::new(a, b);
    while let Some(request) = questions.next() {
        let before = first.decide(&request, &deployment).decision;
        let after = second.decide(&request, &deployment).decision;
        if matters(before, after) {
            return Err(Box::new(Difference { request, before, after }));
        }
    }
    Ok(())
}

/// A policy in a layer where what it decides shows: a ceiling grants nothing by itself, so it is asked
/// as if it did.
fn compiled(policy: &Policy) -> CompiledLayers {
    let mut layers = PolicyLayers::default();
    let kind = match policy.kind() {
        own @ (PolicyKind::Trust | PolicyKind::Resource) => own,
        _ => PolicyKind::Identity,
    };
    let as_kind = Policy::new(kind, policy.statements().to_vec());
    layers.push(as_kind.unwrap_or_else(|_| policy.clone()), 0);
    if kind == PolicyKind::Trust {
        // A user who assumes a role needs to be allowed by both sides [EVL-23].
        let all = Statement::new(Effect::Allow)
            .with_action(ActionPattern::Any)
            .with_resource(ResourcePattern::Any);
        layers.identity.extend(
            Policy::new(PolicyKind::Identity, vec![all])
                .ok()
                .map(|policy| IdentifiedPolicy { id: PolicyId(u32::MAX), policy }),
        );
    }
    CompiledLayers::new(&layers)
}
