//! Asking the policies of one layer.

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

    /// Every visible statement, index or not.
    pub(crate) fn statements(self) -> impl Iterator<Item = &'a CompiledStatement> {
        self.segment().statements.iter().filter(move |statement| self.sees(statement.slot))
    }

    pub(crate) fn segment(self) -> &'a Segment {
        &self.set.segment
    }

    fn sees(self, slot: u32) -> bool {
        self.selection.is_none_or(|selection| selection.bits.contains(slot))
    }
}

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

/// A layer on its way to answers: what the index brought for the request, kept for both effects.
#[derive(Debug)]
pub(crate) struct Asked<'a> {
    view: View<'a>,
    action: ActionKey,
    lists: [Node; KEPT],
    /// How many lists there are, kept or not.
    count: usize,
}

/// More lists than these are looked up again for each effect.
const KEPT: usize = 8;

impl<'a> Asked<'a> {
    pub(crate) fn new(view: View<'a>, request: &Prepared<'_>) -> Self {
        // The actions of a deny are those of an allow or more.
        let action = view.segment().action_key(request, Effect::Deny);
        let mut asked = Self { view, action, lists: [Node::default(); KEPT], count: 0 };
        let (mut lists, mut count) = ([Node::default(); KEPT], 0);
        asked.look_up(request, |list| {
            if let Some(kept) = lists.get_mut(count) {
                *kept = list;
            }
            count += 1;
        });
        (asked.lists, asked.count) = (lists, count);
        asked
    }

    fn look_up(&self, request: &Prepared<'_>, mut give: impl FnMut(Node)) {
        let segment = self.view.segment();
        segment.index.candidates(Query { request, action: &self.action, segment }, &mut give);
    }

    /// Asks the statements of one effect, the visible candidates only.
    pub(crate) fn ask(
        &self,
        layer: Layer,
        effect: Effect,
        audience: Audience,
        request: &Prepared<'_>,
        observer: &mut impl Observer,
    ) -> Found {
        let mut found = Found::default();
        let action = match effect {
            Effect::Allow if request.service_level => {
                self.view.segment().action_key(request, effect)
            }
            _ => self.action,
        };
        let mut walk = |list: &Node| {
            self.walk(list, &action, layer, effect, audience, request, &mut found, observer);
        };
        if self.count <= KEPT {
            self.lists.iter().take(self.count).for_each(walk);
        } else {
            self.look_up(request, |list| walk(&list));
        }
        found
    }

    #[expect(clippy::too_many_arguments, reason = "the inner loop of `ask`, in sight of its names")]
    fn walk(
        &self,
        list: &Node,
        action: &ActionKey,
        layer: Layer,
        effect: Effect,
        audience: Audience,
        request: &Prepared<'_>,
        found: &mut Found,
        observer: &mut impl Observer,
    ) {
        let segment = self.view.segment();
        let places = match effect {
            Effect::Allow => list.allows(),
            Effect::Deny => list.denies(),
        };
        for record in segment.index.records(places) {
            let acts = record.actions.covers(action);
            if acts == Truth::No || !self.view.sees(record.slot) {
                continue;
            }
            let Some(statement) = segment.statement(record.place) else { continue };
            // Lists are in growing order, so the rest of this one cannot give a lower statement.
            if found.certain.is_some_and(|lowest| lowest <= statement.id) {
                break;
            }
            let matched = segment.matches(record, statement, acts, request, audience);
            observer.considered(layer, statement, matched);
            let home = match matched.truth {
                Truth::No => continue,
                Truth::Unknown => &mut found.uncertain,
                Truth::Yes => &mut found.certain,
            };
            *home = Some(home.map_or(statement.id, |lowest| lowest.min(statement.id)));
        }
    }
}
