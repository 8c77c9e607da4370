//! Policy variables, and text that may contain them.

use std::fmt;

/// A value that a policy takes from the caller [VAR-1, VAR-7].
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Variable {
    /// `${uin}`: the id of the caller.
    Uin,
    /// `${owner_uin}`: the id of the caller's root account.
    OwnerUin,
    /// `${app_id}`: the APPID of the caller's root account.
    AppId,
    /// `${qcs:principal_tag_key}`: the key of one tag of the caller.
    PrincipalTagKey,
    /// `${qcs:principal_tag_value}`: the value of the same tag.
    PrincipalTagValue,
}

impl Variable {
    /// Reads the name between the braces; names are exact and case-sensitive [VAR-1].
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "uin" => Self::Uin,
            "owner_uin" => Self::OwnerUin,
            "app_id" => Self::AppId,
            "qcs:principal_tag_key" => Self::PrincipalTagKey,
            "qcs:principal_tag_value" => Self::PrincipalTagValue,
            _ => return None,
        })
    }

    /// The name between the braces.
    pub fn name(self) -> &'static str {
        match self {
            Self::Uin => "uin",
            Self::OwnerUin => "owner_uin",
            Self::AppId => "app_id",
            Self::PrincipalTagKey => "qcs:principal_tag_key",
            Self::PrincipalTagValue => "qcs:principal_tag_value",
        }
    }

    /// Whether the variable stands for a tag of the caller, which is for conditions only [VAR-7].
    pub fn is_principal_tag(self) -> bool {
        matches!(self, Self::PrincipalTagKey | Self::PrincipalTagValue)
    }
}

/// One piece of a [`Template`].
#[expect(clippy::exhaustive_enums, reason = "an evaluator must handle every piece of a pattern")]
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Piece {
    /// Literal text, never empty.
    Text(Box<str>),
    /// `*`: any run of characters, including none.
    Star,
    /// Text that the caller supplies; literal, never a wildcard [VAR-6].
    Variable(Variable),
}

/// Text with wildcards and variables: the last segment of a resource, or a condition value.
///
/// Runs of `*` are one [`Piece::Star`], neighbouring texts are one [`Piece::Text`], so that equal
/// meanings are equal values. Where a star has no meaning (`string_equal`) it is part of the text.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct Template {
    pieces: Vec<Piece>,
}

impl Template {
    /// The pieces in order.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// A template of literal text only.
    pub fn literal(text: &str) -> Self {
        let mut builder = TemplateBuilder::default();
        builder.text(text);
        builder.build()
    }

    /// The text, where the template has neither stars nor variables.
    pub fn as_literal(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [] => Some(""),
            [Piece::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// Whether the template takes values from the caller.
    pub fn has_variables(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Variable(_)))
    }

    /// Whether the template takes tags of the caller [VAR-7].
    pub fn has_principal_tags(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Variable(v) if v.is_principal_tag()))
    }
}

/// Puts a template together; neighbouring texts are joined once, so the time is linear.
#[derive(Debug, Default)]
pub(crate) struct TemplateBuilder<'a> {
    pieces: Vec<Piece>,
    /// The text since the last piece, where it is one.
    text: &'a str,
    /// The text since the last piece, where several are joined.
    joined: String,
}

impl<'a> TemplateBuilder<'a> {
    pub(crate) fn text(&mut self, text: &'a str) {
        if self.text.is_empty() && self.joined.is_empty() {
            self.text = text;
        } else {
            self.joined.push_str(std::mem::take(&mut self.text));
            self.joined.push_str(text);
        }
    }

    pub(crate) fn star(&mut self) {
        self.flush();
        if self.pieces.last() != Some(&Piece::Star) {
            self.pieces.push(Piece::Star);
        }
    }

    pub(crate) fn variable(&mut self, variable: Variable) {
        self.flush();
        self.pieces.push(Piece::Variable(variable));
    }

    pub(crate) fn build(mut self) -> Template {
        self.flush();
        Template { pieces: self.pieces }
    }

    fn flush(&mut self) {
        if self.pieces.capacity() == 0 {
            // PERF: `benches/parse.rs`; most templates are a text, or a text and a star.
            self.pieces = Vec::with_capacity(2);
        }
        if !self.text.is_empty() {
            self.pieces.push(Piece::Text(std::mem::take(&mut self.text).into()));
        } else if !self.joined.is_empty() {
            self.pieces.push(Piece::Text(std::mem::take(&mut self.joined).into()));
        }
    }
}

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => f.write_str(text)?,
                Piece::Star => f.write_str("*")?,
                Piece::Variable(variable) => write!(f, "${{{}}}", variable.name())?,
            }
        }
        Ok(())
    }
}
