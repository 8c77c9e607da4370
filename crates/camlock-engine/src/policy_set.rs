//! The compiled policies of one layer.

use std::collections::BTreeMap;
use std::sync::Arc;

use camlock_policy::{Policy, PolicyId};

use crate::segment::{Segment, SegmentBuilder};

/// Policies compiled for deciding: immutable, shared by threads, asked through a
/// [`View`](crate::View), and cheap to clone.
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
    base: Arc<Segment>,
    /// Policies of the base that an edit removed or replaced.
    removed: Option<Arc<Bits>>,
    edits: Option<Arc<Edits>>,
}

/// What edits put into a set, with the policies themselves for the next edit.
#[derive(Debug)]
struct Edits {
    segment: Segment,
    policies: BTreeMap<PolicyId, Policy>,
}

impl PolicySet {
    /// Starts an empty set.
    pub fn builder() -> PolicySetBuilder {
        PolicySetBuilder::default()
    }

    /// Starts a changed copy of the set, for little more than compiling what changes.
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
    /// let before = PolicySet::builder().add(PolicyId(7), &policy).build();
    /// let after = before.edit().remove(PolicyId(7)).put(PolicyId(9), policy).finish();
    /// assert_eq!((before.statement_count(), after.edited_statement_count()), (1, 1));
    /// # Ok::<(), camlock_policy::PolicyError>(())
    /// ```
    pub fn edit(&self) -> PolicySetEdit {
        let policies = self.edits.as_ref().map(|edits| edits.policies.clone()).unwrap_or_default();
        PolicySetEdit {
            base: Arc::clone(&self.base),
            removed: self.removed.as_deref().cloned(),
            policies,
        }
    }

    /// How many statements were compiled, those that an edit removed or replaced among them.
    pub fn statement_count(&self) -> usize {
        self.base.statements.len() + self.edited_statement_count()
    }

    /// How many statements edits put in. Each decision asks them apart from the others, and each edit
    /// compiles all of them again: build a new set when they grow to a part that matters.
    pub fn edited_statement_count(&self) -> usize {
        self.edits.as_ref().map_or(0, |edits| edits.segment.statements.len())
    }

    /// The policies of the set that `wanted` picks, for a [`View`](crate::View) of those alone.
    ///
    /// A selection stays good for edited copies of the set: it picks policies by their number.
    pub fn select(&self, mut wanted: impl FnMut(PolicyId) -> bool) -> Selection {
        let mut ids = Vec::new();
        let mut wanted = |id: PolicyId| {
            let wanted = wanted(id);
            if wanted {
                ids.push(id);
            }
            wanted
        };
        let bits = Bits::of(self.base.policies.iter().map(|id| wanted(*id)));
        if let Some(edits) = &self.edits {
            edits.policies.keys().for_each(|id| {
                wanted(*id);
            });
        }
        ids.sort_unstable();
        ids.dedup();
        Selection { bits, ids: ids.into() }
    }

    /// Bytes of heap that the set holds, near enough to compare designs.
    pub fn memory_usage(&self) -> usize {
        self.base.memory_usage()
            + self.edits.as_ref().map_or(0, |edits| edits.segment.memory_usage())
    }

    pub(crate) fn base(&self) -> &Segment {
        &self.base
    }

    pub(crate) fn edited(&self) -> Option<&Segment> {
        self.edits.as_ref().map(|edits| &edits.segment)
    }

    /// Whether a policy of the base still counts.
    pub(crate) fn keeps(&self, slot: u32) -> bool {
        self.removed.as_ref().is_none_or(|removed| !removed.contains(slot))
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
        PolicySet { base: Arc::new(self.segment.build()), removed: None, edits: None }
    }
}

/// A copy of a [`PolicySet`] on its way to another one.
#[derive(Debug)]
#[must_use]
pub struct PolicySetEdit {
    base: Arc<Segment>,
    removed: Option<Bits>,
    policies: BTreeMap<PolicyId, Policy>,
}

impl PolicySetEdit {
    /// Adds a policy, or replaces the one of this number.
    pub fn put(mut self, id: PolicyId, policy: Policy) -> Self {
        self = self.remove(id);
        self.policies.insert(id, policy);
        self
    }

    /// Removes a policy; one that is not there is no fault.
    pub fn remove(mut self, id: PolicyId) -> Self {
        self.policies.remove(&id);
        let numbers = (0_u32..).zip(&self.base.policies);
        for (slot, _) in numbers.filter(|(_, own)| **own == id) {
            let removed = self.removed.get_or_insert_with(|| Bits::none(self.base.policies.len()));
            removed.insert(slot);
        }
        self
    }

    /// The changed set.
    pub fn finish(self) -> PolicySet {
        let Self { base, removed, policies } = self;
        let mut builder = SegmentBuilder::default();
        for (id, policy) in &policies {
            builder.push(*id, policy);
        }
        let any = !policies.is_empty();
        let edits = any.then(|| Arc::new(Edits { segment: builder.build(), policies }));
        PolicySet { base, removed: removed.map(Arc::new), edits }
    }
}

/// Some policies of a set, such as those attached to one user.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Selection {
    bits: Bits,
    /// In order, for policies that edits put in.
    ids: Box<[PolicyId]>,
}

impl Selection {
    pub(crate) fn has_slot(&self, slot: u32) -> bool {
        self.bits.contains(slot)
    }

    pub(crate) fn has(&self, id: PolicyId) -> bool {
        self.ids.binary_search(&id).is_ok()
    }
}

/// One bit a policy of a segment.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Bits(Box<[u64]>);

impl Bits {
    fn none(policies: usize) -> Self {
        Self(vec![0; policies.div_ceil(64)].into())
    }

    fn of(wanted: impl ExactSizeIterator<Item = bool>) -> Self {
        let mut bits = Self::none(wanted.len());
        for (slot, _) in (0..).zip(wanted).filter(|(_, wanted)| *wanted) {
            bits.insert(slot);
        }
        bits
    }

    fn insert(&mut self, slot: u32) {
        if let Some(word) = self.0.get_mut(slot as usize / 64) {
            *word |= 1 << (slot % 64);
        }
    }

    fn contains(&self, slot: u32) -> bool {
        self.0.get(slot as usize / 64).is_some_and(|word| word >> (slot % 64) & 1 != 0)
    }
}
