//! Text to tokens, losslessly.

use camlock_source::Span;
use nom::{
    IResult, Parser,
    branch::alt,
    bytes::complete::{tag, take, take_till, take_until, take_while_m_n, take_while1},
    character::complete::{anychar, char, digit1, none_of, one_of, satisfy},
    combinator::{not, opt, peek, recognize, rest, value},
    error::ErrorKind,
    sequence::{pair, preceded, terminated},
};

use super::scan;
use super::token::{Token, TokenKind};

/// The tokens of a text in order; their spans tile it.
///
/// # Complexity
///
/// Linear: each production looks at the bytes of its own token, and a comment or string that nothing
/// closes ends at the end of its line or of the text.
pub fn tokens(text: &str) -> impl Iterator<Item = Token> {
    Lexer::new(text)
}

/// The tokens of a text, one by one.
#[derive(Clone, Debug)]
pub(crate) struct Lexer<'a> {
    text: &'a str,
    at: u32,
    /// No string that begins before this place is closed on its line. A string that ends early at a
    /// curly quote would otherwise let each `\"` behind it search the line again. It holds for them
    /// all: such a quote was the second half of an escape, so what follows it is escaped as before.
    open_until: u32,
}

impl<'a> Lexer<'a> {
    /// The tokens of `text`, of which no more than 4 GiB are read.
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0, open_until: 0 }
    }

    /// The tokens from a later place on, where one begins.
    pub(crate) fn starting_at(&self, at: u32) -> Self {
        Self { at, ..self.clone() }
    }

    /// The whole text.
    pub(crate) fn text(&self) -> &'a str {
        self.text
    }

    /// Passes over blanks and answers how many bytes they are; the next token is none of them.
    #[inline]
    pub(crate) fn skip_blanks(&mut self) -> usize {
        let rest = self.text.as_bytes().get(self.at as usize..).unwrap_or_default();
        let blanks = scan::blanks(rest);
        self.at = self.at.saturating_add(u32::try_from(blanks).unwrap_or(u32::MAX));
        blanks
    }

    #[inline]
    fn advance(&mut self, kind: TokenKind, length: usize) -> Option<Token> {
        let length = u32::try_from(length).ok().filter(|length| *length > 0)?;
        let start = self.at;
        self.at = start.checked_add(length)?;
        Some(Token { kind, span: Span { start, end: self.at } })
    }

    /// What the next byte alone tells apart, which is nearly all of most texts, and its length.
    ///
    /// PERF: `benches/parse.rs`; trying one alternative after the other costs five times as much. It
    /// answers what [`token`] would, which a test compares.
    #[inline]
    fn by_first_byte(&self, rest: &[u8]) -> Option<(TokenKind, usize)> {
        Some(match rest.first()? {
            b' ' | b'\n' | b'\t' | b'\r' => (TokenKind::Blank, scan::blanks(rest)),
            b'{' => (TokenKind::OpenBrace, 1),
            b'}' => (TokenKind::CloseBrace, 1),
            b'[' => (TokenKind::OpenBracket, 1),
            b']' => (TokenKind::CloseBracket, 1),
            b':' => (TokenKind::Colon, 1),
            b',' => (TokenKind::Comma, 1),
            b'"' if self.at >= self.open_until => {
                let (length, _) = closed_string(rest)?;
                (TokenKind::String, length)
            }
            _ => return None,
        })
    }

    /// Any token, and its length.
    #[inline(never)]
    fn by_grammar(&mut self) -> Option<(TokenKind, usize)> {
        let input = self.text.get(self.at as usize..)?;
        let (after, kind) = if self.at < self.open_until && input.starts_with('"') {
            open_string(input, usize::try_from(self.open_until - self.at).ok()?).ok()?
        } else {
            // A `/*` that nothing closes makes the rest one comment, so it is searched at most once.
            token(input).ok()?
        };
        if kind == TokenKind::OpenString && self.at >= self.open_until {
            let line = input.find(['\n', '\r']).unwrap_or(input.len());
            self.open_until = self.at.checked_add(u32::try_from(line).ok()?)?;
        }
        Some((kind, input.len() - after.len()))
    }
}

impl Iterator for Lexer<'_> {
    type Item = Token;

    #[inline]
    fn next(&mut self) -> Option<Token> {
        let rest = self.text.as_bytes().get(self.at as usize..)?;
        let (kind, length) = match self.by_first_byte(rest) {
            Some(token) => token,
            None => self.by_grammar()?,
        };
        self.advance(kind, length)
    }
}

/// The length of the string that `bytes` begins with, where its line closes it, and whether there is
/// neither an escape nor a control character inside.
#[inline]
pub(crate) fn closed_string(bytes: &[u8]) -> Option<(usize, bool)> {
    let mut length = 1;
    let mut is_plain = true;
    loop {
        length += scan::plain(bytes.get(length..)?);
        match bytes.get(length)? {
            b'"' => return Some((length + 1, is_plain)),
            b'\n' | b'\r' => return None,
            // The second byte of an escape closes nothing; that of a longer character says nothing.
            b'\\' if matches!(bytes.get(length + 1)?, b'\n' | b'\r') => return None,
            b'\\' => length += 2,
            _ => length += 1,
        }
        is_plain = false;
    }
}

/// The number or literal that a text begins with.
pub(crate) fn scalar(text: &str) -> Option<&str> {
    let (after, kind) = token(text).ok()?;
    let is_scalar = matches!(kind, TokenKind::Number | TokenKind::Literal);
    text.get(..text.len() - after.len()).filter(|_| is_scalar)
}

/// The characters of a text, those of the blanks between tokens aside [SYN-14].
pub fn significant_chars(text: &str) -> usize {
    let blanks = tokens(text).filter(|token| token.kind == TokenKind::Blank);
    // A blank is one byte and one character.
    text.chars().count() - blanks.map(|token| token.span.len() as usize).sum::<usize>()
}

fn token(input: &str) -> IResult<&str, TokenKind> {
    alt((
        value(TokenKind::Blank, take_while1(|c| matches!(c, ' ' | '\t' | '\n' | '\r'))),
        punctuation,
        string,
        value(TokenKind::Number, number),
        value(TokenKind::Comment, comment),
        value(TokenKind::Placeholder, placeholder),
        word,
        foreign,
        value(TokenKind::Junk, anychar),
    ))
    .parse(input)
}

fn punctuation(input: &str) -> IResult<&str, TokenKind> {
    alt((
        value(TokenKind::OpenBrace, char('{')),
        value(TokenKind::CloseBrace, char('}')),
        value(TokenKind::OpenBracket, char('[')),
        value(TokenKind::CloseBracket, char(']')),
        value(TokenKind::Colon, char(':')),
        value(TokenKind::Comma, char(',')),
    ))
    .parse(input)
}

/// ```abnf
/// string = %x22 *( %x5C any / any but %x22 %x5C line-end ) %x22
/// ```
///
/// Escapes and control characters are checked when the text is decoded. Without a closing quote the
/// string ends at a curly quote that looks like one, or else with its line, less the punctuation that
/// ends most lines.
fn string(input: &str) -> IResult<&str, TokenKind> {
    let (body, _) = char('"').parse(input)?;
    let mut escaped = false;
    for (at, c) in body.char_indices() {
        match c {
            '\n' | '\r' => return open_string(input, at + 1),
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => {
                let (after, _) = take(input.get(..at + 2).map_or(0, count)).parse(input)?;
                return Ok((after, TokenKind::String));
            }
            _ => {}
        }
    }
    open_string(input, input.len())
}

fn open_string(input: &str, line_end: usize) -> IResult<&str, TokenKind> {
    let line = input.get(..line_end).unwrap_or(input);
    let kept = match curly_end(line) {
        Some(end) => line.get(..end).unwrap_or(line),
        None => without_line_end(line),
    };
    value(TokenKind::OpenString, take(count(kept))).parse(input)
}

/// Where a line ends as a string would, save that the quote is a curly one: what follows it is the
/// end of the line or goes on as JSON does behind a string.
fn curly_end(line: &str) -> Option<usize> {
    line.match_indices(is_curly_quote).map(|(at, quote)| at + quote.len()).find(|end| {
        let behind = line.get(*end..).unwrap_or_default().trim_start();
        behind.is_empty() || behind.starts_with([',', ':', ']', '}', '，', '、', '：', '］', '｝'])
    })
}

/// A line without the punctuation that ends most lines.
fn without_line_end(line: &str) -> &str {
    let closing = |c: char| c.is_whitespace() || matches!(c, ',' | ']' | '}');
    let kept = line.trim_end_matches(closing);
    if kept.is_empty() { line } else { kept }
}

fn count(text: &str) -> usize {
    text.chars().count()
}

/// ```abnf
/// number = [ "-" ] ( "0" / digit1-9 *digit ) [ "." 1*digit ] [ ("e" / "E") [ "+" / "-" ] 1*digit ]
/// ```
///
/// What runs on into letters or further digits is no number but a word.
fn number(input: &str) -> IResult<&str, &str> {
    let integer = alt((recognize(char('0')), recognize(pair(one_of("123456789"), opt(digit1)))));
    let fraction = pair(char('.'), digit1);
    let exponent = (one_of("eE"), opt(one_of("+-")), digit1);
    let number = recognize((opt(char('-')), integer, opt(fraction), opt(exponent)));
    terminated(number, not(peek(satisfy(is_word)))).parse(input)
}

fn comment(input: &str) -> IResult<&str, &str> {
    let line = recognize((alt((tag("//"), tag("#"))), take_till(|c| matches!(c, '\n' | '\r'))));
    let block = recognize((tag("/*"), alt((terminated(take_until("*/"), tag("*/")), rest))));
    alt((line, block)).parse(input)
}

/// `<AppId>`, `${OwnerUin}`: short, on one line, and nothing like JSON inside.
fn placeholder(input: &str) -> IResult<&str, &str> {
    alt((
        recognize(preceded(tag("${"), closed_by('}'))),
        recognize(preceded(char('<'), closed_by('>'))),
    ))
    .parse(input)
}

/// A few characters and their closing bracket; the search is bounded, so that many openings do not
/// each look through the whole text.
fn closed_by<'a>(
    close: char,
) -> impl Parser<&'a str, Output = &'a str, Error = nom::error::Error<&'a str>> {
    const LONGEST: usize = 64;
    let inside = move |c: char| c != close && !matches!(c, '\n' | '"' | '{' | ',');
    terminated(take_while_m_n(1, LONGEST, inside), char(close))
}

fn word(input: &str) -> IResult<&str, TokenKind> {
    let (after, word) = take_while1(is_word).parse(input)?;
    let literal = matches!(word, "true" | "false" | "null");
    Ok((after, if literal { TokenKind::Literal } else { TokenKind::Word }))
}

fn is_word(c: char) -> bool {
    (c.is_alphanumeric() || matches!(c, '_' | '-' | '+' | '.' | '*' | '$' | '@' | '%'))
        && !is_foreign_mark(c)
}

fn is_foreign_mark(c: char) -> bool {
    matches!(c, '：' | '，' | '、' | '；' | '｛' | '｝' | '［' | '］' | '＂' | '＇')
}

/// What people write in place of JSON's own marks.
fn foreign(input: &str) -> IResult<&str, TokenKind> {
    alt((
        value(TokenKind::ForeignString, foreign_string),
        value(TokenKind::ForeignString, spelt_string),
        value(TokenKind::ByteOrderMark, char('\u{feff}')),
        value(
            TokenKind::ForeignBlank,
            take_while1(|c: char| {
                (c.is_whitespace() || matches!(c, '\u{200b}' | '\u{2060}')) && !c.is_ascii()
            }),
        ),
        value(TokenKind::ForeignColon, char('：')),
        value(TokenKind::ForeignComma, one_of("，、；;")),
        value(TokenKind::OpenBrace, char('｛')),
        value(TokenKind::CloseBrace, char('｝')),
        value(TokenKind::OpenBracket, char('［')),
        value(TokenKind::CloseBracket, char('］')),
    ))
    .parse(input)
}

/// Text in quotes that are not JSON's, up to any closing quote on the same line.
fn foreign_string(input: &str) -> IResult<&str, &str> {
    let open = one_of("“”„‟＂'‘’`«「");
    let body = take_till(|c| matches!(c, '\n' | '\r') || is_closing_quote(c));
    let (after, whole) = recognize((open, body, opt(none_of("\n\r")))).parse(input)?;
    if ends_with_quote(whole) {
        return Ok((after, whole));
    }
    take(count(without_line_end(whole))).parse(input)
}

/// Quotes as other texts spell them: within a string of a program, and on a page of HTML.
const SPELT_QUOTES: [&str; 3] = ["\\\"", "&quot;", "&#34;"];

/// Text between two quotes that are spelt alike, on one line.
///
/// What lies between a quote and the next one is searched once, so that all searches are linear.
fn spelt_string(input: &str) -> IResult<&str, &str> {
    let none = || nom::Err::Error(nom::error::Error::new(input, ErrorKind::Tag));
    let quote = spelt_quote(input).ok_or_else(none)?;
    let (_, inside) = preceded(tag(quote), take_until(quote)).parse(input)?;
    if inside.contains(['\n', '\r']) {
        return Err(none());
    }
    take(2 * count(quote) + count(inside)).parse(input)
}

/// The spelt quote that a text begins with.
pub(super) fn spelt_quote(text: &str) -> Option<&'static str> {
    SPELT_QUOTES.into_iter().find(|quote| text.starts_with(quote))
}

/// Whether there is a closing quote behind the opening one.
pub(super) fn ends_with_quote(quoted: &str) -> bool {
    let mut chars = quoted.chars();
    chars.next().is_some() && chars.next_back().is_some_and(is_closing_quote)
}

/// Whether text may end with it where a string was meant to.
pub(super) fn is_closing_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '‘' | '’' | '`' | '»' | '」') || is_curly_quote(c)
}

/// Double quotes of word processors and input methods.
pub(super) fn is_curly_quote(c: char) -> bool {
    matches!(c, '“' | '”' | '„' | '‟' | '＂')
}

#[cfg(test)]
mod tests;
