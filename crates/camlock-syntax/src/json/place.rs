//! Values that somebody else reads, while the tree is read around them.

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
    /// Objects and lists within each other in what is taken, at most.
    const DEPTH: usize;

    /// Reads the value at this place, which begins at `start` of `text`, and answers where it ends; or
    /// `None` where the value is to be part of the tree.
    fn take(&mut self, place: P, text: &str, start: u32) -> Option<u32>;
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
    const DEPTH: usize = 0;

    fn take(&mut self, _: Self, _: &str, _: u32) -> Option<u32> {
        None
    }
}
