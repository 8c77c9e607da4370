//! What a long list is split by.

use std::collections::HashMap;

use camlock_policy::hash;

use super::draft::{Draft, Home};
use super::grams::Grams;
use super::split::{Axis, network_key};
use crate::condition::{Guard, GuardKind, Interval};
use crate::segment::Segment;

/// Bytes of a pattern are only looked for from this many patterns on, where each byte of a text begins
/// some that may be meant.
const LONG_FOR_GRAMS: usize = 128;
/// A record stands under this many keys of a split at most.
const MOST_KEYS: usize = 16;
/// Networks of more sizes are not looked up one by one.
const MOST_MASKS: usize = 8;
/// So many condition keys are tried for one list.
const MOST_KINDS: usize = 3;
/// Fewer different intervals are not worth telling apart.
const FEW_INTERVALS: usize = 4;

/// A way to split a list.
pub(super) enum Plan {
    /// For each record the keys of its parts, or none for the rest.
    Keys { axis: Axis, keys: Vec<Vec<u64>> },
    /// For each record the interval that some value of the condition's key has to lie in.
    Intervals { condition: u32, intervals: Vec<Option<Interval>> },
}

/// The first way that leaves no part with most of the list.
pub(super) fn plan(segment: &Segment, list: &[Draft]) -> Option<Plan> {
    Some(by_action(list))
        .filter(Plan::helps)
        .or_else(|| Some(by_user(segment, list)).filter(Plan::helps))
        .or_else(|| by_guard(segment, list))
        .or_else(|| Some(by_grams(segment, list)?).filter(Plan::helps))
}

fn by_action(list: &[Draft]) -> Plan {
    let keys = list.iter().map(|draft| match draft.record.actions().keys() {
        Some(keys) => capped(keys),
        None => Vec::new(),
    });
    let keys = keys.collect();
    let mut occurring = Vec::new();
    for actions in list.iter().map(|draft| draft.record.actions()) {
        // What the list is too short for is not worth its memory.
        let Some(place) = actions.place().filter(|place| *place < 4 * list.len()) else { continue };
        if occurring.len() <= place {
            occurring.resize(place + 1, 0);
        }
        if let Some(bits) = occurring.get_mut(place) {
            *bits |= actions.bits;
        }
    }
    Plan::Keys { axis: Axis::Action { occurring: occurring.into() }, keys }
}

fn by_user(segment: &Segment, list: &[Draft]) -> Plan {
    let keys = list.iter().map(|draft| {
        let statement = segment.statement(draft.record.place);
        let users = statement.and_then(|s| s.principals.as_ref()?.only_users());
        users.map_or(Vec::new(), |users| capped(users.map(|uin| hash::of(uin.as_str()))))
    });
    Plan::Keys { axis: Axis::User, keys: keys.collect() }
}

/// By the values of a condition key that many records test.
fn by_guard(segment: &Segment, list: &[Draft]) -> Option<Plan> {
    let mut counts: HashMap<GuardKind<'_>, (usize, u32)> = HashMap::new();
    for draft in list {
        for (place, guard) in guards(segment, draft) {
            counts.entry(guard.kind()).or_insert((0, place)).0 += 1;
        }
    }
    let mut kinds: Vec<_> = counts.into_iter().collect();
    // The lowest condition first among equals, so that a build does not depend on the order of a map.
    kinds.sort_unstable_by_key(|(_, (count, place))| (std::cmp::Reverse(*count), *place));
    let kinds = kinds.into_iter().take(MOST_KINDS);
    kinds
        .map(|(kind, (_, condition))| match kind {
            GuardKind::Text(_) => by_text(segment, list, kind, condition),
            GuardKind::Network(_) => by_network(segment, list, kind, condition),
            GuardKind::Time(_) | GuardKind::Number(_) => {
                by_interval(segment, list, kind, condition)
            }
        })
        .find(Plan::helps)
}

fn by_text(segment: &Segment, list: &[Draft], kind: GuardKind<'_>, condition: u32) -> Plan {
    let keys = list.iter().map(|draft| match guard_of(segment, draft, kind) {
        Some(Guard::Texts(_, texts)) => {
            capped(texts.iter().map(|text| hash::of(text.literal().unwrap_or_default())))
        }
        _ => Vec::new(),
    });
    Plan::Keys { axis: Axis::Text { condition }, keys: keys.collect() }
}

fn by_network(segment: &Segment, list: &[Draft], kind: GuardKind<'_>, condition: u32) -> Plan {
    let mut masks = Vec::new();
    let keys = list.iter().map(|draft| {
        let Some(Guard::Networks(_, networks)) = guard_of(segment, draft, kind) else {
            return Vec::new();
        };
        let keys = networks.iter().map(|range| {
            let (mask, address) = range.parts();
            if !masks.contains(&mask) && masks.len() < MOST_MASKS {
                masks.push(mask);
            }
            masks.contains(&mask).then(|| network_key(mask, address)).flatten()
        });
        keys.collect::<Option<_>>().map_or(Vec::new(), |keys: Vec<_>| capped(keys))
    });
    let keys = keys.collect();
    Plan::Keys { axis: Axis::Network { condition, masks: masks.into() }, keys }
}

fn by_interval(segment: &Segment, list: &[Draft], kind: GuardKind<'_>, condition: u32) -> Plan {
    let intervals = list.iter().map(|draft| match guard_of(segment, draft, kind) {
        Some(Guard::Times(_, interval) | Guard::Numbers(_, interval)) => Some(interval),
        _ => None,
    });
    Plan::Intervals { condition, intervals: intervals.collect() }
}

fn guard_of<'s>(segment: &'s Segment, draft: &Draft, kind: GuardKind<'_>) -> Option<Guard<'s>> {
    guards(segment, draft).map(|(_, guard)| guard).find(|guard| guard.kind() == kind)
}

fn guards<'s>(segment: &'s Segment, draft: &Draft) -> impl Iterator<Item = (u32, Guard<'s>)> {
    let statement = segment.statement(draft.record.place);
    let places = statement.map_or(&[][..], |s| segment.places_of_conditions(s));
    places.iter().filter_map(|place| {
        let condition = segment.conditions.get(*place as usize)?;
        Some((*place, condition.guard()?))
    })
}

/// By the bytes of each pattern that the fewest patterns before it stand under.
fn by_grams(segment: &Segment, list: &[Draft]) -> Option<Plan> {
    // These are for callers who lack a value, to whom the text of a pattern says nothing [VAR-5].
    if list.first().is_some_and(|draft| draft.home == Home::WithVariables) {
        return None;
    }
    let mut grams = Grams::default();
    let mut counts: HashMap<u64, u32> = HashMap::new();
    let keys = list.iter().map(|draft| {
        let literals = segment.patterns.literals(draft.record.pattern);
        let key = grams.key_of(&literals, &mut counts);
        key.into_iter().collect()
    });
    let keys = keys.collect();
    let worth = list.len() > LONG_FOR_GRAMS || !grams.are_many();
    worth.then_some(Plan::Keys { axis: Axis::Grams(grams), keys })
}

impl Plan {
    /// Whether no request has to try most of the list for nothing.
    fn helps(&self) -> bool {
        match self {
            Self::Keys { keys, .. } => {
                let mut counts: HashMap<u64, usize> = HashMap::new();
                let mut rest = 0;
                for keys in keys {
                    rest += usize::from(keys.is_empty());
                    for key in keys {
                        *counts.entry(*key).or_default() += 1;
                    }
                }
                let longest = counts.values().copied().max().unwrap_or(0);
                (rest + longest) * 4 <= keys.len() * 3
            }
            Self::Intervals { intervals, .. } => {
                let mut bounded: Vec<Interval> = intervals.iter().filter_map(|own| *own).collect();
                let most = bounded.len() * 2 > intervals.len();
                bounded.sort_unstable();
                bounded.dedup();
                most && bounded.len() > FEW_INTERVALS
            }
        }
    }
}

/// The keys, each once; none where there are too many.
fn capped(keys: impl IntoIterator<Item = u64>) -> Vec<u64> {
    let mut capped: Vec<u64> = keys.into_iter().take(MOST_KEYS + 1).collect();
    // Before repeated ones go, since there may be more behind the last.
    if capped.len() > MOST_KEYS {
        return Vec::new();
    }
    capped.sort_unstable();
    capped.dedup();
    capped
}
