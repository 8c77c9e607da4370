//! The compiled policies of one layer.

use std::sync::Arc;

use camlock_policy::{Policy, PolicyId};

use crate::segment::{Segment, SegmentBuilder};

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
#[derive(Clone, Debug, Default)]
pub struct PolicySet {
    pub(crate) segment: Arc<Segment>,
}

impl PolicySet {
    /// Starts an empty set.
    pub fn builder() -> PolicySetBuilder {
        PolicySetBuilder::default()
    }

    /// How many statements there are.
    pub fn statement_count(&self) -> usize {
        self.segment.statements.len()
    }

    /// The policies of the set that `wanted` picks, for a [`View`](crate::View) of those alone.
    pub fn select(&self, wanted: impl FnMut(PolicyId) -> bool) -> Selection {
        Selection { bits: Bits::of(self.segment.policies.iter().copied().map(wanted)) }
    }

    /// Bytes of heap that the set holds, near enough to compare designs.
    pub fn memory_usage(&self) -> usize {
        self.segment.memory_usage()
    }
}

/// Collects policies into a [`PolicySet`].
#[derive(Debug, Default)]
#[must_use]
pub struct PolicySetBuilder {
    segment: SegmentBuilder,
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
        self.segment.push(id, policy);
    }

    /// The compiled set.
    pub fn build(self) -> PolicySet {
        PolicySet { segment: Arc::new(self.segment.build()) }
    }
}

/// Some policies of a set, such as those attached to one user.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Selection {
    pub(crate) bits: Bits,
}

/// One bit a policy of a segment.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Bits(Box<[u64]>);

impl Bits {
    fn of(wanted: impl Iterator<Item = bool>) -> Self {
        let mut words = Vec::new();
        let mut word = 0_u64;
        let mut count = 0_u32;
        for wanted in wanted {
            word |= u64::from(wanted) << count;
            count += 1;
            if count == u64::BITS {
                words.push(std::mem::take(&mut word));
                count = 0;
            }
        }
        if count > 0 {
            words.push(word);
        }
        Self(words.into())
    }

    pub(crate) fn contains(&self, slot: u32) -> bool {
        self.0.get(slot as usize / 64).is_some_and(|word| word >> (slot % 64) & 1 != 0)
    }
}
