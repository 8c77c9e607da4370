//! Texts of Terraform, with what is put into them when it is applied.

use hcl_edit::Span as _;
use hcl_edit::expr::Expression;
use hcl_edit::template::{Element, Template};

use super::range;
use crate::draft::Draft;

/// Adds a string between quotes.
pub(super) fn quoted(text: &str, value: &Expression, draft: &mut Draft) {
    let own = range(value);
    if let Expression::StringTemplate(parts) = value {
        for part in parts {
            element(text, part, true, draft);
        }
        return;
    }
    let inner = own.start + 1..own.end.saturating_sub(1).max(own.start + 1);
    literal(text.get(inner.clone()).unwrap_or_default(), inner.start, true, draft);
}

/// Adds the parts of a template; escapes mean something between quotes only.
pub(super) fn elements(text: &str, template: &Template, quotes: bool, draft: &mut Draft) {
    for part in template {
        element(text, part, quotes, draft);
    }
}

fn element(text: &str, part: &Element, quotes: bool, draft: &mut Draft) {
    let Some(range) = part.span() else { return };
    let slice = text.get(range.clone()).unwrap_or_default();
    match part {
        Element::Literal(_) => literal(slice, range.start, quotes, draft),
        // Whichever way a directive goes is as unknown as a value.
        Element::Interpolation(_) | Element::Directive(_) => draft.unknown(slice, range),
    }
}

/// Adds literal text as it stands in the file.
pub(super) fn literal(slice: &str, start: usize, quotes: bool, draft: &mut Draft) {
    let builder = &mut draft.builder;
    let mut at = 0;
    while let Some(rest) = slice.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some((word, length)) = escape(rest, quotes) {
            let from = start + at;
            builder.whole(&word, from..from + length);
            at += length;
            continue;
        }
        let first = rest.chars().next().map_or(1, char::len_utf8);
        let behind = rest.get(first..).unwrap_or_default();
        let plain = behind.find(['\\', '$', '%']).map_or(rest.len(), |more| first + more);
        builder.same(rest.get(..plain).unwrap_or_default(), start + at);
        at += plain;
    }
}

/// The escape that a text begins with: what it says, and its length.
fn escape(text: &str, quotes: bool) -> Option<(String, usize)> {
    for (escaped, meant) in [("$${", "${"), ("%%{", "%{")] {
        if text.starts_with(escaped) {
            return Some((meant.to_owned(), escaped.len()));
        }
    }
    let kind = text.strip_prefix('\\').filter(|_| quotes)?.chars().next()?;
    let simple = |c: char| Some((c.to_string(), 2));
    match kind {
        'n' => simple('\n'),
        'r' => simple('\r'),
        't' => simple('\t'),
        '"' | '\\' => simple(kind),
        'u' | 'U' => {
            let digits = if kind == 'u' { 4 } else { 8 };
            let code = u32::from_str_radix(text.get(2..2 + digits)?, 16).ok()?;
            Some((char::from_u32(code)?.to_string(), 2 + digits))
        }
        _ => None,
    }
}
