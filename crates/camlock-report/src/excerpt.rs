//! The lines of a place in a frame, with the place underlined.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use camlock_source::{SourceText, Span};

use crate::Region;
use crate::glyph::shown;
use crate::line::Line;
use crate::style::{Ink, Style};

/// Lines of the surroundings that are shown in full; of longer ones the ends and what is near.
const WHOLE: u32 = 12;
/// Lines around a place in longer surroundings.
const NEAR: u32 = 2;

/// Writes the line of `span` in a frame, the span underlined and labelled.
///
/// # Errors
///
/// Those of `out`.
///
/// # Examples
///
/// ```
/// use camlock_report::{Style, excerpt};
/// use camlock_source::{SourceText, Span};
///
/// let source = SourceText::new("a.json", "{\n  \"effect\": \"deny\"\n}\n");
/// let mut out = String::new();
/// excerpt(&mut out, &source, Span::new(14, 20), "applies", Style::plain())?;
/// assert_eq!(out, r#"
///   ┌─ a.json:2:13
///   │
/// 2 │   "effect": "deny"
///   │             ^^^^^^ applies
/// "#.trim_start_matches('\n'));
/// # Ok::<(), std::fmt::Error>(())
/// ```
pub fn excerpt(
    out: &mut impl fmt::Write,
    source: &SourceText,
    span: Span,
    label: &str,
    style: Style,
) -> fmt::Result {
    Excerpt::new(source, span).label(label).write(out, style)
}

/// Lines of a text in a frame, with one place underlined, and further places under it.
///
/// # Examples
///
/// ```
/// use camlock_report::{Excerpt, Style};
/// use camlock_source::{SourceText, Span};
///
/// let source = SourceText::new("a.json", "{\n  \"action\": \"*\",\n  \"effect\": \"deny\"\n}\n");
/// let mut out = String::new();
/// Excerpt::new(&source, Span::new(31, 37))
///     .label("refuses")
///     .within(Span::new(0, 39))
///     .write(&mut out, Style::plain())?;
/// assert_eq!(out, r#"
///   ┌─ a.json:3:13
///   │
/// 1 │ {
/// 2 │   "action": "*",
/// 3 │   "effect": "deny"
///   │             ^^^^^^ refuses
/// 4 │ }
/// "#.trim_start_matches('\n'));
/// # Ok::<(), std::fmt::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Excerpt<'a> {
    source: &'a SourceText,
    marks: Vec<Mark<'a>>,
    ink: Ink,
    within: Option<Span>,
}

/// A place and its label.
#[derive(Clone, Debug)]
struct Mark<'a> {
    span: Span,
    label: &'a str,
    primary: bool,
}

/// A row between the frame lines.
enum Row<'a> {
    /// Lines were left out.
    Gap,
    /// A line, and what is under it.
    Line { number: u32, shown: String, under: Vec<Underline<'a>> },
}

struct Underline<'a> {
    offset: usize,
    width: usize,
    /// Whether the place goes on in the next line.
    more: bool,
    label: Cow<'a, str>,
    primary: bool,
}

impl<'a> Excerpt<'a> {
    /// Frames the line in which `span` begins.
    pub fn new(source: &'a SourceText, span: Span) -> Self {
        let primary = Mark { span, label: "", primary: true };
        Self { source, marks: vec![primary], ink: Ink::Error, within: None }
    }

    /// Says what the place is.
    pub fn label(mut self, label: &'a str) -> Self {
        if let Some(primary) = self.marks.first_mut() {
            primary.label = label;
        }
        self
    }

    /// Colors the place.
    pub fn ink(mut self, ink: Ink) -> Self {
        self.ink = ink;
        self
    }

    /// Underlines another place.
    pub fn and(mut self, span: Span, label: &'a str) -> Self {
        self.marks.push(Mark { span, label, primary: false });
        self
    }

    /// Shows the lines of `span` around it, of a long one its ends and the lines next to the places.
    pub fn within(mut self, span: Span) -> Self {
        self.within = Some(span);
        self
    }

    /// Writes the excerpt. Of an empty text there is nothing to show but its name.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn write(&self, out: &mut impl fmt::Write, style: Style) -> fmt::Result {
        self.write_framed(out, style).map(|_| ())
    }

    /// The same; answers the columns of the largest line number, for lines that follow.
    pub(crate) fn write_framed(
        &self,
        out: &mut impl fmt::Write,
        style: Style,
    ) -> Result<usize, fmt::Error> {
        let lines = self.lines();
        let gutter = lines.last_key_value().map_or(1, |(number, _)| digits(*number));
        let place = self.marks.first().map(|mark| self.source.line_column(mark.span.start));
        let (line, column) = place.map_or((1, 1), |place| (place.line, place.column));
        let corner = style.paint(Ink::Frame, "┌─");
        let name = shown(self.source.name());
        writeln!(out, "{:gutter$} {corner} {name}:{line}:{column}", "")?;
        if !self.has_lines() {
            return Ok(gutter);
        }
        let bar = style.paint(Ink::Frame, "│");
        writeln!(out, "{:gutter$} {bar}", "")?;
        for row in &self.rows(&lines) {
            match row {
                Row::Gap => writeln!(out, "{:gutter$} {}", "", style.paint(Ink::Frame, "·"))?,
                Row::Line { number, shown, under } => {
                    let number = format_args!("{number:>gutter$}");
                    let number = style.paint(Ink::Frame, number);
                    let shown = shown.trim_end();
                    let blank = if shown.is_empty() { "" } else { " " };
                    writeln!(out, "{number} {bar}{blank}{shown}")?;
                    for underline in under {
                        self.write_underline(underline, gutter, out, style)?;
                    }
                }
            }
        }
        Ok(gutter)
    }

    /// Whether lines follow the name.
    pub(crate) fn has_lines(&self) -> bool {
        !self.source.text().is_empty()
    }

    fn write_underline(
        &self,
        underline: &Underline<'_>,
        gutter: usize,
        out: &mut impl fmt::Write,
        style: Style,
    ) -> fmt::Result {
        let (sign, ink) = if underline.primary { ("^", self.ink) } else { ("-", Ink::Frame) };
        let mut mark = sign.repeat(underline.width);
        if underline.more {
            mark.push('…');
        }
        if !underline.label.is_empty() {
            mark.push(' ');
            mark.push_str(&underline.label);
        }
        let bar = style.paint(Ink::Frame, "│");
        let offset = underline.offset;
        writeln!(out, "{:gutter$} {bar} {:offset$}{}", "", "", style.paint(ink, mark))
    }

    /// Everything between the frame lines, in document order.
    fn rows(&self, lines: &BTreeMap<u32, Vec<&Mark<'a>>>) -> Vec<Row<'a>> {
        let mut rows = Vec::new();
        let mut last = None;
        for (number, marks) in lines {
            if last.is_some_and(|last| *number > last + 1) {
                rows.push(Row::Gap);
            }
            last = Some(*number);
            self.put_line(*number, marks, &mut rows);
        }
        rows
    }

    /// The lines to be shown, and the places that begin in each, the primary one first.
    fn lines(&self) -> BTreeMap<u32, Vec<&Mark<'a>>> {
        let mut lines: BTreeMap<u32, Vec<&Mark<'a>>> = BTreeMap::new();
        for mark in &self.marks {
            let number = self.source.line_column(mark.span.start).line;
            lines.entry(number).or_default().push(mark);
        }
        let Some(within) = self.within else { return lines };
        let around = Region::of(self.source, within);
        let (first, last) = (around.line, around.end_line);
        let shown: Vec<u32> = if last - first < WHOLE {
            (first..=last).collect()
        } else {
            let near = lines.keys().flat_map(|line| {
                let from = line.saturating_sub(NEAR).max(first);
                from..=line.saturating_add(NEAR).min(last)
            });
            near.chain([first, last]).collect()
        };
        for number in shown {
            lines.entry(number).or_default();
        }
        lines
    }

    /// A line with what is under it. Where a place is not in view because the line is long, the line
    /// stands once for each place.
    fn put_line(&self, number: u32, marks: &[&Mark<'a>], rows: &mut Vec<Row<'a>>) {
        let text = self.source.line_text(number);
        let Some((first, others)) = marks.split_first() else {
            let line = Line::new(text, 0..0);
            rows.push(Row::Line { number, shown: line.shown, under: Vec::new() });
            return;
        };
        let line = Line::new(text, self.columns(number, first.span));
        let cut = line.cut;
        rows.push(Row::Line {
            number,
            under: vec![self.underline(&line, number, first)],
            shown: line.shown,
        });
        for mark in others {
            let line = Line::new(text, self.columns(number, mark.span));
            let underline = self.underline(&line, number, mark);
            match rows.last_mut() {
                Some(Row::Line { under, .. }) if !cut => under.push(underline),
                _ => rows.push(Row::Line { number, shown: line.shown, under: vec![underline] }),
            }
        }
    }

    fn underline(&self, line: &Line, number: u32, mark: &Mark<'a>) -> Underline<'a> {
        let ends_here = self.source.line_column(mark.span.end).line == number;
        Underline {
            offset: line.offset,
            // A place without extent is still a place.
            width: line.width.max(1),
            more: !ends_here && !line.cut,
            label: shown(mark.label),
            primary: mark.primary,
        }
    }

    /// The part of `span` on its first line, in bytes of the line and between characters.
    fn columns(&self, number: u32, span: Span) -> Range<usize> {
        let whole = self.source.line_span(number);
        let text = self.source.line_text(number);
        let within = |offset: u32| (offset.clamp(whole.start, whole.end) - whole.start) as usize;
        let start = floor(text, within(span.start));
        start..ceiling(text, within(span.end)).max(start)
    }
}

/// How many digits a number has.
fn digits(number: u32) -> usize {
    number.checked_ilog10().map_or(1, |power| power as usize + 1)
}

/// The boundary of characters at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The boundary of characters at or behind `at`.
fn ceiling(text: &str, at: usize) -> usize {
    (at..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}
