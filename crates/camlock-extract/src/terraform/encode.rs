//! What `jsonencode` would make of an object.

use camlock_source::Span;
use hcl_edit::Span as _;
use hcl_edit::expr::{Expression, ObjectKey};

use super::{range, template};
use crate::draft::Draft;
use crate::map::Builder;

/// Adds a value as JSON, laid out as it is written. Recursion is bounded: the parser bounds the depth.
pub(super) fn value(text: &str, own: &Expression, draft: &mut Draft) {
    let at = range(own);
    match own {
        Expression::Parenthesis(inner) => value(text, inner.inner(), draft),
        Expression::String(_) | Expression::StringTemplate(_) => string(text, own, draft),
        Expression::Null(_) | Expression::Bool(_) | Expression::Number(_) => {
            draft.builder.same(text.get(at.clone()).unwrap_or_default(), at.start);
        }
        Expression::Array(items) => {
            draft.builder.whole("[", at.start..at.start + 1);
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    draft.builder.made(", ", range(item).start);
                }
                value(text, item, draft);
            }
            draft.builder.whole("]", at.end.saturating_sub(1)..at.end);
        }
        Expression::Object(members) => {
            draft.builder.whole("{", at.start..at.start + 1);
            for (index, (key, member)) in members.iter().enumerate() {
                if index > 0 {
                    draft.builder.made(", ", key.span().map_or(at.start, |key| key.start));
                }
                name(text, key, draft);
                draft.builder.made(": ", range(member.expr()).start);
                value(text, member.expr(), draft);
            }
            draft.builder.whole("}", at.end.saturating_sub(1)..at.end);
        }
        Expression::FuncCall(call) if call.name.name.as_str() == "concat" => {
            draft.builder.made("[", at.start);
            let parts = call.args.iter().flat_map(items_of);
            for (index, part) in parts.enumerate() {
                if index > 0 {
                    draft.builder.made(", ", range(part).start);
                }
                value(text, part, draft);
            }
            draft.builder.made("]", at.end);
        }
        // One member stands for all that are made alike.
        Expression::ForExpr(each) if each.key_expr.is_none() => {
            draft.builder.whole("[", at.start..at.start + 1);
            value(text, &each.value_expr, draft);
            draft.builder.whole("]", at.end.saturating_sub(1)..at.end);
        }
        // What would have to be computed is not known.
        _ => draft.unknown(text.get(at.clone()).unwrap_or_default(), at),
    }
}

/// What a list adds to others; what it is where that is not known. Recursion is bounded as that of values is.
fn items_of(list: &Expression) -> Vec<&Expression> {
    match list {
        Expression::Parenthesis(inner) => items_of(inner.inner()),
        Expression::Array(items) => items.iter().collect(),
        // One member stands for all that are made alike.
        Expression::ForExpr(each) if each.key_expr.is_none() => vec![&each.value_expr],
        Expression::FuncCall(call) if call.name.name.as_str() == "concat" => {
            call.args.iter().flat_map(items_of).collect()
        }
        other => vec![other],
    }
}

fn name(text: &str, key: &ObjectKey, draft: &mut Draft) {
    match key {
        ObjectKey::Ident(ident) => {
            let at = ident.span().unwrap_or(0..0);
            draft.builder.made("\"", at.start);
            draft.builder.same(text.get(at.clone()).unwrap_or_default(), at.start);
            draft.builder.made("\"", at.end);
        }
        ObjectKey::Expression(own) => value(text, own, draft),
    }
}

/// A string, in quotes that are those of the file, with escapes of JSON.
fn string(text: &str, own: &Expression, draft: &mut Draft) {
    let at = range(own);
    draft.builder.same("\"", at.start);
    let mut inner = Draft::default();
    // An unknown part sees whether it stands in a string.
    inner.builder.made("\"", at.start);
    template::quoted(text, own, &mut inner);
    let mut start = draft.builder.text.len();
    escaped(&inner, &mut draft.builder, text);
    // The unknown parts are in order, so that what is between them is measured once.
    let mut seen = 1;
    for unknown in inner.unknowns {
        let (from, to) = (unknown.span.start as usize, unknown.span.end as usize);
        start += escape(inner.builder.text.get(seen..from).unwrap_or_default()).len();
        let end = start + (to - from);
        let span = Span::new(crate::map::small(start), crate::map::small(end));
        draft.unknowns.push(crate::embedded::Unknown::new(span, &unknown.expression));
        (start, seen) = (end, to);
    }
    draft.builder.same("\"", at.end.saturating_sub(1));
}

/// Adds a decoded text behind its first quote, character by character.
fn escaped(inner: &Draft, builder: &mut Builder, text: &str) {
    let decoded = inner.builder.text.as_str();
    for (at, c) in decoded.char_indices().skip(1) {
        let end = at + c.len_utf8();
        let span = Span::new(crate::map::small(at), crate::map::small(end));
        let outer = inner.builder.map.span(span);
        let (from, to) = (outer.start as usize, outer.end as usize);
        let mut buffer = [0; 4];
        let own = escape(c.encode_utf8(&mut buffer));
        // They are in order, and none is in another.
        let begun = inner.unknowns.partition_point(|own| own.span.start <= span.start);
        let last = begun.checked_sub(1).and_then(|place| inner.unknowns.get(place));
        let is_unknown = last.is_some_and(|own| span.end <= own.span.end);
        if !is_unknown && text.get(from..to) == Some(own.as_str()) {
            builder.same(&own, from);
        } else {
            builder.whole(&own, from..to);
        }
    }
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '\\' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            c => escaped.push(c),
        }
    }
    escaped
}
