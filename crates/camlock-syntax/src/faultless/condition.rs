//! The conditions of a statement [CND-1 to CND-3].

use camlock_policy::{Condition, ConditionKey, ConditionValue, Operator};

use super::cursor::Cursor;
use crate::limits::Limits;

/// Keys under one operator, and operators of one statement; with more, looking for names that stand
/// twice one by one would cost too much.
const FEW: usize = 32;

/// An object of operators; an empty object or list is no condition [SYN-9].
pub(super) fn conditions(cursor: &mut Cursor<'_>, conditions: &mut Vec<Condition>) -> Option<()> {
    if cursor.first()? == b'[' {
        cursor.pass(b'[')?;
        return cursor.pass(b']');
    }
    let mut operators: Vec<Operator> = Vec::new();
    cursor.members(|cursor, name| {
        // Each operator has one spelling, so equal operators are equal names.
        let operator = Operator::parse(name).ok()?;
        if operators.len() == FEW || operators.contains(&operator) {
            return None;
        }
        operators.push(operator);
        keys(cursor, operator, conditions)
    })
}

/// The keys of one operator, at least one.
fn keys(
    cursor: &mut Cursor<'_>,
    operator: Operator,
    conditions: &mut Vec<Condition>,
) -> Option<()> {
    let before = conditions.len();
    cursor.members(|cursor, name| {
        let key = ConditionKey::parse(name).ok()?;
        let own = conditions.get(before..)?;
        if own.len() == FEW || own.iter().any(|condition| *condition.key() == key) {
            return None;
        }
        conditions.push(condition(cursor, operator, key)?);
        Some(())
    })?;
    (conditions.len() > before).then_some(())
}

fn condition(cursor: &mut Cursor<'_>, operator: Operator, key: ConditionKey) -> Option<Condition> {
    let mut values = Vec::with_capacity(1);
    cursor.one_or_more(Limits::policy().max_members, |cursor| {
        values.push(cursor.raw_value(|raw| ConditionValue::parse(operator, &key, raw).ok())?);
        Some(())
    })?;
    Condition::from_values(operator, key, values).ok()
}
