//! What a rule found.

use camlock_source::{Diagnostic, Span};

use crate::rule::RuleMeta;

/// What a rule found, or what the front end did.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Finding {
    /// The rule; one of [`rules()`](crate::rules()) or of [`fault_rules`](crate::fault_rules).
    pub rule: &'static RuleMeta,
    /// The finding: its severity is the level of the rule, its places are those of the text.
    pub diagnostic: Diagnostic,
    /// Which document of the text, from 0.
    pub document: usize,
}

impl Finding {
    /// The same finding in a text that has `offset` more bytes in front.
    #[must_use]
    pub fn moved_by(mut self, offset: u32) -> Self {
        let moved = |span: &mut Span| {
            *span = Span::new(span.start.saturating_add(offset), span.end.saturating_add(offset));
        };
        let own = &mut self.diagnostic;
        moved(&mut own.span);
        own.secondary.iter_mut().for_each(|label| moved(&mut label.span));
        own.fix.iter_mut().flat_map(|fix| &mut fix.edits).for_each(|edit| moved(&mut edit.span));
        self
    }
}
