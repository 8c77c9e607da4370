//! Ways through the tree of a text.

use camlock_source::Span;
pub(crate) use camlock_syntax::Piece;
use camlock_syntax::json::{self, Kind, Member, Value};
use camlock_syntax::limits::Limits;

use crate::documents::MAX_DOCUMENT_BYTES;

/// A step from a value to one in it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Step {
    /// To the member of this name; in a faulty text a name may be missing.
    Member(String),
    /// To the item of a list.
    Item(usize),
}

/// The texts that a file holds.
pub(crate) fn pieces<'t>(name: &str, text: &'t str) -> Vec<Piece<'t>> {
    camlock_syntax::pieces(name, text).all
}

/// The text that a byte of a file belongs to.
pub(crate) fn piece_at<'t>(name: &str, text: &'t str, offset: u32) -> Piece<'t> {
    let all = pieces(name, text);
    let behind = all.partition_point(|piece| piece.start <= offset);
    let own = behind.checked_sub(1).and_then(|at| all.get(at));
    own.copied().unwrap_or(Piece { text, start: 0 })
}

/// The tree of a text, as far as it can be read.
pub(crate) fn parse(text: &str) -> Option<Value<'_>> {
    let limits = Limits {
        max_bytes: MAX_DOCUMENT_BYTES,
        max_depth: 32,
        max_members: usize::MAX,
        max_faults: 1,
        ..Limits::policy()
    };
    json::parse(text, &limits).root
}

/// The members of an object; none of anything else.
pub(crate) fn members<'v, 'a>(value: &'v Value<'a>) -> &'v [Member<'a>] {
    match &value.kind {
        Kind::Object(members) => members,
        _ => &[],
    }
}

/// The items of a list; what is none is its own only item, as in most places of a policy.
pub(crate) fn items<'v, 'a>(value: &'v Value<'a>) -> &'v [Value<'a>] {
    match &value.kind {
        Kind::Array(items) => items,
        _ => std::slice::from_ref(value),
    }
}

/// The member of a name, letter case aside [SYN-10].
pub(crate) fn member<'v, 'a>(value: &'v Value<'a>, name: &str) -> Option<&'v Value<'a>> {
    let mut named = members(value).iter();
    let named = named.find(|member| member.name.decoded.eq_ignore_ascii_case(name));
    named.map(|member| &member.value)
}

/// Where a path leads.
pub(crate) fn follow<'v, 'a>(root: &'v Value<'a>, path: &[Step]) -> Option<&'v Value<'a>> {
    path.iter().try_fold(root, |value, step| match (step, &value.kind) {
        (Step::Member(name), _) => member(value, name),
        (Step::Item(index), Kind::Array(items)) => items.get(*index),
        (Step::Item(_), _) => None,
    })
}

/// What a string says.
pub(crate) fn string<'v>(value: &'v Value<'_>) -> Option<&'v str> {
    match &value.kind {
        Kind::String(text) => Some(&text.decoded),
        _ => None,
    }
}

/// What identifies something: a string, or a number, which means the same.
pub(crate) fn scalar<'v>(value: &'v Value<'_>) -> Option<&'v str> {
    match &value.kind {
        Kind::String(text) => Some(&text.decoded),
        Kind::Number(text) => Some(text),
        _ => None,
    }
}

/// The strings of an element that is a string or a list of them.
pub(crate) fn strings<'v>(value: Option<&'v Value<'_>>) -> Vec<&'v str> {
    value.map(items).unwrap_or_default().iter().filter_map(string).collect()
}

/// The span in a text that has `start` bytes more in front.
pub(crate) fn moved(span: Span, start: u32) -> Span {
    Span::new(span.start.saturating_add(start), span.end.saturating_add(start))
}
