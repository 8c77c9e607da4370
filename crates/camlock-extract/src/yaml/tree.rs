//! The tree of a YAML text, with places.

use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle};

use crate::limits::MAX_DEPTH;

/// A node and where it stands.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Scalar(Scalar),
    Sequence { items: Vec<Node>, at: Range<usize> },
    Mapping { members: Vec<(Scalar, Node)>, at: Range<usize> },
}

/// A scalar: what it says, how it is written, and where, quotes included.
#[derive(Clone, Debug)]
pub(super) struct Scalar {
    pub(super) text: String,
    pub(super) style: ScalarStyle,
    pub(super) at: Range<usize>,
    /// Whether something else stands for it: an alias, a tag of a tool, a template.
    pub(super) is_unknown: bool,
}

impl Scalar {
    fn unknown(at: Range<usize>) -> Self {
        Self { text: String::new(), style: ScalarStyle::Plain, at, is_unknown: true }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }
}

impl Node {
    pub(super) fn at(&self) -> &Range<usize> {
        match self {
            Self::Scalar(own) => &own.at,
            Self::Sequence { at, .. } | Self::Mapping { at, .. } => at,
        }
    }

    /// The value of a member, letter case aside.
    pub(super) fn member(&self, name: &str) -> Option<&Self> {
        let Self::Mapping { members, .. } = self else { return None };
        let mut members = members.iter();
        members.find(|(own, _)| own.text.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// Something that is open: what was read of it.
enum Open {
    Sequence(Vec<Node>, usize),
    Mapping(Vec<(Scalar, Node)>, Option<Scalar>, usize),
}

/// The documents of a text.
pub(super) fn read(text: &str) -> Result<Vec<Node>, (String, usize)> {
    let mut documents = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for next in Parser::new_from_str(text) {
        let (event, span) =
            next.map_err(|error| (error.info(), error.marker().byte_offset().unwrap_or_default()))?;
        let at = span.byte_range().unwrap_or(0..0);
        let start = at.start;
        let done = match event {
            Event::Scalar(own, style, _, tag) => {
                let is_unknown = tag.is_some() || own.contains("{{");
                Some(Node::Scalar(Scalar { text: own.into_owned(), style, at, is_unknown }))
            }
            // What an alias stands for is looked at where it stands itself.
            Event::Alias(_) => Some(Node::Scalar(Scalar::unknown(at))),
            Event::SequenceStart(..) => {
                open.push(Open::Sequence(Vec::new(), at.start));
                None
            }
            Event::MappingStart(..) => {
                open.push(Open::Mapping(Vec::new(), None, at.start));
                None
            }
            Event::SequenceEnd | Event::MappingEnd => open.pop().map(|own| close(own, at.end)),
            _ => None,
        };
        if open.len() > MAX_DEPTH {
            return Err((format!("more than {MAX_DEPTH} levels"), start));
        }
        if let Some(node) = done {
            match open.last_mut() {
                Some(outer) => put(outer, node),
                None => documents.push(node),
            }
        }
    }
    Ok(documents)
}

fn close(own: Open, end: usize) -> Node {
    match own {
        Open::Sequence(items, start) => Node::Sequence { items, at: start..end.max(start) },
        Open::Mapping(members, _, start) => Node::Mapping { members, at: start..end.max(start) },
    }
}

fn put(outer: &mut Open, node: Node) {
    match outer {
        Open::Sequence(items, _) => items.push(node),
        Open::Mapping(members, name, _) => {
            if let Some(name) = name.take() {
                members.push((name, node));
                return;
            }
            // A name that is no scalar is none of a policy.
            let at = node.at().clone();
            *name = Some(match node {
                Node::Scalar(own) => own,
                _ => Scalar::unknown(at),
            });
        }
    }
}
