//! Account ids against APPIDs.

use camlock_policy::{AccountIds, AppId, Uin};

use super::same_ids;
use crate::truth::Truth::{self, No, Unknown, Yes};

/// `uin` and `app_id`, where an empty text is an unknown id.
fn ids((uin, app_id): (&str, &str)) -> AccountIds {
    AccountIds::new(Uin::parse(uin), AppId::parse(app_id))
}

fn check(pairs: &[(&str, &str)], left: (&str, &str), right: (&str, &str), expected: Truth) {
    let pairs: Vec<_> = pairs.iter().copied().map(ids).collect();
    assert_eq!(same_ids(&pairs, &ids(left), &ids(right)), expected, "{left:?} {right:?}");
    assert_eq!(same_ids(&pairs, &ids(right), &ids(left)), expected, "{right:?} {left:?}");
}

#[test]
fn equal_spellings_need_no_directory() {
    check(&[], ("1", ""), ("1", ""), Yes);
    check(&[], ("1", ""), ("2", ""), No);
    check(&[], ("", "7"), ("", "7"), Yes);
    check(&[], ("", "7"), ("", "8"), No);
}

#[test]
fn only_a_known_pair_settles_different_spellings() {
    check(&[], ("1", ""), ("", "7"), Unknown);
    check(&[("1", "7")], ("1", ""), ("", "7"), Yes);
    check(&[("1", "8")], ("1", ""), ("", "7"), No);
    check(&[("2", "7")], ("1", ""), ("", "7"), No);
    check(&[("2", "8")], ("1", ""), ("", "7"), Unknown);
}

#[test]
fn an_account_without_ids_cannot_be_compared() {
    check(&[("1", "7")], ("", ""), ("1", "7"), Unknown);
}
