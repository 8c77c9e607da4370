//! A pattern in the cheapest form that decides it, chosen once when it is compiled.

mod glob;
mod template;

use camlock_policy::{Piece, Template};

use crate::truth::Truth;
use crate::variables::Variables;
use glob::Glob;
use template::TemplateMatcher;

/// A pattern over one string; `*` stands for any run of characters, whatever they are [RES-12].
#[derive(Debug)]
pub(crate) enum Matcher {
    /// `*`
    Any,
    /// `text`
    Exact(Box<str>),
    /// `text*`
    Prefix(Box<str>),
    /// `*text`
    Suffix(Box<str>),
    /// `*text*`
    Infix(Box<memchr::memmem::Finder<'static>>),
    /// Any other arrangement of text and stars.
    Glob(Box<Glob>),
    /// Text that the caller's values complete.
    Template(Box<TemplateMatcher>),
}

impl Matcher {
    pub(crate) fn new(template: &Template) -> Self {
        if template.has_variables() {
            return Self::Template(Box::new(TemplateMatcher::new(template)));
        }
        match template.pieces() {
            [] => Self::Exact("".into()),
            [Piece::Star] => Self::Any,
            [Piece::Text(text)] => Self::Exact(text.clone()),
            [Piece::Text(text), Piece::Star] => Self::Prefix(text.clone()),
            [Piece::Star, Piece::Text(text)] => Self::Suffix(text.clone()),
            [Piece::Star, Piece::Text(text), Piece::Star] => Self::Infix(finder(text)),
            pieces => Self::Glob(Box::new(Glob::new(pieces))),
        }
    }

    /// A pattern over the operation of an action; its only special character is `*` [ACT-4].
    pub(crate) fn of_stars(pattern: &str) -> Self {
        let mut parts = pattern.split('*');
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(text), None, ..) => Self::Exact(text.into()),
            (Some(""), Some(""), None, _) => Self::Any,
            (Some(text), Some(""), None, _) => Self::Prefix(text.into()),
            (Some(""), Some(text), None, _) => Self::Suffix(text.into()),
            (Some(""), Some(text), Some(""), None) => Self::Infix(finder(text)),
            _ => Self::Glob(Box::new(Glob::of_stars(pattern))),
        }
    }

    /// Whether the whole of `text` fits; linear in the length of `text`.
    pub(crate) fn matches(&self, text: &str, variables: &Variables<'_>) -> Truth {
        let fits = match self {
            Self::Any => true,
            Self::Exact(own) => **own == *text,
            Self::Prefix(own) => text.starts_with(&**own),
            Self::Suffix(own) => text.ends_with(&**own),
            Self::Infix(finder) => finder.find(text.as_bytes()).is_some(),
            Self::Glob(glob) => glob.matches(text.as_bytes()),
            Self::Template(template) => return template.matches(text.as_bytes(), variables),
        };
        fits.into()
    }

    /// The text that every match begins with.
    pub(crate) fn literal_prefix(&self) -> &str {
        match self {
            Self::Exact(text) | Self::Prefix(text) => text,
            Self::Glob(glob) => glob.literal_prefix(),
            Self::Template(template) => template.literal_prefix(),
            Self::Any | Self::Suffix(_) | Self::Infix(_) => "",
        }
    }

    /// Texts that every match contains, other than the one that it begins with.
    pub(crate) fn inner_literals(&self) -> Vec<&str> {
        match self {
            Self::Any | Self::Exact(_) | Self::Prefix(_) => Vec::new(),
            Self::Suffix(text) => vec![text],
            Self::Infix(finder) => std::str::from_utf8(finder.needle()).into_iter().collect(),
            Self::Glob(glob) => glob.inner_literals(),
            Self::Template(template) => template.inner_literals(),
        }
    }

    /// The only text that matches, where there is just one and it needs no caller.
    pub(crate) fn as_exact(&self) -> Option<&str> {
        match self {
            Self::Exact(text) => Some(text),
            _ => None,
        }
    }

    /// Whether the pattern takes values from the caller.
    pub(crate) fn has_variables(&self) -> bool {
        matches!(self, Self::Template(_))
    }

    /// Bytes of heap that the pattern holds.
    pub(crate) fn memory_usage(&self) -> usize {
        match self {
            Self::Any => 0,
            Self::Exact(text) | Self::Prefix(text) | Self::Suffix(text) => text.len(),
            Self::Infix(finder) => size_of_val(&**finder) + finder.needle().len(),
            Self::Glob(glob) => size_of_val(&**glob) + glob.memory_usage(),
            Self::Template(template) => size_of_val(&**template) + template.memory_usage(),
        }
    }
}

fn finder(text: &str) -> Box<memchr::memmem::Finder<'static>> {
    Box::new(memchr::memmem::Finder::new(text).into_owned())
}

#[cfg(test)]
mod tests;
