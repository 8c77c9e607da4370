//! A node of YAML as JSON.

use std::collections::HashSet;

use camlock_source::Span;

use super::tree::{Node, Scalar, Tree};
use super::{MERGE, scalar};
use crate::embedded::Unknown;
use crate::limits::{MAX_DEPTH, MAX_DOCUMENT};
use crate::map::{Builder, small};
use crate::masks::{mask, wants_digits};

/// Writes nodes.
pub(super) struct Writer<'t> {
    text: &'t str,
    tree: &'t Tree,
    builder: Builder,
    unknowns: Vec<Unknown>,
    /// Nodes that may still be written in other places than their own.
    pub(super) shared_left: usize,
}

/// A member of a mapping, and whether it comes out of another one.
struct Member<'t> {
    name: &'t Scalar,
    value: &'t Node,
    is_merged: bool,
}

impl<'t> Writer<'t> {
    pub(super) fn new(text: &'t str, tree: &'t Tree, shared_left: usize) -> Self {
        let (builder, unknowns) = (Builder::default(), Vec::new());
        Self { text, tree, builder, unknowns, shared_left }
    }

    pub(super) fn into_parts(self) -> (Builder, Vec<Unknown>) {
        (self.builder, self.unknowns)
    }

    /// Adds a node. What is too deep, or of which there is too much, is not known; a document that is too
    /// long is cut, and nobody takes it.
    pub(super) fn node(&mut self, node: &'t Node, depth: usize) {
        if self.builder.text.len() > MAX_DOCUMENT {
            return;
        }
        if self.builder.is_shared {
            let Some(left) = self.shared_left.checked_sub(1) else { return self.unknown(node) };
            self.shared_left = left;
        }
        match node {
            _ if depth > MAX_DEPTH => self.unknown(node),
            Node::Anchored { .. } => match self.tree.real(node) {
                Node::Anchored { .. } => self.unknown(node),
                real => {
                    let before = self.builder.is_shared;
                    // What stands at an anchor stands wherever its alias does, too.
                    self.builder.is_shared |= self.tree.is_shared(node);
                    self.node(real, depth);
                    self.builder.is_shared = before;
                }
            },
            // It may be a choice, or a call of a function.
            Node::Mapping { is_unknown, .. } | Node::Sequence { is_unknown, .. }
                if *is_unknown && depth > 0 =>
            {
                self.unknown(node);
            }
            Node::Mapping { members, .. } if depth > 0 && is_call(members) => self.unknown(node),
            Node::Mapping { members, at, .. } => {
                self.builder.made("{", at.start);
                for (index, own) in self.members(members).into_iter().enumerate() {
                    if index > 0 {
                        self.builder.made(", ", own.name.at.start);
                    }
                    self.member(&own, depth);
                }
                self.builder.made("}", at.end);
            }
            Node::Sequence { items, at, .. } => {
                self.builder.made("[", at.start);
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        self.builder.made(", ", item.at().start);
                    }
                    self.node(item, depth + 1);
                }
                self.builder.made("]", at.end);
            }
            Node::Scalar(own) if own.is_unknown => self.unknown(node),
            Node::Scalar(own) if own.text.contains("{{") => self.template(own),
            Node::Scalar(own) => scalar::json(self.text, own, &mut self.builder),
        }
    }

    fn member(&mut self, own: &Member<'t>, depth: usize) {
        let before = self.builder.is_shared;
        self.builder.is_shared |= own.is_merged;
        // A name that stands for members of which nothing is known is not known itself.
        if own.name.is_unknown || own.name.text == MERGE {
            self.mask(own.name.at.clone());
        } else {
            scalar::json_string(self.text, own.name, &mut self.builder);
        }
        self.builder.made(": ", own.name.at.end);
        self.node(own.value, depth + 1);
        self.builder.is_shared = before;
    }

    /// The members of a mapping with those that are merged into it: its own ones win, and then the first.
    fn members(&mut self, members: &'t [(Scalar, Node)]) -> Vec<Member<'t>> {
        let own = |(name, value): &'t (Scalar, Node)| Member { name, value, is_merged: false };
        let mut all: Vec<Member<'t>> = Vec::new();
        let mut merged: Vec<&'t Node> = Vec::new();
        for member in members.iter().map(own) {
            let sources = (member.name.text == MERGE).then(|| self.sources(member.value));
            match sources.flatten() {
                Some(sources) => merged.extend(sources),
                None => all.push(member),
            }
        }
        let lower = |name: &Scalar| name.text.to_ascii_lowercase();
        let mut names: HashSet<String> = all.iter().map(|own| lower(own.name)).collect();
        for source in merged {
            let Node::Mapping { members, .. } = source else { continue };
            for member in members.iter().map(own) {
                let Some(left) = self.shared_left.checked_sub(1) else { return all };
                self.shared_left = left;
                if names.insert(lower(member.name)) {
                    all.push(Member { is_merged: true, ..member });
                }
            }
        }
        all
    }

    /// The mappings that are merged; nothing where one is none.
    fn sources(&self, value: &'t Node) -> Option<Vec<&'t Node>> {
        let is_mapping = |own: &&'t Node| matches!(own, Node::Mapping { is_unknown: false, .. });
        match self.tree.real(value) {
            Node::Sequence { items, .. } => {
                let real = items.iter().map(|item| Some(self.tree.real(item)).filter(is_mapping));
                real.collect()
            }
            own => Some(own).filter(is_mapping).map(|own| vec![own]),
        }
    }

    /// Adds a text into which values are put: these are not known, what is around them is.
    fn template(&mut self, own: &Scalar) {
        let Some(holes) = holes(&own.text) else { return self.mask(own.at.clone()) };
        let (inner, _) = scalar::decoded(self.text, own);
        self.builder.made("\"", own.at.start);
        let mut at = 0;
        let mut holes = holes.into_iter().peekable();
        while let Some(c) = inner.text.get(at..).and_then(|rest| rest.chars().next()) {
            let Some(hole) = holes.next_if(|hole| hole.start == at) else {
                scalar::json_char(self.text, &inner, at, c, &mut self.builder);
                at += c.len_utf8();
                continue;
            };
            let outer = inner.map.span(Span::new(small(hole.start), small(hole.end)));
            let expression = inner.text.get(hole.clone()).unwrap_or_default();
            let length = expression.len().min(64);
            let word = mask(expression, length, wants_digits(&self.builder.text));
            let start = small(self.builder.text.len());
            self.builder.whole(&word, outer.start as usize..outer.end as usize);
            let span = Span::new(start, small(self.builder.text.len()));
            self.unknowns.push(Unknown::new(span, expression));
            at = hole.end;
        }
        self.builder.made("\"", own.at.end);
    }

    fn unknown(&mut self, node: &Node) {
        self.mask(node.at().clone());
    }

    /// Adds an opaque text for what stands at a range of the file.
    fn mask(&mut self, at: std::ops::Range<usize>) {
        let slice = self.text.get(at.clone()).unwrap_or_default();
        let start = small(self.builder.text.len()) + 1;
        let word = mask(slice, slice.len().clamp(4, 64), false);
        self.builder.whole(&format!("\"{word}\""), at);
        let span = Span::new(start, start + small(word.len()));
        self.unknowns.push(Unknown::new(span, slice));
    }
}

/// Whether a mapping is the call of a function in a template of a stack: `Fn::Sub`, `Ref`.
fn is_call(members: &[(Scalar, Node)]) -> bool {
    matches!(members, [(name, _)] if crate::look::is_function(&name.text))
}

/// The places of `{{ … }}` in a text; nothing where one does not end.
fn holes(text: &str) -> Option<Vec<std::ops::Range<usize>>> {
    let mut holes = Vec::new();
    let mut at = 0;
    while let Some(start) = text.get(at..)?.find("{{").map(|place| at + place) {
        let end = start + text.get(start..)?.find("}}")? + 2;
        holes.push(start..end);
        at = end;
    }
    Some(holes)
}
