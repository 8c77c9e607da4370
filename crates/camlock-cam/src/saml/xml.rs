//! XML within bounds: no document type, no entities, no great depth, no great length.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use uppsala::{Document, Element, NodeId, NodeKind, Parser};

/// Longer documents are not read, in bytes.
const LONGEST: usize = 256 << 10;
const DEEPEST: u32 = 32;
/// Whoever has more attributes on one element wants something else.
const MOST_ATTRIBUTES: usize = 64;
/// The same before elements are told apart: texts have some of their own.
const MOST_EQUALS: usize = 4 * MOST_ATTRIBUTES;
/// More tags are not read; an element has one or two.
const MOST_TAGS: usize = 8_192;
/// More declarations of namespaces are not read: the parser looks names up among them,
const MOST_DECLARATIONS: usize = 2_048;
/// and a canonical form compares those of each element and of all around it, so fewer may hold at once.
const MOST_NAMESPACES: usize = 32;

/// The text in base64, whose lines may be broken.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    if text.len() > LONGEST.saturating_mul(2) {
        return None;
    }
    let letters: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    STANDARD.decode(letters).ok()
}

/// A document; `None` where it is none, or one beyond the bounds.
pub(super) fn parse(text: &str) -> Option<Document<'_>> {
    // The parser compares all attributes of an element with one another. Each has a `=`, and no `<`.
    let equals = |run: &str| run.bytes().filter(|byte| *byte == b'=').count();
    if text.len() > LONGEST || text.split('<').any(|run| equals(run) > MOST_EQUALS) {
        return None;
    }
    if text.matches('<').count() > MOST_TAGS || text.matches("xmlns").count() > MOST_DECLARATIONS {
        return None;
    }
    let parser = Parser::new().with_max_depth(DEEPEST);
    let document = parser.with_forbid_dtd(true).with_forbid_entities(true).parse(text).ok()?;
    Node::root(&document)?.is_bounded(0).then_some(document)
}

/// An element of a document.
#[derive(Clone, Copy)]
pub(super) struct Node<'d, 'a> {
    document: &'d Document<'a>,
    pub(super) id: NodeId,
    element: &'d Element<'a>,
}

impl<'d, 'a> Node<'d, 'a> {
    pub(super) fn root(document: &'d Document<'a>) -> Option<Self> {
        Self::at(document, document.document_element()?)
    }

    fn at(document: &'d Document<'a>, id: NodeId) -> Option<Self> {
        document.element(id).map(|element| Self { document, id, element })
    }

    pub(super) fn document(self) -> &'d Document<'a> {
        self.document
    }

    pub(super) fn is(self, space: &str, name: &str) -> bool {
        self.element.matches_name_ns(space, name)
    }

    /// An attribute without namespace.
    pub(super) fn attribute(self, name: &str) -> Option<&'d str> {
        let own = self.element.attributes.iter().find(|attribute| {
            attribute.name.namespace_uri.is_none() && *attribute.name.local_name == *name
        });
        own.map(|attribute| &*attribute.value)
    }

    /// Every value that some reader of XML may take for the id of the element.
    pub(super) fn ids(self) -> impl Iterator<Item = &'d str> {
        let named = self
            .element
            .attributes
            .iter()
            .filter(|attribute| attribute.name.local_name.eq_ignore_ascii_case("id"));
        named.map(|attribute| &*attribute.value)
    }

    /// The elements right under this one.
    pub(super) fn children(self) -> impl Iterator<Item = Self> {
        let document = self.document;
        document.children_iter(self.id).filter_map(move |id| Self::at(document, id))
    }

    pub(super) fn named(self, space: &str, name: &str) -> impl Iterator<Item = Self> {
        self.children().filter(move |child| child.is(space, name))
    }

    /// The child of this name, if there is exactly one.
    pub(super) fn only(self, space: &str, name: &str) -> Option<Self> {
        let mut found = self.named(space, name);
        found.next().filter(|_| found.next().is_none())
    }

    /// This element and everything below it.
    pub(super) fn all(self) -> Vec<Self> {
        let below = self.document.descendants(self.id).into_iter().filter(|id| *id != self.id);
        let elements = below.filter_map(|id| Self::at(self.document, id));
        std::iter::once(self).chain(elements).collect()
    }

    /// The text, where there is nothing else: every letter of it, blanks too, so that no two names are one.
    pub(super) fn text(self) -> Option<String> {
        let mut text = String::new();
        for id in self.document.children_iter(self.id) {
            match self.document.node_kind(id)? {
                NodeKind::Text(part) | NodeKind::CData(part) => text.push_str(part),
                _ => return None,
            }
        }
        Some(text)
    }

    /// Whether it and everything below it have few attributes and namespaces, with those declared around it.
    fn is_bounded(self, around: usize) -> bool {
        let own = self.element.namespace_declarations.len();
        let namespaces = around + own;
        self.element.attributes.len() + own <= MOST_ATTRIBUTES
            && namespaces <= MOST_NAMESPACES
            && self.children().all(|child| child.is_bounded(namespaces))
    }
}
