//! The two ways to a token agree.

use proptest::prelude::*;
use proptest::sample::select;

use super::{Lexer, Token, TokenKind, token};

/// The token that the grammar alone finds, for a text that does not begin inside of an open string.
fn by_grammar(text: &str) -> Option<(TokenKind, usize)> {
    token(text).ok().map(|(after, kind)| (kind, text.len() - after.len()))
}

const PIECES: &[&str] = &[
    "\"",
    "\\",
    "\\\"",
    "\\u0041",
    "\n",
    "\r",
    "\t",
    " ",
    "    ",
    "        ",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "a",
    "cos:GetObject",
    "é",
    "😀",
    "”",
    "\u{1}",
    "\u{7f}",
    "\u{a0}",
    "1",
    "-2.5e3",
    "true",
    "//",
    "/*",
    "<a>",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn the_first_byte_tells_what_the_grammar_tells(
        pieces in prop::collection::vec(select(PIECES), 1..24),
    ) {
        let text = pieces.concat();
        let lexer = Lexer::new(&text);
        if let Some(fast) = lexer.by_first_byte(text.as_bytes()) {
            prop_assert_eq!(Some(fast), by_grammar(&text), "{:?}", text);
            let inside = text.get(1..fast.1 - 1).unwrap_or_default();
            let is_plain = !inside.bytes().any(|byte| byte == b'\\' || byte < b' ');
            if fast.0 == TokenKind::String {
                prop_assert_eq!(super::closed_string(text.as_bytes()), Some((fast.1, is_plain)));
            }
        }
    }

    #[test]
    fn characters_are_those_outside_of_blanks(
        pieces in prop::collection::vec(select(PIECES), 0..24),
    ) {
        let text = pieces.concat();
        let characters = |token: Token| {
            let range = token.span.start as usize..token.span.end as usize;
            text.get(range).map_or(0, |slice| slice.chars().count())
        };
        let significant = Lexer::new(&text).filter(|token| token.kind != TokenKind::Blank);
        prop_assert_eq!(super::significant_chars(&text), significant.map(characters).sum::<usize>());
    }
}
