//! The baseline and the judge: a linear scan that shares no code with Camlock.

use std::cmp::Ordering;

use camlock_policy::{Decision, Effect, PolicyKind};

use crate::question::Question;
use crate::rule::{Rule, Test};

/// What the policies of one layer say.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "plain results for the candidates")]
pub struct Answer {
    /// A deny applies.
    pub denied: bool,
    /// An allow applies.
    pub allowed: bool,
}

/// One thing a layer: rules, texts, whatever a measurement needs.
#[derive(Clone, Debug, Default)]
pub struct Layered<T> {
    /// Service control policies by level.
    pub(crate) scp: Vec<T>,
    pub(crate) identity: T,
    pub(crate) resource: Option<T>,
    pub(crate) boundary: Option<T>,
    pub(crate) session: Option<T>,
}

impl<T> Layered<T> {
    /// Every layer with the kind of its policies and its level.
    pub(crate) fn all(&self) -> impl Iterator<Item = (PolicyKind, usize, &T)> {
        let scp = self.scp.iter().enumerate().map(|(level, own)| (PolicyKind::Scp, level, own));
        let others = [
            (PolicyKind::Identity, Some(&self.identity)),
            (PolicyKind::Resource, self.resource.as_ref()),
            (PolicyKind::Boundary, self.boundary.as_ref()),
            (PolicyKind::Session, self.session.as_ref()),
        ];
        scp.chain(others.into_iter().filter_map(|(kind, own)| Some((kind, 0, own?))))
    }

    /// Something else a layer, made from what is there.
    pub(crate) fn map<'a, U>(&'a self, mut make: impl FnMut(&'a T) -> U) -> Layered<U> {
        Layered {
            scp: self.scp.iter().map(&mut make).collect(),
            identity: make(&self.identity),
            resource: self.resource.as_ref().map(&mut make),
            boundary: self.boundary.as_ref().map(&mut make),
            session: self.session.as_ref().map(&mut make),
        }
    }

    /// The layers put together, for a user and resources of its own account.
    pub(crate) fn combine(&self, mut ask: impl FnMut(&T) -> Answer) -> Decision {
        for level in &self.scp {
            let answer = ask(level);
            if answer.denied || !answer.allowed {
                return Decision::ExplicitDeny;
            }
        }
        let identity = ask(&self.identity);
        let mut denied = identity.denied;
        let mut limited = false;
        let mut granted = identity.allowed;
        if let Some(answer) = self.resource.as_ref().map(&mut ask) {
            denied |= answer.denied;
            granted |= answer.allowed;
        }
        for limit in [&self.boundary, &self.session].into_iter().flatten() {
            let answer = ask(limit);
            denied |= answer.denied;
            limited |= !answer.allowed;
        }
        match (denied, granted && !limited) {
            (true, _) => Decision::ExplicitDeny,
            (false, true) => Decision::Allow,
            (false, false) => Decision::ImplicitDeny,
        }
    }
}

/// Asks every statement, and stops at the first deny that applies.
pub(crate) fn scan<'a>(rules: impl IntoIterator<Item = &'a Rule>, question: &Question) -> Answer {
    let mut answer = Answer::default();
    for rule in rules {
        let settled = answer.allowed && rule.effect == Effect::Allow;
        if settled || !rule.acts_on(question) || !covers(&rule.resource, &question.resource) {
            continue;
        }
        if rule.applies(question) {
            match rule.effect {
                Effect::Allow => answer.allowed = true,
                Effect::Deny => return Answer { denied: true, ..answer },
            }
        }
    }
    answer
}

impl Rule {
    /// Whether the action of the request is among those of the statement.
    pub fn acts_on(&self, question: &Question) -> bool {
        self.actions.iter().any(|pattern| covers(pattern, &question.action))
    }

    /// Whether the statement is about the caller and its conditions hold.
    pub fn applies(&self, question: &Question) -> bool {
        self.user.as_ref().is_none_or(|user| *user == question.user)
            && self.tests.iter().all(|test| test.holds(question))
    }
}

impl Test {
    /// Whether the condition holds.
    pub fn holds(&self, question: &Question) -> bool {
        match self {
            Self::Network { network, mask } => question.address & mask == *network,
            Self::Tag(tag) => *tag == question.tag,
            Self::Before(moment) => question.moment.cmp(moment) == Ordering::Less,
            Self::After(moment) => question.moment.cmp(moment) == Ordering::Greater,
            Self::Secure(secure) => question.secure == *secure,
        }
    }
}

/// Whether a pattern covers a whole text: two pointers, back to the last star on a mismatch.
pub fn covers(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut at, mut read) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while let Some(byte) = text.get(read) {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at, read));
                at += 1;
            }
            Some(own) if own == byte => {
                at += 1;
                read += 1;
            }
            _ => {
                let Some((after, absorbed)) = star else { return false };
                star = Some((after, absorbed + 1));
                at = after + 1;
                read = absorbed + 1;
            }
        }
    }
    pattern.get(at..).is_some_and(|rest| rest.iter().all(|byte| *byte == b'*'))
}

#[cfg(test)]
mod tests {
    use super::covers;

    #[test]
    fn stars_span_anything() {
        assert!(covers("a*c*", "a/b:c"));
        assert!(covers("*", ""));
        assert!(covers("*ab", "aab"));
        assert!(covers("a*b*c", "abbcbc"));
        assert!(!covers("a*c", "ab"));
        assert!(!covers("ab", "abc"));
        assert!(!covers("abc", "ab"));
    }
}
