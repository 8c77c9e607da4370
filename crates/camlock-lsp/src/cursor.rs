//! Where in a text somebody points at, however broken the text is.
//!
//! The tree of a broken text may not have the place at all, while the tokens in front of it tell what
//! would stand there. Nothing behind the place is looked at, but the rest of the token that it is in.

use camlock_source::Span;
use camlock_syntax::json::{self, Kind, TokenKind};
use camlock_syntax::limits::Limits;

use crate::tree::Step;

/// Objects and lists within each other that are told apart.
const MAX_DEPTH: usize = 64;

/// A place in a text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Cursor {
    /// The way to what stands here: the value, or the object whose member is named here.
    pub(crate) path: Vec<Step>,
    /// What stands here.
    pub(crate) place: Place,
    /// The string or word that the place is in.
    pub(crate) token: Option<Spot>,
}

/// What stands at a place.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Place {
    /// The name of a member.
    Name,
    /// A value.
    Value,
}

/// A string or a word that a place is in.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Spot {
    /// All its bytes.
    pub(crate) span: Span,
    /// The bytes of what it says, quotes aside.
    pub(crate) content: Span,
    /// Whether it is in quotes.
    pub(crate) is_string: bool,
    /// Whether the quote at its end is missing.
    pub(crate) is_open: bool,
}

#[derive(Debug)]
enum Frame {
    Object {
        name: Option<String>,
        /// Whether the colon behind the name was there.
        is_value: bool,
        /// The last string: a name where a colon follows.
        last: Option<String>,
    },
    List {
        index: usize,
    },
}

impl Cursor {
    /// The place at a byte of a text.
    pub(crate) fn at(text: &str, offset: u32) -> Self {
        let mut frames: Vec<Frame> = Vec::new();
        let mut beyond = 0_usize;
        let mut inside = None;
        let mut tokens = json::tokens(text).peekable();
        while let Some(token) = tokens.next() {
            if token.span.start >= offset {
                break;
            }
            let is_text = matches!(
                token.kind,
                TokenKind::String
                    | TokenKind::OpenString
                    | TokenKind::ForeignString
                    | TokenKind::Word
                    | TokenKind::Literal
                    | TokenKind::Number
            );
            let closed = matches!(token.kind, TokenKind::String | TokenKind::ForeignString);
            if is_text && (offset < token.span.end || (!closed && offset == token.span.end)) {
                // A word right behind a string: the quote at its end begins the next one.
                let swallows = token.kind == TokenKind::String
                    && tokens.peek().is_some_and(|next| next.kind == TokenKind::Word);
                let kind = if swallows { TokenKind::OpenString } else { token.kind };
                inside = Some(Spot::new(text, token.span, kind));
                break;
            }
            match token.kind {
                TokenKind::OpenBrace | TokenKind::OpenBracket if frames.len() >= MAX_DEPTH => {
                    beyond += 1;
                }
                TokenKind::OpenBrace => {
                    frames.push(Frame::Object { name: None, is_value: false, last: None });
                }
                TokenKind::OpenBracket => frames.push(Frame::List { index: 0 }),
                TokenKind::CloseBrace | TokenKind::CloseBracket if beyond > 0 => beyond -= 1,
                TokenKind::CloseBrace | TokenKind::CloseBracket => _ = frames.pop(),
                kind => {
                    if let Some(frame) = frames.last_mut().filter(|_| beyond == 0) {
                        frame.pass(kind, || said(text, token.span));
                    }
                }
            }
        }
        let place = match frames.last() {
            Some(Frame::Object { is_value: false, .. }) => Place::Name,
            _ => Place::Value,
        };
        let count = frames.len();
        let steps = frames.into_iter().enumerate().filter_map(|(index, frame)| match frame {
            Frame::Object { .. } if index + 1 == count && place == Place::Name => None,
            Frame::Object { name, .. } => Some(Step::Member(name.unwrap_or_default())),
            Frame::List { index } => Some(Step::Item(index)),
        });
        Self { path: steps.collect(), place, token: inside }
    }
}

impl Frame {
    /// Goes past a token that opens and closes nothing.
    fn pass(&mut self, kind: TokenKind, text: impl FnOnce() -> String) {
        match (self, kind) {
            (Self::List { index }, TokenKind::Comma | TokenKind::ForeignComma) => *index += 1,
            (
                Self::Object { name, is_value, last },
                TokenKind::String
                | TokenKind::OpenString
                | TokenKind::ForeignString
                | TokenKind::Word,
            ) => {
                *last = Some(text());
                if !*is_value {
                    name.clone_from(last);
                }
            }
            (Self::Object { name, is_value, last }, TokenKind::Colon | TokenKind::ForeignColon) => {
                // A second colon: the comma is missing, and the string in front was a name.
                if *is_value && last.is_some() {
                    *name = last.take();
                }
                (*is_value, *last) = (true, None);
            }
            (Self::Object { name, is_value, last }, TokenKind::Comma | TokenKind::ForeignComma) => {
                (*name, *is_value, *last) = (None, false, None);
            }
            _ => {}
        }
    }
}

impl Spot {
    fn new(text: &str, span: Span, kind: TokenKind) -> Self {
        let own = text.get(span.start as usize..span.end as usize).unwrap_or_default();
        let is_string =
            matches!(kind, TokenKind::String | TokenKind::OpenString | TokenKind::ForeignString);
        let is_open = kind == TokenKind::OpenString;
        let quote = |c: Option<char>| c.filter(|_| is_string).map_or(0, char::len_utf8);
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let start = span.start + small(quote(own.chars().next()));
        let last = if is_open { 0 } else { small(quote(own.chars().next_back())) };
        let mut end = span.end.saturating_sub(last).max(start);
        if is_open {
            end =
                start + small(unquoted(text.get(start as usize..end as usize).unwrap_or_default()));
        }
        Self { span, content: Span::new(start, end), is_string, is_open }
    }
}

/// How much of a string without its end is what somebody is typing: what follows on the line belongs to
/// the text around it.
fn unquoted(text: &str) -> usize {
    let text = text.trim_end_matches(['\r', '\n']);
    text.find([',', '}', ']', ' ', '\t']).unwrap_or(text.len())
}

/// What a string says, escapes resolved.
fn said(text: &str, span: Span) -> String {
    let own = text.get(span.start as usize..span.end as usize).unwrap_or_default();
    match json::parse(own, &Limits::policy()).root.map(|value| value.kind) {
        Some(Kind::String(text)) => text.decoded.into_owned(),
        _ => own.trim_matches('"').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Cursor, Place};
    use crate::tree::Step;

    /// The place of `|` in a text.
    #[track_caller]
    fn at(text: &str) -> (String, Place, Option<String>) {
        let offset = text.find('|').unwrap();
        let text = text.replacen('|', "", 1);
        let cursor = Cursor::at(&text, u32::try_from(offset).unwrap());
        let path = cursor.path.iter().map(|step| match step {
            Step::Member(name) => format!("/{name}"),
            Step::Item(index) => format!("/{index}"),
        });
        let token = cursor.token.map(|spot| {
            text.get(spot.content.start as usize..spot.content.end as usize).unwrap().to_owned()
        });
        (path.collect(), cursor.place, token)
    }

    #[test]
    fn places_are_told_in_a_text_in_order() {
        for (text, path, place, token) in [
            (r#"{"a": ["b", "c|d"]}"#, "/a/1", Place::Value, Some("cd")),
            (r#"{"a": [|]}"#, "/a/0", Place::Value, None),
            (r#"{"a": {"b|": 1}}"#, "/a", Place::Name, Some("b")),
            (r#"{"a": {"b": 1, |}}"#, "/a", Place::Name, None),
            (r#"[{"a": 1}, {"b": "|"}]"#, "/1/b", Place::Value, Some("")),
            (r#"{"a": tr|ue}"#, "/a", Place::Value, Some("true")),
            ("|", "", Place::Value, None),
        ] {
            assert_eq!(at(text), (path.into(), place, token.map(str::to_owned)), "{text}");
        }
    }

    #[test]
    fn places_are_told_in_a_broken_text() {
        for (text, path, place, token) in [
            (r#"{"a": "b|"#, "/a", Place::Value, Some("b")),
            ("{\"a\": [\"cos:|\n  \"b\": 1}", "/a/0", Place::Value, Some("cos:")),
            (r#"{"a": "x" "b": "|"#, "/b", Place::Value, Some("")),
            (r#"{"a": ["x|], "b": 1}"#, "/a/0", Place::Value, Some("x")),
            (r#"{"a": {"b|"#, "/a", Place::Name, Some("b")),
            (r#"{"a": , "b": |"#, "/b", Place::Value, None),
            (r"}}]|", "", Place::Value, None),
            (r#"{"a": 1, b|"#, "", Place::Name, Some("b")),
        ] {
            assert_eq!(at(text), (path.into(), place, token.map(str::to_owned)), "{text}");
        }
    }

    #[test]
    fn depth_is_bounded() {
        let deep = "[".repeat(100_000);
        assert_eq!(Cursor::at(&deep, 100_000).path.len(), super::MAX_DEPTH);
    }
}
