//! Places as programs count them: from 0, columns in the units that were agreed upon.

use crate::{SourceText, Span};

/// What columns count.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "whoever converts places must know every unit")]
pub enum ColumnUnit {
    /// Bytes of UTF-8.
    Utf8,
    /// Code units of UTF-16, which is what editors agree upon unless they say otherwise.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

/// A place as programs count: from 0.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[expect(clippy::exhaustive_structs, reason = "a place is a line and a column")]
pub struct Position {
    /// The line, from 0.
    pub line: u32,
    /// The column, from 0, in the units that were agreed upon.
    pub column: u32,
}

impl ColumnUnit {
    /// How many units a character has.
    pub fn of(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
            Self::Utf32 => 1,
        }
    }

    /// The byte of a line that is `column` units behind its start; the end of the line where it is
    /// shorter, and the start of a character where the column is inside of one.
    pub fn byte_in(self, line: &str, column: u32) -> usize {
        let mut left = column as usize;
        for (at, c) in line.char_indices() {
            let own = self.of(c);
            if left < own {
                return at;
            }
            left -= own;
        }
        line.len()
    }
}

impl Position {
    /// The byte of `text` that stands here; a place behind the end of a line is its end, one behind the
    /// last line the end of the text.
    ///
    /// # Examples
    ///
    /// ```
    /// use camlock_source::{ColumnUnit, Position};
    ///
    /// let place = Position { line: 1, column: 3 };
    /// assert_eq!(place.byte_in("ab\n𝄞cd", ColumnUnit::Utf16), 8);
    /// assert_eq!(place.byte_in("ab\n𝄞cd", ColumnUnit::Utf8), 3);
    /// ```
    ///
    /// # Complexity
    ///
    /// Linear in the text up to the place.
    pub fn byte_in(self, text: &str, unit: ColumnUnit) -> usize {
        let mut start = 0;
        for (number, line) in text.split_inclusive('\n').enumerate() {
            if number == self.line as usize {
                return start + unit.byte_in(without_end(line), self.column);
            }
            start += line.len();
        }
        text.len()
    }
}

impl SourceText {
    /// Where a byte is, from 0, in columns of these units.
    ///
    /// # Examples
    ///
    /// ```
    /// use camlock_source::{ColumnUnit, Position, SourceText};
    ///
    /// let source = SourceText::new("a.json", "ab\n𝄞cd");
    /// assert_eq!(source.position(8, ColumnUnit::Utf16), Position { line: 1, column: 3 });
    /// assert_eq!(source.position(8, ColumnUnit::Utf8), Position { line: 1, column: 5 });
    /// ```
    ///
    /// # Complexity
    ///
    /// Logarithmic in the lines, and constant within a line however long it is.
    pub fn position(&self, offset: u32, unit: ColumnUnit) -> Position {
        let text = self.text();
        let at = (offset as usize).min(text.len());
        let place = self.line_column(offset);
        let start = self.line_span(place.line).start as usize;
        let characters = place.column.saturating_sub(1);
        let column = match unit {
            ColumnUnit::Utf8 => small(at.saturating_sub(start)),
            ColumnUnit::Utf16 => {
                characters.saturating_add(small(self.pairs_before(at) - self.pairs_before(start)))
            }
            ColumnUnit::Utf32 => characters,
        };
        Position { line: place.line.saturating_sub(1), column }
    }

    /// The byte that stands at a place; see [`Position::byte_in`].
    pub fn offset(&self, position: Position, unit: ColumnUnit) -> u32 {
        let span: Span = self.line_span(position.line.saturating_add(1));
        let within = unit.byte_in(self.slice(span), position.column);
        span.start.saturating_add(small(within))
    }
}

fn without_end(line: &str) -> &str {
    let line = line.strip_suffix('\n').unwrap_or(line);
    line.strip_suffix('\r').unwrap_or(line)
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{ColumnUnit, Position};
    use crate::SourceText;

    const UNITS: [ColumnUnit; 3] = [ColumnUnit::Utf8, ColumnUnit::Utf16, ColumnUnit::Utf32];

    #[test]
    fn every_character_is_found_again_in_every_unit() {
        let long = "ä𝄞x".repeat(300);
        for text in ["", "\n", "a\r\nb", "𝄞\n\nä𝄞b\n", "a\r", long.as_str()] {
            let source = SourceText::new("t", text);
            for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
                let offset = u32::try_from(at).unwrap();
                // The inside of a line end is no place of its own.
                let (before, behind) = text.split_at(at);
                if before.ends_with('\r') && (behind.is_empty() || behind.starts_with('\n')) {
                    continue;
                }
                for unit in UNITS {
                    let place = source.position(offset, unit);
                    assert_eq!(source.offset(place, unit), offset, "{text:?} {at} {unit:?}");
                    assert_eq!(place.byte_in(text, unit), at, "{text:?} {at} {unit:?}");
                }
            }
        }
    }

    #[test]
    fn a_place_outside_is_the_nearest_one_inside() {
        for unit in UNITS {
            let place = |line, column| Position { line, column }.byte_in("𝄞b\r\nc", unit);
            assert_eq!((place(0, 99), place(9, 0), place(1, 7)), (5, 8, 8), "{unit:?}");
        }
        let inside = Position { line: 0, column: 1 };
        assert_eq!(inside.byte_in("𝄞b", ColumnUnit::Utf16), 0, "half of a pair is no place");
    }
}
