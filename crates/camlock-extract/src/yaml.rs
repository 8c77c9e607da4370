//! Policies in YAML: mappings that are policies, and texts that are.

mod scalar;
mod tree;
mod write;

use camlock_policy::PolicyKind;
use camlock_source::Diagnostic;
use camlock_syntax::codes::MALFORMED_YAML;

use crate::embedded::Embedded;
use crate::encode::Encoding;
use crate::limits::{MAX_DOCUMENT, MAX_DOCUMENTS};
use crate::look::{is_foreign, looks_like_policy};
use crate::malformed::{malformed, said};
use crate::url;
use tree::{Node, Scalar, Tree};
use write::Writer;

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
    let tree = tree::read(text).map_err(|(message, at)| {
        let fault = malformed(MALFORMED_YAML, text, at, format!("not YAML: {}", said(&message)))
            .with_help("mend it, or exclude what is a template; no policy in it was looked at");
        Box::new(fault)
    })?;
    let mut search = Search { text, tree: &tree, shared_left: MAX_SHARED, found: Vec::new() };
    for document in &tree.documents {
        search.node(document, &mut String::new(), None);
    }
    Ok(search.found)
}

/// The name of a member that stands for those of other mappings.
const MERGE: &str = "<<";
/// Nodes that are written in other places than their own, of one file.
const MAX_SHARED: usize = 100_000;

struct Search<'t> {
    text: &'t str,
    tree: &'t Tree,
    shared_left: usize,
    found: Vec<Embedded>,
}

impl Search<'_> {
    fn is_policy(&self, node: &Node) -> bool {
        let has = |own: &Node, name: &str| self.tree.member(own, name).is_some();
        let looks = |own: &Node| ["effect", "action", MERGE].iter().any(|name| has(own, name));
        let Some(statement) = self.tree.member(node, "statement") else { return false };
        match self.tree.real(statement) {
            own @ Node::Mapping { .. } => looks(own),
            Node::Sequence { items, .. } => items.iter().any(looks),
            _ => false,
        }
    }

    /// Recursion is bounded: the tree is.
    fn node(&mut self, node: &Node, pointer: &mut String, kind: Option<PolicyKind>) {
        if self.found.len() >= MAX_DOCUMENTS {
            return;
        }
        let length = pointer.len();
        match node {
            Node::Anchored { is_own: true, .. } => {
                let tree = self.tree;
                let real = tree.real(node);
                // INVARIANT: no anchor stands for another, so that this ends.
                if !matches!(real, Node::Anchored { .. }) {
                    self.node(real, pointer, kind);
                }
            }
            // What an alias stands for is looked at where it stands itself.
            Node::Anchored { .. } => {}
            Node::Mapping { .. } if self.is_policy(node) => {
                let mut writer = Writer::new(self.text, self.tree, self.shared_left);
                writer.node(node, 0);
                self.shared_left = writer.shared_left;
                let (builder, unknowns) = writer.into_parts();
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

fn kind_of(name: &str) -> Option<PolicyKind> {
    let name = name.to_ascii_lowercase();
    let is_trust = name.contains("assumerole") || name.contains("trust");
    is_trust.then_some(PolicyKind::Trust)
}
