//! What a statement stands under, before lists are split.

use camlock_policy::{Effect, hash};

use super::split::Splitter;
use super::{Filter, Index, Node, Record};
use crate::actions::ActionMask;
use crate::pattern::{Pattern, PatternTable};
use crate::segment::Segment;
use crate::statement::CompiledStatement;
use crate::table::Table;

/// A record with the key it shall stand under.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Draft {
    pub(super) key: u64,
    /// How often the record stands in the index, at most; splits do not multiply it without end.
    pub(super) copies: u16,
    pub(super) record: Record,
}

/// So many records need no keys.
const FEW: usize = 12;

const UNFIXED: u64 = 1;
const WITH_VARIABLES: u64 = 2;

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
        let mut add = |pattern: u32, key: u64| {
            drafts.extend(masks.iter().map(|actions| Self {
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
            add(u32::MAX, UNFIXED);
        }
        for number in statement.resources.iter() {
            let Some(pattern) = patterns.get(number) else { continue };
            let key = key(pattern, patterns);
            add(number, key.unwrap_or(UNFIXED));
            if key.is_some() && PatternTable::has_variables(pattern) {
                add(number, WITH_VARIABLES);
            }
        }
    }

    /// Denies before allows, and each in the order of the statements.
    pub(super) fn order(&self) -> (u64, bool, u32) {
        (self.key, self.record.effect == Effect::Allow, self.record.place)
    }
}

/// The key that a request asks for if its last segment can match.
fn key(pattern: &Pattern, patterns: &PatternTable) -> Option<u64> {
    if let Some(exact) = patterns.exact(pattern) {
        return Some(exact_key(hash::of(exact)));
    }
    directory(patterns.literals(pattern).prefix).map(|path| directory_key(hash::of(path)))
}

/// The longest directory that a text begins with.
fn directory(prefix: &str) -> Option<&str> {
    prefix.get(..=prefix.rfind('/')?)
}

impl Index {
    /// Builds the index of a segment whose tables are complete.
    pub(crate) fn new(mut drafts: Vec<Draft>, segment: &Segment) -> Self {
        // Looking at each is quicker than hashing a path.
        let few = drafts.len() <= FEW;
        if few {
            drafts.retain(|draft| draft.key != WITH_VARIABLES);
            for draft in &mut drafts {
                draft.key = UNFIXED;
            }
        }
        let by_action = by_action(&drafts);
        drafts.sort_unstable_by_key(Draft::order);
        let mut index = Self { by_action, depth: depth(segment), ..Self::default() };
        index.records.reserve_exact(drafts.len());
        index.table.reserve(drafts.chunk_by(|left, right| left.key == right.key).count());
        let mut splitter = Splitter { index, segment };
        for list in drafts.chunk_by(|left, right| left.key == right.key) {
            let key = list.first().map_or(UNFIXED, |draft| draft.key);
            splitter.file(key, list);
        }
        let mut index = splitter.index;
        let direct = |index: &Self, key| index.table.get(&key).copied().unwrap_or_default();
        (index.unfixed, index.with_variables) =
            (direct(&index, UNFIXED), direct(&index, WITH_VARIABLES));
        index.has_paths = !few;
        index.filter = Filter::new(index.table.keys().copied());
        index.records.shrink_to_fit();
        index.table.shrink_to_fit();
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
    let depths = patterns.map(|pattern| {
        segment.patterns.literals(pattern).prefix.bytes().filter(|byte| *byte == b'/').count()
    });
    depths.max().unwrap_or(0)
}
