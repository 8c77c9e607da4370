//! The documents of a text: one, a list, one a line, or one behind another.

use camlock_policy::{Policy, PolicyKind};
use camlock_source::Diagnostic;
use camlock_syntax::json::{self, Kind, Parsed, Value};
use camlock_syntax::limits::Limits;
use camlock_syntax::{parse, parse_tree, parse_value, pieces};

use crate::reading::{self, Reading};
use crate::tree;

/// The documents of a text, each with the text around it.
#[derive(Debug)]
pub(crate) struct Texts<'a> {
    /// One tree a text; the trees of the documents are in them.
    pub(crate) trees: Vec<Tree<'a>>,
    /// What is wrong with how they stand.
    pub(crate) fault: Option<Diagnostic>,
}

/// A text of its own, and its tree.
#[derive(Debug)]
pub(crate) struct Tree<'a> {
    pub(crate) text: &'a str,
    /// Bytes of the whole text in front.
    pub(crate) offset: u32,
    /// The tree, and what is wrong with the JSON.
    parsed: Parsed<'a>,
    /// Whether it was read with the limits of one policy.
    has_own_limits: bool,
    is_list: bool,
}

/// A document within a tree.
#[derive(Clone, Debug)]
pub(crate) struct Found<'t, 'a> {
    pub(crate) tree: &'t Tree<'a>,
    pub(crate) root: &'t Value<'a>,
    /// The JSON pointer of the document in its tree.
    pub(crate) pointer: String,
}

impl<'a> Texts<'a> {
    /// Reads the [`pieces`] of a file. A list is a list of documents if one of its items has statements.
    pub(crate) fn read(name: &str, text: &'a str) -> Self {
        let pieces = pieces(name, text);
        let trees: Vec<_> =
            pieces.filled().map(|piece| Tree::read(piece.text, piece.start)).collect();
        Self { trees, fault: pieces.fault() }
    }

    /// Reads a text that is one, whatever its name says.
    pub(crate) fn read_one(text: &'a str) -> Self {
        Self { trees: vec![Tree::read(text, 0)], fault: None }
    }

    /// Every document that has a tree.
    pub(crate) fn documents(&self) -> impl Iterator<Item = Found<'_, 'a>> {
        self.trees.iter().flat_map(Tree::documents)
    }
}

impl<'a> Tree<'a> {
    fn read(text: &'a str, offset: u32) -> Self {
        let parsed = json::parse(text, &Limits::policy());
        if let Some(Value { kind: Kind::Object(_), .. }) = &parsed.root {
            return Self { text, offset, parsed, has_own_limits: true, is_list: false };
        }
        let parsed = json::parse(text, &limits_of_list(text));
        let items = match &parsed.root {
            Some(Value { kind: Kind::Array(items), .. }) => items.as_slice(),
            _ => &[],
        };
        let is_list = items.iter().any(|item| tree::member(item, "statement").is_some());
        Self { text, offset, parsed, has_own_limits: false, is_list }
    }

    pub(crate) fn documents(&self) -> impl Iterator<Item = Found<'_, 'a>> {
        let roots: &[Value<'a>] = match &self.parsed.root {
            Some(Value { kind: Kind::Array(items), .. }) if self.is_list => items,
            Some(root) => std::slice::from_ref(root),
            None => &[],
        };
        roots.iter().enumerate().map(|(index, root)| {
            let pointer = if self.is_list { format!("/{index}") } else { String::new() };
            Found { tree: self, root, pointer }
        })
    }

    /// What is wrong with a text that holds no document at all, or with the JSON around a list.
    pub(crate) fn faults_outside(&self) -> Vec<Diagnostic> {
        match (&self.parsed.root, self.is_list) {
            (None, _) => parse(self.text, PolicyKind::Identity).diagnostics,
            (Some(_), true) => self.parsed.diagnostics.clone(),
            (Some(_), false) => Vec::new(),
        }
    }
}

impl Found<'_, '_> {
    /// The policy, and every fault of the document.
    pub(crate) fn lower(&self, kind: PolicyKind) -> (Option<Policy>, Vec<Diagnostic>) {
        if !self.tree.is_list {
            let Tree { text, parsed, has_own_limits, .. } = self.tree;
            let parsed =
                if *has_own_limits { parse_tree(text, parsed, kind) } else { parse(text, kind) };
            return (parsed.policy, parsed.diagnostics);
        }
        let parsed = parse_value(self.tree.text, self.root, kind, &self.pointer);
        let own = self.root.span;
        // What CAM would not read as JSON is no policy, however it was meant.
        let broken = self
            .tree
            .parsed
            .diagnostics
            .iter()
            .any(|f| own.start <= f.span.start && f.span.end <= own.end);
        (parsed.policy.filter(|_| !broken), parsed.diagnostics)
    }

    /// What the document says as far as it can be read, faults of its JSON passed over.
    pub(crate) fn reading(&self, kind: PolicyKind) -> Reading {
        reading::of(self.tree.text, self.root, kind)
    }
}

/// Each document has the limits of a policy; the list around them is as long as it is.
fn limits_of_list(text: &str) -> Limits {
    let policy = Limits::policy();
    Limits {
        max_bytes: text.len().max(policy.max_bytes),
        max_depth: policy.max_depth + 1,
        max_members: usize::MAX,
        ..policy
    }
}
