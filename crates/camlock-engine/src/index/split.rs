//! Long lists told apart by something else than their resource.

use std::net::IpAddr;

use camlock_policy::{Principal, hash};

use super::blocks::Blocks;
use super::draft::Draft;
use super::grams::Grams;
use super::plan::{Plan, plan};
use super::{Index, Node, Query};
use crate::condition::{Interval, Mask};
use crate::segment::Segment;
use crate::slots::Slots;

/// A list of up to this many records is walked; the mask of each rules most out.
const LONG: usize = 16;
/// A part of a list is split again from more records on.
const LONG_PART: usize = 4;
/// All splits together multiply a record at most so often.
const MOST_COPIES: u16 = 32;
/// Each level asks for something else, so more than these cannot help.
const MOST_LEVELS: u32 = 6;
/// So many different values of a request are looked up; with more, every record is tried.
const MOST_VALUES: usize = 16;

/// What tells the records of a list apart.
#[derive(Debug)]
pub(super) enum Axis {
    /// The patterns of their actions, and which occur at all, by service.
    Action { occurring: Box<[u64]> },
    /// The users they name.
    User,
    /// The texts that one condition key may have; the condition tells which key.
    Text { condition: u32 },
    /// The networks that one condition key may lie in.
    Network { condition: u32, masks: Box<[Mask]> },
    /// The times or numbers that one condition key may have.
    Interval { condition: u32, blocks: Blocks },
    /// A few bytes that the resource contains.
    Grams(Grams),
}

/// A list that was split.
#[derive(Debug)]
pub(super) struct Split {
    axis: Axis,
    /// The parts by the hash of the property.
    parts: Slots<Node>,
    /// Records without the property, which every request has to try.
    rest: Node,
    /// All records, for a request whose property cannot be told, or is too much.
    all: Node,
}

impl Split {
    /// Gives every list of the split that might match.
    pub(super) fn candidates(&self, index: &Index, query: Query<'_>, give: &mut dyn FnMut(Node)) {
        let mut part = |key: u64| {
            if let Some(node) = self.parts.get(key) {
                index.descend_in_split(*node, query, give);
            }
        };
        match &self.axis {
            Axis::Text { .. } | Axis::Network { .. } | Axis::Interval { .. }
                if query.any_condition =>
            {
                return give(self.all);
            }
            Axis::Action { occurring } => {
                query.action.keys_among(occurring).for_each(&mut part);
            }
            Axis::User => {
                if let Principal::User(user) = query.request.principal {
                    part(hash::of(user.uin.as_str()));
                }
            }
            Axis::Text { condition } => {
                let Some(condition) = query.segment.conditions.get(*condition as usize) else {
                    return give(self.all);
                };
                let mut seen = Seen::default();
                for text in condition.texts(query.request.context()) {
                    if !text.is_some_and(|text| seen.take(hash::of(text))) {
                        return give(self.all);
                    }
                }
                seen.each(part);
            }
            Axis::Network { condition, masks } => {
                let Some(condition) = query.segment.conditions.get(*condition as usize) else {
                    return give(self.all);
                };
                let mut seen = Seen::default();
                for address in condition.addresses(query.request.context()) {
                    let Some(address) = address else { return give(self.all) };
                    let mut keys = masks.iter().filter_map(|mask| network_key(*mask, address));
                    if !keys.all(|key| seen.take(key)) {
                        return give(self.all);
                    }
                }
                seen.each(part);
            }
            Axis::Interval { condition, blocks } => {
                let condition = query.segment.conditions.get(*condition as usize);
                let measured = condition.and_then(|c| c.measured(query.request.context()));
                let Some(measured) = measured else { return give(self.all) };
                blocks.each(measured, &mut *give);
            }
            Axis::Grams(grams) => {
                // A text may repeat itself; most of it has no part.
                let mut seen = Seen::default();
                let mut full = false;
                if let Some(path) = query.request.path {
                    grams.each_key(path.resource().as_bytes(), |key| {
                        full |= self.parts.get(key).is_some() && !seen.take(key);
                    });
                }
                if full {
                    return give(self.all);
                }
                seen.each(part);
            }
        }
        index.descend_in_split(self.rest, query, give);
    }

    pub(super) fn memory_usage(&self) -> usize {
        let lists = match &self.axis {
            Axis::Network { masks, .. } => size_of_val(&**masks),
            Axis::Action { occurring } => size_of_val(&**occurring),
            Axis::Interval { blocks, .. } => blocks.memory_usage(),
            _ => 0,
        };
        size_of_val(self) + self.parts.memory_usage() + lists
    }
}

/// Keys that were looked up already, as many as there is room for.
#[derive(Default)]
struct Seen {
    keys: [u64; MOST_VALUES],
    count: usize,
}

impl Seen {
    fn has(&self, key: u64) -> bool {
        self.keys.iter().take(self.count).any(|own| *own == key)
    }

    /// Keeps a key, once; answers whether there was room.
    fn take(&mut self, key: u64) -> bool {
        if self.has(key) {
            return true;
        }
        let Some(room) = self.keys.get_mut(self.count) else { return false };
        *room = key;
        self.count += 1;
        true
    }

    fn each(&self, give: impl FnMut(u64)) {
        self.keys.iter().take(self.count).copied().for_each(give);
    }
}

pub(super) fn network_key(mask: Mask, address: IpAddr) -> Option<u64> {
    mask.network(address).map(hash::of_number).map(|network| hash::within(mask.number(), network))
}

/// Files lists, and splits those that are long.
pub(super) struct Splitter<'s> {
    pub(super) index: Index,
    pub(super) segment: &'s Segment,
}

impl Splitter<'_> {
    /// Files a list, which is in order, and splits it where it is long.
    pub(super) fn file(&mut self, list: &[Draft]) -> Node {
        self.file_part(list, MOST_LEVELS)
    }

    fn file_part(&mut self, list: &[Draft], levels: u32) -> Node {
        let long = if levels == MOST_LEVELS { LONG } else { LONG_PART };
        let plan = if list.len() > long && levels > 0 { plan(self.segment, list) } else { None };
        match plan {
            None => self.index.append(list),
            Some(Plan::Keys { axis, keys }) => self.by_key(list, axis, keys, levels),
            Some(Plan::Intervals { condition, intervals }) => {
                self.by_interval(list, condition, &intervals, levels)
            }
        }
    }

    fn by_key(&mut self, list: &[Draft], axis: Axis, keys: Vec<Vec<u64>>, levels: u32) -> Node {
        let mut rest = Vec::new();
        let mut filed = Vec::new();
        for (draft, keys) in list.iter().zip(keys) {
            let count = u16::try_from(keys.len()).unwrap_or(u16::MAX);
            let copies = draft.copies.saturating_mul(count);
            if keys.is_empty() || copies > MOST_COPIES {
                rest.push(*draft);
            } else {
                filed.extend(keys.into_iter().map(|key| Draft { key, copies, ..*draft }));
            }
        }
        filed.sort_unstable_by_key(Draft::order);
        let mut parts = Vec::new();
        for part in filed.chunk_by(|left, right| left.key == right.key) {
            if let Some(first) = part.first() {
                parts.push((first.key, self.file_part(part, levels - 1)));
            }
        }
        let parts = Slots::new(&parts);
        let rest = self.file_part(&rest, levels - 1);
        let all = match axis {
            Axis::Text { .. } | Axis::Network { .. } | Axis::Grams(_) => self.index.append(list),
            Axis::Action { .. } | Axis::User | Axis::Interval { .. } => Node::default(),
        };
        self.split(Split { axis, parts, rest, all })
    }

    /// Files records by the interval that each needs a value in.
    fn by_interval(
        &mut self,
        list: &[Draft],
        condition: u32,
        intervals: &[Option<Interval>],
        levels: u32,
    ) -> Node {
        let (mut bounded, mut rest) = (Vec::new(), Vec::new());
        for (draft, interval) in list.iter().zip(intervals) {
            match interval {
                Some(interval) => bounded.push((*interval, *draft)),
                None => rest.push(*draft),
            }
        }
        let axis = Axis::Interval { condition, blocks: Blocks::new(bounded, &mut self.index) };
        let rest = self.file_part(&rest, levels - 1);
        let all = self.index.append(list);
        self.split(Split { axis, parts: Slots::default(), rest, all })
    }

    fn split(&mut self, split: Split) -> Node {
        self.index.splits.push(split);
        let split = u32::try_from(self.index.splits.len()).unwrap_or(u32::MAX);
        Node { split, ..Node::default() }
    }
}
