//! Half-open byte ranges.

use std::fmt;

/// A half-open range of bytes in a source text, in 8 bytes.
///
/// # Examples
///
/// ```
/// use camlock_source::Span;
///
/// assert_eq!(format!("{:?}", Span::new(12, 19)), "12..19");
/// assert_eq!(Span::new(1, 3).cover(Span::new(7, 9)), Span::new(1, 9));
/// ```
#[derive(Clone, Copy, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[expect(clippy::exhaustive_structs, reason = "a range is its two ends")]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte behind the last.
    pub end: u32,
}

impl Span {
    /// The bytes from `start` up to `end`, which is not before it.
    pub fn new(start: u32, end: u32) -> Self {
        Self { start, end: end.max(start) }
    }

    /// No bytes, at a place.
    pub fn empty(at: u32) -> Self {
        Self { start: at, end: at }
    }

    /// How many bytes.
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}
