//! Policies in URLs and in the bodies of forms: `Policy=%7B…`.

use crate::embedded::Embedded;
use crate::encode::Encoding;
use crate::limits::{MAX_DOCUMENT, MAX_DOCUMENTS};
use crate::look::looks_like_policy;
use crate::map::Builder;

/// Whether it is worth looking.
pub(crate) fn may_hold(text: &str) -> bool {
    text.contains("%7B") || text.contains("%7b")
}

/// The policies in a text.
pub(crate) fn find(text: &str) -> Vec<Embedded> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = next(text, at).filter(|_| found.len() < MAX_DOCUMENTS) {
        let rest = text.get(start..).unwrap_or_default();
        // In a text in quotes, the next quote ends it.
        let is_quoted = is_in_quotes(text, start);
        let is_behind = |c| !is_of_url(c) || (c == '"' && is_quoted);
        let length = rest.find(is_behind).unwrap_or(rest.len());
        let encoded = rest.get(..length.min(MAX_DOCUMENT)).unwrap_or_default();
        if let Some(builder) = decode(encoded, start).filter(|own| looks_like_policy(&own.text)) {
            let label = label(text.get(..start).unwrap_or_default());
            found.push(Embedded::new(builder, Encoding::Percent, label));
        }
        at = start + length.max(1);
    }
    found
}

/// Where the next opening brace is.
fn next(text: &str, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    let places = [rest.find("%7B"), rest.find("%7b")];
    places.into_iter().flatten().min().map(|place| from + place)
}

/// Bytes of a line in front of a place that are looked at.
const MAX_LINE: usize = 4096;

/// Whether a quote in front of a place in its line has none that ends its text.
fn is_in_quotes(text: &str, at: usize) -> bool {
    let before = text.as_bytes().get(at.saturating_sub(MAX_LINE)..at).unwrap_or_default();
    let line = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    line.iter().fold(false, |is_open, byte| is_open != (*byte == b'"'))
}

/// The policies in a text that stand in URLs, and what `others` finds outside of these, in order.
pub(crate) fn find_with(text: &str, others: impl FnOnce(&str) -> Vec<Embedded>) -> Vec<Embedded> {
    if !may_hold(text) {
        return others(text);
    }
    let place = |own: &Embedded| {
        let end = crate::map::small(own.text().len());
        own.outer_span(camlock_source::Span::new(0, end))
    };
    let mut found = find(text);
    let taken: Vec<camlock_source::Span> = found.iter().map(place).collect();
    let is_free = |own: &Embedded| {
        let own = place(own);
        // They are in order, and none is in another.
        let behind = taken.partition_point(|url| url.end <= own.start);
        taken.get(behind).is_none_or(|url| own.end <= url.start)
    };
    found.extend(others(text).into_iter().filter(is_free));
    found.sort_by_key(|own| place(own).start);
    found.truncate(MAX_DOCUMENTS);
    found
}

/// The name in front of the equals sign.
fn label(before: &str) -> &str {
    let Some(name) = before.strip_suffix('=') else { return "" };
    name.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default()
}

fn is_of_url(c: char) -> bool {
    c.is_ascii_alphanumeric() || "%-._~+*!(),:/;@$?[]{}\"".contains(c)
}

/// What a text of a URL says; nothing where it is not UTF-8.
fn decode(encoded: &str, offset: usize) -> Option<Builder> {
    let bytes = encoded.as_bytes();
    let mut builder = Builder::default();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let end = match byte {
            b'%' => {
                let (text, end) = character(bytes, at)?;
                builder.whole(&text, offset + at..offset + end);
                end
            }
            b'+' => {
                builder.whole(" ", offset + at..offset + at + 1);
                at + 1
            }
            _ => {
                builder.same(encoded.get(at..=at)?, offset + at);
                at + 1
            }
        };
        at = end;
    }
    Some(builder)
}

/// One character of escapes, which is up to four of them.
fn character(bytes: &[u8], start: usize) -> Option<(String, usize)> {
    let mut decoded = Vec::new();
    let mut at = start;
    while decoded.len() < 4 && bytes.get(at) == Some(&b'%') {
        let digit = |place: usize| char::from(*bytes.get(place)?).to_digit(16);
        let byte = digit(at + 1)? * 16 + digit(at + 2)?;
        decoded.push(u8::try_from(byte).ok()?);
        at += 3;
        if let Ok(text) = std::str::from_utf8(&decoded) {
            return Some((text.to_owned(), at));
        }
    }
    None
}
