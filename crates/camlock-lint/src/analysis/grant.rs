//! What a document grants, after its denies and its ceilings.

use camlock_policy::{AccountPattern, ActionPattern, Effect, Policy, ResourcePattern, Statement};

use super::{Analysis, condition, cover};
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
    /// On how much, as far as ceilings let it through.
    pub breadth: Breadth,
    /// Whether there are conditions, its own or those of a ceiling.
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
    let acts = |own: &&'a Statement| {
        own.actions().iter().any(|own| analysis.action_matches(own, service, operation))
    };
    let limits = Limits::of(analysis, acts);
    let statements = analysis.document.statements().iter().filter(|own| own.is_allow());
    let covers = |own: &&ActionElement<'_>| {
        own.pattern.as_ref().is_some_and(|own| analysis.action_matches(own, service, operation))
    };
    let grant = |own: &'a StatementElement<'a>| limits.left(own, own.actions.iter().find(covers)?);
    statements.filter_map(grant).collect()
}

/// The allow of every action on every resource that a statement is, where no deny takes all of it back
/// and every ceiling lets everything through.
pub(super) fn everything<'a>(
    analysis: Analysis<'a>,
    statement: &'a StatementElement<'a>,
) -> Option<Grant<'a>> {
    let is_all = |own: &&'a Statement| own.actions().contains(&ActionPattern::Any);
    let limits = Limits::of(analysis, is_all);
    let action = statement.actions.iter().find(|own| own.is_everything())?;
    let grant = limits.left(statement, action).filter(|_| statement.is_allow())?;
    (grant.breadth == Breadth::Everything).then_some(grant)
}

/// Whether every ceiling lets all calls of a service through, on all of its objects.
pub(super) fn is_whole_below_ceilings(analysis: Analysis<'_>, service: &str) -> bool {
    let is_whole = |own: &Statement| {
        let all_calls = own.actions().iter().any(|own| match own {
            ActionPattern::Any => true,
            ActionPattern::Service(own) => own == service,
            ActionPattern::Operation { .. } => false,
        });
        let mut resources = own.resources().iter();
        all_calls && resources.any(|own| is_of_service(own, service))
    };
    analysis.companions.ceilings().all(|own| own.allows().any(is_whole))
}

/// Whether a resource covers all objects of a service.
fn is_of_service(resource: &ResourcePattern, service: &str) -> bool {
    let own = match resource {
        ResourcePattern::Any => None,
        ResourcePattern::Segments(segments) => segments.service(),
    };
    Breadth::of(resource) >= Breadth::Service && own.is_none_or(|own| own == service)
}

/// Whether every ceiling lets a call through on all that a resource covers.
pub(super) fn comes_through(
    analysis: Analysis<'_>,
    (service, operation): (&str, &str),
    resource: &ResourcePattern,
) -> bool {
    let lets = |own: &Statement| {
        let mut actions = own.actions().iter();
        actions.any(|own| analysis.action_matches(own, service, operation))
            && own.resources().iter().any(|own| cover::resource(own, resource, Effect::Allow))
    };
    analysis.companions.ceilings().all(|own| own.allows().any(lets))
}

/// Every deny that counts.
fn denies(analysis: Analysis<'_>) -> impl Iterator<Item = &Statement> {
    let document = analysis.document.policy().into_iter();
    let companions = analysis.companions.all().iter().map(|companion| &companion.policy);
    let statements = document.chain(companions).flat_map(Policy::statements);
    statements.filter(|own| own.effect() == Effect::Deny)
}

/// What may take an allow of some actions back: statements about all of these actions.
struct Limits<'a> {
    analysis: Analysis<'a>,
    denies: Vec<&'a Statement>,
    /// What each ceiling lets through.
    ceilings: Vec<Vec<&'a Statement>>,
}

impl<'a> Limits<'a> {
    /// Those statements that are about all of the actions.
    fn of(analysis: Analysis<'a>, is_about: impl Fn(&&'a Statement) -> bool) -> Self {
        let ceilings = analysis.companions.ceilings();
        Self {
            analysis,
            denies: denies(analysis).filter(&is_about).collect(),
            ceilings: ceilings.map(|own| own.allows().filter(&is_about).collect()).collect(),
        }
    }

    /// What is left of an allow; nothing where all of it is taken back.
    fn left(
        &self,
        statement: &'a StatementElement<'a>,
        action: &'a ActionElement<'a>,
    ) -> Option<Grant<'a>> {
        let lowered = self.analysis.document.lowered(statement);
        let has_conditions =
            statement.member("condition").is_some() && self.analysis.has_conditions(statement);
        if statement.resources.is_empty() {
            let (resource, breadth) = (None, Breadth::Some);
            let is_conditional = has_conditions;
            return Some(Grant { statement, action, resource, breadth, is_conditional });
        }
        let kind = self.analysis.document.kind();
        let meets = |deny: &&&Statement| match lowered {
            Some(own) => cover::circumstances(deny, own, kind),
            None => !super::is_conditional(deny) && deny.principals().is_none(),
        };
        let denies: Vec<&Statement> = self.denies.iter().filter(meets).copied().collect();
        let left = statement.resources.iter().filter_map(|resource| {
            let pattern = resource.pattern.as_ref()?;
            let taken_back = |deny: &&Statement| {
                deny.resources().iter().any(|own| cover::resource(own, pattern, Effect::Allow))
            };
            if denies.iter().any(taken_back) {
                return None;
            }
            let (breadth, is_conditional) = self.through_ceilings(lowered, pattern)?;
            let is_conditional = is_conditional || has_conditions;
            let resource = Some(resource);
            Some(Grant { statement, action, resource, breadth, is_conditional })
        });
        // The first of equally wide ones.
        left.reduce(|best, next| if next.breadth > best.breadth { next } else { best })
    }

    /// How much of a resource comes through every ceiling, and whether one has conditions for all of it;
    /// nothing where one of them is shut.
    fn through_ceilings(
        &self,
        statement: Option<&Statement>,
        resource: &ResourcePattern,
    ) -> Option<(Breadth, bool)> {
        let mut through = (Breadth::of(resource), false);
        let never_meets = |own: &Statement| {
            let conditions = statement.map_or(&[][..], Statement::conditions);
            let contradicts = |a| own.conditions().iter().any(|b| condition::contradict(a, b));
            conditions.iter().any(contradicts)
        };
        for ceiling in &self.ceilings {
            let meeting = ceiling.iter().filter(|own| !never_meets(own)).filter_map(|own| {
                let meeting = own.resources().iter().filter(|own| cover::overlap(own, resource));
                Some((meeting.map(Breadth::of).max()?, !super::is_conditional(own)))
            });
            // Of equally wide ones one without conditions counts.
            let (breadth, is_free) = meeting.max()?;
            through = (through.0.min(breadth), through.1 || !is_free);
        }
        Some(through)
    }
}

#[cfg(test)]
mod tests;
