//! Asking the policies of one layer.

use camlock_policy::{Effect, Layer, PolicyId, StatementId};

use crate::actions::ActionKey;
use crate::index::{Node, Query};
use crate::observer::Observer;
use crate::prepare::Prepared;
use crate::segment::{KnownConditions, Segment};
use crate::statement::{Audience, Places};
use crate::truth::Truth;
use crate::view::{Part, View};

/// What one layer answers for one effect: statements by number, so that the lowest is a minimum.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Found {
    certain: u64,
    uncertain: u64,
}

/// Stands for no statement; no policy has so many.
const NONE: u64 = u64::MAX;

impl Found {
    pub(crate) const NOTHING: Self = Self { certain: NONE, uncertain: NONE };

    /// The lowest statement that matches.
    #[inline]
    pub(crate) fn certain(self) -> Option<StatementId> {
        statement_of(self.certain)
    }

    pub(crate) fn is_certain(self) -> bool {
        self.certain != NONE
    }

    /// Whether there is a statement of which it cannot be told.
    pub(crate) fn is_uncertain(self) -> bool {
        self.uncertain != NONE
    }

    /// The lowest deny that applies, and whether it could not be told [EVL-21].
    #[inline]
    pub(crate) fn denied_by(self) -> Option<(StatementId, bool)> {
        let lowest = statement_of(self.certain.min(self.uncertain))?;
        Some((lowest, self.uncertain < self.certain))
    }

    fn or_lower(self, other: Self) -> Self {
        Self {
            certain: self.certain.min(other.certain),
            uncertain: self.uncertain.min(other.uncertain),
        }
    }
}

fn number_of(statement: StatementId) -> u64 {
    u64::from(statement.policy.0) << 32 | u64::from(statement.index)
}

#[expect(clippy::cast_possible_truncation, reason = "the halves are what is wanted")]
fn statement_of(number: u64) -> Option<StatementId> {
    let policy = PolicyId((number >> 32) as u32);
    (number != NONE).then_some(StatementId { policy, index: number as u32 })
}

/// What one layer answers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answer {
    pub(crate) denies: Found,
    pub(crate) allows: Found,
}

/// The lowest places of one segment that match for sure, and of which it cannot be told.
#[derive(Clone, Copy)]
struct Lowest {
    certain: u32,
    uncertain: u32,
}

impl Lowest {
    const NONE: Self = Self { certain: u32::MAX, uncertain: u32::MAX };

    fn is_none(self) -> bool {
        self.certain.min(self.uncertain) == u32::MAX
    }

    #[inline]
    fn in_segment(self, segment: &Segment) -> Found {
        let number = |place| match place {
            u32::MAX => NONE,
            place => segment.id(place).map_or(NONE, number_of),
        };
        Found { certain: number(self.certain), uncertain: number(self.uncertain) }
    }
}

/// A question to one layer: both effects in one pass over what the index finds.
#[derive(Debug)]
pub(crate) struct Asking<'q, O> {
    pub(crate) layer: Layer,
    pub(crate) audience: Audience,
    pub(crate) request: &'q Prepared<'q>,
    pub(crate) observer: &'q mut O,
}

impl<O: Observer> Asking<'_, O> {
    /// Asks the visible candidates of a layer.
    #[inline]
    pub(crate) fn ask(mut self, view: View<'_>) -> Answer {
        let answer = self.ask_part(view.base());
        match view.edited() {
            None => answer,
            Some(part) => {
                let edited = self.ask_part(part);
                Answer {
                    denies: answer.denies.or_lower(edited.denies),
                    allows: answer.allows.or_lower(edited.allows),
                }
            }
        }
    }

    fn ask_part(&mut self, part: Part<'_>) -> Answer {
        let (segment, request) = (part.segment, self.request);
        // The actions of a deny are those of an allow or more.
        let action = segment.action_key(request, Effect::Deny);
        let whole = request.service_level.then(|| segment.action_key(request, Effect::Allow));
        let allowed = whole.as_ref().unwrap_or(&action);
        let query = Query { request, action: &action, segment, any_condition: false };
        let (mut denies, mut allows) = (Lowest::NONE, Lowest::NONE);
        let mut known = KnownConditions::new();
        segment.index.candidates(query, &mut |list: Node| {
            // Whether a grant is to everyone is no question to denies [EVL-9].
            if list.has_denies() && self.audience == Audience::Caller {
                self.walk(part, &action, list.denies(), &mut known, &mut denies);
            }
            // What is allowed no longer matters once something is denied [EVL-3, EVL-21].
            if denies.is_none() {
                self.walk(part, allowed, list.allows(), &mut known, &mut allows);
            }
        });
        Answer { denies: denies.in_segment(segment), allows: allows.in_segment(segment) }
    }

    fn walk(
        &mut self,
        part: Part<'_>,
        action: &ActionKey,
        places: Places,
        known: &mut KnownConditions,
        lowest: &mut Lowest,
    ) {
        let index = &part.segment.index;
        for record in index.records(places) {
            // Lists are in growing order, so the rest of this one cannot give a lower statement.
            if lowest.certain <= record.place {
                break;
            }
            if !record.may_act(action) || !part.sees(record.slot) {
                continue;
            }
            let (segment, request) = (part.segment, self.request);
            let matched = segment.matches(record, action, request, self.audience, known);
            self.observer.considered(self.layer, segment, record.place, matched);
            match matched.truth {
                Truth::No => {}
                Truth::Unknown => lowest.uncertain = lowest.uncertain.min(record.place),
                Truth::Yes => lowest.certain = lowest.certain.min(record.place),
            }
        }
    }
}
