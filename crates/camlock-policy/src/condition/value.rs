//! Typed values of conditions.

use std::fmt;
use std::ops::Range;

use crate::grammar::{self, RawPiece};
use crate::variable::TemplateBuilder;
use crate::{
    Comparison, ConditionKey, Decimal, IpRange, NameError, NameFault, Operator, OperatorFamily,
    Template, UtcTime, Variable,
};

/// A value of a condition, valid for its operator [CND-15].
#[expect(clippy::exhaustive_enums, reason = "an evaluator must handle every type of value")]
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum ConditionValue {
    /// Text under a string operator or `binary_equal`; stars only under `string_like`.
    Text(Template),
    /// A number as written; [`Decimal::parse`] reads it.
    Number(Box<str>),
    /// A point in time.
    Time(UtcTime),
    /// A boolean.
    Bool(bool),
    /// An address range.
    Ip(IpRange),
}

/// A value as a document writes it, before its operator gives it a type.
#[expect(clippy::exhaustive_enums, reason = "JSON has these scalar values")]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum RawValue<'a> {
    /// A JSON string, decoded.
    Text(&'a str),
    /// A JSON number, as written.
    Number(&'a str),
    /// A JSON boolean.
    Bool(bool),
}

impl ConditionValue {
    /// Reads a value for its operator and key [CND-15 to CND-23, CND-26].
    ///
    /// # Errors
    ///
    /// A [`NameError`] with a `Value…` fault.
    ///
    /// # Examples
    ///
    /// ```
    /// use camlock_policy::{ConditionKey, ConditionValue, Operator, RawValue};
    ///
    /// let operator = Operator::parse("ip_equal")?;
    /// let key = ConditionKey::parse("qcs:ip")?;
    /// let value = ConditionValue::parse(operator, &key, RawValue::Text("10.217.182.3/24"))?;
    /// assert_eq!(value.to_string(), "10.217.182.0/24");
    /// # Ok::<(), camlock_policy::NameError>(())
    /// ```
    pub fn parse(
        operator: Operator,
        key: &ConditionKey,
        raw: RawValue<'_>,
    ) -> Result<Self, NameError> {
        let shown = match raw {
            RawValue::Text(text) | RawValue::Number(text) => text,
            RawValue::Bool(true) => "true",
            RawValue::Bool(false) => "false",
        };
        let error = |fault| NameError::whole(fault, shown);
        let family = operator.base().family();
        match (family, raw) {
            (OperatorFamily::String | OperatorFamily::Binary, RawValue::Text(text)) => {
                text_value(operator, key, text)
            }
            (OperatorFamily::String | OperatorFamily::Binary, RawValue::Number(text)) => {
                if text.bytes().any(|b| matches!(b, b'.' | b'e' | b'E')) {
                    return Err(error(NameFault::ValueInteger));
                }
                text_value(operator, key, text)
            }
            (OperatorFamily::Numeric, RawValue::Text(text) | RawValue::Number(text)) => {
                match Decimal::parse(text) {
                    Some(_) => Ok(Self::Number(text.into())),
                    None => Err(error(NameFault::ValueNumber)),
                }
            }
            (OperatorFamily::Date, RawValue::Text(text)) => {
                let time = UtcTime::parse(text).ok_or_else(|| error(NameFault::ValueTime))?;
                Ok(Self::Time(time))
            }
            (OperatorFamily::Ip, RawValue::Text(text)) => {
                let range = IpRange::parse(text).ok_or_else(|| error(NameFault::ValueAddress))?;
                Ok(Self::Ip(range))
            }
            (OperatorFamily::Bool | OperatorFamily::Null, RawValue::Bool(value)) => {
                Ok(Self::Bool(value))
            }
            (OperatorFamily::Bool | OperatorFamily::Null, RawValue::Text("true")) => {
                Ok(Self::Bool(true))
            }
            (OperatorFamily::Bool | OperatorFamily::Null, RawValue::Text("false")) => {
                Ok(Self::Bool(false))
            }
            (OperatorFamily::Bool | OperatorFamily::Null, RawValue::Text(_)) => {
                Err(error(NameFault::ValueBool))
            }
            _ => Err(error(NameFault::ValueType)),
        }
    }
}

/// Text under a string operator or `binary_equal` [CND-16, CND-17, VAR-2, VAR-7].
fn text_value(
    operator: Operator,
    key: &ConditionKey,
    text: &str,
) -> Result<ConditionValue, NameError> {
    if key.is_tag_set() && !text.contains('&') {
        return Err(NameError::whole(NameFault::ValueTagForm, text));
    }
    let like = operator.base().comparison() == Comparison::Like;
    let inner = inner_range(text);
    let mut template = TemplateBuilder::default();
    let mut at = 0;
    for piece in grammar::template(text) {
        let start = at;
        at += piece.len();
        let error = |fault| Err(NameError::new(fault, text, start..at));
        match piece {
            RawPiece::Text(text) => template.text(text),
            RawPiece::Star if !like => template.text("*"),
            RawPiece::Star if inner.contains(&start) => {
                return Err(NameError::whole(NameFault::ValueInnerStar, text));
            }
            RawPiece::Star => template.star(),
            RawPiece::Open => return error(NameFault::ValueVariableOpen),
            RawPiece::Variable(name) => match Variable::parse(name) {
                None => return error(NameFault::ValueVariable),
                Some(variable)
                    if variable.is_principal_tag()
                        && operator.base().family() != OperatorFamily::String =>
                {
                    return error(NameFault::ValueTagVariable);
                }
                Some(variable) => template.variable(variable),
            },
        }
    }
    Ok(ConditionValue::Text(template.build()))
}

/// The bytes between the stars at either end; text of stars only has none.
fn inner_range(text: &str) -> Range<usize> {
    let start = text.len() - text.trim_start_matches('*').len();
    start..text.trim_end_matches('*').len()
}

impl From<Template> for ConditionValue {
    fn from(template: Template) -> Self {
        Self::Text(template)
    }
}

impl fmt::Display for ConditionValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(template) => template.fmt(f),
            Self::Number(number) => f.write_str(number),
            Self::Time(time) => time.fmt(f),
            Self::Bool(value) => value.fmt(f),
            Self::Ip(range) => range.fmt(f),
        }
    }
}
