//! From an element of a policy to the bytes that say it.

use camlock_policy::{Element, ElementPath};
use camlock_source::Span;

/// Where each element of a policy stands in its text.
///
/// Positions live beside the policy, so that two texts of one meaning are equal policies and the
/// engine needs no spans.
#[derive(Clone, Debug, Default)]
pub struct SpanMap {
    pub(crate) statements: Vec<StatementSpans>,
}

/// Where the elements of one statement stand.
#[derive(Clone, Debug, Default)]
pub(crate) struct StatementSpans {
    pub(crate) statement: Span,
    pub(crate) effect: Option<Span>,
    pub(crate) principals: Option<Span>,
    pub(crate) actions: Option<Span>,
    pub(crate) resources: Option<Span>,
    /// One entry a key, in document order.
    pub(crate) conditions: Vec<Span>,
}

impl SpanMap {
    /// The same places in a text that has `offset` bytes more in front.
    pub(crate) fn moved_by(mut self, offset: u32) -> Self {
        for statement in &mut self.statements {
            let StatementSpans { statement, effect, principals, actions, resources, conditions } =
                statement;
            let elements = [effect, principals, actions, resources].into_iter().flatten();
            for span in elements.chain(conditions).chain([statement]) {
                let moved = |at: u32| at.saturating_add(offset);
                *span = Span::new(moved(span.start), moved(span.end));
            }
        }
        self
    }

    /// The bytes of an element; of its statement where the element has none of its own.
    pub fn span(&self, path: ElementPath) -> Option<Span> {
        let statement = self.statements.get(usize::try_from(path.statement).ok()?)?;
        let own = match path.element {
            Element::Effect => statement.effect,
            Element::Principals => statement.principals,
            Element::Actions => statement.actions,
            Element::Resources => statement.resources,
            Element::Condition(index) => {
                let index = usize::try_from(index).ok()?;
                statement.conditions.get(index).copied()
            }
            _ => None,
        };
        Some(own.unwrap_or(statement.statement))
    }
}
