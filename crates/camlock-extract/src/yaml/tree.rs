//! The tree of a YAML text, with places.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, Tag};

use crate::limits::MAX_DEPTH;

/// A node and where it stands.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Scalar(Scalar),
    Sequence {
        items: Vec<Node>,
        at: Range<usize>,
        /// Whether something else stands for it, as a tag of a tool says.
        is_unknown: bool,
    },
    Mapping {
        members: Vec<(Scalar, Node)>,
        at: Range<usize>,
        /// Whether something else stands for it, as a tag of a tool says.
        is_unknown: bool,
    },
    /// What stands at an anchor.
    Anchored {
        id: usize,
        at: Range<usize>,
        /// Whether it stands here, and not elsewhere.
        is_own: bool,
    },
}

/// The documents of a text, and what stands at anchors in them.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) documents: Vec<Node>,
    anchors: Vec<Node>,
    /// The anchors that an alias names.
    used: HashSet<usize>,
}

impl Tree {
    /// The node itself where there is an anchor or an alias.
    pub(super) fn real<'t>(&'t self, node: &'t Node) -> &'t Node {
        match node {
            Node::Anchored { id, .. } => self.anchors.get(*id).unwrap_or(node),
            _ => node,
        }
    }

    /// Whether a node stands in other places too.
    pub(super) fn is_shared(&self, node: &Node) -> bool {
        matches!(node, Node::Anchored { id, .. } if self.used.contains(id))
    }

    /// The value of a member, letter case aside.
    pub(super) fn member<'t>(&'t self, node: &'t Node, name: &str) -> Option<&'t Node> {
        let Node::Mapping { members, .. } = self.real(node) else { return None };
        let mut members = members.iter();
        members.find(|(own, _)| own.text.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
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
            Self::Sequence { at, .. } | Self::Mapping { at, .. } | Self::Anchored { at, .. } => at,
        }
    }
}

/// Something that is open: where it begins, and what was read of it.
struct Open {
    start: usize,
    /// The anchor at it; there is none of number 0.
    anchor: usize,
    is_unknown: bool,
    held: Held,
}

enum Held {
    Sequence(Vec<Node>),
    Mapping(Vec<(Scalar, Node)>, Option<Scalar>),
}

/// What a text holds.
pub(super) fn read(text: &str) -> Result<Tree, (String, usize)> {
    let mut tree = Tree::default();
    // An anchor stands for what has it at last.
    let mut anchors: HashMap<usize, usize> = HashMap::new();
    let mut open: Vec<Open> = Vec::new();
    for next in Parser::new_from_str(text) {
        let (event, span) =
            next.map_err(|error| (error.info(), error.marker().byte_offset().unwrap_or_default()))?;
        let at = span.byte_range().unwrap_or(0..0);
        let start = at.start;
        let done = match event {
            Event::Scalar(own, style, anchor, tag) => {
                let is_unknown = tag.is_some();
                let own = Scalar { text: own.into_owned(), style, at, is_unknown };
                if anchor > 0 {
                    anchors.insert(anchor, tree.anchors.len());
                    tree.anchors.push(Node::Scalar(own.clone()));
                }
                Some(Node::Scalar(own))
            }
            // One that stands in itself is of something that is not closed yet.
            Event::Alias(anchor) => Some(match anchors.get(&anchor) {
                Some(id) => {
                    tree.used.insert(*id);
                    Node::Anchored { id: *id, at, is_own: false }
                }
                None => Node::Scalar(Scalar::unknown(at)),
            }),
            Event::SequenceStart(_, anchor, tag) => {
                let (is_unknown, held) = (is_of_tool(tag.as_deref()), Held::Sequence(Vec::new()));
                open.push(Open { start, anchor, is_unknown, held });
                None
            }
            Event::MappingStart(_, anchor, tag) => {
                let (is_unknown, held) =
                    (is_of_tool(tag.as_deref()), Held::Mapping(Vec::new(), None));
                open.push(Open { start, anchor, is_unknown, held });
                None
            }
            Event::SequenceEnd | Event::MappingEnd => open.pop().map(|own| {
                let anchor = own.anchor;
                let node = close(own, at.end);
                if anchor == 0 {
                    return node;
                }
                let at = node.at().clone();
                let id = tree.anchors.len();
                anchors.insert(anchor, id);
                tree.anchors.push(node);
                Node::Anchored { id, at, is_own: true }
            }),
            _ => None,
        };
        if open.len() > MAX_DEPTH {
            return Err((format!("more than {MAX_DEPTH} levels"), start));
        }
        if let Some(node) = done {
            match open.last_mut() {
                Some(outer) => put(outer, node),
                None => tree.documents.push(node),
            }
        }
    }
    Ok(tree)
}

/// Whether a tag is one of a tool, such as `!If`, and not one that YAML itself has.
fn is_of_tool(tag: Option<&Tag>) -> bool {
    tag.is_some_and(|own| !own.is_yaml_core_schema())
}

fn close(own: Open, end: usize) -> Node {
    let Open { start, is_unknown, .. } = own;
    let at = start..end.max(start);
    match own.held {
        Held::Sequence(items) => Node::Sequence { items, at, is_unknown },
        Held::Mapping(members, _) => Node::Mapping { members, at, is_unknown },
    }
}

fn put(outer: &mut Open, node: Node) {
    match &mut outer.held {
        Held::Sequence(items) => items.push(node),
        Held::Mapping(members, name) => {
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
