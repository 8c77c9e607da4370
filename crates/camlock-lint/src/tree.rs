//! Ways through the JSON tree.

use std::fmt::Write as _;

use camlock_source::Span;
use camlock_syntax::json::{Kind, Member, Value};

/// The members of an object; none of anything else.
pub(crate) fn members<'v, 'a>(value: &'v Value<'a>) -> &'v [Member<'a>] {
    match &value.kind {
        Kind::Object(members) => members,
        _ => &[],
    }
}

/// The first member with this name, in any letter case [SYN-10].
pub(crate) fn member<'v, 'a>(value: &'v Value<'a>, name: &str) -> Option<&'v Member<'a>> {
    members(value).iter().find(|member| member.name.decoded.eq_ignore_ascii_case(name))
}

/// The items of a list, or the value itself: elements may be written as one or as a list of one
/// [SYN-7].
pub(crate) fn items<'v, 'a>(value: &'v Value<'a>) -> &'v [Value<'a>] {
    match &value.kind {
        Kind::Array(items) => items,
        Kind::Invalid => &[],
        _ => std::slice::from_ref(value),
    }
}

/// The JSON pointer of the deepest value or name around a place (RFC 6901).
///
/// # Complexity
///
/// The depth times the logarithm of how much stands beside; nothing else needs to carry pointers.
pub(crate) fn pointer(root: &Value<'_>, place: Span) -> String {
    let mut pointer = String::new();
    let mut value = root;
    loop {
        match &value.kind {
            Kind::Object(members) => {
                let index = members.partition_point(|member| member.name.span.start <= place.start);
                let Some(member) = index.checked_sub(1).and_then(|index| members.get(index)) else {
                    return pointer;
                };
                if place.end > member.value.span.end {
                    return pointer;
                }
                pointer.push('/');
                push_escaped(&mut pointer, &member.name.decoded);
                if place.start < member.value.span.start {
                    return pointer;
                }
                value = &member.value;
            }
            Kind::Array(items) => {
                let index = items.partition_point(|item| item.span.start <= place.start);
                let found = index.checked_sub(1).and_then(|index| Some((index, items.get(index)?)));
                let Some((index, item)) = found.filter(|(_, item)| place.end <= item.span.end)
                else {
                    return pointer;
                };
                // Writing to a string cannot fail.
                _ = write!(pointer, "/{index}");
                value = item;
            }
            _ => return pointer,
        }
    }
}

fn push_escaped(pointer: &mut String, name: &str) {
    if name.contains(['~', '/']) {
        pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
    } else {
        pointer.push_str(name);
    }
}

/// The object that has the member whose name stands at a place, and which of its members that is.
///
/// # Complexity
///
/// As of [`pointer()`].
pub(crate) fn member_at<'v, 'a>(
    root: &'v Value<'a>,
    name: Span,
) -> Option<(&'v [Member<'a>], usize)> {
    let mut value = root;
    loop {
        match &value.kind {
            Kind::Object(members) => {
                let behind = members.partition_point(|own| own.name.span.start <= name.start);
                let index = behind.checked_sub(1)?;
                let member = members.get(index)?;
                if name.end <= member.name.span.end {
                    return Some((members, index));
                }
                value = &member.value;
            }
            Kind::Array(items) => {
                let behind = items.partition_point(|item| item.span.start <= name.start);
                value = behind.checked_sub(1).and_then(|index| items.get(index))?;
            }
            _ => return None,
        }
    }
}

/// The last member in front of a place, of the innermost object around it.
///
/// # Complexity
///
/// As of [`pointer()`].
pub(crate) fn member_before<'v, 'a>(root: &'v Value<'a>, at: u32) -> Option<&'v Member<'a>> {
    let mut value = root;
    loop {
        match &value.kind {
            Kind::Object(members) => {
                let behind = members.partition_point(|own| own.name.span.start < at);
                let member = behind.checked_sub(1).and_then(|index| members.get(index))?;
                if member.value.span.end <= at {
                    return Some(member);
                }
                value = &member.value;
            }
            Kind::Array(items) => {
                let behind = items.partition_point(|item| item.span.start < at);
                value = behind.checked_sub(1).and_then(|index| items.get(index))?;
            }
            _ => return None,
        }
    }
}

/// Whether two trees say the same, wherever it stands. What could not be read is like nothing else.
pub(crate) fn same(a: &Value<'_>, b: &Value<'_>) -> bool {
    match (&a.kind, &b.kind) {
        (Kind::Null, Kind::Null) => true,
        (Kind::Bool(a), Kind::Bool(b)) => a == b,
        (Kind::Number(a), Kind::Number(b)) => a == b,
        (Kind::String(a), Kind::String(b)) => a.decoded == b.decoded,
        (Kind::Array(a), Kind::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Kind::Object(a), Kind::Object(b)) => {
            let pairs = || a.iter().zip(b);
            a.len() == b.len()
                && pairs()
                    .all(|(a, b)| a.name.decoded == b.name.decoded && same(&a.value, &b.value))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use camlock_syntax::json;
    use camlock_syntax::limits::Limits;

    use super::*;

    #[test]
    fn a_pointer_leads_to_the_deepest_value_or_name() {
        let text = r#"{"a/b": [1, {"c": "x"}], "d": 2}"#;
        let parsed = json::parse(text, &Limits::policy());
        let root = parsed.root.unwrap();
        let at = |part: &str| {
            let start = u32::try_from(text.find(part).unwrap()).unwrap();
            pointer(&root, Span::new(start, start + u32::try_from(part.len()).unwrap()))
        };
        assert_eq!(at("\"a/b\""), "/a~1b");
        assert_eq!(at("1"), "/a~1b/0");
        assert_eq!(at("x"), "/a~1b/1/c");
        assert_eq!(at("\"c\""), "/a~1b/1/c");
        assert_eq!(at("[1,"), "/a~1b");
        assert_eq!(at("2}"), "");
        assert_eq!(at("{\"a/b\""), "");
    }
}
