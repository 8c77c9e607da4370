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
        Element::Interpolation(_) => draft.unknown(slice, range),
        // Whichever way a directive goes is as unknown as a value.
        Element::Directive(_) => {
            let behind = text.get(range.end..).unwrap_or_default();
            draft.optional(slice, range, behind);
        }
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

/// How long a value that is put in may be in a file that is a template; a longer one is text.
const MAX_VALUE: usize = 1024;

/// Adds a text that is a template as a whole: values, directives and escapes.
pub(super) fn whole(text: &str, draft: &mut Draft) {
    let mut at = 0;
    // Where one directive has no end none behind it is looked for: each search costs the whole text.
    let mut is_closed = true;
    while let Some(place) = text.get(at..).and_then(|rest| rest.find(['$', '%'])) {
        let start = at + place;
        let rest = text.get(start..).unwrap_or_default();
        draft.builder.same(text.get(at..start).unwrap_or_default(), at);
        if let Some((word, length)) = escape(rest, false) {
            draft.builder.whole(&word, start..start + length);
            at = start + length;
            continue;
        }
        let Some(value) = length_of_value(rest.as_bytes()) else {
            draft.builder.same(rest.get(..1).unwrap_or_default(), start);
            at = start + 1;
            continue;
        };
        let mut length = value;
        if rest.starts_with('%') && is_closed {
            let directive = length_of_directive(rest);
            is_closed = directive.is_some();
            length = directive.unwrap_or(value);
        }
        let (own, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
        if rest.starts_with('%') {
            draft.optional(own, start..start + length, behind);
        } else {
            draft.unknown(own, start..start + length);
        }
        at = start + length;
    }
    draft.builder.same(text.get(at..).unwrap_or_default(), at);
}

/// How long the directive is that a text begins with, to the end of what it holds.
fn length_of_directive(text: &str) -> Option<usize> {
    let (mut at, mut depth) = (0, 0_usize);
    loop {
        let start = at + text.get(at..)?.find("%{")?;
        let rest = text.get(start + 2..)?;
        let word = rest.trim_start_matches(['~', ' ']);
        let word = word.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
        match word {
            "if" | "for" => depth += 1,
            "endif" | "endfor" => depth = depth.checked_sub(1)?,
            _ => {}
        }
        let end = start + 2 + rest.find('}')? + 1;
        if depth == 0 {
            return Some(end);
        }
        at = end;
    }
}

/// How long the `${…}` or `%{…}` is that a text begins with.
fn length_of_value(text: &[u8]) -> Option<usize> {
    if text.get(1) != Some(&b'{') {
        return None;
    }
    let mut depth = 0_usize;
    for (at, byte) in text.iter().enumerate().take(MAX_VALUE) {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 1 => return Some(at + 1),
            b'}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    None
}
