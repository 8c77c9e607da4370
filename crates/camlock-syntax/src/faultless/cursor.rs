//! Objects, lists and scalars off the tokens; `None` wherever something else stands.

use std::borrow::Cow;

use camlock_policy::RawValue;
use camlock_source::Span;

use crate::element::ElementName;
use crate::json::{Lexer, Text, Token, TokenKind};
use crate::limits::Limits;

/// Where in the tokens of a text the reading is.
pub(super) struct Cursor<'a> {
    lexer: Lexer<'a>,
    blanks: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(lexer: Lexer<'a>) -> Self {
        Self { lexer, blanks: 0 }
    }

    /// Bytes of the blanks between the tokens read.
    pub(super) fn blanks(&self) -> usize {
        self.blanks
    }

    pub(super) fn into_lexer(self) -> Lexer<'a> {
        self.lexer
    }

    /// Nothing but blanks up to the end.
    pub(super) fn end(&mut self) -> Option<()> {
        self.blanks += self.lexer.skip_blanks();
        self.lexer.is_at_end().then_some(())
    }

    /// The next token, where it is one of JSON.
    #[inline]
    pub(super) fn next(&mut self) -> Option<Token> {
        self.blanks += self.lexer.skip_blanks();
        self.lexer.next_of_json()
    }

    /// A string, decoded.
    pub(super) fn string(&mut self) -> Option<Cow<'a, str>> {
        let token = self.next()?;
        self.decoded(token)
    }

    /// What a string token says, which is the one just read.
    pub(super) fn decoded(&self, token: Token) -> Option<Cow<'a, str>> {
        if token.kind != TokenKind::String {
            return None;
        }
        let (start, end) = (token.span.start + 1, token.span.end - 1);
        let content = self.lexer.slice(Span::new(start, end));
        if self.lexer.is_plain() {
            return Some(Cow::Borrowed(content));
        }
        let mut faults = 0_usize;
        let text = Text::decode(content, token.span, start, |_, _| faults += 1);
        (faults == 0).then_some(text.decoded)
    }

    /// Any value that has nothing inside, of which nothing is to be known.
    pub(super) fn scalar(&mut self) -> Option<()> {
        let token = self.next()?;
        match token.kind {
            TokenKind::String => self.decoded(token).map(|_| ()),
            TokenKind::Number | TokenKind::Literal => Some(()),
            _ => None,
        }
    }

    /// The value that a token is, which is the one just read; `give` gets it.
    pub(super) fn raw_value<T>(
        &self,
        token: Token,
        give: impl FnOnce(RawValue<'_>) -> Option<T>,
    ) -> Option<T> {
        let text = self.lexer.slice(token.span);
        match (token.kind, text) {
            (TokenKind::String, _) => give(RawValue::Text(&self.decoded(token)?)),
            (TokenKind::Number, number) => give(RawValue::Number(number)),
            (TokenKind::Literal, "true") => give(RawValue::Bool(true)),
            (TokenKind::Literal, "false") => give(RawValue::Bool(false)),
            _ => None,
        }
    }

    /// An object of elements in lower case, none twice; `each` reads the value of one.
    pub(super) fn elements(
        &mut self,
        mut each: impl FnMut(&mut Self, ElementName) -> Option<()>,
    ) -> Option<()> {
        self.open(TokenKind::OpenBrace)?;
        self.elements_inside(&mut each)
    }

    /// The same, where the brace was read.
    pub(super) fn elements_inside(
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

    /// The members of an object whose brace was read; whether a name stands twice is for `each` to
    /// see, which reads the value.
    pub(super) fn members(
        &mut self,
        mut each: impl FnMut(&mut Self, &str) -> Option<()>,
    ) -> Option<()> {
        let mut token = self.next()?;
        if token.kind == TokenKind::CloseBrace {
            return Some(());
        }
        loop {
            let name = self.decoded(token)?;
            self.open(TokenKind::Colon)?;
            each(self, &name)?;
            if !self.goes_on(TokenKind::CloseBrace)? {
                return Some(());
            }
            token = self.next()?;
        }
    }

    /// One value, or a list of at least one; `each` gets the first token of a value and reads the rest.
    pub(super) fn one_or_more(
        &mut self,
        limits: &Limits,
        mut each: impl FnMut(&mut Self, Token) -> Option<()>,
    ) -> Option<()> {
        let token = self.next()?;
        if token.kind != TokenKind::OpenBracket {
            return each(self, token);
        }
        for _ in 0..limits.max_members {
            let token = self.next()?;
            each(self, token)?;
            if !self.goes_on(TokenKind::CloseBracket)? {
                return Some(());
            }
        }
        None
    }

    /// What `read` makes of one string, or of each in a list of at least one.
    pub(super) fn strings<T>(&mut self, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
        // Few statements have more than one of anything.
        let mut all = Vec::with_capacity(1);
        self.one_or_more(&Limits::policy(), |cursor, token| {
            all.push(read(&cursor.decoded(token)?)?);
            Some(())
        })?;
        Some(all)
    }

    /// A comma, or else the closing bracket.
    fn goes_on(&mut self, close: TokenKind) -> Option<bool> {
        match self.next()?.kind {
            TokenKind::Comma => Some(true),
            kind => (kind == close).then_some(false),
        }
    }

    fn open(&mut self, kind: TokenKind) -> Option<()> {
        (self.next()?.kind == kind).then_some(())
    }
}
