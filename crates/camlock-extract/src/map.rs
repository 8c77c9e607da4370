//! The way from the bytes of a document to those of the file that it stands in.

use std::ops::Range;

use camlock_source::Span;

/// How a piece of a document came out of the file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Origin {
    /// Byte for byte.
    Same,
    /// As a whole: an escape, or something that is not known.
    Whole,
    /// It does not stand in the file; the place is where it would.
    Made,
}

#[derive(Clone, Copy, Debug)]
struct Piece {
    inner: Span,
    outer: Span,
    origin: Origin,
    /// Whether the place of the file stands for other places too, so that no edit of it is of one alone.
    is_shared: bool,
}

/// Pieces that tile a document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Map {
    pieces: Vec<Piece>,
}

/// A document while it is put together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Builder {
    pub(crate) text: String,
    pub(crate) map: Map,
    /// Whether what is added stands in the file for other places too.
    pub(crate) is_shared: bool,
}

impl Builder {
    /// Adds bytes of the file as they are.
    pub(crate) fn same(&mut self, text: &str, outer: usize) {
        self.piece(text, outer..outer + text.len(), Origin::Same);
    }

    /// Adds what a range of the file stands for.
    pub(crate) fn whole(&mut self, text: &str, outer: Range<usize>) {
        self.piece(text, outer, Origin::Whole);
    }

    /// Adds what does not stand in the file but belongs at `outer`.
    pub(crate) fn made(&mut self, text: &str, outer: usize) {
        self.piece(text, outer..outer, Origin::Made);
    }

    fn piece(&mut self, text: &str, outer: Range<usize>, origin: Origin) {
        if text.is_empty() {
            return;
        }
        let start = small(self.text.len());
        self.text.push_str(text);
        let inner = Span::new(start, small(self.text.len()));
        let outer = Span::new(small(outer.start), small(outer.end));
        if let Some(last) = self.map.pieces.last_mut()
            && last.origin == Origin::Same
            && origin == Origin::Same
            && last.outer.end == outer.start
            && last.is_shared == self.is_shared
        {
            last.inner.end = inner.end;
            last.outer.end = outer.end;
            return;
        }
        self.map.pieces.push(Piece { inner, outer, origin, is_shared: self.is_shared });
    }
}

impl Map {
    /// The bytes of the file from which those of a span came.
    pub(crate) fn span(&self, span: Span) -> Span {
        let start = self.at(span.start).map_or(0, |piece| match piece.origin {
            Origin::Same => piece.outer.start + (span.start - piece.inner.start),
            Origin::Whole | Origin::Made => piece.outer.start,
        });
        let start = if span.start >= self.len() { self.outer_end() } else { start };
        if span.end <= span.start {
            return Span::empty(start);
        }
        let end = self.at(span.end - 1).map_or(self.outer_end(), |piece| match piece.origin {
            Origin::Same => piece.outer.start + (span.end - piece.inner.start),
            Origin::Whole | Origin::Made => piece.outer.end,
        });
        Span::new(start, end.max(start))
    }

    /// The bytes of the file that go where those of a span go; nothing where that is not exact.
    pub(crate) fn exact(&self, span: Span) -> Option<Span> {
        if span.start == span.end {
            let piece = self.at(span.start)?;
            let is_edge = span.start == piece.inner.start && piece.origin != Origin::Made;
            let may_be = piece.origin == Origin::Same || is_edge;
            return (may_be && !piece.is_shared).then(|| self.span(span));
        }
        let first = self.index(span.start);
        let covered = self.pieces.get(first..)?.iter();
        for piece in covered.take_while(|piece| piece.inner.start < span.end) {
            let cut = span.start > piece.inner.start || span.end < piece.inner.end;
            if piece.is_shared
                || piece.origin == Origin::Made
                || (cut && piece.origin != Origin::Same)
            {
                return None;
            }
        }
        (span.end <= self.len()).then(|| self.span(span))
    }

    /// The byte of the document that stands at a byte of the file: at or in front of it, where the file has
    /// something there that the document has not. Nothing outside of the document.
    pub(crate) fn inner(&self, at: u32) -> Option<u32> {
        let first = self.pieces.first()?;
        if at < first.outer.start || at > self.outer_end() {
            return None;
        }
        // Between two pieces, what is typed goes on with the first.
        let place = self.pieces.partition_point(|piece| piece.outer.end < at);
        let piece = self.pieces.get(place)?;
        if at < piece.outer.start {
            return Some(piece.inner.start);
        }
        Some(match piece.origin {
            Origin::Same => piece.inner.start + (at - piece.outer.start),
            _ if at == piece.outer.end && at > piece.outer.start => piece.inner.end,
            _ => piece.inner.start,
        })
    }

    /// This map behind another one: `self` leads into a text that `outer` leads out of.
    pub(crate) fn through(&self, outer: &Self) -> Self {
        let mut pieces = Vec::with_capacity(self.pieces.len());
        for piece in &self.pieces {
            if piece.origin != Origin::Same {
                pieces.push(Piece { outer: outer.span(piece.outer), ..*piece });
                continue;
            }
            // A piece of a text is as many pieces as the text is of there.
            let mut at = piece.outer.start;
            while at < piece.outer.end {
                let Some(own) = outer.at(at) else { break };
                let end = own.inner.end.min(piece.outer.end);
                let cut = at > own.inner.start || end < own.inner.end;
                let start = piece.inner.start + (at - piece.outer.start);
                pieces.push(Piece {
                    inner: Span::new(start, start + (end - at)),
                    outer: outer.span(Span::new(at, end)),
                    // Part of an escape is no escape.
                    is_shared: piece.is_shared || own.is_shared,
                    origin: if cut && own.origin == Origin::Whole {
                        Origin::Made
                    } else {
                        own.origin
                    },
                });
                at = end;
            }
        }
        Self { pieces }
    }

    fn index(&self, at: u32) -> usize {
        self.pieces.partition_point(|piece| piece.inner.end <= at)
    }

    fn at(&self, at: u32) -> Option<&Piece> {
        self.pieces.get(self.index(at))
    }

    fn len(&self) -> u32 {
        self.pieces.last().map_or(0, |piece| piece.inner.end)
    }

    fn outer_end(&self) -> u32 {
        self.pieces.last().map_or(0, |piece| piece.outer.end)
    }
}

pub(crate) fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use camlock_source::Span;

    use super::Builder;

    /// `ab\nc` out of `xab\\ncd`, with a made `!` at the end.
    fn builder() -> Builder {
        let mut builder = Builder::default();
        builder.same("ab", 1);
        builder.whole("\n", 3..5);
        builder.same("c", 5);
        builder.made("!", 6);
        builder
    }

    #[test]
    fn an_escape_is_one_place() {
        let map = builder().map;
        assert_eq!(map.span(Span::new(1, 4)), Span::new(2, 6));
        assert_eq!(map.span(Span::new(2, 3)), Span::new(3, 5));
        assert_eq!(map.span(Span::empty(2)), Span::empty(3));
        assert_eq!(map.span(Span::new(4, 5)), Span::empty(6));
        assert_eq!(map.span(Span::new(9, 12)), Span::empty(6));
    }

    #[test]
    fn what_is_made_has_no_place_for_an_edit() {
        let map = builder().map;
        assert_eq!(map.exact(Span::new(0, 4)), Some(Span::new(1, 6)));
        assert_eq!(map.exact(Span::empty(3)), Some(Span::empty(5)));
        assert_eq!(map.exact(Span::new(3, 5)), None);
        assert_eq!(map.exact(Span::empty(4)), None);
        assert_eq!(map.exact(Span::new(3, 9)), None);
    }

    #[test]
    fn a_place_of_the_file_is_one_of_the_document() {
        let map = builder().map;
        for (outer, inner) in [(1, 0), (2, 1), (3, 2), (4, 2), (5, 3), (6, 4)] {
            assert_eq!(map.inner(outer), Some(inner), "{outer}");
        }
        assert_eq!((map.inner(0), map.inner(7)), (None, None));
        // Blanks in front of a line are no part of the document.
        let mut indented = Builder::default();
        indented.same("a\n", 2);
        indented.same("b", 6);
        let places: Vec<_> = (2..8).map(|outer| indented.map.inner(outer)).collect();
        assert_eq!(places, [0, 1, 2, 2, 2, 3].map(Some));
    }

    #[test]
    fn a_text_in_a_text_leads_out_of_both() {
        let mut inner = Builder::default();
        inner.same("b\nc", 1);
        let map = inner.map.through(&builder().map);
        assert_eq!(map.span(Span::new(0, 1)), Span::new(2, 3));
        assert_eq!(map.exact(Span::new(1, 2)), Some(Span::new(3, 5)));
        assert_eq!(map.span(Span::new(2, 3)), Span::new(5, 6));
    }
}
