//! Values of conditions: which texts, numbers, times and addresses each stands for.

use std::net::IpAddr;

use camlock_policy::{
    BaseOperator, Comparison, Condition, ConditionValue, Decimal, IpRange, OperatorFamily, Piece,
    Template,
};

use super::pattern;

/// A value together with how it is compared: the set of what it matches, negation aside.
pub(super) type Compared<'a> = (Comparison, &'a ConditionValue);

/// Whether two operators read the values of a request in the same way, so that what one cannot read
/// the other cannot either [CND-29].
pub(super) fn same_reading(a: BaseOperator, b: BaseOperator) -> bool {
    let family = |own: BaseOperator| match own.family() {
        OperatorFamily::Binary => OperatorFamily::String,
        other => other,
    };
    family(a) == family(b)
}

/// Whether everything that `inner` matches is matched by `outer`, and where it cannot be told for
/// `inner` it is no less for `outer`.
pub(super) fn within(outer: Compared<'_>, inner: Compared<'_>) -> bool {
    use ConditionValue as V;
    match (outer.1, inner.1) {
        (V::Text(own), V::Text(other)) => text_within((outer.0, own), (inner.0, other)),
        (V::Number(own), V::Number(other)) => {
            let numbers = Decimal::parse(own).zip(Decimal::parse(other));
            numbers.is_some_and(|(own, other)| interval_within(&(outer.0, own), &(inner.0, other)))
        }
        (V::Time(own), V::Time(other)) => interval_within(&(outer.0, *own), &(inner.0, *other)),
        (V::Bool(own), V::Bool(other)) => own == other,
        (V::Ip(own), V::Ip(other)) => range_within(own, other),
        _ => false,
    }
}

/// Whether nothing is matched by both; no where it cannot be told.
pub(super) fn disjoint(a: Compared<'_>, b: Compared<'_>) -> bool {
    use ConditionValue as V;
    match (a.1, b.1) {
        (V::Text(own), V::Text(other)) => texts_disjoint((a.0, own), (b.0, other)),
        (V::Number(own), V::Number(other)) => {
            let numbers = Decimal::parse(own).zip(Decimal::parse(other));
            numbers.is_some_and(|(own, other)| intervals_disjoint(&(a.0, own), &(b.0, other)))
        }
        (V::Time(own), V::Time(other)) => intervals_disjoint(&(a.0, *own), &(b.0, *other)),
        (V::Bool(own), V::Bool(other)) => own != other,
        (V::Ip(own), V::Ip(other)) => !range_within(own, other) && !range_within(other, own),
        _ => false,
    }
}

/// Whether the values of a condition match everything that can be read, negation aside.
pub(super) fn match_everything(condition: &Condition) -> bool {
    let values = condition.values();
    let any = |wanted: &dyn Fn(&ConditionValue) -> bool| values.iter().any(wanted);
    match condition.operator().base().comparison() {
        Comparison::Like => any(
            &|value| matches!(value, ConditionValue::Text(text) if text.pieces() == [Piece::Star]),
        ),
        Comparison::Equal => {
            let both = [true, false].map(|wanted| any(&|own| *own == ConditionValue::Bool(wanted)));
            let everywhere = |wanted: fn(IpAddr) -> bool| {
                any(&|value| {
                    let ConditionValue::Ip(range) = value else { return false };
                    range.prefix() == 0 && wanted(range.network())
                })
            };
            both == [true, true]
                || everywhere(|own| own.is_ipv4()) && everywhere(|own| own.is_ipv6())
        }
        _ => false,
    }
}

fn text_within(outer: (Comparison, &Template), inner: (Comparison, &Template)) -> bool {
    use Comparison as C;
    if outer == inner || (outer.0 == C::Like && outer.1.pieces() == [Piece::Star]) {
        return true;
    }
    // A value that takes something from the caller cannot be told where the caller has no such thing,
    // whatever the text is [VAR-5]; only an equal one is no less.
    if outer.1.has_variables() || inner.1.has_variables() {
        return false;
    }
    match (outer.0, inner.0) {
        (C::EqualIgnoreCase, C::Equal | C::EqualIgnoreCase | C::Like) => {
            let texts = outer.1.as_literal().zip(inner.1.as_literal());
            texts.is_some_and(|(own, other)| own.eq_ignore_ascii_case(other))
        }
        (C::Equal | C::Like, C::Equal | C::Like) => {
            pattern::covers(&pattern::of_template(outer.1), &pattern::of_template(inner.1))
        }
        (C::Equal | C::Like, C::EqualIgnoreCase) => {
            let letters = |text: &str| text.bytes().any(|b| b.is_ascii_alphabetic());
            inner.1.as_literal().is_some_and(|text| !letters(text))
                && pattern::covers(&pattern::of_template(outer.1), &pattern::of_template(inner.1))
        }
        _ => false,
    }
}

fn texts_disjoint(a: (Comparison, &Template), b: (Comparison, &Template)) -> bool {
    if a.1.has_variables() || b.1.has_variables() {
        return false;
    }
    let folds = [a.0, b.0].contains(&Comparison::EqualIgnoreCase);
    let steps = |own: &Template| {
        let mut steps = pattern::of_template(own);
        if folds {
            steps.iter_mut().for_each(pattern::fold);
        }
        steps
    };
    !pattern::overlap(&steps(a.1), &steps(b.1))
}

fn interval_within<T: Ord>(outer: &(Comparison, T), inner: &(Comparison, T)) -> bool {
    use Comparison as C;
    let (own, other) = (&outer.1, &inner.1);
    match (outer.0, inner.0) {
        (C::Equal, C::Equal) => own == other,
        (C::Less, C::Equal | C::LessOrEqual) => other < own,
        (C::Less, C::Less) | (C::LessOrEqual, C::Equal | C::Less | C::LessOrEqual) => other <= own,
        (C::Greater, C::Equal | C::GreaterOrEqual) => other > own,
        (C::Greater, C::Greater)
        | (C::GreaterOrEqual, C::Equal | C::Greater | C::GreaterOrEqual) => other >= own,
        _ => false,
    }
}

fn intervals_disjoint<T: Ord>(a: &(Comparison, T), b: &(Comparison, T)) -> bool {
    use Comparison as C;
    let below = |high: &(Comparison, T), low: &(Comparison, T)| {
        // Everything that `high` matches lies below everything that `low` matches.
        let ends = matches!(high.0, C::Equal | C::Less | C::LessOrEqual);
        let begins = matches!(low.0, C::Equal | C::Greater | C::GreaterOrEqual);
        let touch = high.0 != C::Less && low.0 != C::Greater;
        ends && begins && if touch { high.1 < low.1 } else { high.1 <= low.1 }
    };
    below(a, b) || below(b, a)
}

fn range_within(outer: &IpRange, inner: &IpRange) -> bool {
    if outer.prefix() > inner.prefix() {
        return false;
    }
    match (outer.network(), inner.network()) {
        (IpAddr::V4(own), IpAddr::V4(other)) => {
            let mask = u32::MAX.checked_shl(32_u32.saturating_sub(outer.prefix().into()));
            u32::from(own) == u32::from(other) & mask.unwrap_or(0)
        }
        (IpAddr::V6(own), IpAddr::V6(other)) => {
            let mask = u128::MAX.checked_shl(128_u32.saturating_sub(outer.prefix().into()));
            u128::from(own) == u128::from(other) & mask.unwrap_or(0)
        }
        _ => false,
    }
}
