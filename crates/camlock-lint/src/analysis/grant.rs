//! What a document grants, after its denies and its ceilings.

use camlock_policy::{AccountPattern, Effect, Policy, ResourcePattern, Statement};

use super::{Analysis, cover};
use crate::element::{ActionElement, ResourceElement, StatementElement};
use crate::rule::Level;

/// An allow of a concrete action that holds for something.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Grant<'a> {
    /// The statement.
    pub statement: &'a StatementElement<'a>,
    /// The action of the statement that covers it.
    pub action: &'a ActionElement<'a>,
    /// The widest resource that it is granted on; nothing in a trust policy.
    pub resource: Option<&'a ResourceElement<'a>>,
    /// On how much.
    pub breadth: Breadth,
    /// Whether there are conditions.
    pub is_conditional: bool,
}

/// How much a resource covers.
#[expect(clippy::exhaustive_enums, reason = "a rule must decide about each")]
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Breadth {
    /// Some resources, by name or by a pattern that names something.
    Some,
    /// Every resource of a service.
    Service,
    /// Every resource of the account or of all.
    Everything,
}

impl Grant<'_> {
    /// The level of a finding that weighs less where there are conditions.
    pub fn level(&self, level: Level) -> Level {
        if self.is_conditional { level.min(Level::Info) } else { level }
    }
}

impl Breadth {
    /// How much a resource covers.
    pub fn of(resource: &ResourcePattern) -> Self {
        let ResourcePattern::Segments(segments) = resource else { return Self::Everything };
        let wide = segments.region().is_none()
            && matches!(
                segments.account(),
                AccountPattern::Owner | AccountPattern::Any | AccountPattern::Caller
            )
            && segments.resource().to_string() == "*";
        match (wide, segments.service()) {
            (true, None) => Self::Everything,
            (true, Some(_)) => Self::Service,
            (false, _) => Self::Some,
        }
    }
}

/// The allows of a concrete action that no deny and no ceiling takes back entirely.
pub(super) fn of<'a>(analysis: Analysis<'a>, service: &str, operation: &str) -> Vec<Grant<'a>> {
    let allowed = |policy: &Policy| {
        let statements = policy.statements().iter();
        let mut allows = statements.filter(|own| own.effect() == Effect::Allow);
        allows.any(|own| acts(analysis, own, service, operation))
    };
    if !analysis.companions.ceilings().all(|ceiling| allowed(&ceiling.policy)) {
        return Vec::new();
    }
    let denies = denies(analysis, service, operation);
    let statements = analysis.document.statements().iter().filter(|own| own.is_allow());
    statements
        .filter_map(|statement| grant(analysis, statement, &denies, service, operation))
        .collect()
}

fn grant<'a>(
    analysis: Analysis<'a>,
    statement: &'a StatementElement<'a>,
    denies: &[&'a Statement],
    service: &str,
    operation: &str,
) -> Option<Grant<'a>> {
    let covers = |own: &&ActionElement<'_>| {
        own.pattern.as_ref().is_some_and(|own| analysis.action_matches(own, service, operation))
    };
    let action = statement.actions.iter().find(covers)?;
    let is_conditional =
        statement.member("condition").is_some() && !statement.conditions.is_empty();
    let grant = |resource, breadth| Grant { statement, action, resource, breadth, is_conditional };
    if statement.resources.is_empty() {
        return Some(grant(None, Breadth::Some));
    }
    let left = statement.resources.iter().filter_map(|resource| {
        let pattern = resource.pattern.as_ref()?;
        let taken_back = |deny: &&Statement| {
            deny.resources().iter().any(|own| cover::resource(own, pattern, Effect::Allow))
        };
        (!denies.iter().any(taken_back)).then(|| (Breadth::of(pattern), resource))
    });
    // The first of equally wide ones.
    let widest = left.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
    Some(grant(Some(widest.1), widest.0))
}

/// The denies of an action that hold for whoever the document is attached to.
fn denies<'a>(analysis: Analysis<'a>, service: &str, operation: &str) -> Vec<&'a Statement> {
    let document = analysis.document.policy().into_iter();
    let companions = analysis.companions.all().iter().map(|companion| &companion.policy);
    let statements = document.chain(companions).flat_map(Policy::statements);
    let holds = |own: &&Statement| {
        own.effect() == Effect::Deny
            && own.conditions().is_empty()
            && own.principals().is_none()
            && acts(analysis, own, service, operation)
    };
    statements.filter(holds).collect()
}

fn acts(analysis: Analysis<'_>, statement: &Statement, service: &str, operation: &str) -> bool {
    statement.actions().iter().any(|own| analysis.action_matches(own, service, operation))
}
