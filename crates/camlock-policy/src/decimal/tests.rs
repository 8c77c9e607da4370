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
