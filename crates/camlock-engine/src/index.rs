//! Which statements might match a request, found without looking at the others.
//!
//! Every resource pattern of every statement stands in the index once a service of its actions, as a
//! [`Record`], under one key:
//!
//! - a pattern that fixes the whole last segment under the hash of that text;
//! - one that fixes the path down to some `/` under the hash of that directory;
//! - one that fixes a [joint](camlock_policy::hash::joints) somewhere, where there are many of them,
//!   under the hash of that;
//! - every other under one key that each request asks for.
//!
//! A list under a key that grows long is split, again and again, by what tells its records apart best:
//! their actions, the users they name, the values that a condition needs, or a few bytes of their
//! pattern. See [`plan`](plan::plan).
//!
//! A look-up may bring a record too many, never one too few: each that it brings is tried in full.

mod blocks;
mod draft;
mod grams;
mod plan;
mod split;

use camlock_policy::{Effect, PolicyKind};

use crate::actions::{ActionKey, ActionMask, ServiceId};
use crate::pattern::Pattern;
use crate::prepare::Prepared;
use crate::segment::Segment;
use crate::slots::{Slot, Slots};
use crate::statement::Places;
use crate::table::{Table, table_usage};
pub(crate) use draft::Draft;
use split::Split;

/// One resource pattern of one statement, with what rules it out fastest.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Record {
    /// The patterns over operations, of [`service`](Self::service).
    bits: u64,
    service: ServiceId,
    /// The statement.
    pub(crate) place: u32,
    /// The resource pattern; `*` where the statement has none.
    pub(crate) pattern: Pattern,
    /// The policy of the statement, for selections.
    pub(crate) slot: u32,
    pub(crate) effect: Effect,
    pub(crate) kind: PolicyKind,
    /// Whether the statement names principals or has conditions, and so has to be looked at.
    pub(crate) has_more: bool,
}

impl Record {
    pub(crate) fn actions(&self) -> ActionMask {
        ActionMask { service: self.service, bits: self.bits }
    }

    /// Whether the action of the request may be one of the statement's.
    #[inline]
    pub(crate) fn may_act(&self, action: &ActionKey) -> bool {
        self.actions().may_cover(action)
    }
}

/// Records under one key: denies, then allows, each in the order of their statements.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Node {
    start: u32,
    allows: u32,
    end: u32,
    /// The place of the split that stands for the records, from 1.
    split: u32,
}

impl Node {
    pub(crate) fn denies(&self) -> Places {
        Places::since(self.start as usize, self.allows as usize)
    }

    pub(crate) fn has_denies(&self) -> bool {
        self.start != self.allows
    }

    pub(crate) fn allows(&self) -> Places {
        Places::since(self.allows as usize, self.end as usize)
    }
}

impl Slot for Node {
    /// Nothing stands there, split or not.
    fn is_void(&self) -> bool {
        self.start == self.end && self.split == 0
    }
}

/// The index over the statements of a segment.
#[derive(Debug, Default)]
pub(crate) struct Index {
    records: Vec<Record>,
    table: Slots<Node>,
    splits: Vec<Split>,
    filter: Filter,
    /// Patterns that fix no directory.
    unfixed: Node,
    /// Patterns with variables once more, for callers who lack a value: then it cannot be told whether
    /// a pattern matches, wherever its literal text points [VAR-5].
    with_variables: Node,
    /// The first allows that name an action, whatever their resource.
    by_action: Table<Vec<u32>>,
    /// Whether any record stands under a part of its path.
    has_paths: bool,
    /// Whether any stands under a joint of its path.
    has_joints: bool,
    /// How many `/` the deepest directory under a key has.
    depth: usize,
}

/// A request and how the segment knows its action.
#[derive(Clone, Copy)]
pub(crate) struct Query<'q> {
    pub(crate) request: &'q Prepared<'q>,
    pub(crate) action: &'q ActionKey,
    pub(crate) segment: &'q Segment,
    /// Whether statements count whose conditions do not hold, as for telling which one failed.
    pub(crate) any_condition: bool,
}

impl Index {
    pub(crate) fn records(&self, places: Places) -> &[Record] {
        places.of(&self.records)
    }

    /// Gives every list of records that might match.
    #[inline]
    pub(crate) fn candidates(&self, query: Query<'_>, give: &mut impl FnMut(Node)) {
        // What is most likely to match comes first: a statement found early spares those behind it.
        if self.has_paths
            && let Some(path) = query.request.path
        {
            let hashes = path.hashes();
            let mut ask = |key| {
                if self.filter.may_contain(key) {
                    self.ask_table(key, query, give);
                }
            };
            ask(draft::exact_key(hashes.whole()));
            hashes.each_directory(path.resource(), self.depth, |hash| {
                ask(draft::directory_key(hash));
            });
            if self.has_joints {
                hashes.joints().iter().copied().for_each(ask);
            }
        }
        self.descend(self.unfixed, query, give);
        if !self.with_variables.is_void() && !query.request.variables().are_complete() {
            self.descend(self.with_variables, query, give);
        }
    }

    /// The first allows that name the action, whatever their resource.
    pub(crate) fn with_action(&self, action: &ActionKey) -> impl Iterator<Item = u32> {
        let lists = action.keys().filter_map(|key| self.by_action.get(&key));
        lists.flatten().copied()
    }

    /// Gives what stands under a key that passed the filter.
    #[inline(never)]
    fn ask_table(&self, key: u64, query: Query<'_>, give: &mut impl FnMut(Node)) {
        if let Some(node) = self.table.get(key) {
            self.descend(*node, query, give);
        }
    }

    #[inline]
    fn descend(&self, node: Node, query: Query<'_>, give: &mut impl FnMut(Node)) {
        if node.split != 0 {
            if let Some(split) = self.splits.get(node.split as usize - 1) {
                split.candidates(self, query, give);
            }
        } else if node.start != node.end {
            give(node);
        }
    }

    /// [`Self::descend`] behind a pointer, which ends the recursion of types.
    fn descend_in_split(&self, node: Node, query: Query<'_>, mut give: &mut dyn FnMut(Node)) {
        self.descend(node, query, &mut give);
    }

    pub(crate) fn memory_usage(&self) -> usize {
        size_of_val(&*self.records)
            + self.table.memory_usage()
            + self.splits.iter().map(Split::memory_usage).sum::<usize>()
            + size_of_val(&*self.filter.words)
            + table_usage(&self.by_action)
            + self.by_action.values().map(|places| size_of_val(&**places)).sum::<usize>()
    }
}

/// Tells most keys that are not in the table without touching it: two bits a key in one word.
#[derive(Debug, Default)]
struct Filter {
    words: Box<[u64]>,
}

impl Filter {
    fn new(count: usize, keys: impl Iterator<Item = u64>) -> Self {
        let words = (count / 4).next_power_of_two();
        let mut filter = Self { words: vec![0; words].into() };
        for key in keys {
            let (at, bits) = filter.word_and_bits(key);
            if let Some(word) = filter.words.get_mut(at) {
                *word |= bits;
            }
        }
        filter
    }

    #[inline]
    fn may_contain(&self, key: u64) -> bool {
        let (at, bits) = self.word_and_bits(key);
        self.words.get(at).is_some_and(|word| word & bits == bits)
    }

    #[inline]
    fn word_and_bits(&self, key: u64) -> (usize, u64) {
        let bits = 1 << (key >> 52 & 63) | 1 << (key >> 46 & 63);
        // Any part of the hash will do for the place.
        let at = (key >> 16) as usize;
        (at & self.words.len().wrapping_sub(1), bits)
    }
}
