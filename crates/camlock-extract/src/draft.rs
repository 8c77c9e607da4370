//! A document while it is put together, and what is not known in it.

use std::ops::Range;

use camlock_source::Span;

use crate::embedded::Unknown;
use crate::map::{Builder, small};
use crate::masks::{mask, wants_digits};

#[derive(Default)]
pub(crate) struct Draft {
    pub(crate) builder: Builder,
    pub(crate) unknowns: Vec<Unknown>,
    quotes: Quotes,
}

impl Draft {
    /// Adds an opaque word for something that is not known, which stands at a range of the file.
    pub(crate) fn unknown(&mut self, expression: &str, outer: Range<usize>) {
        let in_string = self.quotes.are_open(&self.builder.text);
        let at = self.builder.text.len();
        let length = expression.len().min(64);
        // Outside of a string it stands for a value.
        let length = if in_string { length } else { length.max(4) - 2 };
        let word = mask(expression, length, wants_digits(&self.builder.text));
        let word = if in_string { word } else { format!("\"{word}\"") };
        self.builder.whole(&word, outer);
        let quote = usize::from(!in_string);
        let end = self.builder.text.len();
        let span = Span::new(small(at + quote), small(end - quote));
        self.unknowns.push(Unknown::new(span, expression));
    }

    /// Adds something that may stand for anything or nothing, such as an `if` with all that it holds; `behind`
    /// is what follows it. Among the members of a list it is one that is not known; elsewhere it is left out.
    pub(crate) fn optional(&mut self, expression: &str, outer: Range<usize>, behind: &str) {
        let was_open = self.quotes.are_open(&self.builder.text);
        let is_value = matches!(self.quotes.last, Some('[' | ',' | ':'));
        if !was_open && !is_value {
            return;
        }
        let end = outer.end;
        self.unknown(expression, outer);
        if !was_open && behind.trim_start().starts_with(['"', '{', '[']) {
            self.builder.made(",", end);
        }
    }
}

/// Where the end of a growing text of JSON is; each character is looked at once.
#[derive(Default)]
struct Quotes {
    seen: usize,
    inside: bool,
    escaped: bool,
    /// The last character that is no blank.
    last: Option<char>,
}

impl Quotes {
    /// Whether it is in a string.
    fn are_open(&mut self, text: &str) -> bool {
        for c in text.get(self.seen..).unwrap_or_default().chars() {
            match c {
                // A string of JSON ends in its line.
                '\n' => (self.inside, self.escaped) = (false, false),
                _ if self.escaped => self.escaped = false,
                '\\' if self.inside => self.escaped = true,
                '"' => self.inside = !self.inside,
                _ => {}
            }
            if !c.is_whitespace() {
                self.last = Some(c);
            }
        }
        self.seen = text.len();
        self.inside
    }
}
