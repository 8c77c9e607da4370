//! One line of a text as it is shown: harmless, cut around a place, with the columns of the place.

use std::ops::Range;

use crate::glyph;

/// Columns that are shown of a line.
const WIDTH: usize = 100;

/// A line as it is shown, and where its place is in it.
#[derive(Debug)]
pub(crate) struct Line {
    /// The text.
    pub(crate) shown: String,
    /// Columns before the place.
    pub(crate) offset: usize,
    /// Columns of the place.
    pub(crate) width: usize,
    /// Whether something was left out.
    pub(crate) cut: bool,
}

/// Characters of a line that are in view.
struct Run<'a> {
    text: &'a str,
    /// Columns of them as they are shown.
    width: usize,
    /// Whether there were more.
    cut: bool,
}

impl Line {
    /// Shows `line` with `place` in view, a range of its bytes.
    ///
    /// # Complexity
    ///
    /// Constant, however long the line is, so that many findings on one long line stay cheap.
    pub(crate) fn new(line: &str, place: Range<usize>) -> Self {
        let inside = Run::first(line.get(place.clone()).unwrap_or_default(), WIDTH);
        let room = WIDTH.saturating_sub(inside.width);
        let mut before = Run::last(line.get(..place.start).unwrap_or_default(), room);
        // Nothing is shown behind a place that is itself cut.
        let behind = if inside.cut { "" } else { line.get(place.end..).unwrap_or_default() };
        let mut behind = Run::first(behind, room);
        if before.width + behind.width > room {
            let half = (room / 2).max(room.saturating_sub(behind.width));
            before = Run::last(before.text, half).of(&before);
            behind = Run::first(behind.text, room.saturating_sub(before.width)).of(&behind);
        }

        let mut shown = String::with_capacity(line.len().min(2 * WIDTH));
        if before.cut {
            shown.push('…');
        }
        for run in [&before, &inside, &behind] {
            glyph::show_all(run.text, &mut shown);
        }
        if inside.cut || behind.cut {
            shown.push('…');
        }
        Self {
            shown,
            offset: before.width + usize::from(before.cut),
            width: inside.width,
            cut: before.cut || inside.cut || behind.cut,
        }
    }
}

impl<'a> Run<'a> {
    /// The first characters that fit into `room` columns.
    fn first(text: &'a str, room: usize) -> Self {
        let (bytes, width) = fitting(text.chars(), room);
        let shown = text.get(..bytes).unwrap_or_default();
        Self { text: shown, width, cut: bytes < text.len() }
    }

    /// The last characters that fit into `room` columns.
    fn last(text: &'a str, room: usize) -> Self {
        let (bytes, width) = fitting(text.chars().rev(), room);
        let shown = text.get(text.len() - bytes..).unwrap_or_default();
        Self { text: shown, width, cut: bytes < text.len() }
    }

    /// The same as a part of a run that may itself have been cut.
    fn of(self, whole: &Self) -> Self {
        Self { cut: self.cut || whole.cut, ..self }
    }
}

/// The bytes and columns of the first characters that fit into `room` columns.
fn fitting(characters: impl Iterator<Item = char>, room: usize) -> (usize, usize) {
    let (mut bytes, mut width) = (0, 0);
    for (count, c) in characters.enumerate() {
        let own = glyph::width(c);
        // The count bounds runs of characters without width.
        if width + own > room || count > 2 * WIDTH {
            break;
        }
        width += own;
        bytes += c.len_utf8();
    }
    (bytes, width)
}
