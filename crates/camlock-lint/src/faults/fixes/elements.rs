//! Repairs of elements: their names, and values that are one of few words.

use camlock_policy::{Effect, PolicyKind};
use camlock_source::{Diagnostic, Edit, Span};
use camlock_syntax::json::{Kind, Member, Value};

use crate::document::Document;
use crate::edits;
use crate::tree;

/// Members of an object in which a name is still looked for; each of them could have a fault.
const MOST_MEMBERS: usize = 256;

/// Names that no value has.
const ELEMENTS: [&str; 7] =
    ["version", "statement", "principal", "effect", "action", "resource", "condition"];

/// Brackets around a string and those that follow it without a name: `"action": "a", "b"`.
pub(super) fn list(fault: &Diagnostic, document: &Document<'_>) -> Option<(String, Edit)> {
    let member = tree::member_before(document.root(), fault.span.start)?;
    let value = member.value.span;
    if !matches!(member.value.kind, Kind::String(_)) || !follows(document, value, fault.span) {
        return None;
    }
    let faults = document.faults();
    let own = faults.partition_point(|other| other.span.start < fault.span.start);
    let mut end = value;
    for next in faults.get(own..)?.iter().filter(|other| other.code == fault.code) {
        if !follows(document, end, next.span) {
            break;
        }
        // `"resource", "*"` is a member with the wrong mark.
        if ELEMENTS.iter().any(|own| document.slice(next.span).trim_matches('"') == *own) {
            return None;
        }
        end = next.span;
    }
    let all = value.cover(end);
    let list = format!("[{}]", document.slice(all));
    Some(("write a list".to_owned(), Edit::replace(all, list)))
}

/// Whether there is a string behind another one, and but a comma between them.
fn follows(document: &Document<'_>, before: Span, behind: Span) -> bool {
    let between = document.slice(Span::new(before.end, behind.start));
    let is_separator = |c: char| c == ',' || c.is_ascii_whitespace();
    between.chars().all(is_separator)
        && between.contains(',')
        && document.slice(behind).starts_with('"')
}

/// The name that the help asks about, unless its object has it already.
pub(super) fn known_element(fault: &Diagnostic, document: &Document<'_>) -> Option<(String, Edit)> {
    let known = suggested(fault)?;
    renamed(fault, document, known)
}

/// The name in lower case, unless that would make two of one name.
pub(super) fn lower_case(fault: &Diagnostic, document: &Document<'_>) -> Option<(String, Edit)> {
    let (members, index) = tree::member_at(document.root(), fault.span)?;
    let written = document.slice(fault.span);
    let lower = written.to_ascii_lowercase();
    let is_free = is_free(members, index, members.get(index)?.name.decoded.as_ref());
    let edit = || (format!("write {lower}"), Edit::replace(fault.span, lower.as_str()));
    (lower != written && is_free).then(edit)
}

pub(super) fn version(fault: &Diagnostic, document: &Document<'_>) -> Option<(String, Edit)> {
    // A date or `3.0` may be of another language; what stands around it is checked by itself.
    let is_list = document.slice(fault.span).starts_with(['[', '{']);
    (!is_list).then(|| ("write \"2.0\"".to_owned(), edits::literal(fault.span, "2.0")))
}

pub(super) fn add_version(_: &Diagnostic, document: &Document<'_>) -> Option<(String, Edit)> {
    let first = tree::members(document.root()).first()?;
    let member = Edit::insert(first.name.span.start, "\"version\": \"2.0\", ");
    Some(("add the version".to_owned(), member))
}

/// The word without the blanks around it.
pub(super) fn effect(fault: &Diagnostic, document: &Document<'_>) -> Option<(String, Edit)> {
    let literal = document.slice(fault.span);
    let word = literal.strip_prefix('"')?.strip_suffix('"')?.trim().to_ascii_lowercase();
    Effect::parse(&word)?;
    Some((format!("write `{word}`"), edits::literal(fault.span, &word)))
}

/// The member goes; what it said has no place in a policy of this kind.
pub(super) fn remove(fault: &Diagnostic, document: &Document<'_>) -> Option<(String, Edit)> {
    let (members, index) = tree::member_at(document.root(), fault.span)?;
    Some(("remove it".to_owned(), edits::remove_member(members, index)?))
}

/// `QCS`, `Service`: the kind of a principal in lower case and without blanks.
pub(super) fn principal_kind(
    fault: &Diagnostic,
    document: &Document<'_>,
) -> Option<(String, Edit)> {
    let (members, index) = tree::member_at(document.root(), fault.span)?;
    let kind = members.get(index)?.name.decoded.trim().to_ascii_lowercase();
    let known = ["qcs", "service", "federated"].contains(&kind.as_str());
    if known { renamed(fault, document, &kind) } else { None }
}

/// `{"qcs": ["*"]}` as the `"*"` that it is probably meant to be. Not in trust policies, where it would
/// be a takeover of the role, if it named anybody at all [RD-8].
pub(super) fn everyone(fault: &Diagnostic, document: &Document<'_>) -> Option<(String, Edit)> {
    if document.kind() != PolicyKind::Resource {
        return None;
    }
    let is_around = |own: &&Member<'_>| {
        own.value.span.start <= fault.span.start && fault.span.end <= own.value.span.end
    };
    let statements = document.statements().iter().map(|statement| statement.value);
    let mut principals = [document.root()].into_iter().chain(statements);
    let principal = principals.find_map(|own| tree::member(own, "principal").filter(is_around))?;
    let [only] = tree::members(&principal.value) else { return None };
    let is_star = |own: &Value<'_>| matches!(&own.kind, Kind::String(text) if text.decoded == "*");
    tree::items(&only.value)
        .iter()
        .all(is_star)
        .then(|| ("name everyone".to_owned(), edits::literal(principal.value.span, "*")))
}

/// The edit of a name, unless another member of its object is called so.
pub(super) fn renamed(
    fault: &Diagnostic,
    document: &Document<'_>,
    name: &str,
) -> Option<(String, Edit)> {
    let (members, index) = tree::member_at(document.root(), fault.span)?;
    let own = &members.get(index)?.name;
    let edit = || (format!("write `{name}`"), edits::literal(own.span, name));
    is_free(members, index, name).then(edit)
}

/// Whether no other member of an object than that at a place has a name, letter case aside.
fn is_free(members: &[Member<'_>], index: usize, name: &str) -> bool {
    let mut others = members.iter().enumerate().filter(|(other, _)| *other != index);
    let is_taken = |member: &Member<'_>| member.name.decoded.eq_ignore_ascii_case(name);
    members.len() <= MOST_MEMBERS && !others.any(|(_, own)| is_taken(own))
}

/// The word between backticks that the help of a fault asks about.
pub(super) fn suggested(fault: &Diagnostic) -> Option<&str> {
    let word = fault.help.as_deref()?.strip_prefix("did you mean `")?;
    word.strip_suffix('`')
}
