//! Long lists told apart by something else than their resource.

use std::collections::HashMap;
use std::net::IpAddr;

use camlock_policy::{Principal, hash};

use super::draft::Draft;
use super::{Index, Node, Query};
use crate::condition::{Guard, GuardKind, Mask};
use crate::segment::Segment;

/// A list of up to this many records is walked; the mask of each rules most out.
const LONG: usize = 16;
/// A list of more records that all have an action of the request is split further.
const LONG_OF_ONE_ACTION: usize = 4;
/// Bytes of a pattern are only looked for from this many patterns on.
const LONG_FOR_GRAMS: usize = 128;
/// A record stands under this many keys of a split at most.
const MOST_KEYS: usize = 8;
/// All splits together multiply a record at most so often.
const MOST_COPIES: u16 = 32;
/// Each level asks for something else, so more than these cannot help.
const MOST_LEVELS: u32 = 6;
/// Networks of more sizes are not looked up one by one.
const MOST_MASKS: usize = 8;

/// What tells the records of a list apart.
#[derive(Debug)]
enum Axis {
    /// The patterns of their actions, and which occur at all, by service.
    Action { occurring: Box<[u64]> },
    /// The users they name.
    User,
    /// The texts that one condition key may have; the condition tells which key.
    Text { condition: u32 },
    /// The networks that one condition key may lie in.
    Network { condition: u32, masks: Box<[Mask]> },
    /// Eight or four bytes that the resource contains.
    Grams { long: bool, short: bool },
    /// Nothing: another list has the same key.
    Also(Node),
}

/// A list that was split.
#[derive(Debug)]
pub(super) struct Split {
    axis: Axis,
    /// What the keys of the parts are made of.
    key: u64,
    /// Records without the property, which every request has to try.
    rest: Node,
    /// All records, for a request whose property cannot be told.
    all: Node,
}

impl Split {
    /// Gives every list of the split that might match.
    pub(super) fn candidates(&self, index: &Index, query: Query<'_>, give: &mut dyn FnMut(Node)) {
        let mut part = |inner: u64| {
            let key = hash::within(self.key, inner);
            if index.filter.may_contain(key) {
                index.ask_in_split(key, query, give);
            }
        };
        match &self.axis {
            Axis::Text { .. } | Axis::Network { .. } if query.any_condition => {
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
                if condition.texts(query.request.context()).any(|text| text.is_none()) {
                    return give(self.all);
                }
                for text in condition.texts(query.request.context()).flatten() {
                    part(hash::of(text));
                }
            }
            Axis::Network { condition, masks } => {
                let Some(condition) = query.segment.conditions.get(*condition as usize) else {
                    return give(self.all);
                };
                if condition.addresses(query.request.context()).any(|address| address.is_none()) {
                    return give(self.all);
                }
                for address in condition.addresses(query.request.context()).flatten() {
                    for network in masks.iter().filter_map(|mask| network_key(*mask, address)) {
                        part(network);
                    }
                }
            }
            Axis::Grams { long, short } => {
                if let Some(path) = query.request.path {
                    let bytes = path.resource().as_bytes();
                    if *long {
                        bytes.windows(8).for_each(|gram| part(gram_key(gram)));
                    }
                    if *short {
                        bytes.windows(4).for_each(|gram| part(gram_key(gram)));
                    }
                }
            }
            Axis::Also(other) => index.descend_in_split(*other, query, give),
        }
        index.descend_in_split(self.rest, query, give);
    }

    pub(super) fn memory_usage(&self) -> usize {
        let lists = match &self.axis {
            Axis::Network { masks, .. } => size_of_val(&**masks),
            Axis::Action { occurring } => size_of_val(&**occurring),
            _ => 0,
        };
        size_of_val(self) + lists
    }
}

fn network_key(mask: Mask, address: IpAddr) -> Option<u64> {
    mask.network(address).map(hash::of_number).map(|network| hash::within(mask.number(), network))
}

fn gram_key(gram: &[u8]) -> u64 {
    let number =
        gram.iter().fold(gram.len() as u128, |number, byte| number << 8 | u128::from(*byte));
    hash::of_number(number)
}

/// Files lists, and splits those that are long.
pub(super) struct Splitter<'s> {
    pub(super) index: Index,
    pub(super) segment: &'s Segment,
}

/// A way to split a list: for each record the keys of its parts, or none for the rest.
struct Plan {
    axis: Axis,
    keys: Vec<Vec<u64>>,
}

impl Splitter<'_> {
    /// Files a list, which is in order, under a key.
    pub(super) fn file(&mut self, key: u64, list: &[Draft]) {
        self.file_part(key, list, MOST_LEVELS);
    }

    fn file_part(&mut self, key: u64, list: &[Draft], levels: u32) {
        let node = self.node(key, list, levels);
        let earlier = self.index.table.get(&key).copied();
        let node = match earlier {
            None => node,
            Some(earlier) => {
                let (axis, all) = (Axis::Also(node), Node::default());
                self.split(Split { axis, key, rest: earlier, all })
            }
        };
        self.index.table.insert(key, node);
    }

    fn node(&mut self, key: u64, list: &[Draft], levels: u32) -> Node {
        let long = if levels == MOST_LEVELS { LONG } else { LONG_OF_ONE_ACTION };
        let plan = if list.len() > long && levels > 0 { self.plan(list) } else { None };
        let Some(Plan { axis, keys }) = plan else { return self.index.append(list) };
        // A part may be split by the same property once more, with other values: keys must differ.
        let key = hash::within(key, u64::from(levels));
        let mut rest = Vec::new();
        let mut parts = Vec::new();
        for (draft, keys) in list.iter().zip(keys) {
            let count = u16::try_from(keys.len()).unwrap_or(u16::MAX);
            let copies = draft.copies.saturating_mul(count);
            if keys.is_empty() || copies > MOST_COPIES {
                rest.push(*draft);
            } else {
                let part = |inner| Draft { key: hash::within(key, inner), copies, ..*draft };
                parts.extend(keys.into_iter().map(part));
            }
        }
        parts.sort_unstable_by_key(Draft::order);
        for part in parts.chunk_by(|left, right| left.key == right.key) {
            let key = part.first().map_or(key, |draft| draft.key);
            self.file_part(key, part, levels - 1);
        }
        let rest = self.node(key, &rest, levels - 1);
        let all = match axis {
            Axis::Text { .. } | Axis::Network { .. } => self.index.append(list),
            _ => Node::default(),
        };
        self.split(Split { axis, key, rest, all })
    }

    fn split(&mut self, split: Split) -> Node {
        self.index.splits.push(split);
        let split = u32::try_from(self.index.splits.len()).unwrap_or(u32::MAX);
        Node { split, ..Node::default() }
    }

    /// The first way that leaves no part with most of the list.
    fn plan(&self, list: &[Draft]) -> Option<Plan> {
        Some(Self::by_action(list))
            .filter(Plan::helps)
            .or_else(|| Some(self.by_user(list)).filter(Plan::helps))
            .or_else(|| self.by_guard(list).filter(Plan::helps))
            .or_else(|| self.by_grams(list).filter(Plan::helps))
    }

    fn by_action(list: &[Draft]) -> Plan {
        let keys = list.iter().map(|draft| match draft.record.actions().keys() {
            Some(keys) => capped(keys),
            None => Vec::new(),
        });
        let keys = keys.collect();
        let mut occurring = Vec::new();
        for actions in list.iter().map(|draft| draft.record.actions()) {
            let Some(place) = actions.place() else { continue };
            if occurring.len() <= place {
                occurring.resize(place + 1, 0);
            }
            if let Some(bits) = occurring.get_mut(place) {
                *bits |= actions.bits;
            }
        }
        // What the list is too short for is not worth its memory.
        occurring.truncate(4 * list.len());
        Plan { axis: Axis::Action { occurring: occurring.into() }, keys }
    }

    fn by_user(&self, list: &[Draft]) -> Plan {
        let keys = list.iter().map(|draft| {
            let statement = self.segment.statement(draft.record.place);
            let users = statement.and_then(|s| s.principals.as_ref()?.only_users());
            users.map_or(Vec::new(), |users| capped(users.map(|uin| hash::of(uin.as_str()))))
        });
        Plan { axis: Axis::User, keys: keys.collect() }
    }

    /// By the values of the condition key that most records test.
    fn by_guard(&self, list: &[Draft]) -> Option<Plan> {
        let mut counts: HashMap<GuardKind<'_>, (usize, u32)> = HashMap::new();
        for draft in list {
            for (place, guard) in self.guards(draft) {
                counts.entry(guard.kind()).or_insert((0, place)).0 += 1;
            }
        }
        // The lowest condition among equals, so that a build does not depend on the order of a map.
        let most = counts.into_iter().max_by_key(|(_, (count, place))| (*count, u32::MAX - place));
        let (kind, (_, condition)) = most?;
        let mut masks = Vec::new();
        let keys: Vec<Vec<u64>> = list
            .iter()
            .map(|draft| {
                let mut guards = self.guards(draft).map(|(_, guard)| guard);
                match guards.find(|guard| guard.kind() == kind) {
                    Some(Guard::Texts(_, texts)) => capped(
                        texts.iter().map(|text| hash::of(text.literal().unwrap_or_default())),
                    ),
                    Some(Guard::Networks(_, networks)) => {
                        let keys = networks.iter().map(|range| {
                            let (mask, address) = range.parts();
                            if !masks.contains(&mask) && masks.len() < MOST_MASKS {
                                masks.push(mask);
                            }
                            masks.contains(&mask).then(|| network_key(mask, address)).flatten()
                        });
                        keys.collect::<Option<_>>().map_or(Vec::new(), |keys: Vec<_>| capped(keys))
                    }
                    None => Vec::new(),
                }
            })
            .collect();
        let axis = match kind {
            GuardKind::Text(_) => Axis::Text { condition },
            GuardKind::Network(_) => Axis::Network { condition, masks: masks.into() },
        };
        Some(Plan { axis, keys })
    }

    fn guards(&self, draft: &Draft) -> impl Iterator<Item = (u32, Guard<'_>)> {
        let statement = self.segment.statement(draft.record.place);
        let places = statement.map_or(&[][..], |s| self.segment.places_of_conditions(s));
        places.iter().filter_map(|place| {
            let condition = self.segment.conditions.get(*place as usize)?;
            Some((*place, condition.guard()?))
        })
    }

    /// By the bytes of each pattern that the fewest patterns before it stand under.
    fn by_grams(&self, list: &[Draft]) -> Option<Plan> {
        if list.len() <= LONG_FOR_GRAMS {
            return None;
        }
        let (mut long, mut short) = (false, false);
        let mut counts: HashMap<u64, u32> = HashMap::new();
        let keys = list.iter().map(|draft| {
            let Some(pattern) = self.segment.patterns.get(draft.record.pattern) else {
                return Vec::new();
            };
            let literals = self.segment.patterns.literals(pattern);
            let texts = || literals.others.iter().copied().chain([literals.prefix]);
            let size = if texts().any(|text| text.len() >= 8) { 8 } else { 4 };
            let grams = texts().flat_map(|text| text.as_bytes().windows(size)).map(gram_key);
            let rarest = grams.min_by_key(|key| counts.get(key).copied().unwrap_or(0));
            let Some(key) = rarest else { return Vec::new() };
            *counts.entry(key).or_default() += 1;
            *(if size == 8 { &mut long } else { &mut short }) = true;
            vec![key]
        });
        let keys = keys.collect();
        Some(Plan { axis: Axis::Grams { long, short }, keys })
    }
}

impl Plan {
    /// Whether no request has to try most of the list.
    fn helps(&self) -> bool {
        let mut counts: HashMap<u64, usize> = HashMap::new();
        let mut rest = 0;
        for keys in &self.keys {
            rest += usize::from(keys.is_empty());
            for key in keys {
                *counts.entry(*key).or_default() += 1;
            }
        }
        let longest = counts.values().copied().max().unwrap_or(0);
        (rest + longest) * 4 <= self.keys.len() * 3
    }
}

/// The keys, each once, unless there are too many.
fn capped(keys: impl IntoIterator<Item = u64>) -> Vec<u64> {
    let mut capped: Vec<u64> = keys.into_iter().take(MOST_KEYS + 1).collect();
    capped.sort_unstable();
    capped.dedup();
    if capped.len() > MOST_KEYS { Vec::new() } else { capped }
}
