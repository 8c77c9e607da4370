//! Asking the policies of one layer.

use camlock_policy::{Effect, Layer, StatementId};

use crate::observer::Observer;
use crate::policy_set::{PolicySet, Selection};
use crate::prepare::Prepared;
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
        self.set.statements.iter().filter(move |statement| self.sees(statement))
    }

    pub(crate) fn set(self) -> &'a PolicySet {
        self.set
    }

    fn sees(self, statement: &CompiledStatement) -> bool {
        self.selection.is_none_or(|selection| selection.contains(statement.slot))
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

/// Asks the statements of one effect, the visible candidates only.
pub(crate) fn ask(
    layer: Layer,
    view: View<'_>,
    effect: Effect,
    audience: Audience,
    request: &Prepared<'_>,
    observer: &mut impl Observer,
) -> Found {
    let mut found = Found::default();
    view.set.index(effect).candidates(request, |places| {
        for place in places {
            let Some(statement) = view.set.statement(*place) else { continue };
            // Lists are in growing order, so the rest of this one cannot give a lower statement.
            if found.certain.is_some_and(|lowest| lowest <= statement.id) {
                break;
            }
            if !view.sees(statement) {
                continue;
            }
            let matched = statement.matches(request, audience, &view.set.conditions);
            observer.considered(layer, statement, matched);
            let home = match matched.truth {
                Truth::No => continue,
                Truth::Unknown => &mut found.uncertain,
                Truth::Yes => &mut found.certain,
            };
            *home = Some(home.map_or(statement.id, |lowest| lowest.min(statement.id)));
        }
    });
    found
}
