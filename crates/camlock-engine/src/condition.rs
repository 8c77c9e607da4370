//! How operators, keys, values and qualifiers combine to the truth of one condition.

mod guard;
mod lookup;
mod test;

use camlock_policy::{BaseOperator, Condition, ConditionValue, Operator, Qualifier};

use crate::prepare::Prepared;
use crate::truth::Truth;
pub(crate) use guard::{Guard, GuardKind, Interval, Mask};
use lookup::{Facts, Key, Presence};
use test::Test;

/// A condition in matching form; equal ones of a policy set are compiled once.
#[derive(Debug)]
pub(crate) struct CompiledCondition {
    operator: Operator,
    key: Key,
    test: Test,
    /// What some value has to lie in, for times and numbers.
    interval: Option<Interval>,
}

impl CompiledCondition {
    pub(crate) fn new(condition: &Condition) -> Self {
        let operator = condition.operator();
        let test = Test::new(operator.base(), condition.values());
        let interval = if operator.base().is_negated() { None } else { test.interval() };
        Self { operator, key: Key::new(condition.key()), test, interval }
    }

    /// Whether the condition holds for the request [CND-7 to CND-14].
    pub(crate) fn holds(&self, request: &Prepared<'_>) -> Truth {
        let facts = self.key.find(request.context());
        let presence = self.key.presence(facts);
        if self.operator.base() == BaseOperator::NullEqual {
            return self.test.presence(presence);
        }
        match presence {
            // A missing key fails every operator, negated ones too, unless the suffix is there.
            Presence::Missing => self.operator.if_exist().into(),
            Presence::Present | Presence::Unreadable => self.compare(facts, request),
        }
    }

    fn compare(&self, facts: Facts<'_>, request: &Prepared<'_>) -> Truth {
        let negated = self.operator.base().is_negated();
        let values = self.key.values(facts).map(|value| {
            let matched = value.map_or(Truth::Unknown, |value| self.test.matches(value, request));
            if negated { !matched } else { matched }
        });
        // Without a qualifier a negated operator stays the exact complement: none may match [CND-13].
        let every = match self.operator.qualifier() {
            Some(qualifier) => qualifier == Qualifier::ForAllValue,
            None => negated,
        };
        if every { Truth::all(values) } else { Truth::any(values) }
    }

    pub(crate) fn memory_usage(&self) -> usize {
        self.key.memory_usage() + self.test.memory_usage()
    }
}

/// The values of a condition that are of one type.
fn collect<T>(values: &[ConditionValue], pick: impl Fn(&ConditionValue) -> Option<T>) -> Box<[T]> {
    // INVARIANT: a `Condition` holds values of its operator's type only, so none is dropped here.
    debug_assert!(values.iter().all(|value| pick(value).is_some()), "a value of another type");
    values.iter().filter_map(pick).collect()
}
