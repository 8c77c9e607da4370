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

/// Characters as they are shown.
#[derive(Default)]
struct Run {
    glyphs: Vec<(String, usize)>,
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
        let inside = Run::take(line.get(place.clone()).unwrap_or_default().chars(), WIDTH);
        let room = WIDTH.saturating_sub(inside.width);
        let mut before = Run::take(line.get(..place.start).unwrap_or_default().chars().rev(), room);
        // Nothing is shown behind a place that is itself cut.
        let behind = if inside.cut { "" } else { line.get(place.end..).unwrap_or_default() };
        let mut behind = Run::take(behind.chars(), room);
        if before.width + behind.width > room {
            before.limit((room / 2).max(room.saturating_sub(behind.width)));
            behind.limit(room.saturating_sub(before.width));
        }

        let mut shown = String::new();
        if before.cut {
            shown.push('…');
        }
        shown.extend(before.glyphs.iter().rev().map(|(glyph, _)| glyph.as_str()));
        shown.extend(inside.glyphs.iter().map(|(glyph, _)| glyph.as_str()));
        shown.extend(behind.glyphs.iter().map(|(glyph, _)| glyph.as_str()));
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

impl Run {
    /// The first characters that fit into `room` columns.
    fn take(characters: impl Iterator<Item = char>, room: usize) -> Self {
        let mut run = Self::default();
        for c in characters {
            let mut glyph = String::new();
            let width = glyph::show(c, &mut glyph);
            // The count bounds runs of characters without width.
            if run.width + width > room || run.glyphs.len() > 2 * WIDTH {
                run.cut = true;
                break;
            }
            run.width += width;
            run.glyphs.push((glyph, width));
        }
        run
    }

    /// Drops the last characters until `room` columns are enough.
    fn limit(&mut self, room: usize) {
        while self.width > room {
            let Some((_, width)) = self.glyphs.pop() else { break };
            self.width -= width;
            self.cut = true;
        }
    }
}
