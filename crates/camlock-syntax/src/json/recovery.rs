//! What a fault of the syntax is called, and what to do about it.

use camlock_policy::ApiCode;
use camlock_source::{Diagnostic, Span, quote};

use super::text::{Text, TextFault};
use super::token::{Token, TokenKind};
use crate::codes;

/// Collects faults up to a limit.
pub(super) struct Faults<'a> {
    text: &'a str,
    limit: usize,
    list: Vec<Diagnostic>,
    /// Faults in this range follow from one that was reported.
    hushed: Span,
}

impl<'a> Faults<'a> {
    pub(super) fn new(text: &'a str, limit: usize) -> Self {
        Self { text, limit, list: Vec::new(), hushed: Span::empty(0) }
    }

    pub(super) fn into_list(mut self) -> Vec<Diagnostic> {
        self.list.sort_by_key(|fault| fault.span.start);
        self.list
    }

    /// Drops the faults of the rest of a line.
    pub(super) fn hush_line(&mut self, from: u32) {
        if from >= self.hushed.end {
            let rest = self.text.get(from as usize..).unwrap_or_default();
            let line = rest.find('\n').unwrap_or(rest.len());
            let end = from.saturating_add(u32::try_from(line).unwrap_or(u32::MAX));
            self.hushed = Span::new(from, end);
        }
    }

    pub(super) fn push(&mut self, fault: Diagnostic) {
        if (self.hushed.start..self.hushed.end).contains(&fault.span.start) {
            return;
        }
        match self.list.len() {
            count if count < self.limit => self.list.push(fault),
            count if count == self.limit => {
                let message = format!("more than {} faults, the rest is left out", self.limit);
                let last = Diagnostic::error(codes::TOO_MANY_FAULTS, fault.span, message);
                self.list.push(
                    last.with_api_code(ApiCode::PolicyDocumentError.as_str())
                        .with_help("mend the first ones and look again"),
                );
            }
            _ => {}
        }
    }

    pub(super) fn report(
        &mut self,
        code: camlock_source::Code,
        span: Span,
        message: impl Into<String>,
        help: &str,
    ) {
        let fault = Diagnostic::error(code, span, message)
            .with_api_code(ApiCode::PolicyDocumentError.as_str())
            .with_help(help);
        self.push(fault);
    }

    /// Faults of tokens that only separate others.
    pub(super) fn trivia(&mut self, token: Token) {
        match token.kind {
            TokenKind::Comment => self.report(
                codes::COMMENT,
                token.span,
                "a comment",
                "remove it; JSON has no comments",
            ),
            TokenKind::ForeignBlank => self.report(
                codes::FOREIGN_BLANK,
                token.span,
                "a blank that is not an ordinary space",
                "replace it with spaces; it usually comes from copying a web page",
            ),
            TokenKind::ByteOrderMark => self.report(
                codes::BYTE_ORDER_MARK,
                token.span,
                "a byte order mark",
                "save the file as UTF-8 without it",
            ),
            _ => {}
        }
    }

    /// Faults inside a string literal.
    pub(super) fn string(&mut self, fault: TextFault, span: Span) {
        match fault {
            TextFault::Control => self.report(
                codes::CONTROL_CHARACTER,
                span,
                "a control character in a string",
                "remove it, or write it as an escape such as `\\t`",
            ),
            TextFault::Escape => self.report(
                codes::BAD_ESCAPE,
                span,
                "an escape that JSON does not have",
                "write `\\\\` for a backslash",
            ),
            TextFault::Surrogate => self.report(
                codes::LONE_SURROGATE,
                span,
                "half of a surrogate pair",
                "write both halves, or the character itself",
            ),
        }
    }

    /// A string that its line does not close.
    pub(super) fn unterminated(&mut self, span: Span) {
        self.report(
            codes::UNTERMINATED_STRING,
            span,
            "a string that is not closed on its line",
            "add the closing quote; a line break inside of a string is written `\\n`",
        );
    }

    /// A quote of a word processor, or of another language, at the end of a string.
    pub(super) fn foreign_quote(&mut self, quote: Span) {
        self.foreign_quotes(quote, quote);
    }

    /// A string that begins with such a quote.
    pub(super) fn foreign_quotes(&mut self, span: Span, quote: Span) {
        let message = format!("`{}` is not a quotation mark of JSON", self.slice(quote));
        let help = "write straight double quotes `\"` at both ends of the string";
        self.report(codes::FOREIGN_QUOTES, span, message, help);
    }

    /// A name that its object has already.
    pub(super) fn name_twice(&mut self, name: &Text<'_>, first: Span) {
        let shown = quote(&name.decoded);
        let message = format!("the name `{shown}` stands twice in one object");
        let fault = Diagnostic::error(codes::DUPLICATE_NAME, name.span, message)
            .with_api_code(ApiCode::PolicyDocumentError.as_str())
            .with_help("keep one of them; readers disagree on which one counts")
            .with_secondary(first, "first here");
        self.push(fault);
    }

    /// Text that touches the end of a string.
    pub(super) fn misplaced_quote(&mut self, span: Span) {
        let message =
            format!("`{}` stands directly behind a closing quote", quote(self.slice(span)));
        let help = "check the quotes of this line; a quote inside of a string is written `\\\"`";
        self.report(codes::UNEXPECTED_TOKEN, span, message, help);
    }

    /// An opening bracket without its like; `until` is the bracket at which that shows.
    pub(super) fn unclosed(&mut self, open: Span, until: Option<Span>) {
        let message = format!("the `{}` is never closed", self.slice(open));
        let mut fault = Diagnostic::error(codes::UNBALANCED, open, message)
            .with_api_code(ApiCode::PolicyDocumentError.as_str())
            .with_help("add the closing bracket");
        if let Some(until) = until {
            fault = fault.with_secondary(until, "it has to be closed before this");
        }
        self.push(fault);
    }

    /// A closing bracket of the other sort where nothing else can be meant.
    pub(super) fn wrong_bracket(&mut self, close: Span, open: Span) {
        let (closing, opening) = (self.slice(close), self.slice(open));
        let message = format!("`{opening}` is closed by `{closing}`");
        let fault = Diagnostic::error(codes::UNBALANCED, close, message)
            .with_api_code(ApiCode::PolicyDocumentError.as_str())
            .with_help("write the closing bracket that belongs to it")
            .with_secondary(open, "opened here");
        self.push(fault);
    }

    /// A token where a value belongs, that is none.
    pub(super) fn not_a_value(&mut self, token: Token) {
        let text = self.slice(token.span);
        let shown = quote(text);
        match token.kind {
            TokenKind::Placeholder => self.report(
                codes::PLACEHOLDER,
                token.span,
                format!("`{shown}` was not filled in"),
                "write the actual value, in quotes if it is text",
            ),
            TokenKind::Word => {
                let (message, help) = word(text, &shown);
                self.report(codes::BARE_WORD, token.span, message, help);
            }
            TokenKind::Colon | TokenKind::ForeignColon => self.report(
                codes::UNEXPECTED_TOKEN,
                token.span,
                "a colon where a value belongs",
                "only members of an object have a name and a colon",
            ),
            TokenKind::Comma | TokenKind::ForeignComma => self.report(
                codes::MISSING_VALUE,
                token.span,
                "a comma where a value belongs",
                "write the value, or remove the comma",
            ),
            _ => self.report(
                codes::UNEXPECTED_TOKEN,
                token.span,
                format!("`{shown}` has no meaning here"),
                "remove it",
            ),
        }
    }

    pub(super) fn slice(&self, span: Span) -> &'a str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }
}

/// What a bare word probably was meant to be.
fn word(text: &str, shown: &str) -> (String, &'static str) {
    let lower = text.to_ascii_lowercase();
    if matches!(lower.as_str(), "true" | "false" | "null") {
        (format!("`{shown}` is written in lower case"), "write it in lower case")
    } else if matches!(lower.as_str(), "none" | "nil" | "undefined") {
        (format!("`{shown}` is not JSON"), "write `null`, or leave the member out")
    } else if matches!(lower.as_str(), "nan" | "infinity" | "-infinity" | "+infinity") {
        (format!("`{shown}` is not a number of JSON"), "write an ordinary number")
    } else if text.chars().all(|c| c == '.' || c == '…') {
        (format!("`{shown}` stands for something left out"), "write it out, or remove it")
    } else if is_like_number(text) {
        let help =
            "write it without leading zeros or plus, with digits around the point, or in quotes";
        (format!("`{shown}` is not a number of JSON"), help)
    } else {
        (format!("`{shown}` is not in quotes"), "put text in double quotes")
    }
}

/// Whether a word in brackets of its own looks like `[UIN]` or `[your id]`, and not like a list of text.
pub(super) fn is_fill_in(text: &str) -> bool {
    let words = ["true", "false", "null", "none", "nil", "undefined", "nan", "infinity"];
    let known = words.contains(&text.trim_start_matches(['+', '-']).to_ascii_lowercase().as_str());
    let mark = |c: char| c.is_ascii_uppercase() || c == ' ' || (c.is_alphabetic() && !c.is_ascii());
    !known && text.contains(mark) && !text.contains([':', '*']) && !is_like_number(text)
}

/// Whether it was meant as a number: a date, an address or a path begins with digits too.
fn is_like_number(text: &str) -> bool {
    let digits = text.trim_start_matches(['+', '-']);
    let begins = digits.trim_start_matches('.').starts_with(|c: char| c.is_ascii_digit());
    let all = digits.chars().all(|c| c.is_ascii_hexdigit() || matches!(c, '.' | '+' | '_' | 'x'));
    begins && all && digits.matches('.').count() < 2
}
