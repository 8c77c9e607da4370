//! Patterns with variables, matched without writing the substituted text down.

use camlock_policy::{Piece, Template, Variable};

use crate::truth::Truth;
use crate::variables::Variables;

/// A pattern with variables: chunks of text and variables with a star between each two.
#[derive(Debug)]
pub(crate) struct TemplateMatcher {
    /// Never empty; the first is anchored at the start, the last at the end, and a single one at both.
    chunks: Box<[Box<[Part]>]>,
}

#[derive(Debug)]
enum Part {
    Text(Box<str>),
    Variable(Variable),
}

impl TemplateMatcher {
    pub(super) fn new(template: &Template) -> Self {
        let chunks = template.pieces().split(|piece| *piece == Piece::Star);
        let part = |piece: &Piece| match piece {
            Piece::Text(text) => Part::Text(text.clone()),
            Piece::Variable(variable) => Part::Variable(*variable),
            Piece::Star => Part::Text("".into()),
        };
        Self { chunks: chunks.map(|pieces| pieces.iter().map(part).collect()).collect() }
    }

    /// Unknown where a variable has no value, whatever the text is [VAR-5].
    pub(super) fn matches(&self, text: &[u8], variables: &Variables<'_>) -> Truth {
        if self.lacks_value(variables) {
            return Truth::Unknown;
        }
        self.fits(text, variables).unwrap_or(false).into()
    }

    /// Whether `text` is the substituted text, ASCII letter case aside [CND-16].
    ///
    /// For templates without stars, which is all that `ignore_case` operators have.
    pub(crate) fn equals_ignoring_case(&self, text: &str, variables: &Variables<'_>) -> Truth {
        if self.lacks_value(variables) {
            return Truth::Unknown;
        }
        let mut rest = text.as_bytes();
        for part in self.chunks.iter().flatten() {
            let own = bytes_of(part, variables);
            match rest.split_at_checked(own.len()) {
                Some((head, tail)) if head.eq_ignore_ascii_case(own) => rest = tail,
                _ => return Truth::No,
            }
        }
        rest.is_empty().into()
    }

    fn lacks_value(&self, variables: &Variables<'_>) -> bool {
        self.chunks.iter().flatten().any(|part| match part {
            Part::Text(_) => false,
            Part::Variable(variable) => variables.get(*variable).is_none(),
        })
    }

    /// `None` and `Some(false)` both mean that the text does not fit.
    fn fits(&self, text: &[u8], variables: &Variables<'_>) -> Option<bool> {
        let (first, rest) = self.chunks.split_first()?;
        let mut text = strip_prefix(text, first, variables)?;
        let Some((last, inner)) = rest.split_last() else { return Some(text.is_empty()) };
        text = strip_suffix(text, last, variables)?;
        for chunk in inner {
            text = after_first(text, chunk, variables)?;
        }
        Some(true)
    }

    pub(super) fn literal_prefix(&self) -> &str {
        match self.chunks.first().and_then(|chunk| chunk.first()) {
            Some(Part::Text(text)) => text,
            _ => "",
        }
    }

    /// Any text will do: the first one twice is no harm.
    pub(super) fn inner_literals(&self) -> Vec<&str> {
        let texts = self.chunks.iter().flatten().filter_map(|part| match part {
            Part::Text(text) => Some(&**text),
            Part::Variable(_) => None,
        });
        texts.collect()
    }

    pub(super) fn memory_usage(&self) -> usize {
        let part = |part: &Part| match part {
            Part::Text(text) => size_of_val(part) + text.len(),
            Part::Variable(_) => size_of_val(part),
        };
        self.chunks
            .iter()
            .map(|chunk| size_of_val(chunk) + chunk.iter().map(part).sum::<usize>())
            .sum()
    }
}

fn bytes_of<'a>(part: &'a Part, variables: &Variables<'a>) -> &'a [u8] {
    match part {
        Part::Text(text) => text.as_bytes(),
        Part::Variable(variable) => variables.get(*variable).unwrap_or_default().as_bytes(),
    }
}

fn strip_prefix<'t>(text: &'t [u8], chunk: &[Part], variables: &Variables<'_>) -> Option<&'t [u8]> {
    chunk.iter().try_fold(text, |text, part| text.strip_prefix(bytes_of(part, variables)))
}

fn strip_suffix<'t>(text: &'t [u8], chunk: &[Part], variables: &Variables<'_>) -> Option<&'t [u8]> {
    chunk.iter().rev().try_fold(text, |text, part| text.strip_suffix(bytes_of(part, variables)))
}

/// What follows the leftmost place where the chunk fits.
///
/// The search must be linear for any text, so the chunk is written down once: on the stack, or on the
/// heap for a chunk of more than 16 KiB, which no name of the platform is long enough to meet.
fn after_first<'t>(text: &'t [u8], chunk: &[Part], variables: &Variables<'_>) -> Option<&'t [u8]> {
    let length: usize = chunk.iter().map(|part| bytes_of(part, variables).len()).sum();
    if length > text.len() {
        return None;
    }
    if length <= SHORT {
        find_written(text, chunk, variables, &mut [0; SHORT], length)
    } else if length <= LONG {
        find_written(text, chunk, variables, &mut [0; LONG], length)
    } else {
        find_written(text, chunk, variables, &mut vec![0; length], length)
    }
}

const SHORT: usize = 256;
const LONG: usize = 16_384;

fn find_written<'t>(
    text: &'t [u8],
    chunk: &[Part],
    variables: &Variables<'_>,
    buffer: &mut [u8],
    length: usize,
) -> Option<&'t [u8]> {
    let mut at = 0;
    for part in chunk {
        let bytes = bytes_of(part, variables);
        buffer.get_mut(at..at + bytes.len())?.copy_from_slice(bytes);
        at += bytes.len();
    }
    let found = memchr::memmem::find(text, buffer.get(..length)?)?;
    text.get(found + length..)
}
