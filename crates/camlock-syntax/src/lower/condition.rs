//! The conditions of a statement: operators, keys, values.

use camlock_policy::{
    ApiCode, Condition, ConditionKey, ConditionValue, NameError, NameFault, Operator, RawValue,
};

use super::strings;
use super::suggest;
use super::{Lowering, Pointer};
use crate::codes;
use crate::json::{Kind, Member, Text, Value};
use crate::span_map::StatementSpans;

impl Lowering<'_> {
    /// An object of operators; an empty object or list is no condition [SYN-9].
    pub(super) fn conditions(
        &mut self,
        member: &Member<'_>,
        pointer: &Pointer<'_>,
        spans: &mut StatementSpans,
    ) -> Vec<Condition> {
        let pointer = pointer.name(&member.name.decoded);
        let mut conditions = Vec::new();
        match &member.value.kind {
            Kind::Object(operators) => {
                for operator in operators {
                    self.operator(operator, &pointer, &mut conditions, spans);
                }
            }
            Kind::Array(items) if items.is_empty() => {}
            Kind::Invalid => {}
            _ => self.error(
                codes::BAD_CONDITION,
                ApiCode::ConditionError,
                self.start_of(&member.value),
                format!("`condition` is {}", strings::noun(&member.value)),
                "write `{\"operator\": {\"key\": value}}`, or leave it out",
                &pointer,
            ),
        }
        conditions
    }

    /// One operator with its keys [CND-1, CND-3].
    fn operator(
        &mut self,
        member: &Member<'_>,
        pointer: &Pointer<'_>,
        conditions: &mut Vec<Condition>,
        spans: &mut StatementSpans,
    ) {
        let pointer = pointer.name(&member.name.decoded);
        let operator = match Operator::parse(&member.name.decoded) {
            Ok(operator) => Some(operator),
            Err(error) => {
                self.operator_error(&member.name, &error, &pointer);
                None
            }
        };
        match &member.value.kind {
            Kind::Object(keys) if !keys.is_empty() => {
                for key in keys {
                    spans.conditions.push(key.name.span.cover(key.value.span));
                    let condition = self.key(operator, key, &pointer);
                    conditions.extend(condition);
                }
            }
            Kind::Invalid => {}
            // What is no operator has been told; what stands under it cannot be judged.
            Kind::String(_) | Kind::Array(_) if operator.is_none() => {}
            Kind::Object(_) => self.error(
                codes::EMPTY_CONDITION,
                ApiCode::ConditionError,
                member.value.span,
                "an operator without a key".into(),
                "name the key to compare, or remove the operator",
                &pointer,
            ),
            _ => self.error(
                codes::BAD_CONDITION,
                ApiCode::ConditionError,
                self.start_of(&member.value),
                format!(
                    "an operator maps keys to values, this is {}",
                    strings::noun(&member.value)
                ),
                "write `{\"key\": value}`",
                &pointer,
            ),
        }
    }

    fn operator_error(&mut self, name: &Text<'_>, error: &NameError, pointer: &Pointer<'_>) {
        match suggest::operator(&name.decoded) {
            Some(known) => {
                self.name_error_at(name.span, error, &format!("did you mean `{known}`"), pointer);
            }
            None => match suggest::operator_of_key(&name.decoded) {
                Some(operator) => {
                    let help = format!("it is a key; write an operator around it, `{operator}`");
                    self.name_error_at(name.span, error, &help, pointer);
                }
                None => self.name_error_at(name.span, error, error.help(), pointer),
            },
        }
    }

    /// One key with its values; `operator` is `None` where it could not be read, so that the values
    /// have no type to be checked against.
    fn key(
        &mut self,
        operator: Option<Operator>,
        member: &Member<'_>,
        pointer: &Pointer<'_>,
    ) -> Option<Condition> {
        let pointer = pointer.name(&member.name.decoded);
        let key = match ConditionKey::parse(&member.name.decoded) {
            Ok(key) => Some(key),
            Err(error) => {
                self.name_error_at(member.name.span, &error, error.help(), &pointer);
                None
            }
        };
        let values = self.raw_values(&member.value, &pointer)?;
        let (operator, key) = operator.zip(key)?;
        if let Err(error) = Condition::check_key(operator, &key, values.len()) {
            self.name_error_at(member.name.span, &error, error.help(), &pointer);
            return None;
        }
        let read = values.iter().map(|(value, raw, index)| {
            let pointer = match index {
                Some(index) => pointer.index(*index),
                None => pointer,
            };
            ConditionValue::parse(operator, &key, *raw)
                .map_err(|error| self.value_error(value, &error, &pointer))
                .ok()
        });
        // Each value is tried, so that each fault is reported.
        let read: Vec<Option<ConditionValue>> = read.collect();
        Condition::from_values(operator, key, read.into_iter().collect::<Option<_>>()?).ok()
    }

    /// The scalar values of a key, with their places.
    fn raw_values<'v>(
        &mut self,
        value: &'v Value<'_>,
        pointer: &Pointer<'_>,
    ) -> Option<Vec<(&'v Value<'v>, RawValue<'v>, Option<usize>)>> {
        match &value.kind {
            Kind::Invalid => None,
            Kind::Array(items) if items.is_empty() => {
                self.error(
                    codes::EMPTY_CONDITION,
                    ApiCode::ConditionError,
                    value.span,
                    "a condition key without values".into(),
                    "list at least one value, or remove the key",
                    pointer,
                );
                None
            }
            Kind::Array(items) => {
                let raw = items.iter().enumerate().map(|(index, item)| {
                    let raw = self.raw_value(item, &pointer.index(index))?;
                    Some((item, raw, Some(index)))
                });
                let raw: Vec<_> = raw.collect();
                raw.into_iter().collect()
            }
            _ => Some(vec![(value, self.raw_value(value, pointer)?, None)]),
        }
    }

    fn raw_value<'v>(
        &mut self,
        value: &'v Value<'_>,
        pointer: &Pointer<'_>,
    ) -> Option<RawValue<'v>> {
        match &value.kind {
            Kind::String(text) => Some(RawValue::Text(&text.decoded)),
            Kind::Number(number) => Some(RawValue::Number(number)),
            Kind::Bool(value) => Some(RawValue::Bool(*value)),
            Kind::Invalid => None,
            Kind::Null | Kind::Array(_) | Kind::Object(_) => {
                let error = NameError::whole(NameFault::ValueType, strings::noun(value));
                self.name_error_at(self.start_of(value), &error, error.help(), pointer);
                None
            }
        }
    }

    fn value_error(&mut self, value: &Value<'_>, error: &NameError, pointer: &Pointer<'_>) {
        match &value.kind {
            Kind::String(text) => self.name_error(text, error, pointer),
            _ => self.name_error_at(value.span, error, error.help(), pointer),
        }
    }
}
