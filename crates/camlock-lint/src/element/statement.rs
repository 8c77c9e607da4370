//! A statement of the document.

use camlock_policy::Effect;
use camlock_source::{Edit, Span};
use camlock_syntax::json::{Kind, Member, Value};

use crate::edits;
use crate::element::{
    ActionElement, ConditionElement, ListPlace, PrincipalElement, ResourceElement, StringElement,
    strings,
};
use crate::tree;

/// A statement as it is written, and what could be read of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct StatementElement<'a> {
    /// The place in the document, from 0.
    pub index: usize,
    /// The JSON value.
    pub value: &'a Value<'a>,
    /// The effect as written.
    pub effect_text: Option<StringElement<'a>>,
    /// The effect; nothing where it is neither `allow` nor `deny`.
    pub effect: Option<Effect>,
    /// The actions in order.
    pub actions: Vec<ActionElement<'a>>,
    /// The resources in order.
    pub resources: Vec<ResourceElement<'a>>,
    /// Whom the statement itself names; see [`Document::principals_of`](crate::Document::principals_of).
    pub principals: Vec<PrincipalElement<'a>>,
    /// The conditions in order.
    pub conditions: Vec<ConditionElement<'a>>,
    /// Where in its list it stands; nothing where `statement` is an object.
    pub list: Option<ListPlace<'a>>,
}

impl<'a> StatementElement<'a> {
    pub(crate) fn new(value: &'a Value<'a>, index: usize, list: Option<ListPlace<'a>>) -> Self {
        let string =
            |name| strings(&tree::member(value, name)?.value).find(|own| own.list.is_none());
        let all = |name| tree::member(value, name).into_iter().flat_map(|own| strings(&own.value));
        let effect_text: Option<StringElement<'_>> = string("effect");
        Self {
            index,
            value,
            effect_text,
            effect: effect_text.and_then(|text| Effect::parse(text.decoded())),
            actions: all("action").map(|string| ActionElement::new(string, index)).collect(),
            resources: all("resource").map(|string| ResourceElement::new(string, index)).collect(),
            principals: tree::member(value, "principal")
                .map_or_else(Vec::new, |member| principals(&member.value, Some(index))),
            conditions: ConditionElement::all(value, index),
            list,
        }
    }

    /// Whether it allows.
    pub fn is_allow(&self) -> bool {
        self.effect == Some(Effect::Allow)
    }

    /// Whether it denies.
    pub fn is_deny(&self) -> bool {
        self.effect == Some(Effect::Deny)
    }

    /// The members as written, unknown ones included.
    pub fn members(&self) -> &'a [Member<'a>] {
        tree::members(self.value)
    }

    /// The first member of this name, in any letter case.
    pub fn member(&self, name: &str) -> Option<&'a Member<'a>> {
        tree::member(self.value, name)
    }

    /// Where a report about the whole statement points: its effect, or the bracket that opens it.
    pub fn head(&self) -> Span {
        let start = self.value.span.start;
        self.effect_text.map_or(Span::new(start, start + 1), |text| text.span())
    }

    /// The whole object.
    pub fn span(&self) -> Span {
        self.value.span
    }

    /// The edit that takes it out of the document; nothing where it is the only one.
    pub fn removal(&self) -> Option<Edit> {
        edits::remove_item(self.list?)
    }
}

/// The entries of a `principal`.
pub(crate) fn principals<'a>(
    value: &'a Value<'a>,
    statement: Option<usize>,
) -> Vec<PrincipalElement<'a>> {
    match &value.kind {
        Kind::Object(members) => {
            let entries = members.iter().flat_map(|member| {
                let name = StringElement::name(&member.name);
                strings(&member.value).map(move |string| (string, name))
            });
            entries
                .map(|(string, name)| PrincipalElement::new(string, Some(name), statement))
                .collect()
        }
        _ => strings(value).map(|string| PrincipalElement::new(string, None, statement)).collect(),
    }
}
