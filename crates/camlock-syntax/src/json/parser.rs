//! Tokens to a tree; recovers from every fault.

use camlock_policy::ApiCode;
use camlock_source::{Diagnostic, Span, quote};

use super::lexer::{self, Lexer};
use super::names::Names;
use super::place::{Nowhere, Place, Taker};
use super::recovery::{self, Faults};
use super::text::Text;
use super::token::{Token, TokenKind};
use super::tree::{Kind, Member, Value};
use crate::codes;
use crate::limits::Limits;

/// The tree of a text and everything that is wrong with it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Parsed<'a> {
    /// The value, as far as it could be read; `None` where there is nothing.
    pub root: Option<Value<'a>>,
    /// Every fault, in document order.
    pub diagnostics: Vec<Diagnostic>,
    /// Characters outside the blanks between tokens [SYN-14].
    pub significant_chars: usize,
}

/// Reads a JSON text; see the module.
///
/// # Complexity
///
/// Linear in the text. Recursion is as deep as `limits` allow; what is nested deeper is reported once
/// and passed over.
pub fn parse<'a>(text: &'a str, limits: &Limits) -> Parsed<'a> {
    parse_around(text, limits, Nowhere, &mut Nowhere)
}

/// Reads a JSON text around the values that `taker` takes; they are [`Kind::Invalid`] in the tree.
pub(crate) fn parse_around<'a, P: Place>(
    text: &'a str,
    limits: &Limits,
    place: P,
    taker: &mut impl Taker<P>,
) -> Parsed<'a> {
    if text.len() > limits.max_bytes || u32::try_from(text.len()).is_err() {
        let message = format!("the text is longer than {} bytes", limits.max_bytes);
        let fault = Diagnostic::error(codes::TEXT_TOO_LONG, Span::empty(0), message)
            .with_api_code(ApiCode::PolicyDocumentError.as_str())
            .with_help("split it");
        return Parsed { root: None, diagnostics: vec![fault], significant_chars: 0 };
    }
    let mut parser = Parser {
        lexer: Lexer::new(text),
        ahead: None,
        taker,
        faults: Faults::new(text, limits.max_faults),
        limits,
        last: None,
        end: 0,
        blanks: 0,
    };
    let root = parser.document(place);
    Parsed {
        root,
        diagnostics: parser.faults.into_list(),
        // Every token was read, whatever the faults; a blank is one byte and one character.
        significant_chars: text.chars().count().saturating_sub(parser.blanks),
    }
}

struct Parser<'a, 'l, T> {
    lexer: Lexer<'a>,
    ahead: Option<Token>,
    taker: &'l mut T,
    faults: Faults<'a>,
    limits: &'l Limits,
    last: Option<Token>,
    /// Where the last token ended, which is where a missing one is missed.
    end: u32,
    /// Bytes of the blanks between tokens.
    blanks: usize,
}

/// What encloses a value, which decides whose a stray bracket is.
#[derive(Clone, Copy)]
struct Enclosing<P> {
    depth: usize,
    object: bool,
    array: bool,
    /// What the value is to the taker of values.
    place: P,
}

impl<'a, T> Parser<'a, '_, T> {
    fn document<P: Place>(&mut self, place: P) -> Option<Value<'a>>
    where
        T: Taker<P>,
    {
        let Some(first) = self.peek() else {
            let fault = Diagnostic::error(codes::EMPTY_TEXT, Span::new(0, 0), "the text is empty")
                .with_api_code(ApiCode::PolicyDocumentEmpty.as_str())
                .with_help("write a policy, such as `{\"version\": \"2.0\", \"statement\": […]}`");
            self.faults.push(fault);
            return None;
        };
        let outside = Enclosing { depth: 0, object: false, array: false, place };
        let root = self.value(outside);
        if let Some(extra) = self.peek() {
            self.after_the_end(first, extra);
        }
        root
    }

    fn after_the_end(&mut self, first: Token, extra: Token) {
        let span = extra.span;
        let (code, message, help) = match extra.kind {
            TokenKind::CloseBrace | TokenKind::CloseBracket => {
                (codes::UNBALANCED, "a closing bracket that nothing opened", "remove it")
            }
            TokenKind::Colon if first.kind == TokenKind::String => (
                codes::TRAILING_DATA,
                "a name and a colon outside of any object",
                "enclose the document in braces",
            ),
            _ => (
                codes::TRAILING_DATA,
                "more text behind the end of the document",
                "keep one document a file",
            ),
        };
        self.faults.report(code, span, message, help);
        // The faults of trivia behind the end count as well, and so do the characters.
        while self.next().is_some() {}
    }

    /// A value, or `None` where there is nothing before the enclosing bracket closes.
    fn value<P: Place>(&mut self, enclosing: Enclosing<P>) -> Option<Value<'a>>
    where
        T: Taker<P>,
    {
        let token = self.peek()?;
        if let Some(span) = self.taken(token, enclosing) {
            return Some(Value { span, kind: Kind::Invalid });
        }
        let kind = match token.kind {
            TokenKind::OpenBrace | TokenKind::OpenBracket => return Some(self.nested(enclosing)),
            TokenKind::CloseBrace | TokenKind::CloseBracket if enclosing.depth > 0 => return None,
            TokenKind::Word | TokenKind::Placeholder => {
                let bare = self.bare(token);
                self.faults.not_a_value(bare);
                return Some(Value { span: bare.span, kind: Kind::Invalid });
            }
            _ => {
                self.next();
                self.scalar(token)
            }
        };
        if matches!(kind, Kind::Invalid) {
            self.rest_of_bare();
        }
        Some(Value { span: token.span, kind })
    }

    /// The bytes of a value that somebody else reads.
    fn taken<P: Place>(&mut self, token: Token, enclosing: Enclosing<P>) -> Option<Span>
    where
        T: Taker<P>,
    {
        if enclosing.depth + T::DEPTH > self.limits.max_depth {
            return None;
        }
        let end = self.taker.take(enclosing.place, self.lexer.text(), token.span.start)?;
        self.lexer = self.lexer.starting_at(end);
        self.ahead = None;
        self.last = None;
        self.end = end;
        Some(Span::new(token.span.start, end))
    }

    fn scalar(&mut self, token: Token) -> Kind<'a> {
        let text = self.faults.slice(token.span);
        match token.kind {
            TokenKind::String | TokenKind::OpenString | TokenKind::ForeignString => {
                Kind::String(self.string(token))
            }
            TokenKind::Number => Kind::Number(text),
            TokenKind::Literal => match text {
                "true" => Kind::Bool(true),
                "false" => Kind::Bool(false),
                _ => Kind::Null,
            },
            _ => {
                self.faults.not_a_value(token);
                Kind::Invalid
            }
        }
    }

    /// A bare `cos:*` or `a b c` is one fault, not one a token.
    fn bare(&mut self, first: Token) -> Token {
        self.next();
        self.rest_of_bare();
        Token { kind: first.kind, span: Span::new(first.span.start, self.end) }
    }

    fn rest_of_bare(&mut self) {
        while let Some(token) = self.peek() {
            let between = self.faults.slice(Span::new(self.end, token.span.start));
            let part = matches!(
                token.kind,
                TokenKind::Word | TokenKind::Junk | TokenKind::Placeholder | TokenKind::Number
            ) && !between.contains('\n');
            let joined = token.span.start == self.end
                && matches!(token.kind, TokenKind::Colon | TokenKind::ForeignColon);
            if !part && !joined {
                return;
            }
            self.next();
        }
    }

    fn string(&mut self, token: Token) -> Text<'a> {
        let text = self.faults.slice(token.span);
        match token.kind {
            TokenKind::String => {
                let content = text.get(1..text.len().saturating_sub(1)).unwrap_or_default();
                self.decode(content, token.span, token.span.start + 1)
            }
            TokenKind::OpenString => {
                let inner = text.get(1..).unwrap_or_default();
                let (content, close) = split_quote(inner, lexer::is_curly_quote);
                if close.is_empty() {
                    self.faults.unterminated(token.span);
                } else {
                    let start = token.span.end - small(close.len());
                    self.faults.foreign_quote(Span::new(start, token.span.end));
                }
                self.decode(content, token.span, token.span.start + 1)
            }
            _ => {
                let spelt = lexer::spelt_quote(text);
                let first = text.chars().next().map_or(0, char::len_utf8);
                let open = small(spelt.map_or(first, str::len));
                let inner = text.get(open as usize..).unwrap_or_default();
                let (content, close) = match spelt {
                    Some(quote) => (inner.strip_suffix(quote).unwrap_or(inner), quote),
                    None => split_quote(inner, lexer::is_closing_quote),
                };
                let quote = Span::new(token.span.start, token.span.start + open);
                self.faults.foreign_quotes(token.span, quote);
                if close.is_empty() {
                    self.faults.unterminated(token.span);
                }
                Text::verbatim(content, token.span, token.span.start + open)
            }
        }
    }

    fn decode(&mut self, content: &'a str, span: Span, start: u32) -> Text<'a> {
        let faults = &mut self.faults;
        Text::decode(content, span, start, |fault, span| faults.string(fault, span))
    }

    /// An object or a list, unless it is nested too deep.
    fn nested<P: Place>(&mut self, enclosing: Enclosing<P>) -> Value<'a>
    where
        T: Taker<P>,
    {
        let inside = Enclosing { depth: enclosing.depth + 1, ..enclosing };
        let Some(open) = self.next() else {
            return Value { span: Span::empty(self.end), kind: Kind::Invalid };
        };
        self.foreign_bracket(open);
        let max_depth = self.limits.max_depth.min(Limits::DEPTH_CEILING);
        if inside.depth > max_depth {
            self.faults.report(
                codes::NESTED_TOO_DEEP,
                open.span,
                format!("nested deeper than {max_depth}"),
                "write it flatter",
            );
            self.skip_nested();
            return Value { span: Span::new(open.span.start, self.end), kind: Kind::Invalid };
        }
        let kind = if open.kind == TokenKind::OpenBrace {
            Kind::Object(self.members(open, Enclosing { object: true, ..inside }))
        } else {
            Kind::Array(self.items(open, Enclosing { array: true, ..inside }))
        };
        Value { span: Span::new(open.span.start, self.end), kind }
    }

    /// Passes over everything up to the bracket that closes what was just opened.
    fn skip_nested(&mut self) {
        let mut open = 1_usize;
        while let Some(token) = self.next() {
            match token.kind {
                TokenKind::OpenBrace | TokenKind::OpenBracket => open += 1,
                TokenKind::CloseBrace | TokenKind::CloseBracket => open -= 1,
                _ => {}
            }
            if open == 0 {
                return;
            }
        }
    }

    fn members<P: Place>(&mut self, open: Token, inside: Enclosing<P>) -> Vec<Member<'a>>
    where
        T: Taker<P>,
    {
        let mut members = Vec::new();
        let mut names = Names::default();
        let mut comma = None;
        loop {
            let Some(token) = self.peek() else {
                self.unclosed(open);
                return members;
            };
            match token.kind {
                TokenKind::CloseBrace => {
                    self.trailing_comma(comma);
                    self.close();
                    return members;
                }
                TokenKind::CloseBracket => {
                    if self.stray_bracket(token, open, inside.array) {
                        return members;
                    }
                }
                TokenKind::Comma | TokenKind::ForeignComma => {
                    self.extra_comma(token);
                    comma = Some(token);
                }
                _ => {
                    if let Some(member) = self.member(inside) {
                        if let Some(first) = names.note(&member.name, &members, self.limits) {
                            self.faults.name_twice(&member.name, first);
                        }
                        self.keep(&mut members, member, |member| member.name.span);
                    }
                    comma = self.separator(TokenKind::CloseBrace);
                }
            }
        }
    }

    /// One member; `None` where there is a name too few.
    fn member<P: Place>(&mut self, inside: Enclosing<P>) -> Option<Member<'a>>
    where
        T: Taker<P>,
    {
        let token = self.peek()?;
        let name = match token.kind {
            TokenKind::String | TokenKind::OpenString | TokenKind::ForeignString => {
                self.next();
                self.string(token)
            }
            TokenKind::Word | TokenKind::Number | TokenKind::Literal => {
                self.next();
                let text = self.faults.slice(token.span);
                if self.next_is_colon() {
                    self.faults.report(
                        codes::BARE_NAME,
                        token.span,
                        format!("the name `{}` is not in quotes", quote(text)),
                        "put it in double quotes",
                    );
                } else {
                    self.rest_of_bare();
                    let span = Span::new(token.span.start, self.end);
                    match token.kind {
                        TokenKind::Word => self.faults.not_a_value(Token { span, ..token }),
                        _ => self.value_without_name(token.span),
                    }
                    return None;
                }
                Text::verbatim(text, token.span, token.span.start)
            }
            _ => {
                let value = self.value(inside)?;
                if !matches!(value.kind, Kind::Invalid) {
                    self.value_without_name(value.span);
                }
                return None;
            }
        };
        let colon = self.colon(&name);
        if !colon && self.at_member_end() {
            self.value_without_name(name.span);
            return None;
        }
        if !colon && !self.misplaced_quote() {
            let place = Span::empty(name.span.end);
            let message = format!("a colon is missing behind `{}`", quote(&name.decoded));
            self.faults.report(codes::MISSING_COLON, place, message, "add it");
        }
        let place = inside.place.member(&name.decoded);
        let inside = Enclosing { place, ..inside };
        let value = if self.at_member_end() { None } else { self.value(inside) };
        let value = value.unwrap_or_else(|| {
            let span = Span::empty(self.end);
            let message = format!("the member `{}` has no value", quote(&name.decoded));
            self.faults.report(
                codes::MISSING_VALUE,
                span,
                message,
                "add one, or remove the member",
            );
            Value { span, kind: Kind::Invalid }
        });
        Some(Member { name, value })
    }

    fn value_without_name(&mut self, span: Span) {
        self.faults.report(
            codes::VALUE_WITHOUT_NAME,
            span,
            "a value without a name in an object",
            "several values of one member stand in a list, `[\"…\", \"…\"]`",
        );
    }

    fn items<P: Place>(&mut self, open: Token, inside: Enclosing<P>) -> Vec<Value<'a>>
    where
        T: Taker<P>,
    {
        let inside = Enclosing { place: inside.place.item(), ..inside };
        let mut items = Vec::new();
        let mut comma = None;
        loop {
            let Some(token) = self.peek() else {
                self.unclosed(open);
                return items;
            };
            match token.kind {
                TokenKind::CloseBracket => {
                    self.trailing_comma(comma);
                    self.close();
                    return items;
                }
                TokenKind::CloseBrace => {
                    if self.stray_bracket(token, open, inside.object) {
                        return items;
                    }
                }
                TokenKind::Comma | TokenKind::ForeignComma => {
                    self.extra_comma(token);
                    comma = Some(token);
                }
                TokenKind::Word if items.is_empty() && token.span.start == open.span.end => {
                    let item = self.bare_in_brackets(open, token);
                    self.keep(&mut items, item, |item| item.span);
                    comma = self.separator(TokenKind::CloseBracket);
                }
                _ => {
                    if let Some(item) = self.value(inside) {
                        self.keep(&mut items, item, |item| item.span);
                    }
                    comma = self.separator(TokenKind::CloseBracket);
                }
            }
        }
    }

    /// `[UIN]` is how many pages write what is to be filled in; `[ cos:* ]` just lacks quotes.
    fn bare_in_brackets(&mut self, open: Token, word: Token) -> Value<'a> {
        let bare = self.bare(word);
        let close = self.peek().filter(|token| {
            token.kind == TokenKind::CloseBracket && token.span.start == bare.span.end
        });
        let text = self.faults.slice(bare.span);
        match close {
            Some(close) if recovery::is_fill_in(text) => {
                let span = open.span.cover(close.span);
                self.faults.not_a_value(Token { kind: TokenKind::Placeholder, span });
            }
            _ => self.faults.not_a_value(bare),
        }
        Value { span: bare.span, kind: Kind::Invalid }
    }

    /// Keeps a member or item, up to the limit.
    fn keep<V>(&mut self, list: &mut Vec<V>, one: V, span: impl Fn(&V) -> Span) {
        let limit = self.limits.max_members;
        if list.len() < limit {
            list.push(one);
        } else if list.len() == limit {
            let message = format!("more than {limit} members");
            self.faults.report(codes::TOO_MANY_MEMBERS, span(&one), message, "split it");
            // One more than the limit marks it as reported.
            list.push(one);
        }
    }

    /// The comma behind a member or item; reports where it is missing.
    fn separator(&mut self, close: TokenKind) -> Option<Token> {
        let token = self.peek()?;
        match token.kind {
            TokenKind::Comma => self.next(),
            TokenKind::ForeignComma => {
                self.faults.report(
                    codes::FOREIGN_COMMA,
                    token.span,
                    format!("`{}` where a comma belongs", self.faults.slice(token.span)),
                    "write the ASCII comma `,`",
                );
                self.next()
            }
            kind if kind == close => None,
            TokenKind::CloseBrace | TokenKind::CloseBracket => None,
            _ if self.misplaced_quote() => None,
            _ => {
                let place = Span::empty(self.end);
                let next = quote(self.faults.slice(token.span));
                let message = format!("a comma is missing before `{next}`");
                self.faults.report(codes::MISSING_COMMA, place, message, "add it between the two");
                None
            }
        }
    }

    /// Text that touches the closing quote of a string: the string was meant to end elsewhere.
    ///
    /// What follows on the line is read the wrong way round, so its faults would only confuse.
    fn misplaced_quote(&mut self) -> bool {
        let Some(token) = self.peek() else { return false };
        let Some(string) = self.last.filter(|last| last.kind == TokenKind::String) else {
            return false;
        };
        let touching = token.span.start == string.span.end;
        if !touching || !matches!(token.kind, TokenKind::Word | TokenKind::Placeholder) {
            return false;
        }
        let text = self.faults.slice(string.span);
        match text.match_indices(lexer::is_curly_quote).next() {
            Some((at, curly)) => {
                let start = string.span.start + small(at);
                self.faults.foreign_quote(Span::new(start, start + small(curly.len())));
            }
            None => self.faults.misplaced_quote(token.span),
        }
        self.faults.hush_line(token.span.start);
        true
    }

    fn next_is_colon(&mut self) -> bool {
        let next = self.peek().map(|token| token.kind);
        matches!(next, Some(TokenKind::Colon | TokenKind::ForeignColon))
    }

    fn colon(&mut self, name: &Text<'_>) -> bool {
        let Some(token) = self.peek() else { return false };
        match token.kind {
            TokenKind::Colon => {}
            TokenKind::ForeignColon => self.faults.report(
                codes::FOREIGN_COLON,
                token.span,
                "a full-width colon",
                "write the ASCII colon `:`",
            ),
            TokenKind::Junk if matches!(self.faults.slice(token.span), "=" | "＝") => {
                let shown = quote(&name.decoded);
                let message = format!("`=` behind the name `{shown}`");
                self.faults.report(codes::MISSING_COLON, token.span, message, "write a colon");
            }
            _ => return false,
        }
        self.next();
        true
    }

    fn at_member_end(&mut self) -> bool {
        matches!(
            self.peek().map(|token| token.kind),
            None | Some(
                TokenKind::Comma
                    | TokenKind::ForeignComma
                    | TokenKind::CloseBrace
                    | TokenKind::CloseBracket
            )
        )
    }

    fn trailing_comma(&mut self, comma: Option<Token>) {
        if let Some(comma) = comma {
            self.faults.report(
                codes::TRAILING_COMMA,
                comma.span,
                "a comma before the closing bracket",
                "remove it",
            );
        }
    }

    fn extra_comma(&mut self, token: Token) {
        self.next();
        let message = "a comma without anything before it";
        self.faults.report(codes::MISSING_VALUE, token.span, message, "remove it");
    }

    /// A bracket of the other sort: it closes what encloses, or it is one too many.
    fn stray_bracket(&mut self, token: Token, open: Token, enclosed: bool) -> bool {
        if enclosed {
            self.unclosed(open);
            return true;
        }
        self.next();
        let goes_on = matches!(
            self.peek().map(|token| token.kind),
            Some(TokenKind::Comma | TokenKind::CloseBrace | TokenKind::CloseBracket)
        );
        if goes_on {
            let message = "a closing bracket that nothing opened";
            self.faults.report(codes::UNBALANCED, token.span, message, "remove it");
            // Its comma separates what stands before the bracket from what follows.
            if self.peek().is_some_and(|token| token.kind == TokenKind::Comma) {
                self.next();
            }
            return false;
        }
        self.faults.wrong_bracket(token.span, open.span);
        true
    }

    fn unclosed(&mut self, open: Token) {
        let until = self.peek().map(|token| token.span);
        self.faults.unclosed(open.span, until);
    }

    fn close(&mut self) {
        if let Some(token) = self.next() {
            self.foreign_bracket(token);
        }
    }

    fn foreign_bracket(&mut self, token: Token) {
        if token.span.len() > 1 {
            let message = "a full-width bracket";
            self.faults.report(codes::FOREIGN_BRACKET, token.span, message, "write the ASCII one");
        }
    }

    /// The next token that says something; trivia before it is checked and dropped.
    fn peek(&mut self) -> Option<Token> {
        if self.ahead.is_none() {
            self.ahead = self.behind_trivia();
        }
        self.ahead
    }

    fn behind_trivia(&mut self) -> Option<Token> {
        loop {
            self.blanks += self.lexer.skip_blanks();
            let token = self.lexer.next()?;
            if !token.kind.is_trivia() {
                return Some(token);
            }
            self.faults.trivia(token);
        }
    }

    fn next(&mut self) -> Option<Token> {
        let token = self.peek()?;
        self.ahead = None;
        self.last = Some(token);
        self.end = token.span.end;
        Some(token)
    }
}

/// The content of a string and its closing quote, if it has one.
fn split_quote(inner: &str, is_quote: impl Fn(char) -> bool) -> (&str, &str) {
    let quote = inner.chars().next_back().filter(|c| is_quote(*c)).map_or(0, char::len_utf8);
    inner.split_at_checked(inner.len() - quote).unwrap_or((inner, ""))
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
