//! Policies in YAML: mappings that are policies, and texts that are.

mod scalar;
mod tree;

use camlock_policy::PolicyKind;
use camlock_source::{Diagnostic, Span};
use camlock_syntax::codes::MALFORMED_YAML;

use crate::embedded::{Embedded, Unknown};
use crate::encode::Encoding;
use crate::limits::{MAX_DOCUMENT, MAX_DOCUMENTS};
use crate::look::{is_foreign, looks_like_policy};
use crate::malformed::{malformed, said};
use crate::map::{Builder, small};
use crate::masks::mask;
use crate::url;
use tree::{Node, Scalar};

/// The policies in a text, or why it is not YAML.
pub(crate) fn find(text: &str) -> Result<Vec<Embedded>, Box<Diagnostic>> {
    // Most files of YAML have nothing to do with policies, and templates of something else are
    // nobody's fault.
    let lower = text.to_ascii_lowercase();
    let has = |word: &str| lower.contains(word);
    let is_policy = has("effect") || has("action");
    if !has("statement") || (has("{{") && !is_policy) {
        return Ok(Vec::new());
    }
    let mut search = Search { text, found: Vec::new() };
    let documents = tree::read(text).map_err(|(message, at)| {
        let fault = malformed(MALFORMED_YAML, text, at, format!("not YAML: {}", said(&message)))
            .with_help("mend it, or exclude what is a template; no policy in it was looked at");
        Box::new(fault)
    })?;
    for document in documents {
        search.node(&document, &mut String::new(), None);
    }
    Ok(search.found)
}

struct Search<'t> {
    text: &'t str,
    found: Vec<Embedded>,
}

impl Search<'_> {
    /// Recursion is bounded: the tree is.
    fn node(&mut self, node: &Node, pointer: &mut String, kind: Option<PolicyKind>) {
        if self.found.len() >= MAX_DOCUMENTS {
            return;
        }
        let length = pointer.len();
        match node {
            Node::Mapping { .. } if is_policy(node) => {
                let (mut builder, mut unknowns) = (Builder::default(), Vec::new());
                json(self.text, node, &mut builder, &mut unknowns);
                if builder.text.len() <= MAX_DOCUMENT && !is_foreign(&builder.text) {
                    let own = Embedded::new(builder, Encoding::Bare, pointer.as_str());
                    self.found.push(own.with_kind(kind).with_unknowns(unknowns));
                }
            }
            Node::Mapping { members, .. } => {
                for (name, value) in members {
                    let name = name.text();
                    pointer.push('/');
                    pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
                    self.node(value, pointer, kind_of(name).or(kind));
                    pointer.truncate(length);
                }
            }
            Node::Sequence { items, .. } => {
                for (index, item) in items.iter().enumerate() {
                    pointer.push('/');
                    pointer.push_str(&index.to_string());
                    self.node(item, pointer, kind);
                    pointer.truncate(length);
                }
            }
            Node::Scalar(own) => self.scalar(own, pointer, kind),
        }
    }

    fn scalar(&mut self, own: &Scalar, pointer: &str, kind: Option<PolicyKind>) {
        let text = own.text.as_str();
        if text.len() > MAX_DOCUMENT || is_foreign(text) {
            return;
        }
        if looks_like_policy(text) {
            let (builder, indent) = scalar::decoded(self.text, own);
            let embedded = Embedded::new(builder, scalar::encoding(own), pointer).with_kind(kind);
            self.found.push(embedded.with_indent(&indent));
        } else if url::may_hold(text) {
            let (builder, _) = scalar::decoded(self.text, own);
            let found = url::find(text).into_iter();
            self.found.extend(found.map(|own| own.with_kind(kind).within(&builder.map)));
        }
    }
}

fn is_policy(node: &Node) -> bool {
    let looks = |own: &Node| own.member("effect").is_some() || own.member("action").is_some();
    match node.member("statement") {
        Some(own @ Node::Mapping { .. }) => looks(own),
        Some(Node::Sequence { items, .. }) => items.iter().any(looks),
        _ => false,
    }
}

fn kind_of(name: &str) -> Option<PolicyKind> {
    let name = name.to_ascii_lowercase();
    let is_trust = name.contains("assumerole") || name.contains("trust");
    is_trust.then_some(PolicyKind::Trust)
}

/// Adds a node as JSON.
fn json(text: &str, node: &Node, builder: &mut Builder, unknowns: &mut Vec<Unknown>) {
    match node {
        Node::Mapping { members, at } => {
            builder.made("{", at.start);
            for (index, (name, value)) in members.iter().enumerate() {
                if index > 0 {
                    builder.made(", ", name.at.start);
                }
                scalar::json_string(text, name, builder);
                builder.made(": ", name.at.end);
                json(text, value, builder, unknowns);
            }
            builder.made("}", at.end);
        }
        Node::Sequence { items, at } => {
            builder.made("[", at.start);
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    builder.made(", ", item.at().start);
                }
                json(text, item, builder, unknowns);
            }
            builder.made("]", at.end);
        }
        Node::Scalar(own) if own.is_unknown => {
            let slice = text.get(own.at.clone()).unwrap_or_default();
            let start = small(builder.text.len()) + 1;
            let word = mask(slice, slice.len().clamp(4, 64), false);
            builder.whole(&format!("\"{word}\""), own.at.clone());
            let span = Span::new(start, start + small(word.len()));
            unknowns.push(Unknown::new(span, slice));
        }
        Node::Scalar(own) => scalar::json(text, own, builder),
    }
}
