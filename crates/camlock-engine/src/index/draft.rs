//! What a statement stands under, before lists are split.

use camlock_policy::{Effect, hash};

use super::split::Splitter;
use super::{Filter, Index, Node, Record};
use crate::actions::ActionMask;
use crate::pattern::{Pattern, PatternTable};
use crate::segment::Segment;
use crate::slots::Slots;
use crate::statement::CompiledStatement;
use crate::table::Table;

/// A record with the key it shall stand under.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Draft {
    pub(super) home: Home,
    pub(super) key: u64,
    /// How often the record stands in the index, at most; splits do not multiply it without end.
    pub(super) copies: u16,
    pub(super) record: Record,
}

/// So many records need no keys.
const FEW: usize = 12;

/// What part of the index a record stands in.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Home {
    /// Under its key in the table.
    Table,
    /// Among the patterns that fix no directory.
    Unfixed,
    /// Among the patterns with variables.
    WithVariables,
}

/// The key of a directory, given its hash.
pub(super) fn directory_key(hash: u64) -> u64 {
    hash
}

/// The key of a whole path, which differs from that of the same text as a directory.
pub(super) fn exact_key(hash: u64) -> u64 {
    !hash
}

impl Draft {
    /// Every record of a statement.
    pub(crate) fn of_statement(
        place: u32,
        statement: &CompiledStatement,
        masks: &[ActionMask],
        patterns: &PatternTable,
        drafts: &mut Vec<Self>,
    ) {
        let mut add = |pattern: Pattern, home: Home, key: u64| {
            drafts.extend(masks.iter().map(|actions| Self {
                home,
                key,
                copies: 1,
                record: Record {
                    bits: actions.bits,
                    service: actions.service,
                    place,
                    pattern,
                    slot: statement.slot,
                    effect: statement.effect,
                    kind: statement.kind,
                    has_more: statement.has_more(),
                },
            }));
        };
        if statement.resources.len() == 0 {
            add(Pattern::EVERYTHING, Home::Unfixed, 0);
        }
        for number in statement.resources.iter() {
            let Some(pattern) = patterns.get(number) else { continue };
            match key(pattern, patterns) {
                None => add(pattern, Home::Unfixed, 0),
                Some(key) => add(pattern, Home::Table, key),
            }
            if patterns.has_variables(pattern) {
                add(pattern, Home::WithVariables, 0);
            }
        }
    }

    /// Denies before allows, and each in the order of the statements.
    pub(super) fn order(&self) -> (Home, u64, bool, u32) {
        (self.home, self.key, self.record.effect == Effect::Allow, self.record.place)
    }
}

/// The key that a request asks for if its last segment can match.
fn key(pattern: Pattern, patterns: &PatternTable) -> Option<u64> {
    if let Some(exact) = patterns.exact(pattern) {
        return Some(exact_key(hash::of(exact)));
    }
    directory(patterns.literal_prefix(pattern)).map(|path| directory_key(hash::of(path)))
}

/// The longest directory that a text begins with.
fn directory(prefix: &str) -> Option<&str> {
    prefix.get(..=memchr::memrchr(b'/', prefix.as_bytes())?)
}

impl Index {
    /// Builds the index of a segment whose tables are complete.
    pub(crate) fn new(mut drafts: Vec<Draft>, segment: &Segment) -> Self {
        // Looking at each is quicker than hashing a path.
        let few = drafts.len() <= FEW;
        if few {
            drafts.retain(|draft| draft.home != Home::WithVariables);
            for draft in &mut drafts {
                (draft.home, draft.key) = (Home::Unfixed, 0);
            }
        }
        let has_joints = !few && file_by_joint(&mut drafts, &segment.patterns);
        let by_action = by_action(&drafts);
        drafts.sort_unstable_by_key(Draft::order);
        let lists =
            || drafts.chunk_by(|left, right| (left.home, left.key) == (right.home, right.key));
        let mut index = Self { by_action, depth: depth(segment), ..Self::default() };
        index.records.reserve_exact(drafts.len());
        let mut filed = Vec::with_capacity(lists().count());
        let mut splitter = Splitter { index, segment };
        for list in lists() {
            let Some(first) = list.first() else { continue };
            let node = splitter.file(list);
            match first.home {
                Home::Table => filed.push((first.key, node)),
                Home::Unfixed => splitter.index.unfixed = node,
                Home::WithVariables => splitter.index.with_variables = node,
            }
        }
        let mut index = splitter.index;
        (index.has_paths, index.has_joints) = (!few, has_joints);
        index.table = Slots::new(&filed);
        index.filter = Filter::new(filed.len(), index.table.keys());
        index.records.shrink_to_fit();
        index
    }

    pub(super) fn append(&mut self, list: &[Draft]) -> Node {
        let place = |length| u32::try_from(length).unwrap_or(u32::MAX);
        let start = self.records.len();
        let denies = list.iter().filter(|draft| draft.record.effect == Effect::Deny).count();
        self.records.extend(list.iter().map(|draft| draft.record));
        Node {
            start: place(start),
            allows: place(start + denies),
            end: place(self.records.len()),
            split: 0,
        }
    }
}

/// Files patterns that fix no directory under the joint that the fewest before them stand under, unless
/// they are few; answers whether they are not.
fn file_by_joint(drafts: &mut [Draft], patterns: &PatternTable) -> bool {
    let mut counts: Table<u32> = Table::default();
    let mut filed: Vec<(usize, u64)> = Vec::new();
    for (at, draft) in drafts.iter().enumerate().filter(|(_, draft)| draft.home == Home::Unfixed) {
        let mut rarest: Option<(u32, u64)> = None;
        for text in patterns.literals(draft.record.pattern).others {
            hash::joints(text, |key| {
                let count = counts.get(&key).copied().unwrap_or(0);
                if rarest.is_none_or(|(least, _)| count < least) {
                    rarest = Some((count, key));
                }
            });
        }
        if let Some((count, key)) = rarest {
            counts.insert(key, count + 1);
            filed.push((at, key));
        }
    }
    let many = filed.len() > FEW;
    for (at, key) in filed.into_iter().filter(|_| many) {
        if let Some(draft) = drafts.get_mut(at) {
            (draft.home, draft.key) = (Home::Table, key);
        }
    }
    many
}

/// Allows by the actions they name, the first few of each.
fn by_action(drafts: &[Draft]) -> Table<Vec<u32>> {
    const FIRST: usize = 8;
    let mut table: Table<Vec<u32>> = Table::default();
    for draft in drafts.iter().filter(|draft| draft.record.effect == Effect::Allow) {
        for key in draft.record.actions().keys().into_iter().flatten() {
            let places = table.entry(key).or_default();
            if places.len() < FIRST && places.last() != Some(&draft.record.place) {
                places.push(draft.record.place);
            }
        }
    }
    table
}

fn depth(segment: &Segment) -> usize {
    let patterns = (0_u32..).map_while(|place| segment.patterns.get(place));
    let prefixes = patterns.map(|pattern| segment.patterns.literal_prefix(pattern).as_bytes());
    prefixes.map(|prefix| memchr::memchr_iter(b'/', prefix).count()).max().unwrap_or(0)
}
