//! Conditions on one key: which follows from which, and which never hold together.

use camlock_policy::{
    BaseOperator, Condition, ConditionKey, ConditionValue, Operator, OperatorFamily, Qualifier,
};

use super::values::{self, Compared};

/// Whether two keys read the same data: `qcs:tag` is the former name of `qcs:resource_tag` [CND-27].
pub(super) fn same_key(a: &ConditionKey, b: &ConditionKey) -> bool {
    a == b
        || a.tag().zip(b.tag()).is_some_and(|(a, b)| a.side() == b.side() && a.name() == b.name())
}

/// Whether a request has at most one value of the key (section 6.3 of the semantics).
pub(super) fn is_single(key: &ConditionKey) -> bool {
    let many = ["bmvpc:unVpcId", "oidc:aud", "oidc:sub"];
    key.is_well_known() && key.tag().is_none() && !many.contains(&key.as_str())
}

/// Whether `outer` holds wherever `inner` does, and where it cannot be told for `inner` it is no less
/// for `outer`: an indeterminate deny applies [EVL-21].
pub(super) fn implied(outer: &Condition, inner: &Condition) -> bool {
    if !same_key(outer.key(), inner.key()) {
        return false;
    }
    let (own, other) = (outer.operator(), inner.operator());
    match (is_null(own), is_null(other)) {
        (true, true) => inner.values().iter().all(|value| outer.values().contains(value)),
        (true, false) => {
            // What compares is present; with the suffix it may be missing as well [CND-7].
            wants(outer, false) && (!other.if_exist() || wants(outer, true))
        }
        (false, true) => own.if_exist() && !wants(inner, false),
        (false, false) => {
            let missing = own.if_exist() || !other.if_exist();
            // What holds for every value holds for some, as there is one [CND-14].
            let all = is_every(other) || !is_every(own);
            missing && all && values_imply(outer, inner)
        }
    }
}

fn values_imply(outer: &Condition, inner: &Condition) -> bool {
    let (own, other) = (outer.operator().base(), inner.operator().base());
    if !values::same_reading(own, other) {
        return false;
    }
    let (of_outer, of_inner) = (compared(outer), compared(inner));
    match (own.is_negated(), other.is_negated()) {
        (false, false) => inside(&of_outer, &of_inner),
        // The fewer are excluded, the more is left.
        (true, true) => inside(&of_inner, &of_outer),
        (true, false) => of_inner.iter().all(|a| of_outer.iter().all(|b| values::disjoint(*a, *b))),
        (false, true) => false,
    }
}

/// Whether a condition holds for every request whose values can be read: it restricts nothing.
pub(super) fn holds_always(condition: &Condition) -> bool {
    let operator = condition.operator();
    if is_null(operator) {
        return wants(condition, true) && wants(condition, false);
    }
    // Every request comes from somewhere.
    let is_there = operator.if_exist() || condition.key().as_str() == "qcs:ip";
    is_there && !operator.base().is_negated() && values::match_everything(condition)
}

/// Whether two conditions can never both hold.
pub(super) fn contradict(a: &Condition, b: &Condition) -> bool {
    if !same_key(a.key(), b.key()) {
        return false;
    }
    match (is_null(a.operator()), is_null(b.operator())) {
        (true, true) => !a.values().iter().any(|value| b.values().contains(value)),
        (true, false) => !wants(a, false) && !b.operator().if_exist(),
        (false, true) => contradict(b, a),
        (false, false) => values_contradict(a, b),
    }
}

fn values_contradict(a: &Condition, b: &Condition) -> bool {
    let (own, other) = (a.operator(), b.operator());
    let missing = own.if_exist() && other.if_exist();
    // Two values may each satisfy one of them, unless one speaks of all.
    let meet = is_every(own) || is_every(other) || is_single(a.key());
    if missing || !meet || !values::same_reading(own.base(), other.base()) {
        return false;
    }
    let (of_a, of_b) = (compared(a), compared(b));
    match (own.base().is_negated(), other.base().is_negated()) {
        (false, false) => of_a.iter().all(|a| of_b.iter().all(|b| values::disjoint(*a, *b))),
        (true, false) => inside(&of_a, &of_b),
        (false, true) => inside(&of_b, &of_a),
        (true, true) => false,
    }
}

/// Whether each of `inner` lies in one of `outer`.
fn inside(outer: &[Compared<'_>], inner: &[Compared<'_>]) -> bool {
    inner.iter().all(|inner| outer.iter().any(|own| values::within(*own, *inner)))
}

fn compared(condition: &Condition) -> Vec<Compared<'_>> {
    let comparison = condition.operator().base().comparison();
    condition.values().iter().map(|value| (comparison, value)).collect()
}

fn is_null(operator: Operator) -> bool {
    operator.base() == BaseOperator::NullEqual
}

/// Whether `null_equal` holds for a key that is missing, or for one that is there [CND-23].
fn wants(condition: &Condition, missing: bool) -> bool {
    condition.values().contains(&ConditionValue::Bool(missing))
}

/// Whether every value of the request has to satisfy the operator, not just one [CND-9 to CND-13].
fn is_every(operator: Operator) -> bool {
    match operator.qualifier() {
        Some(qualifier) => qualifier == Qualifier::ForAllValue,
        None => operator.base().is_negated() && operator.base().family() != OperatorFamily::Null,
    }
}
