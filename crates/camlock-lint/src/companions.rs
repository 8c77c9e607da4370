//! The policies that count together with the document.

use camlock_policy::{Effect, Policy, PolicyKind, Statement};

/// The policies that count together with the document, as an account has them; empty where nothing is
/// known of it.
#[derive(Clone, Debug, Default)]
pub struct Companions {
    all: Vec<Companion>,
    /// Where in `all` the second level of an organization begins, and every further one.
    levels: Vec<usize>,
    strong_groups: Vec<String>,
}

/// A policy that counts together with the document.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "a policy and its name")]
pub struct Companion {
    /// What people know it by.
    pub name: String,
    /// The policy. Its kind says how it counts: an identity policy is attached to the same user, a
    /// boundary, a session policy or a service control policy is a ceiling over the document.
    pub policy: Policy,
}

impl Companions {
    /// The policies that count together with a document; service control policies among them are those
    /// of one level.
    pub fn new(all: Vec<Companion>) -> Self {
        Self { all, levels: Vec::new(), strong_groups: Vec::new() }
    }

    /// The same below one more level of an organization. One without policies lets nothing through [EVL-14].
    #[must_use]
    pub fn below(mut self, level: Vec<Companion>) -> Self {
        self.levels.push(self.all.len());
        self.all.extend(level);
        self
    }

    /// The same in an account that has these user groups, by their ids, whose members may do everything:
    /// joining one is a way to more rights.
    #[must_use]
    pub fn with_strong_groups(mut self, groups: Vec<String>) -> Self {
        self.strong_groups = groups;
        self
    }

    /// User groups whose members may do everything, as far as the account is known.
    pub fn strong_groups(&self) -> &[String] {
        &self.strong_groups
    }

    /// All of them, in the order given.
    pub fn all(&self) -> &[Companion] {
        &self.all
    }

    /// Whether nothing is known of the account.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty() && self.levels.is_empty()
    }

    /// Those that are attached to the same user.
    pub fn beside(&self) -> impl Iterator<Item = &Companion> {
        self.all.iter().filter(|companion| companion.policy.kind() == PolicyKind::Identity)
    }

    /// The limits of what the document grants; each has to let it through [EVL-11, EVL-12, EVL-14].
    pub fn ceilings(&self) -> impl Iterator<Item = Ceiling<'_>> {
        let bounds = std::iter::once(0).chain(self.levels.iter().copied());
        let ends = self.levels.iter().copied().chain([self.all.len()]);
        let parts = bounds.zip(ends).filter_map(|(start, end)| self.all.get(start..end));
        parts.enumerate().flat_map(|(level, part)| {
            Self::LIMITS.into_iter().filter_map(move |kind| {
                let own = Ceiling::of(part, kind);
                // A boundary that is not there is no limit; a level is one whatever stands in it.
                let is_level = level > 0 && kind == PolicyKind::Scp;
                (is_level || !own.policies.is_empty()).then_some(own)
            })
        })
    }

    const LIMITS: [PolicyKind; 3] = [PolicyKind::Boundary, PolicyKind::Session, PolicyKind::Scp];
}

/// A limit of what a document grants: policies that allow together what comes through.
#[derive(Clone, Debug)]
pub struct Ceiling<'a> {
    policies: Vec<&'a Companion>,
}

impl<'a> Ceiling<'a> {
    fn of(part: &'a [Companion], kind: PolicyKind) -> Self {
        Self { policies: part.iter().filter(|own| own.policy.kind() == kind).collect() }
    }

    /// Its policies; mostly there is one. A level of an organization may have none.
    pub fn policies(&self) -> &[&'a Companion] {
        &self.policies
    }

    /// What people know it by; nothing where it has no policies.
    pub fn name(&self) -> Option<&'a str> {
        self.policies.first().map(|own| own.name.as_str())
    }

    /// The statements that let something through.
    pub fn allows(&self) -> impl Iterator<Item = &'a Statement> + use<'a> {
        let policies: Vec<&'a Companion> = self.policies.clone();
        let statements = policies.into_iter().flat_map(|own| own.policy.statements());
        statements.filter(|own| own.effect() == Effect::Allow)
    }
}
