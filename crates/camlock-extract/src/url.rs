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
        let length = rest.find(|c| !is_of_url(c)).unwrap_or(rest.len());
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
