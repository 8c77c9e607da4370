//! Whether a condition holds for the facts of the request [CND-1 to CND-32].

mod address;
mod lookup;
mod null;
mod order;
mod text;

use camlock_policy::{
    BaseOperator, Condition, ConditionValue, ContextValue, Decimal, Operator, OperatorFamily,
    Qualifier,
};

use crate::question::Question;
use crate::truth::Truth;

/// Whether one operator with one key holds.
pub(crate) fn holds(question: Question<'_>, condition: &Condition) -> Truth {
    let operator = condition.operator();
    let values = lookup::values(question.request.context(), condition.key());
    if operator.base().family() == OperatorFamily::Null {
        return null::equal(condition, &values);
    }
    if values.is_empty() {
        return on_missing_key(operator);
    }
    let clauses = values.iter().map(|value| clause(question, condition, value));
    over_values(operator, clauses)
}

/// A missing key fails every operator, a negated one too, unless the suffix says otherwise [CND-7,
/// CND-11].
fn on_missing_key(operator: Operator) -> Truth {
    operator.if_exist().into()
}

/// Puts together the clauses of several values of the request [CND-9, CND-10, CND-13].
fn over_values(operator: Operator, clauses: impl Iterator<Item = Truth>) -> Truth {
    match operator.qualifier() {
        Some(Qualifier::ForAllValue) => Truth::all(clauses),
        // "No value matches" is said of each value: none may match.
        None if operator.base().is_negated() => Truth::all(clauses),
        Some(Qualifier::ForAnyValue) | None => Truth::any(clauses),
    }
}

/// One value of the request against all of the policy: some matches, or negated, none does [CND-2,
/// CND-12].
fn clause(question: Question<'_>, condition: &Condition, value: &ContextValue) -> Truth {
    let base = condition.operator().base();
    let wanted = condition.values().iter();
    let matched = Truth::any(wanted.map(|wanted| compare(question, base, value, wanted)));
    if base.is_negated() { !matched } else { matched }
}

/// One value of the request against one of the policy, read in the type of the latter.
///
/// A value that cannot be read so cannot be compared either [CND-29].
fn compare(
    question: Question<'_>,
    base: BaseOperator,
    value: &ContextValue,
    wanted: &ConditionValue,
) -> Truth {
    let comparison = base.comparison();
    match wanted {
        ConditionValue::Text(wanted) => text::compare(question, comparison, value, wanted),
        ConditionValue::Number(wanted) => {
            order::compare(comparison, value.number(), Decimal::parse(wanted))
        }
        ConditionValue::Time(wanted) => order::compare(comparison, value.time(), Some(*wanted)),
        ConditionValue::Bool(wanted) => order::compare(comparison, value.boolean(), Some(*wanted)),
        ConditionValue::Ip(range) => address::compare(value, *range),
    }
}

#[cfg(test)]
mod tests;
