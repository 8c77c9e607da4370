//! The conditions of a statement [CND-1 to CND-3].

use camlock_policy::{Condition, ConditionKey, ConditionValue, Operator};

use super::cursor::Cursor;
use crate::json::TokenKind;
use crate::limits::Limits;

/// Keys under one operator, and operators of one statement; with more, looking for names that stand
/// twice one by one would cost too much.
const FEW: usize = 32;

/// An object of operators; an empty object or list is no condition [SYN-9].
pub(super) fn conditions(cursor: &mut Cursor<'_>, conditions: &mut Vec<Condition>) -> Option<()> {
    match cursor.next()?.kind {
        TokenKind::OpenBracket => {
            return (cursor.next()?.kind == TokenKind::CloseBracket).then_some(());
        }
        TokenKind::OpenBrace => {}
        _ => return None,
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
fn keys(cursor: &mut Cursor<'_>, operator: Operator, conditions: &mut Vec<Condition>) -> Option<()> {
    if cursor.next()?.kind != TokenKind::OpenBrace {
        return None;
    }
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
    cursor.one_or_more(&Limits::policy(), |cursor, token| {
        let value = cursor.raw_value(token, |raw| ConditionValue::parse(operator, &key, raw).ok())?;
        values.push(value);
        Some(())
    })?;
    Condition::from_values(operator, key, values).ok()
}
