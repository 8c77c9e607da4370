//! Tokens: every byte of a text belongs to exactly one.

use camlock_source::Span;

/// A token and the bytes it covers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "a kind and its bytes")]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Which bytes.
    pub span: Span,
}

/// What a token is; the last ones are what people write that JSON does not have.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TokenKind {
    /// Space, tab, line feed, carriage return.
    Blank,
    /// `{`
    OpenBrace,
    /// `}`
    CloseBrace,
    /// `[`
    OpenBracket,
    /// `]`
    CloseBracket,
    /// `:`
    Colon,
    /// `,`
    Comma,
    /// `"…"` on one line.
    String,
    /// A number of the grammar.
    Number,
    /// `true`, `false`, `null`.
    Literal,

    /// `"…` up to the end of its line.
    OpenString,
    /// Text in curly, full-width, angular or single quotes, or in those that are spelt `\"` or `&quot;`.
    ForeignString,
    /// `// …`, `# …`, `/* … */`
    Comment,
    /// A blank that JSON does not have, such as a no-break space.
    ForeignBlank,
    /// U+FEFF.
    ByteOrderMark,
    /// `：`
    ForeignColon,
    /// `，`, `、`, `;` and their like.
    ForeignComma,
    /// Text to be filled in: `<…>`, `${…}`.
    Placeholder,
    /// Any other run of letters, digits and their like.
    Word,
    /// Anything else.
    Junk,
}

impl TokenKind {
    /// Whether it only separates other tokens.
    pub(crate) fn is_trivia(self) -> bool {
        matches!(self, Self::Blank | Self::Comment | Self::ForeignBlank | Self::ByteOrderMark)
    }
}
