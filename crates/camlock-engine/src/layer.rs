//! Asking the policies of one layer.

use std::cell::Cell;

use camlock_policy::{Effect, Layer, StatementId};

use crate::actions::ActionKey;
use crate::index::{Node, Query};
use crate::observer::Observer;
use crate::policy_set::{PolicySet, Selection};
use crate::prepare::Prepared;
use crate::segment::Segment;
use crate::statement::{Audience, CompiledStatement};
use crate::truth::Truth;

/// The policies of one layer that count for one principal: a set, or a selection of it.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    set: &'a PolicySet,
    selection: Option<&'a Selection>,
}

impl<'a> View<'a> {
    /// Every policy of a set.
    pub fn all(set: &'a PolicySet) -> Self {
        Self { set, selection: None }
    }

    /// The selected policies of a set.
    pub fn selected(set: &'a PolicySet, selection: &'a Selection) -> Self {
        Self { set, selection: Some(selection) }
    }

    /// Visible allows that are about the request, though some element may not match: those with its
    /// action and its resource, some with its action alone, and where there is none of either the
    /// first that there are. A request that nothing matches must not cost a pass over everything.
    pub(crate) fn related(
        self,
        request: &Prepared<'_>,
        mut give: impl FnMut(&'a CompiledStatement),
    ) {
        let segment = self.segment();
        let action = segment.action_key(request, Effect::Allow);
        let left = Cell::new(MOST_RELATED);
        let mut try_place = |place: u32| {
            let statement = segment.statement(place).filter(|_| left.get() > 0);
            if let Some(statement) = statement.filter(|s| self.sees(s.slot)) {
                left.set(left.get() - 1);
                give(statement);
            }
        };
        let query = Query { request, action: &action, segment, any_condition: true };
        segment.index.candidates(query, &mut |list| {
            for record in segment.index.records(list.allows()) {
                if record.actions.covers(&action) != Truth::No {
                    try_place(record.place);
                }
            }
        });
        segment.index.with_action(&action).for_each(&mut try_place);
        if left.get() == MOST_RELATED {
            let all = (0..).zip(&segment.statements).take(MOST_RELATED);
            let allows = all.filter(|(_, statement)| statement.effect == Effect::Allow);
            allows.for_each(|(place, _)| try_place(place));
        }
    }

    pub(crate) fn segment(self) -> &'a Segment {
        &self.set.segment
    }

    fn sees(self, slot: u32) -> bool {
        self.selection.is_none_or(|selection| selection.bits.contains(slot))
    }
}

/// How many statements are looked at to find the one that came nearest.
const MOST_RELATED: usize = 64;

/// What one layer answers for one effect.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Found {
    /// The lowest statement that matches.
    pub(crate) certain: Option<StatementId>,
    /// The lowest statement of which it cannot be told.
    pub(crate) uncertain: Option<StatementId>,
}

impl Found {
    /// The lowest deny that applies, and whether it could not be told [EVL-21].
    pub(crate) fn denied_by(&self) -> Option<(StatementId, bool)> {
        match (self.certain, self.uncertain) {
            (Some(certain), Some(uncertain)) if uncertain < certain => Some((uncertain, true)),
            (Some(certain), _) => Some((certain, false)),
            (None, Some(uncertain)) => Some((uncertain, true)),
            (None, None) => None,
        }
    }
}

/// What the index brought for a layer, kept for both effects.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lookup<'a> {
    view: View<'a>,
    action: ActionKey,
    /// Whether any list holds a deny.
    denies: bool,
    first: usize,
    /// `None` where there was no room for the lists, so that they have to be looked up again.
    end: Option<usize>,
}

/// Lists that lookups brought, one after the other.
#[derive(Debug)]
pub(crate) struct Kept {
    lists: [Node; ROOM],
    used: usize,
}

/// Enough for all layers of nearly every request.
const ROOM: usize = 16;

impl Kept {
    pub(crate) fn new() -> Self {
        Self { lists: [Node::default(); ROOM], used: 0 }
    }

    /// Forgets what was kept after a lookup.
    pub(crate) fn drop(&mut self, lookup: &Lookup<'_>) {
        self.used = lookup.first;
    }
}

impl<'a> Lookup<'a> {
    pub(crate) fn new(view: View<'a>, request: &Prepared<'_>, kept: &mut Kept) -> Self {
        let segment = view.segment();
        // The actions of a deny are those of an allow or more.
        let action = segment.action_key(request, Effect::Deny);
        let first = kept.used;
        let query = Query { request, action: &action, segment, any_condition: false };
        let mut denies = false;
        segment.index.candidates(query, &mut |list| {
            denies |= list.has_denies();
            if let Some(room) = kept.lists.get_mut(kept.used) {
                *room = list;
            }
            kept.used += 1;
        });
        let end = (kept.used <= ROOM).then_some(kept.used);
        if end.is_none() {
            kept.used = first;
        }
        Self { view, action, denies, first, end }
    }
}

/// A question to one layer.
#[derive(Debug)]
pub(crate) struct Asking<'q, O> {
    pub(crate) layer: Layer,
    pub(crate) effect: Effect,
    pub(crate) audience: Audience,
    pub(crate) request: &'q Prepared<'q>,
    pub(crate) observer: &'q mut O,
}

impl<O: Observer> Asking<'_, O> {
    /// Asks the statements of one effect, the visible candidates only.
    pub(crate) fn ask(mut self, lookup: &Lookup<'_>, kept: &Kept) -> Found {
        if self.effect == Effect::Deny && !lookup.denies {
            return Found::default();
        }
        let segment = lookup.view.segment();
        let action = if self.request.service_level && self.effect == Effect::Allow {
            segment.action_key(self.request, self.effect)
        } else {
            lookup.action
        };
        let mut found = Found::default();
        match lookup.end.and_then(|end| kept.lists.get(lookup.first..end)) {
            Some(lists) => {
                for list in lists {
                    self.walk(lookup.view, &action, list, &mut found);
                }
            }
            None => {
                let query = Query {
                    request: self.request,
                    action: &lookup.action,
                    segment,
                    any_condition: false,
                };
                segment.index.candidates(query, &mut |list| {
                    self.walk(lookup.view, &action, &list, &mut found);
                });
            }
        }
        found
    }

    fn walk(&mut self, view: View<'_>, action: &ActionKey, list: &Node, found: &mut Found) {
        let segment = view.segment();
        let places = match self.effect {
            Effect::Allow => list.allows(),
            Effect::Deny => list.denies(),
        };
        for record in segment.index.records(places) {
            let acts = record.actions.covers(action);
            if acts == Truth::No || !view.sees(record.slot) {
                continue;
            }
            let Some(statement) = segment.statement(record.place) else { continue };
            // Lists are in growing order, so the rest of this one cannot give a lower statement.
            if found.certain.is_some_and(|lowest| lowest <= statement.id) {
                break;
            }
            let matched = segment.matches(record, statement, acts, self.request, self.audience);
            self.observer.considered(self.layer, statement, matched);
            let home = match matched.truth {
                Truth::No => continue,
                Truth::Unknown => &mut found.uncertain,
                Truth::Yes => &mut found.certain,
            };
            *home = Some(home.map_or(statement.id, |lowest| lowest.min(statement.id)));
        }
    }
}
