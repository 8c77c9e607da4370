//! Asking the policies of one layer.

use camlock_policy::{Effect, Layer, StatementId};

use crate::actions::ActionKey;
use crate::index::{Node, Query};
use crate::observer::Observer;
use crate::prepare::Prepared;
use crate::statement::Audience;
use crate::truth::Truth;
use crate::view::{Part, View};

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

/// What the indexes brought for a layer, kept for both effects.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lookup<'a> {
    base: PartLookup<'a>,
    edited: Option<PartLookup<'a>>,
}

/// What one index brought.
#[derive(Clone, Copy, Debug)]
struct PartLookup<'a> {
    part: Part<'a>,
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
        self.used = lookup.base.first;
    }
}

impl<'a> Lookup<'a> {
    pub(crate) fn new(view: View<'a>, request: &Prepared<'_>, kept: &mut Kept) -> Self {
        let base = PartLookup::new(view.base(), request, kept);
        let edited = view.edited().map(|part| PartLookup::new(part, request, kept));
        Self { base, edited }
    }
}

impl<'a> PartLookup<'a> {
    fn new(part: Part<'a>, request: &Prepared<'_>, kept: &mut Kept) -> Self {
        let segment = part.segment;
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
        Self { part, action, denies, first, end }
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
        let mut found = Found::default();
        self.ask_part(&lookup.base, kept, &mut found);
        if let Some(edited) = &lookup.edited {
            self.ask_part(edited, kept, &mut found);
        }
        found
    }

    fn ask_part(&mut self, lookup: &PartLookup<'_>, kept: &Kept, found: &mut Found) {
        if self.effect == Effect::Deny && !lookup.denies {
            return;
        }
        let (part, segment) = (lookup.part, lookup.part.segment);
        let action = if self.request.service_level && self.effect == Effect::Allow {
            segment.action_key(self.request, self.effect)
        } else {
            lookup.action
        };
        if let Some(lists) = lookup.end.and_then(|end| kept.lists.get(lookup.first..end)) {
            for list in lists {
                self.walk(part, &action, list, found);
            }
        } else {
            let (request, wanted) = (self.request, &lookup.action);
            let query = Query { request, action: wanted, segment, any_condition: false };
            segment.index.candidates(query, &mut |list| {
                self.walk(part, &action, &list, found);
            });
        }
    }

    fn walk(&mut self, part: Part<'_>, action: &ActionKey, list: &Node, found: &mut Found) {
        let segment = part.segment;
        let places = match self.effect {
            Effect::Allow => list.allows(),
            Effect::Deny => list.denies(),
        };
        for record in segment.index.records(places) {
            let acts = record.actions.covers(action);
            if acts == Truth::No || !part.sees(record.slot) {
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
