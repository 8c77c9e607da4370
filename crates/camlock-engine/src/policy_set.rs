//! The compiled policies of one layer.

use std::collections::HashMap;

use camlock_policy::{Condition, Effect, Policy, PolicyId, StatementId};

use crate::condition::CompiledCondition;
use crate::index::Index;
use crate::statement::CompiledStatement;

/// Policies compiled for deciding: immutable, shared by threads, asked through a
/// [`View`](crate::View).
///
/// # Examples
///
/// ```
/// use camlock_engine::PolicySet;
/// use camlock_policy::{ActionPattern, Effect, Policy, PolicyId, PolicyKind, ResourcePattern, Statement};
///
/// let statement = Statement::new(Effect::Allow)
///     .with_action(ActionPattern::Any)
///     .with_resource(ResourcePattern::Any);
/// let policy = Policy::new(PolicyKind::Identity, vec![statement])?;
/// let set = PolicySet::builder().add(PolicyId(7), &policy).build();
/// assert_eq!(set.statement_count(), 1);
/// # Ok::<(), camlock_policy::PolicyError>(())
/// ```
#[derive(Debug, Default)]
pub struct PolicySet {
    policies: Vec<PolicyId>,
    pub(crate) statements: Vec<CompiledStatement>,
    /// Equal conditions stand here once.
    pub(crate) conditions: Vec<CompiledCondition>,
    allows: Index,
    denies: Index,
}

impl PolicySet {
    /// Starts an empty set.
    pub fn builder() -> PolicySetBuilder {
        PolicySetBuilder::default()
    }

    /// How many statements there are.
    pub fn statement_count(&self) -> usize {
        self.statements.len()
    }

    /// The policies of the set that `wanted` picks, for a [`View`](crate::View) of those alone.
    pub fn select(&self, mut wanted: impl FnMut(PolicyId) -> bool) -> Selection {
        let mut selection = Selection { bits: vec![0; self.policies.len().div_ceil(64)] };
        for (slot, policy) in (0_u32..).zip(&self.policies) {
            if wanted(*policy) {
                selection.insert(slot);
            }
        }
        selection
    }

    /// Bytes of heap that the set holds, near enough to compare designs.
    pub fn memory_usage(&self) -> usize {
        let statements: usize = self.statements.iter().map(CompiledStatement::memory_usage).sum();
        let conditions: usize =
            self.conditions.iter().map(|c| size_of_val(c) + c.memory_usage()).sum();
        size_of_val(&*self.policies)
            + statements
            + conditions
            + self.allows.memory_usage()
            + self.denies.memory_usage()
    }

    pub(crate) fn index(&self, effect: Effect) -> &Index {
        match effect {
            Effect::Allow => &self.allows,
            Effect::Deny => &self.denies,
        }
    }

    pub(crate) fn statement(&self, place: u32) -> Option<&CompiledStatement> {
        self.statements.get(usize::try_from(place).ok()?)
    }
}

/// Collects policies into a [`PolicySet`].
#[derive(Debug, Default)]
#[must_use]
pub struct PolicySetBuilder {
    set: PolicySet,
    shared: HashMap<Condition, u32>,
}

impl PolicySetBuilder {
    /// Adds a policy under the number that outcomes shall know it by; give numbers in growing order,
    /// since outcomes name the lowest statement that settled them.
    pub fn add(mut self, id: PolicyId, policy: &Policy) -> Self {
        self.push(id, policy);
        self
    }

    /// Adds a policy in place; see [`add`](Self::add).
    pub fn push(&mut self, id: PolicyId, policy: &Policy) {
        // INVARIANT: 2^32 statements do not fit into memory, so neither number saturates.
        let slot = u32::try_from(self.set.policies.len()).unwrap_or(u32::MAX);
        self.set.policies.push(id);
        for (index, statement) in (0_u32..).zip(policy.statements()) {
            let conditions =
                statement.conditions().iter().map(|condition| self.share(condition)).collect();
            let id = StatementId { policy: id, index };
            let compiled = CompiledStatement::new(id, slot, policy.kind(), statement, conditions);
            let place = u32::try_from(self.set.statements.len()).unwrap_or(u32::MAX);
            match compiled.effect() {
                Effect::Allow => self.set.allows.add(place, &compiled),
                Effect::Deny => self.set.denies.add(place, &compiled),
            }
            self.set.statements.push(compiled);
        }
    }

    /// The compiled set.
    pub fn build(self) -> PolicySet {
        self.set
    }

    fn share(&mut self, condition: &Condition) -> u32 {
        if let Some(place) = self.shared.get(condition) {
            return *place;
        }
        let place = u32::try_from(self.set.conditions.len()).unwrap_or(u32::MAX);
        self.set.conditions.push(CompiledCondition::new(condition));
        self.shared.insert(condition.clone(), place);
        place
    }
}

/// Some policies of a set, such as those attached to one user.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Selection {
    bits: Vec<u64>,
}

impl Selection {
    fn insert(&mut self, slot: u32) {
        let (word, bit) = word_and_bit(slot);
        if let Some(word) = self.bits.get_mut(word) {
            *word |= bit;
        }
    }

    pub(crate) fn contains(&self, slot: u32) -> bool {
        let (word, bit) = word_and_bit(slot);
        self.bits.get(word).is_some_and(|word| word & bit != 0)
    }
}

fn word_and_bit(slot: u32) -> (usize, u64) {
    (slot as usize / 64, 1 << (slot % 64))
}
