//! Which policies of a set count for a caller.

use std::cell::Cell;

use camlock_policy::Effect;

use crate::index::Query;
use crate::policy_set::{PolicySet, Selection};
use crate::prepare::Prepared;
use crate::segment::Segment;
use crate::statement::CompiledStatement;

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

    /// What was compiled at first, without what edits removed.
    pub(crate) fn base(self) -> Part<'a> {
        Part { view: self, segment: self.set.base(), edited: false }
    }

    /// What edits put in.
    pub(crate) fn edited(self) -> Option<Part<'a>> {
        self.set.edited().map(|segment| Part { view: self, segment, edited: true })
    }
}

/// The part of a view that was compiled together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part<'a> {
    view: View<'a>,
    pub(crate) segment: &'a Segment,
    edited: bool,
}

/// How many statements are looked at to find the one that came nearest.
const MOST_RELATED: usize = 16;

impl<'a> Part<'a> {
    /// Whether the policy in a slot of the segment counts.
    #[inline]
    pub(crate) fn sees(&self, slot: u32) -> bool {
        if self.edited {
            let id = self.segment.policies.get(slot as usize);
            return self.view.selection.is_none_or(|own| id.is_some_and(|id| own.has(*id)));
        }
        self.view.selection.is_none_or(|own| own.has_slot(slot)) && self.view.set.keeps(slot)
    }

    /// Visible allows that are about the request, though some element may not match: those with its
    /// action and its resource, some with its action alone, and where there is none of either the
    /// first that there are. A request that nothing matches must not cost a pass over everything.
    pub(crate) fn related(
        self,
        request: &Prepared<'_>,
        mut give: impl FnMut(&'a CompiledStatement),
    ) {
        let segment = self.segment;
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
                if left.get() == 0 {
                    break;
                }
                if record.may_act(&action) {
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
}
