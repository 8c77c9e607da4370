//! A condition of a statement.

use camlock_policy::{Condition, ConditionKey, Operator, RawValue};
use camlock_source::{Edit, Span};
use camlock_syntax::json::{Kind, Member, Text, Value};

use crate::edits;
use crate::element::{ListPlace, StringElement};
use crate::tree;

/// One operator with one key and its values, as they are written and as far as they could be read.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ConditionElement<'a> {
    /// The operator as written.
    pub operator_text: &'a Text<'a>,
    /// The operator; nothing where there is none of this name.
    pub operator: Option<Operator>,
    /// The key as written.
    pub key_text: &'a Text<'a>,
    /// The key; nothing where it is malformed.
    pub key: Option<ConditionKey>,
    /// The values.
    pub values: Vec<ValueElement<'a>>,
    /// The whole condition, where operator, key and values go together.
    pub condition: Option<Condition>,
    /// The index of the statement.
    pub statement: usize,
    /// The member `condition` of the statement.
    pub(crate) block: &'a Member<'a>,
    /// The member of the operator.
    pub(crate) operator_member: &'a Member<'a>,
    /// The index of the key below the operator.
    pub(crate) index: usize,
    /// The statement as a value.
    pub(crate) owner: &'a Value<'a>,
}

/// A value of a condition.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ValueElement<'a> {
    /// The value.
    pub value: &'a Value<'a>,
    /// Where in its list it stands; nothing where it stands alone.
    pub list: Option<ListPlace<'a>>,
}

impl<'a> ConditionElement<'a> {
    /// Reads every condition of a statement.
    pub(crate) fn all(owner: &'a Value<'a>, statement: usize) -> Vec<Self> {
        let Some(block) = tree::member(owner, "condition") else { return Vec::new() };
        let operators = tree::members(&block.value).iter();
        let keys = operators.flat_map(|operator_member| {
            let keys = tree::members(&operator_member.value).iter().enumerate();
            keys.map(move |(index, key)| (operator_member, index, key))
        });
        let element =
            |(operator_member, index, key_member): (&'a Member<'a>, usize, &'a Member<'a>)| {
                let operator = Operator::parse(&operator_member.name.decoded).ok();
                let key = ConditionKey::parse(&key_member.name.decoded).ok();
                let values = ValueElement::all(&key_member.value);
                let raw: Option<Vec<RawValue<'_>>> = values.iter().map(ValueElement::raw).collect();
                let condition = operator.zip(key.clone()).zip(raw);
                let condition = condition
                    .and_then(|((operator, key), raw)| Condition::new(operator, key, &raw).ok());
                Self {
                    operator_text: &operator_member.name,
                    operator,
                    key_text: &key_member.name,
                    key,
                    values,
                    condition,
                    statement,
                    block,
                    operator_member,
                    index,
                    owner,
                }
            };
        keys.map(element).collect()
    }

    /// The name of the operator as written.
    pub fn operator_name(&self) -> &'a str {
        &self.operator_text.decoded
    }

    /// The name of the key as written.
    pub fn key_name(&self) -> &'a str {
        &self.key_text.decoded
    }

    /// The key with its values.
    pub fn span(&self) -> Span {
        let end = tree::members(&self.operator_member.value).get(self.index);
        end.map_or(self.key_text.span, |member| member.name.span.cover(member.value.span))
    }

    /// The operator as an element, to report at or to replace.
    pub fn operator_string(&self) -> StringElement<'a> {
        StringElement::name(self.operator_text)
    }

    /// The key as an element, to report at or to replace.
    pub fn key_string(&self) -> StringElement<'a> {
        StringElement::name(self.key_text)
    }

    /// The edit that writes one value in the place of all.
    pub fn values_edit(&self, json: &str) -> Option<Edit> {
        let member = tree::members(&self.operator_member.value).get(self.index)?;
        Some(Edit::replace(member.value.span, json))
    }

    /// The edit that takes the condition out, with what would be empty without it. This widens an
    /// allow and a deny alike, unless the condition always holds.
    pub fn removal(&self) -> Option<Edit> {
        let keys = tree::members(&self.operator_member.value);
        if keys.len() > 1 {
            return edits::remove_member(keys, self.index);
        }
        let operators = tree::members(&self.block.value);
        let (within, member) = if operators.len() > 1 {
            (operators, self.operator_member)
        } else {
            (tree::members(self.owner), self.block)
        };
        let index = within.iter().position(|own| std::ptr::eq(own, member))?;
        edits::remove_member(within, index)
    }
}

impl<'a> ValueElement<'a> {
    fn all(value: &'a Value<'a>) -> Vec<Self> {
        let items = tree::items(value);
        let is_list = matches!(value.kind, Kind::Array(_));
        let element = |(index, value)| {
            let list = is_list.then_some(ListPlace { items, index });
            Self { value, list }
        };
        items.iter().enumerate().map(element).collect()
    }

    /// The text of a string.
    pub fn text(&self) -> Option<&'a str> {
        self.string().map(|string| string.decoded())
    }

    /// The string, where it is one.
    pub fn string(&self) -> Option<StringElement<'a>> {
        match &self.value.kind {
            Kind::String(text) => Some(StringElement::value(text, self.list)),
            _ => None,
        }
    }

    /// The value as conditions take it; nothing for `null`, lists and objects.
    pub fn raw(&self) -> Option<RawValue<'a>> {
        match &self.value.kind {
            Kind::String(text) => Some(RawValue::Text(&text.decoded)),
            Kind::Number(number) => Some(RawValue::Number(number)),
            Kind::Bool(value) => Some(RawValue::Bool(*value)),
            _ => None,
        }
    }

    /// The edit that takes it out of its list; nothing where it is the only one, or in no list.
    pub fn removal(&self) -> Option<Edit> {
        edits::remove_item(self.list?)
    }
}
