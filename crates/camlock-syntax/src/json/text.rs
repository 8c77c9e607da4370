//! String literals: the decoded text, and the one map from it back to the bytes of the literal.

use std::borrow::Cow;
use std::ops::Range;

use camlock_source::Span;

use super::scan;

/// A string of the text: what it says and where.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Text<'a> {
    /// What it says, escapes resolved.
    pub decoded: Cow<'a, str>,
    /// The literal with its quotes.
    pub span: Span,
    /// Where the content begins.
    content: u32,
    /// Where escapes made the decoded text shorter; empty for most strings.
    escapes: Box<[Escape]>,
}

/// One escape: where its character stands in the decoded text and in the source.
#[derive(Clone, Copy, Debug)]
struct Escape {
    decoded: Range32,
    raw: Range32,
}

#[derive(Clone, Copy, Debug)]
struct Range32 {
    start: u32,
    end: u32,
}

/// What is wrong inside a string literal.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum TextFault {
    /// A control character that has to be escaped.
    Control,
    /// An escape that JSON does not have.
    Escape,
    /// Half of a surrogate pair [RD-18].
    Surrogate,
}

impl<'a> Text<'a> {
    /// The bytes of the source that say a range of the decoded text.
    ///
    /// A range inside an escaped character means the whole escape.
    ///
    /// # Examples
    ///
    /// ```
    /// use camlock_syntax::json::{self, Kind};
    /// use camlock_syntax::limits::Limits;
    ///
    /// let parsed = json::parse(r#""a\u00e9b""#, &Limits::policy());
    /// let Some(Kind::String(text)) = parsed.root.map(|value| value.kind) else { unreachable!() };
    /// assert_eq!(text.decoded, "aéb");
    /// assert_eq!(format!("{:?}", text.span_of(3..4)), "8..9");
    /// ```
    pub fn span_of(&self, range: Range<usize>) -> Span {
        // Half a character has no place of its own, and a span inside of one could not be shown.
        let last = self.decoded.len();
        let boundary = |at: &usize| self.decoded.is_char_boundary(*at);
        let start = (0..=range.start.min(last)).rev().find(boundary).map_or(0, small);
        let end = (range.end.min(last)..=last).find(boundary).map_or(0, small).max(start);
        Span::new(self.raw_of(start, |raw| raw.start), self.raw_of(end, |raw| raw.end))
    }

    /// The place of a decoded offset; `inside` says which end of an escape stands for its inside.
    fn raw_of(&self, offset: u32, inside: impl Fn(Range32) -> u32) -> u32 {
        let before = self.escapes.partition_point(|escape| escape.decoded.end <= offset);
        let (decoded_end, raw_end) = match before.checked_sub(1).and_then(|i| self.escapes.get(i)) {
            Some(escape) => (escape.decoded.end, escape.raw.end),
            None => (0, self.content),
        };
        match self.escapes.get(before) {
            Some(escape) if escape.decoded.start < offset => inside(escape.raw),
            _ => raw_end.saturating_add(offset.saturating_sub(decoded_end)).min(self.span.end),
        }
    }

    /// Text that is meant as written, without escapes.
    pub(crate) fn verbatim(text: &'a str, span: Span, content: u32) -> Self {
        Self { decoded: Cow::Borrowed(text), span, content, escapes: Box::default() }
    }

    /// Decodes the content of a literal, which begins at `content`, and reports what is wrong with it.
    ///
    /// A faulty escape stands for the replacement character.
    pub(crate) fn decode(
        raw: &'a str,
        span: Span,
        content: u32,
        mut report: impl FnMut(TextFault, Span),
    ) -> Self {
        if scan::plain(raw.as_bytes()) == raw.len() {
            return Self::verbatim(raw, span, content);
        }
        let mut decoded = String::with_capacity(raw.len());
        let mut escapes = Vec::new();
        let mut rest = raw;
        while let Some(c) = rest.chars().next() {
            let at = raw.len() - rest.len();
            let place =
                |from: usize, to: usize| Span::new(content + small(from), content + small(to));
            if c != '\\' {
                if u32::from(c) < 0x20 {
                    report(TextFault::Control, place(at, at + 1));
                }
                let run = match scan::plain(rest.as_bytes()) {
                    0 => c.len_utf8(),
                    plain => plain,
                };
                let (run, behind) = rest.split_at_checked(run).unwrap_or((rest, ""));
                decoded.push_str(run);
                rest = behind;
                continue;
            }
            let (length, character) = escape(rest);
            let end = at + length;
            let raw_span = place(at, end);
            let start = small(decoded.len());
            match character {
                Ok(character) => decoded.push(character),
                Err(fault) => {
                    report(fault, raw_span);
                    decoded.push(char::REPLACEMENT_CHARACTER);
                }
            }
            escapes.push(Escape {
                decoded: Range32 { start, end: small(decoded.len()) },
                raw: Range32 { start: raw_span.start, end: raw_span.end },
            });
            rest = raw.get(end..).unwrap_or_default();
        }
        Self { decoded: Cow::Owned(decoded), span, content, escapes: escapes.into() }
    }
}

/// The escape that `text` begins with: its length in bytes, and its character.
fn escape(text: &str) -> (usize, Result<char, TextFault>) {
    let Some(c) = text.chars().nth(1) else { return (text.len(), Err(TextFault::Escape)) };
    let simple = match c {
        '"' | '\\' | '/' => Some(c),
        'b' => Some('\u{8}'),
        'f' => Some('\u{c}'),
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        _ => None,
    };
    if let Some(character) = simple {
        return (2, Ok(character));
    }
    match (c, hex4(text.get(2..))) {
        ('u', Some(high @ 0xd800..0xdc00)) => {
            let low = text.get(6..).and_then(|rest| rest.strip_prefix("\\u"));
            match low.and_then(|rest| hex4(Some(rest))) {
                Some(low @ 0xdc00..0xe000) => {
                    let pair = 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                    (12, char::from_u32(pair).ok_or(TextFault::Surrogate))
                }
                _ => (6, Err(TextFault::Surrogate)),
            }
        }
        ('u', Some(code)) => (6, char::from_u32(code).ok_or(TextFault::Surrogate)),
        _ => (1 + c.len_utf8(), Err(TextFault::Escape)),
    }
}

fn hex4(text: Option<&str>) -> Option<u32> {
    let digits = text?.get(..4)?;
    // `from_str_radix` would accept a sign.
    digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
