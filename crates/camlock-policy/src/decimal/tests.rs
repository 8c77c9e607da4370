//! Exact comparison, digit by digit.

use std::cmp::Ordering::{self, Equal, Less};

use super::Decimal;

#[test]
fn decimals_compare_by_value() {
    let check = |left: &str, right: &str, ordering: Ordering| {
        let (left, right) = (Decimal::parse(left).unwrap(), Decimal::parse(right).unwrap());
        assert_eq!(left.cmp(&right), ordering);
        assert_eq!(right.cmp(&left), ordering.reverse());
    };
    check("9", "10", Less);
    check("12", "13", Less);
    check("9007199254740992", "9007199254740993", Less);
    check("1.2", "1.20", Equal);
    check("1e2", "100", Equal);
    check("100e-2", "1", Equal);
    check("0.001", "1E-3", Equal);
    check("-0", "0e9999999999999999999999", Equal);
    check("-2", "-1", Less);
    check("-10", "9", Less);
    check("0", "1e-1000000", Less);
    check("1e400", "1e401", Less);
}

#[test]
fn only_the_json_grammar_is_read() {
    for text in ["", "-", "+1", "01", "1.", ".5", "1e", "0x1", " 1", "1 ", "1_0", "NaN", "１"] {
        assert!(Decimal::parse(text).is_none(), "{text:?}");
    }
}

#[test]
fn an_absurd_exponent_is_refused_instead_of_rounded() {
    assert!(Decimal::parse("1e999999999999999").is_none());
    assert!(Decimal::parse("1e-99999999999999999999999999").is_none());
}

/// From the lowest to the highest; equal ones share a line.
const SORTED: [&[&str]; 15] = [
    &["-1e200000000000", "-1.0e200000000000"],
    &["-1e1073741824"],
    &["-1000000001"],
    &["-1000000000"],
    &["-1.5", "-15e-1"],
    &["-1"],
    &["-1e-9"],
    &["0", "-0", "0.000", "0e5"],
    &["1e-200000000000"],
    &["1e-9"],
    &["0.1", "1e-1"],
    &["1", "1.0", "10e-1"],
    &["1.000000001"],
    &["123456789123", "1.23456789123e11"],
    &["9e1073741825"],
];

#[test]
fn the_order_of_decimals_never_falls() {
    let mut all = Vec::new();
    for (at, line) in SORTED.iter().enumerate() {
        all.extend(line.iter().map(|text| (at, Decimal::parse(text).unwrap())));
    }
    for (at, left) in &all {
        for (other, right) in &all {
            assert_eq!(left.cmp(right), at.cmp(other), "{left:?} {right:?}");
            if at == other {
                assert_eq!(left.order(), right.order(), "{left:?} {right:?}");
            } else if at < other {
                assert!(left.order() <= right.order(), "{left:?} {right:?}");
            }
        }
    }
}
