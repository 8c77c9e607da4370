//! Values that somebody else reads, while the tree is read around them.

use super::lexer::Lexer;

/// Where in a text a value stands, as far as it matters to whoever takes values.
pub trait Place: Copy {
    /// The place of a member of an object here.
    #[must_use]
    fn member(self, name: &str) -> Self;

    /// The place of an item of a list here.
    #[must_use]
    fn item(self) -> Self;
}

/// Takes values out of a text, so that they do not become part of the tree.
pub(crate) trait Taker<P> {
    /// Reads the value at this place, which `lexer` is about to read, and answers the lexer behind
    /// it; or `None` where the value is to be part of the tree.
    fn take<'a>(&mut self, place: P, lexer: Lexer<'a>) -> Option<Lexer<'a>>;
}

/// No place is of interest, and nothing is taken.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Nowhere;

impl Place for Nowhere {
    fn member(self, _: &str) -> Self {
        self
    }

    fn item(self) -> Self {
        self
    }
}

impl Taker<Self> for Nowhere {
    fn take<'a>(&mut self, _: Self, _: Lexer<'a>) -> Option<Lexer<'a>> {
        None
    }
}
