//! Policies in JSON: as members of something else, as objects or as texts.

use camlock_policy::PolicyKind;
use camlock_source::Span;
use camlock_syntax::json::{self, Kind, Text, Value};
use camlock_syntax::limits::Limits;
use camlock_syntax::{Arrangement, Pieces, pieces};

use crate::draft::Draft;
use crate::embedded::Embedded;
use crate::encode::Encoding;
use crate::limits::{MAX_DEPTH, MAX_DOCUMENT, MAX_DOCUMENTS};
use crate::look::{behind_comments, is_function, is_policy, looks_like_policy, member};
use crate::map::Builder;
use crate::url;

/// The policies in a text; nothing where the text as a whole is what there is to read: a policy, a list
/// of them or one a line, or something that holds none.
pub(crate) fn find(name: &str, text: &str) -> Option<Vec<Embedded>> {
    let pieces = pieces(name, text);
    if pieces.arrangement == Arrangement::One { tree(text) } else { several(text, &pieces) }
}

/// The policies in a piece of a text, which begins with a value of JSON at `offset`: those that it is or
/// holds as objects or as texts; nothing where it is no JSON.
pub(crate) fn within(piece: &str, offset: usize) -> Option<Vec<Embedded>> {
    let parsed = json::parse(piece, &limits(piece));
    let root = parsed.root.filter(|_| parsed.diagnostics.is_empty())?;
    let mut search = Search { text: piece, offset, found: Vec::new() };
    search.value(&root, &mut String::new(), None, 0);
    Some(search.found)
}

fn tree(text: &str) -> Option<Vec<Embedded>> {
    if begins_as_policy(text) {
        return None;
    }
    within_tree(text)
}

/// What stands in a text that has to be read as a whole to know.
fn within_tree(text: &str) -> Option<Vec<Embedded>> {
    let root = json::parse(text, &limits(text)).root?;
    if is_own(&root) {
        return None;
    }
    let mut search = Search { text, offset: 0, found: Vec::new() };
    search.value(&root, &mut String::new(), None, 0);
    (!search.found.is_empty()).then_some(search.found)
}

/// Members in front of the statements by which a policy is still known by its beginning.
const IN_FRONT: usize = 4;
/// The blanks of JSON.
const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];

/// Whether a text begins as a policy does, up to its statements: whatever follows, it is one, and the rest
/// need not be read to know. Most policies begin so.
fn begins_as_policy(text: &str) -> bool {
    let Some(mut rest) = text.trim_start_matches(BLANKS).strip_prefix('{') else { return false };
    for _ in 0..=IN_FRONT {
        let Some((name, value)) = member_of_text(rest) else { return false };
        if name.eq_ignore_ascii_case("statement") {
            return value.starts_with(['[', '{']);
        }
        let behind = plain_string(value).map(|(_, behind)| behind.trim_start_matches(BLANKS));
        let Some(next) = behind.and_then(|behind| behind.strip_prefix(',')) else { return false };
        rest = next;
    }
    false
}

/// The name that a text begins with, and the text from its value on.
fn member_of_text(text: &str) -> Option<(&str, &str)> {
    let (name, behind) = plain_string(text.trim_start_matches(BLANKS))?;
    let value = behind.trim_start_matches(BLANKS).strip_prefix(':')?;
    Some((name, value.trim_start_matches(BLANKS)))
}

/// The string that a text begins with, where every character stands for itself, and what is behind.
fn plain_string(text: &str) -> Option<(&str, &str)> {
    let (own, behind) = text.strip_prefix('"')?.split_once('"')?;
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~') && byte != b'\\';
    own.bytes().all(is_plain).then_some((own, behind))
}

/// Whether a value is a policy or a list of them, faults aside.
fn is_own(root: &Value<'_>) -> bool {
    match &root.kind {
        Kind::Array(items) => items.iter().any(|item| member(item, "statement").is_some()),
        _ => member(root, "statement").is_some(),
    }
}

/// Whether a text begins with a policy or a list of them, and goes on with comments at most.
pub(crate) fn is_nothing_but_policies(text: &str) -> bool {
    if !text.starts_with(['{', '[']) {
        return false;
    }
    let Some(root) = json::parse(text, &limits(text)).root.filter(is_own) else { return false };
    let (own, behind) = text.split_at_checked(root.span.end as usize).unwrap_or((text, ""));
    own.ends_with(['}', ']']) && behind_comments(behind).is_empty()
}

/// Several texts. Those that are policies themselves are taken with those that hold some.
fn several(text: &str, pieces: &Pieces<'_>) -> Option<Vec<Embedded>> {
    let mut found = Vec::new();
    let mut holds_some = false;
    let (mut line, mut counted) = (1, 0);
    for piece in pieces.filled() {
        let start = piece.start as usize;
        line += text.get(counted..start).unwrap_or_default().matches('\n').count();
        counted = start;
        if let Some(root) = json::parse(piece.text, &limits(piece.text)).root {
            let mut search = Search { text: piece.text, offset: start, found: Vec::new() };
            let mut pointer = format!("line {line}");
            if member(&root, "statement").is_some() {
                let mut builder = Builder::default();
                builder.same(piece.text, start);
                search.found.push(Embedded::new(builder, Encoding::Plain, pointer));
            } else {
                search.value(&root, &mut pointer, None, 0);
                holds_some |= !search.found.is_empty();
            }
            found.append(&mut search.found);
        }
        if found.len() >= MAX_DOCUMENTS {
            break;
        }
    }
    holds_some.then_some(found)
}

struct Search<'t> {
    text: &'t str,
    /// Bytes of the file in front of the text.
    offset: usize,
    found: Vec<Embedded>,
}

impl Search<'_> {
    fn value(
        &mut self,
        value: &Value<'_>,
        pointer: &mut String,
        kind: Option<PolicyKind>,
        depth: usize,
    ) {
        if depth > MAX_DEPTH || self.found.len() >= MAX_DOCUMENTS {
            return;
        }
        let length = pointer.len();
        match &value.kind {
            Kind::Object(_) if is_policy(value) => self.take(value, pointer, kind),
            Kind::Object(members) => {
                for own in members {
                    pointer.push('/');
                    pointer.push_str(&own.name.decoded.replace('~', "~0").replace('/', "~1"));
                    let kind = kind_of(&own.name.decoded).or(kind);
                    self.value(&own.value, pointer, kind, depth + 1);
                    pointer.truncate(length);
                }
            }
            Kind::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    pointer.push('/');
                    pointer.push_str(&index.to_string());
                    self.value(item, pointer, kind, depth + 1);
                    pointer.truncate(length);
                }
            }
            Kind::String(text) => self.string(text, pointer, kind),
            _ => {}
        }
    }

    /// An object, as it stands.
    fn take(&mut self, value: &Value<'_>, pointer: &str, kind: Option<PolicyKind>) {
        let range = value.span.start as usize..value.span.end as usize;
        let Some(slice) = self.text.get(range.clone()) else { return };
        let mut calls = Vec::new();
        functions(value, &mut calls);
        if calls.is_empty() {
            let mut builder = Builder::default();
            builder.same(slice, self.offset + range.start);
            self.found.push(Embedded::new(builder, Encoding::Plain, pointer).with_kind(kind));
            return;
        }
        // What a function answers is not known.
        let mut draft = Draft::default();
        let mut at = range.start;
        for call in calls {
            let call = call.start as usize..call.end as usize;
            draft.builder.same(self.text.get(at..call.start).unwrap_or_default(), self.offset + at);
            let expression = self.text.get(call.clone()).unwrap_or_default();
            draft.unknown(expression, self.offset + call.start..self.offset + call.end);
            at = call.end;
        }
        draft.builder.same(self.text.get(at..range.end).unwrap_or_default(), self.offset + at);
        let own = Embedded::new(draft.builder, Encoding::Plain, pointer).with_kind(kind);
        self.found.push(own.with_unknowns(draft.unknowns));
    }

    /// A text that is a policy, or the same in a URL.
    fn string(&mut self, text: &Text<'_>, pointer: &str, kind: Option<PolicyKind>) {
        if text.decoded.len() > MAX_DOCUMENT {
            return;
        }
        if looks_like_policy(&text.decoded) {
            let builder = self.decoded(text);
            self.found.push(Embedded::new(builder, Encoding::Json, pointer).with_kind(kind));
        } else if url::may_hold(&text.decoded) {
            let map = self.decoded(text).map;
            let found = url::find(&text.decoded).into_iter();
            self.found.extend(found.map(|own| own.with_kind(kind).within(&map)));
        }
    }

    fn decoded(&self, text: &Text<'_>) -> Builder {
        let mut builder = Builder::default();
        for (at, c) in text.decoded.char_indices() {
            let span = text.span_of(at..at + c.len_utf8());
            let (start, end) = (span.start as usize, span.end as usize);
            let mut buffer = [0; 4];
            let own = &*c.encode_utf8(&mut buffer);
            if self.text.get(start..end) == Some(own) {
                builder.same(own, self.offset + start);
            } else {
                builder.whole(own, self.offset + start..self.offset + end);
            }
        }
        builder
    }
}

/// The objects in a value that are calls of functions, in order. Recursion is bounded: the tree came from a
/// parser that bounds its depth.
fn functions(value: &Value<'_>, into: &mut Vec<Span>) {
    match &value.kind {
        Kind::Object(members) => match members.as_slice() {
            [only] if is_function(&only.name.decoded) => into.push(value.span),
            members => members.iter().for_each(|own| functions(&own.value, into)),
        },
        Kind::Array(items) => items.iter().for_each(|item| functions(item, into)),
        _ => {}
    }
}

/// What the name of a member says about the policy in it.
pub(crate) fn kind_of(name: &str) -> Option<PolicyKind> {
    let name = name.to_ascii_lowercase();
    let is_trust = name.contains("assumerole") || name.contains("trust");
    is_trust.then_some(PolicyKind::Trust)
}

/// What holds policies is as long as it is.
pub(crate) fn limits(text: &str) -> Limits {
    let policy = Limits::policy();
    Limits {
        max_bytes: text.len().max(policy.max_bytes),
        max_depth: policy.max_depth.max(MAX_DEPTH),
        max_members: usize::MAX,
        ..policy
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{begins_as_policy, within_tree};

    #[test]
    fn policies_are_known_by_their_beginning() {
        for text in [
            "{\"statement\":[",
            " {\n\"version\" : \"2.0\" ,\r\n\t\"Statement\" : {",
            r#"{"version": "2.0", "id": "a b", "statement": [}"#,
        ] {
            assert!(begins_as_policy(text), "{text}");
        }
        for text in [
            "",
            "[{\"statement\": [",
            r#"{"statement": "#,
            r#"{"statement": "[""#,
            r#"{"version": 2, "statement": []}"#,
            r#"{"a": "\", "statement": [", "b": 1}"#,
            r#"{"a": {"statement": []}}"#,
        ] {
            assert!(!begins_as_policy(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_begins_as_a_policy_holds_no_other(
            front in prop::sample::select(vec!["", "\"version\": \"2.0\", ", "\"version\":\"2.0\",\"id\" :\"x\","]),
            name in prop::sample::select(vec!["statement", "Statement"]),
            rest in "[{\\[][ \\n\"{}\\[\\]:,a1\\\\]{0,40}",
        ) {
            let text = format!("{{{front}\"{name}\": {rest}");
            prop_assert!(begins_as_policy(&text), "{}", text);
            prop_assert!(within_tree(&text).is_none(), "{}", text);
        }
    }
}
