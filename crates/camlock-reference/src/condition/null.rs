//! `null_equal`: whether a key is there at all [CND-23].

use camlock_policy::{Condition, ConditionValue, ContextValue};

use super::lookup;
use crate::truth::Truth;

/// Holds with `true` where the key is missing, and with `false` where it is present.
pub(super) fn equal(condition: &Condition, values: &[ContextValue]) -> Truth {
    let present = is_present(condition, values);
    Truth::any(condition.values().iter().map(|wanted| match wanted {
        ConditionValue::Bool(true) => !present,
        ConditionValue::Bool(false) => present,
        // INVARIANT: a condition with `null_equal` holds booleans only.
        _ => Truth::Unknown,
    }))
}

/// A value of any type is there; only an entry that may be of another tag leaves it open [RD-17,
/// RD-28].
fn is_present(condition: &Condition, values: &[ContextValue]) -> Truth {
    let unreadable = values.iter().all(|value| *value == ContextValue::Unreadable);
    if values.is_empty() {
        Truth::No
    } else if lookup::is_of_one_tag(condition.key()) && unreadable {
        Truth::Unknown
    } else {
        Truth::Yes
    }
}
