//! A statement in matching form: places in the tables of its set.

use camlock_policy::{Effect, Element, PolicyKind, StatementId};

use crate::principal::Principals;
use crate::truth::Truth;

/// A compiled statement.
#[derive(Debug)]
pub(crate) struct CompiledStatement {
    pub(crate) id: StatementId,
    /// The place of its policy in the set, for selections.
    pub(crate) slot: u32,
    pub(crate) effect: Effect,
    pub(crate) kind: PolicyKind,
    pub(crate) principals: Option<Box<Principals>>,
    /// `None` stands for every action.
    pub(crate) actions: Option<Places>,
    /// Empty in trust policies, which speak about their role [SYN-15].
    pub(crate) resources: Places,
    /// In document order.
    pub(crate) conditions: Places,
}

impl CompiledStatement {
    /// Whether it says more than actions and resources.
    pub(crate) fn has_more(&self) -> bool {
        self.principals.is_some() || self.conditions.len() > 0
    }
}

/// Some neighbours in a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Places {
    start: u32,
    end: u32,
}

impl Places {
    /// The places that a table grew by; `before` is its former length.
    pub(crate) fn since(before: usize, now: usize) -> Self {
        let place = |length| u32::try_from(length).unwrap_or(u32::MAX);
        Self { start: place(before), end: place(now) }
    }

    // INVARIANT: tables only grow, so the places are there.
    pub(crate) fn of<T>(self, table: &[T]) -> &[T] {
        table.get(self.start as usize..self.end as usize).unwrap_or_default()
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = u32> {
        self.start..self.end
    }

    pub(crate) fn len(self) -> u32 {
        self.end - self.start
    }
}

/// Whom a statement has to name to count.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Audience {
    /// The caller, in whatever way.
    Caller,
    /// Everyone: a public grant [EVL-9].
    Everyone,
}

/// Whether a statement matches, and the first element that keeps it from a plain yes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Match {
    pub(crate) truth: Truth,
    pub(crate) element: Option<Element>,
}

impl Match {
    /// Before anything was tried.
    pub(crate) const YES: Self = Self { truth: Truth::Yes, element: None };

    /// Takes one element more into account; answers whether it is worth going on.
    pub(crate) fn meet(&mut self, element: Element, truth: Truth) -> bool {
        if truth < self.truth {
            *self = Self { truth, element: Some(element) };
        }
        truth != Truth::No
    }
}
