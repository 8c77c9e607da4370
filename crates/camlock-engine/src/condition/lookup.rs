//! What a condition key reads from the context.

use camlock_policy::{ConditionKey, Context, ContextFact, ContextKey, ContextValue};

use super::test::Operand;

/// A condition key in matching form.
#[derive(Debug, Eq, Hash, PartialEq)]
pub(crate) struct Key {
    /// Where the context keeps the values.
    home: ContextKey,
    /// For the per-key form: which tag of those [CND-27].
    tag: Option<Box<str>>,
}

/// Values with what each says, in the same order.
pub(super) type Facts<'a> = (&'a [ContextValue], &'a [ContextFact]);

/// Whether a key has values.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Presence {
    /// No value at all [CND-14].
    Missing,
    /// A value that may be meant for the key, but cannot be read [RD-17].
    Unreadable,
    /// At least one value.
    Present,
}

impl Key {
    pub(super) fn new(key: &ConditionKey) -> Self {
        match key.tag() {
            None => Self { home: ContextKey::new(key.as_str()), tag: None },
            Some(tag) => {
                Self { home: ContextKey::new(tag.side().key()), tag: tag.name().map(Into::into) }
            }
        }
    }

    /// The values where the key has its home.
    pub(super) fn find<'a>(&self, context: &'a Context) -> Facts<'a> {
        context.read(&self.home)
    }

    pub(super) fn presence(&self, (values, _): Facts<'_>) -> Presence {
        let Some(tag) = &self.tag else {
            return if values.is_empty() { Presence::Missing } else { Presence::Present };
        };
        let mut presence = Presence::Missing;
        for value in values {
            match tag_entry(tag, value) {
                TagEntry::Value(_) => return Presence::Present,
                TagEntry::Unreadable => presence = Presence::Unreadable,
                TagEntry::Other => {}
            }
        }
        presence
    }

    /// The values of the key; `None` stands for one that cannot be read.
    pub(super) fn values<'a>(
        &'a self,
        (values, facts): Facts<'a>,
    ) -> impl Iterator<Item = Option<Operand<'a>>> {
        values.iter().zip(facts).filter_map(|(value, fact)| {
            let Some(tag) = &self.tag else { return Some(Some(Operand::Value(value, fact))) };
            match tag_entry(tag, value) {
                TagEntry::Value(text) => Some(Some(Operand::Text(text))),
                TagEntry::Unreadable => Some(None),
                TagEntry::Other => None,
            }
        })
    }

    pub(super) fn memory_usage(&self) -> usize {
        self.home.as_str().len() + self.tag.as_ref().map_or(0, |tag| tag.len())
    }
}

/// What one entry says about one tag.
enum TagEntry<'a> {
    /// The value of the tag.
    Value(&'a str),
    /// It is about another tag.
    Other,
    /// It is no tag at all, and may hide this one [RD-17].
    Unreadable,
}

fn tag_entry<'a>(tag: &str, entry: &'a ContextValue) -> TagEntry<'a> {
    match entry.text().and_then(|text| text.split_once('&')) {
        None => TagEntry::Unreadable,
        Some((key, value)) if key == tag => TagEntry::Value(value),
        Some(_) => TagEntry::Other,
    }
}
