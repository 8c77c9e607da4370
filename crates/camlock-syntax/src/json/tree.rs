//! The tree of a text: values with their places.

use camlock_source::Span;

use super::Text;

/// A value and where it stands.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "a value and its place")]
pub struct Value<'a> {
    /// The bytes, brackets and quotes included.
    pub span: Span,
    /// What it is.
    pub kind: Kind<'a>,
}

/// What a value is.
#[expect(clippy::exhaustive_enums, reason = "JSON has these values, and there is what is none")]
#[derive(Clone, Debug)]
pub enum Kind<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as written.
    Number(&'a str),
    /// A string.
    String(Text<'a>),
    /// A list.
    Array(Vec<Value<'a>>),
    /// An object; members in order, names given twice included.
    Object(Vec<Member<'a>>),
    /// Nothing that can be read; the fault was reported.
    Invalid,
}

/// A member of an object.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "a name and its value")]
pub struct Member<'a> {
    /// The name.
    pub name: Text<'a>,
    /// The value.
    pub value: Value<'a>,
}
