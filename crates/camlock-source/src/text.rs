//! A named text, and the way from its bytes to lines that people can open.

use std::fmt;
use std::sync::{Arc, OnceLock};

use crate::{Code, Span};

/// A named source text; cheap to clone.
///
/// # Examples
///
/// ```
/// use camlock_source::SourceText;
///
/// let source = SourceText::new("a.json", "{\n  \"ä\": 1\n}");
/// let place = source.line_column(9);
/// assert_eq!((place.line, place.column), (2, 7));
/// ```
#[derive(Clone)]
pub struct SourceText(Arc<Inner>);

struct Inner {
    name: String,
    text: String,
    lines: OnceLock<LineIndex>,
}

/// A place as people count: from 1, columns in characters.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[expect(clippy::exhaustive_structs, reason = "a place is a line and a column")]
pub struct LineColumn {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in characters.
    pub column: u32,
}

impl SourceText {
    /// Names a text. Texts of more than 4 GiB do not fit into spans; bound them where they are read.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let (name, text) = (name.into(), text.into());
        Self(Arc::new(Inner { name, text, lines: OnceLock::new() }))
    }

    /// Names a text that is still bytes.
    ///
    /// # Errors
    ///
    /// A [`SourceError`] where there are more than `max_bytes`, or where they are not UTF-8.
    pub fn from_bytes(
        name: impl Into<String>,
        bytes: Vec<u8>,
        max_bytes: usize,
    ) -> Result<Self, SourceError> {
        if bytes.len() > max_bytes {
            return Err(SourceError::TooLarge { limit: max_bytes });
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Self::new(name, text)),
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let head = error.as_bytes().get(..valid).unwrap_or_default();
                let head = String::from_utf8_lossy(head);
                let line = head.matches('\n').count() + 1;
                let column = head.chars().rev().take_while(|c| *c != '\n').count() + 1;
                Err(SourceError::NotUtf8 {
                    place: LineColumn { line: small(line), column: small(column) },
                })
            }
        }
    }

    /// The name, usually a path.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// The text of a span; empty where the span is not one of this text.
    pub fn slice(&self, span: Span) -> &str {
        self.0.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// Where a byte is, in lines and columns.
    ///
    /// # Complexity
    ///
    /// Logarithmic in the lines, and constant within a line however long it is.
    pub fn line_column(&self, offset: u32) -> LineColumn {
        self.lines().line_column(&self.0.text, offset as usize)
    }

    /// The bytes of a line, counted from 1, without its end.
    pub fn line_span(&self, line: u32) -> Span {
        self.lines().line_span(&self.0.text, line)
    }

    /// The text of a line, counted from 1, without its end.
    pub fn line_text(&self, line: u32) -> &str {
        self.slice(self.line_span(line))
    }

    /// How many characters before a byte take two units in UTF-16.
    pub(crate) fn pairs_before(&self, at: usize) -> usize {
        self.lines().pairs_before(&self.0.text, at)
    }

    fn lines(&self) -> &LineIndex {
        self.0.lines.get_or_init(|| LineIndex::new(&self.0.text))
    }
}

impl fmt::Debug for SourceText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The text may be long and is nobody's business in a log.
        write!(f, "SourceText({:?}, {} bytes)", self.0.name, self.0.text.len())
    }
}

/// Bytes between two places whose characters are counted in advance.
const STRIDE: usize = 256;

struct LineIndex {
    /// Where each line begins.
    starts: Vec<usize>,
    /// How many characters begin before byte `n × STRIDE`; empty where every character is a byte.
    characters: Vec<usize>,
    /// How many of them take two units in UTF-16; likewise.
    pairs: Vec<usize>,
}

impl LineIndex {
    fn new(text: &str) -> Self {
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(ends).collect();
        let (mut characters, mut pairs) = (Vec::new(), Vec::new());
        // In most texts every character is a byte, and nothing has to be counted.
        if !text.is_ascii() {
            let (mut count, mut double) = (0, 0);
            for stride in text.as_bytes().chunks(STRIDE) {
                characters.push(count);
                pairs.push(double);
                count += stride.iter().filter(|byte| begins_character(**byte)).count();
                double += stride.iter().filter(|byte| begins_pair(**byte)).count();
            }
        }
        Self { starts, characters, pairs }
    }

    /// How many characters begin before byte `at`.
    fn characters_before(&self, text: &str, at: usize) -> usize {
        if self.characters.is_empty() {
            return at.min(text.len());
        }
        before(&self.characters, begins_character, text, at)
    }

    fn pairs_before(&self, text: &str, at: usize) -> usize {
        if self.pairs.is_empty() {
            return 0;
        }
        before(&self.pairs, begins_pair, text, at)
    }

    fn line_column(&self, text: &str, at: usize) -> LineColumn {
        let at = at.min(text.len());
        let line = self.starts.partition_point(|start| *start <= at);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let column = self.characters_before(text, at) - self.characters_before(text, start) + 1;
        LineColumn { line: small(line), column: small(column) }
    }

    fn line_span(&self, text: &str, line: u32) -> Span {
        let index = (line as usize).saturating_sub(1);
        let Some(start) = self.starts.get(index).copied() else {
            return Span::empty(small(text.len()));
        };
        let end = self.starts.get(index + 1).map_or(text.len(), |next| next - 1);
        let end =
            end - usize::from(text.as_bytes().get(start..end).is_some_and(|l| l.ends_with(b"\r")));
        Span::new(small(start), small(end))
    }
}

/// How many bytes before `at` count; `strides` are the counts in advance.
fn before(strides: &[usize], counts: impl Fn(u8) -> bool, text: &str, at: usize) -> usize {
    let stride = (at / STRIDE).min(strides.len().saturating_sub(1));
    let counted = strides.get(stride).copied().unwrap_or(0);
    let rest = text.as_bytes().get(stride * STRIDE..at).unwrap_or_default();
    counted + rest.iter().filter(|byte| counts(**byte)).count()
}

/// Whether a character begins here that UTF-16 writes as two units.
fn begins_pair(byte: u8) -> bool {
    byte >= 0xf0
}

fn begins_character(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Why bytes are not a source text.
#[non_exhaustive]
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum SourceError {
    /// More bytes than the limit.
    TooLarge {
        /// The limit.
        limit: usize,
    },
    /// Not UTF-8.
    NotUtf8 {
        /// Where the first bad byte is.
        place: LineColumn,
    },
    /// A folder, a pipe, a device or a socket where a file has to be.
    NotAFile,
}

impl SourceError {
    /// The stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::TooLarge { .. } => Code::new("CAM1001"),
            Self::NotUtf8 { .. } => Code::new("CAM1002"),
            Self::NotAFile => Code::new("CAM1003"),
        }
    }

    /// Where it is, for a text that was read that far.
    pub fn place(&self) -> LineColumn {
        match self {
            Self::TooLarge { .. } | Self::NotAFile => LineColumn { line: 1, column: 1 },
            Self::NotUtf8 { place } => *place,
        }
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { limit } => write!(f, "the text is longer than {limit} bytes"),
            Self::NotUtf8 { .. } => f.write_str("the text is not UTF-8; save it as UTF-8"),
            Self::NotAFile => f.write_str("it is not a file but a folder, a pipe or a device"),
        }
    }
}

impl std::error::Error for SourceError {}

#[cfg(test)]
mod tests;
