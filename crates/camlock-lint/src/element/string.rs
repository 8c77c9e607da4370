//! A string of the document.

use std::ops::Range;

use camlock_source::{Edit, Span};
use camlock_syntax::json::{Kind, Text, Value};

use crate::edits;
use crate::tree;

/// A string of the document.
#[non_exhaustive]
#[derive(Clone, Copy, Debug)]
pub struct StringElement<'a> {
    /// The literal.
    pub text: &'a Text<'a>,
    /// Whether it is the name of a member.
    pub is_name: bool,
    /// Where in its list it stands; nothing where it stands alone.
    pub list: Option<ListPlace<'a>>,
}

/// A place in a list.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "a list and an index")]
pub struct ListPlace<'a> {
    /// The whole list.
    pub items: &'a [Value<'a>],
    /// The place in it.
    pub index: usize,
}

impl ListPlace<'_> {
    /// The edits that take items out of the list, `gone` says which; nothing where none would be left.
    pub fn removal_of(&self, gone: impl Fn(usize) -> bool) -> Option<Vec<Edit>> {
        edits::remove_items(self.items, gone)
    }
}

impl<'a> StringElement<'a> {
    pub(crate) fn value(text: &'a Text<'a>, list: Option<ListPlace<'a>>) -> Self {
        Self { text, is_name: false, list }
    }

    pub(crate) fn name(text: &'a Text<'a>) -> Self {
        Self { text, is_name: true, list: None }
    }

    /// What it says, escapes resolved.
    pub fn decoded(&self) -> &'a str {
        &self.text.decoded
    }

    /// The literal with its quotes.
    pub fn span(&self) -> Span {
        self.text.span
    }

    /// The bytes that say a range of the decoded text.
    pub fn span_of(&self, range: Range<usize>) -> Span {
        self.text.span_of(range)
    }

    /// The edit that lets it say something else.
    pub fn replace_with(&self, text: &str) -> Edit {
        edits::literal(self.span(), text)
    }

    /// The edit that takes it out of its list; nothing where it is the only one, or in no list.
    pub fn removal(&self) -> Option<Edit> {
        edits::remove_item(self.list?)
    }
}

/// The strings of a value that is a string or a list of them; what is neither is passed over.
pub(crate) fn strings<'a>(value: &'a Value<'a>) -> impl Iterator<Item = StringElement<'a>> {
    let all = tree::items(value);
    let is_list = matches!(value.kind, Kind::Array(_));
    all.iter().enumerate().filter_map(move |(index, item)| match &item.kind {
        Kind::String(text) => {
            let list = is_list.then_some(ListPlace { items: all, index });
            Some(StringElement::value(text, list))
        }
        _ => None,
    })
}
