//! Objects, lists and scalars off the text; `None` wherever something else stands.

use std::borrow::Cow;

use camlock_policy::RawValue;
use camlock_source::Span;

use crate::element::ElementName;
use crate::json::{Text, scalar, scan, string};
use crate::limits::Limits;

/// Where in a text the reading is.
///
/// Brackets, colons and commas are bytes; strings, numbers and words are read by the productions of
/// the lexer.
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
    blanks: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str, at: usize) -> Self {
        Self { text, at, blanks: 0 }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Bytes of the blanks that were passed over.
    pub(super) fn blanks(&self) -> usize {
        self.blanks
    }

    /// Nothing but blanks up to the end.
    pub(super) fn end(&mut self) -> Option<()> {
        self.first().is_none().then_some(())
    }

    /// The first byte of what comes next, behind blanks.
    #[inline]
    pub(super) fn first(&mut self) -> Option<u8> {
        match self.rest() {
            [first @ 0x21..=0xff, ..] => Some(*first),
            // What stands behind most colons.
            [b' ', first @ 0x21..=0xff, ..] => {
                self.at += 1;
                self.blanks += 1;
                Some(*first)
            }
            _ => self.first_behind_blanks(),
        }
    }

    #[inline(never)]
    fn first_behind_blanks(&mut self) -> Option<u8> {
        let rest = self.rest();
        let blanks = scan::blanks(rest);
        self.at += blanks;
        self.blanks += blanks;
        rest.get(blanks).copied()
    }

    /// Passes over one byte that has to come next.
    #[inline]
    pub(super) fn pass(&mut self, byte: u8) -> Option<()> {
        (self.first()? == byte).then(|| self.at += 1)
    }

    /// A string, decoded.
    #[inline]
    pub(super) fn string(&mut self) -> Option<Cow<'a, str>> {
        self.pass(b'"')?;
        let (start, rest) = (self.at, self.rest());
        let length = scan::plain(rest);
        if rest.get(length) != Some(&b'"') {
            return self.escaped_string(start);
        }
        self.at = start + length + 1;
        self.text.get(start..start + length).map(Cow::Borrowed)
    }

    /// A string with escapes, of which nothing is wrong, behind its quote at `start`.
    #[cold]
    fn escaped_string(&mut self, start: usize) -> Option<Cow<'a, str>> {
        let (length, _) = string(self.text.as_bytes().get(start - 1..)?)?;
        let content = self.text.get(start..(start + length).checked_sub(2)?)?;
        self.at = start + length - 1;
        let mut is_faultless = true;
        let text = Text::decode(content, Span::empty(0), 0, |_, _| is_faultless = false);
        is_faultless.then_some(text.decoded)
    }

    /// A string, number or boolean; `give` gets it.
    pub(super) fn raw_value<T>(
        &mut self,
        give: impl FnOnce(RawValue<'_>) -> Option<T>,
    ) -> Option<T> {
        if self.first()? == b'"' {
            return give(RawValue::Text(&self.string()?));
        }
        match self.word()? {
            "true" => give(RawValue::Bool(true)),
            "false" => give(RawValue::Bool(false)),
            "null" => None,
            number => give(RawValue::Number(number)),
        }
    }

    /// Any value that has nothing inside, of which nothing is to be known.
    pub(super) fn scalar(&mut self) -> Option<()> {
        match self.first()? {
            b'"' => self.string().map(|_| ()),
            _ => self.word().map(|_| ()),
        }
    }

    /// A number, or one of the three words.
    fn word(&mut self) -> Option<&'a str> {
        let word = scalar(self.text.get(self.at..)?)?;
        self.at += word.len();
        Some(word)
    }

    /// An object of elements in lower case, none twice; `each` reads the value of one.
    pub(super) fn elements(
        &mut self,
        mut each: impl FnMut(&mut Self, ElementName) -> Option<()>,
    ) -> Option<()> {
        let mut seen = 0_u32;
        self.members(|cursor, name| {
            let element = ElementName::parse_lower(name)?;
            let bit = 1 << element as u32;
            if seen & bit != 0 {
                return None;
            }
            seen |= bit;
            each(cursor, element)
        })
    }

    /// The members of an object; whether a name stands twice is for `each` to see, which reads the
    /// value.
    #[inline]
    pub(super) fn members(
        &mut self,
        mut each: impl FnMut(&mut Self, &str) -> Option<()>,
    ) -> Option<()> {
        self.pass(b'{')?;
        if self.first()? == b'}' {
            return self.pass(b'}');
        }
        loop {
            let name = self.string()?;
            self.pass(b':')?;
            each(self, &name)?;
            if !self.goes_on(b'}')? {
                return Some(());
            }
        }
    }

    /// One value, or a list of at least one; `each` reads a value.
    #[inline]
    pub(super) fn one_or_more(
        &mut self,
        limit: usize,
        mut each: impl FnMut(&mut Self) -> Option<()>,
    ) -> Option<()> {
        if self.first()? != b'[' {
            return each(self);
        }
        self.pass(b'[')?;
        for _ in 0..limit {
            each(self)?;
            if !self.goes_on(b']')? {
                return Some(());
            }
        }
        None
    }

    /// What `read` makes of one string, or of each in a list of at least one.
    #[inline]
    pub(super) fn strings<T>(&mut self, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
        // Few statements have more than one of anything.
        let mut all = Vec::with_capacity(1);
        self.one_or_more(Limits::policy().max_members, |cursor| {
            all.push(read(&cursor.string()?)?);
            Some(())
        })?;
        Some(all)
    }

    /// A comma, or else the closing bracket.
    #[inline]
    fn goes_on(&mut self, close: u8) -> Option<bool> {
        let first = self.first()?;
        self.at += 1;
        match first {
            b',' => Some(true),
            first => (first == close).then_some(false),
        }
    }

    #[inline]
    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }
}
