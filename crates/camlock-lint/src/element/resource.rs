//! A resource of a statement.

use camlock_policy::{ResourcePattern, SegmentPatterns};
use camlock_source::Span;

use crate::element::StringElement;

/// A resource as it is written, and as a pattern where it is one.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ResourceElement<'a> {
    /// The string.
    pub string: StringElement<'a>,
    /// What it means; nothing where it is malformed.
    pub pattern: Option<ResourcePattern>,
    /// The index of the statement.
    pub statement: usize,
    parts: Option<[Part<'a>; 6]>,
}

/// A part of a string, and its place.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Part<'a> {
    /// What it says.
    pub text: &'a str,
    /// The bytes that say it.
    pub span: Span,
}

/// What names of other clouds begin with.
const FOREIGN: [&str; 4] = ["arn:", "acs:", "urn:", "crn:"];

impl<'a> ResourceElement<'a> {
    pub(crate) fn new(string: StringElement<'a>, statement: usize) -> Self {
        let pattern = ResourcePattern::parse(string.decoded()).ok();
        Self { string, pattern, statement, parts: parts(string) }
    }

    /// What stands there.
    pub fn text(&self) -> &'a str {
        self.string.decoded()
    }

    /// Whether it is bare `*`, the only resource that grants operation-level actions [RES-18].
    pub fn is_star(&self) -> bool {
        self.pattern == Some(ResourcePattern::Any)
    }

    /// The segments that restrict, where it is a six-segment name without faults.
    pub fn segments(&self) -> Option<&SegmentPatterns> {
        match self.pattern.as_ref()? {
            ResourcePattern::Any => None,
            ResourcePattern::Segments(segments) => Some(segments),
        }
    }

    /// The segments as they are written, malformed or not: `qcs`, project, service, region, account,
    /// resource. Nothing where there are not six [RES-2], and in a name of another cloud, whose parts mean
    /// something else.
    pub fn parts(&self) -> Option<[Part<'a>; 6]> {
        self.parts
    }
}

fn parts(string: StringElement<'_>) -> Option<[Part<'_>; 6]> {
    if FOREIGN.iter().any(|prefix| string.decoded().starts_with(prefix)) {
        return None;
    }
    let mut at = 0;
    let mut parts = string.decoded().splitn(6, ':').map(|text| {
        let start = at;
        at += text.len() + 1;
        Part { text, span: string.span_of(start..start + text.len()) }
    });
    let mut next = || parts.next();
    Some([next()?, next()?, next()?, next()?, next()?, next()?])
}
