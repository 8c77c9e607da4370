//! Policies in commands and programs: heredocs of a shell, and JSON among other text.

use std::ops::Range;

use crate::draft::Draft;
use crate::embedded::Embedded;
use crate::encode::Encoding;
use crate::json;
use crate::limits::{MAX_DOCUMENT, MAX_DOCUMENTS};
use crate::look::{is_foreign, looks_like_policy};

/// How often JSON may begin and not end before no more is looked for: each time costs the whole text.
const MAX_MISSES: usize = 32;
/// Bytes of a value that a shell puts in.
const MAX_VALUE: usize = 256;

/// The policies in a text.
///
/// What stands in a heredoc is taken as it is, faults included. Elsewhere only JSON without a fault is:
/// what looks like it in a program may be an object of its language.
pub(crate) fn find(text: &str) -> Vec<Embedded> {
    let mut found = Vec::new();
    let mut at = 0;
    for heredoc in heredocs(text) {
        among(text, at..heredoc.body.start, &mut found);
        at = heredoc.body.end;
        let body = text.get(heredoc.body.clone()).unwrap_or_default();
        if body.len() <= MAX_DOCUMENT && looks_like_policy(body) && !is_foreign(body) {
            found.push(heredoc.read(body));
        } else {
            among(text, heredoc.body, &mut found);
        }
    }
    among(text, at..text.len(), &mut found);
    found.truncate(MAX_DOCUMENTS);
    found
}

struct Heredoc {
    body: Range<usize>,
    /// Whether the shell puts values in.
    has_values: bool,
}

/// The heredocs of a text: `<<EOF`, `<<-EOF`, `<< 'EOF'`.
fn heredocs(text: &str) -> Vec<Heredoc> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut open: Option<(&str, usize, bool)> = None;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if let Some((word, body, has_values)) = open {
            if line.trim() == word {
                found.push(Heredoc { body: body..start, has_values });
                open = None;
            }
            continue;
        }
        open = opening(line).map(|(word, has_values)| (word, at, has_values));
    }
    found
}

/// The word that ends the heredoc which a line begins, and whether values are put into it.
fn opening(line: &str) -> Option<(&str, bool)> {
    let (_, rest) = line.split_once("<<")?;
    let rest = rest.strip_prefix('-').unwrap_or(rest).trim_start();
    let bare = rest.trim_start_matches(['\'', '"', '\\']);
    let length = bare.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(bare.len());
    let word = bare.get(..length).filter(|word| !word.is_empty())?;
    Some((word, bare.len() == rest.len()))
}

impl Heredoc {
    fn read(&self, body: &str) -> Embedded {
        let mut draft = Draft::default();
        let mut at = 0;
        while let Some(value) = next_value(body, at).filter(|_| self.has_values) {
            let before = body.get(at..value.start).unwrap_or_default();
            draft.builder.same(before, self.body.start + at);
            let own = body.get(value.clone()).unwrap_or_default();
            let outer = self.body.start + value.start..self.body.start + value.end;
            if own == "\\$" {
                draft.builder.whole("$", outer);
            } else {
                draft.unknown(own, outer);
            }
            at = value.end;
        }
        draft.builder.same(body.get(at..).unwrap_or_default(), self.body.start + at);
        let encoding = if self.has_values { Encoding::Shell } else { Encoding::Plain };
        Embedded::new(draft.builder, encoding, "").with_unknowns(draft.unknowns)
    }
}

/// The next value that a shell puts in, `$NAME`, `${NAME}` or `$(command)`, or `\$`, which is none.
fn next_value(text: &str, from: usize) -> Option<Range<usize>> {
    let mut at = from;
    loop {
        let start = at + text.get(at..)?.find('$')?;
        if start > from && text.get(..start)?.ends_with('\\') {
            return Some(start - 1..start + 1);
        }
        let length = length_of_value(text.get(start + 1..)?.as_bytes());
        if length > 0 {
            return Some(start..start + 1 + length);
        }
        at = start + 1;
    }
}

/// How long what stands behind a `$` is; nothing where no value is put in.
fn length_of_value(behind: &[u8]) -> usize {
    let end = match behind.first() {
        Some(b'{') => b'}',
        Some(b'(') => b')',
        _ => {
            return behind
                .iter()
                .take_while(|own| own.is_ascii_alphanumeric() || **own == b'_')
                .count();
        }
    };
    let mut line = behind.iter().take(MAX_VALUE).take_while(|own| **own != b'\n');
    line.position(|own| *own == end).map_or(0, |at| at + 1)
}

/// The policies that are JSON among other text, or texts of JSON.
fn among(text: &str, range: Range<usize>, found: &mut Vec<Embedded>) {
    let mut at = range.start;
    let mut misses = 0;
    while misses < MAX_MISSES && found.len() < MAX_DOCUMENTS {
        let rest = text.get(at..range.end).unwrap_or_default();
        let Some(place) = rest.find('{') else { break };
        // A policy as a text: `"{\"version\": …}"`.
        let is_quoted = rest.get(..place).is_some_and(|before| before.ends_with('"'))
            && rest.get(place + 1..).is_some_and(|own| own.trim_start().starts_with("\\\""));
        let start = at + place - usize::from(is_quoted);
        let own = text.get(start..range.end).unwrap_or_default();
        let length = if is_quoted { end_of_string(own) } else { end_of_object(own) };
        let Some(length) = length else {
            misses += 1;
            at += place + 1;
            continue;
        };
        let piece = own.get(..length).filter(|piece| piece.len() <= MAX_DOCUMENT);
        let policies =
            piece.filter(|piece| !is_foreign(piece)).and_then(|piece| json::within(piece, start));
        if let Some(mut policies) = policies {
            found.append(&mut policies);
            at = start + length;
        } else {
            misses += 1;
            at += place + 1;
        }
    }
}

/// How long the object is that a text begins with.
fn end_of_object(text: &str) -> Option<usize> {
    if !text.get(1..)?.trim_start().starts_with('"') {
        return None;
    }
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => depth += 1,
            b'}' | b']' if !in_string => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// How long the string is that a text begins with.
fn end_of_string(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(at + 1),
            b'\n' => return None,
            _ => {}
        }
    }
    None
}
