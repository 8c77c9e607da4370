//! A document under the linter: the tree, its elements, and the policy where it is one.

use std::sync::OnceLock;

use camlock_policy::{ActionPattern, Policy, PolicyKind, Statement};
use camlock_source::{Diagnostic, Span};
use camlock_syntax::json::{Kind, Value};

use crate::analysis::Redundancy;
use crate::companions::Companions;
use crate::effective::Effective;
use crate::element::{ActionElement, ListPlace, PrincipalElement, StatementElement, StringElement};
use crate::settings::Options;
use crate::tree;

/// A document as rules see it.
#[derive(Debug)]
pub struct Document<'a> {
    text: &'a str,
    root: &'a Value<'a>,
    kind: PolicyKind,
    kind_source: KindSource,
    statements: Vec<StatementElement<'a>>,
    principals: Vec<PrincipalElement<'a>>,
    strings: Vec<StringElement<'a>>,
    policy: Option<Policy>,
    faults: Vec<Diagnostic>,
    redundancy: OnceLock<Redundancy>,
    effective: OnceLock<Effective>,
    allowed: OnceLock<u64>,
}

/// Who says what kind a document is of.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum KindSource {
    /// The caller: a flag, or what the document was taken from.
    Given,
    /// A path in the settings.
    Settings,
    /// What the document looks like.
    Inferred,
}

impl<'a> Document<'a> {
    pub(crate) fn new(
        text: &'a str,
        root: &'a Value<'a>,
        (kind, kind_source): (PolicyKind, KindSource),
        (policy, faults): (Option<Policy>, Vec<Diagnostic>),
    ) -> Self {
        let principals = tree::member(root, "principal")
            .map_or_else(Vec::new, |member| crate::element::principals(&member.value, None));
        let mut strings = Vec::new();
        collect(root, None, &mut strings);
        let statements = statements(root);
        let redundancy = OnceLock::new();
        Self {
            text,
            root,
            kind,
            kind_source,
            statements,
            principals,
            strings,
            policy,
            faults,
            redundancy,
            effective: OnceLock::new(),
            allowed: OnceLock::new(),
        }
    }

    /// The text in which the spans are.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The bytes of a span.
    pub fn slice(&self, span: Span) -> &'a str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// The JSON tree.
    pub fn root(&self) -> &'a Value<'a> {
        self.root
    }

    /// The kind of policy that the document is read as.
    pub fn kind(&self) -> PolicyKind {
        self.kind
    }

    /// Who says so.
    pub fn kind_source(&self) -> KindSource {
        self.kind_source
    }

    /// The statements as written, in order.
    pub fn statements(&self) -> &[StatementElement<'a>] {
        &self.statements
    }

    /// Whom the document as a whole names, the older form [SYN-16].
    pub fn principals(&self) -> &[PrincipalElement<'a>] {
        &self.principals
    }

    /// Whom a statement speaks about: its own principals, or those of the document [SYN-16].
    pub fn principals_of(&self, statement: &StatementElement<'_>) -> &[PrincipalElement<'a>] {
        let own = self.statements.get(statement.index).map(|own| own.principals.as_slice());
        own.filter(|own| !own.is_empty()).unwrap_or(&self.principals)
    }

    /// Every string, names of members included, in the order of the text.
    pub fn strings(&self) -> &[StringElement<'a>] {
        &self.strings
    }

    /// The policy; nothing where the document is none.
    pub fn policy(&self) -> Option<&Policy> {
        self.policy.as_ref()
    }

    /// A statement as the policy has it; nothing where the document is no policy.
    pub fn lowered(&self, statement: &StatementElement<'_>) -> Option<&Statement> {
        self.policy.as_ref()?.statements().get(statement.index)
    }

    /// What of the policy changes no decision; nothing where the document is no policy.
    pub(crate) fn redundancy(&self) -> &Redundancy {
        self.redundancy
            .get_or_init(|| self.policy.as_ref().map_or_else(Redundancy::default, Redundancy::of))
    }

    /// The policy with what counts with it, the same at every call; nothing where the document is none.
    pub(crate) fn effective(
        &self,
        companions: &Companions,
        options: &Options,
    ) -> Option<&Effective> {
        let policy = self.policy.as_ref()?;
        Some(self.effective.get_or_init(|| Effective::new(policy, companions, options)))
    }

    /// Whether some allow may name an action of a service: no is sure, and most documents say so of most
    /// services.
    pub(crate) fn may_allow(&self, service: &str) -> bool {
        let bits = |statement: &StatementElement<'_>| {
            let bit = |action: &ActionElement<'_>| match action.pattern.as_ref() {
                Some(ActionPattern::Any) => u64::MAX,
                Some(_) => action.service().map_or(0, bit_of),
                None => 0,
            };
            statement.actions.iter().fold(0, |bits, action| bits | bit(action))
        };
        let allowed = self.allowed.get_or_init(|| {
            let allows = self.statements.iter().filter(|own| own.is_allow());
            allows.fold(0, |all, own| all | bits(own))
        });
        allowed & bit_of(service) != 0
    }

    /// What the front end found, before any rule ran.
    pub fn faults(&self) -> &[Diagnostic] {
        &self.faults
    }
}

/// The bit of a name, which some other names share.
fn bit_of(name: &str) -> u64 {
    let sum = name.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    1 << (sum % u64::BITS)
}

fn statements<'a>(root: &'a Value<'a>) -> Vec<StatementElement<'a>> {
    let Some(member) = tree::member(root, "statement") else { return Vec::new() };
    match &member.value.kind {
        Kind::Array(items) => {
            let element = |(index, value)| {
                StatementElement::new(value, index, Some(ListPlace { items, index }))
            };
            items.iter().enumerate().map(element).collect()
        }
        Kind::Object(_) => vec![StatementElement::new(&member.value, 0, None)],
        _ => Vec::new(),
    }
}

/// Recursion is bounded: the tree came from a parser that bounds its depth.
fn collect<'a>(
    value: &'a Value<'a>,
    list: Option<ListPlace<'a>>,
    strings: &mut Vec<StringElement<'a>>,
) {
    match &value.kind {
        Kind::String(text) => strings.push(StringElement::value(text, list)),
        Kind::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, Some(ListPlace { items, index }), strings);
            }
        }
        Kind::Object(members) => {
            for member in members {
                strings.push(StringElement::name(&member.name));
                collect(&member.value, None, strings);
            }
        }
        _ => {}
    }
}
