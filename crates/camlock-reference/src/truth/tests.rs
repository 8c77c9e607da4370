//! The logic of three answers.

use super::Truth::{self, No, Unknown, Yes};

#[test]
fn no_dominates_a_conjunction() {
    assert_eq!(Truth::all([Yes, Unknown, No]), No);
    assert_eq!(Truth::all([Yes, Unknown]), Unknown);
    assert_eq!(Truth::all([]), Yes);
}

#[test]
fn yes_dominates_a_disjunction() {
    assert_eq!(Truth::any([No, Unknown, Yes]), Yes);
    assert_eq!(Truth::any([No, Unknown]), Unknown);
    assert_eq!(Truth::any([]), No);
}

#[test]
fn what_cannot_be_told_cannot_be_denied() {
    assert_eq!([!Yes, !Unknown, !No], [No, Unknown, Yes]);
}
