//! Times in forms that CAM does not take, and the form that it takes.

use camlock_policy::{OperatorFamily, UtcTime};
use camlock_source::{Edit, Grade, quote};
use camlock_syntax::json::Kind;

use crate::context::Context;
use crate::edits;
use crate::element::ConditionElement;
use crate::rules::correctness::support;

/// Reports the values of a `date_` operator that `right` knows a better form of; `what` is said about
/// each of them.
pub(in crate::rules) fn check(
    condition: &ConditionElement<'_>,
    cx: &mut Context<'_>,
    right: impl Fn(&str) -> Option<String>,
    (what, grade): (&str, Grade),
) {
    let is_date = condition.operator.is_some_and(|own| own.base().family() == OperatorFamily::Date);
    let most = support::safe_in_policies(cx);
    for value in condition.values.iter().filter(|_| is_date) {
        let text = match &value.value.kind {
            Kind::String(text) => &*text.decoded,
            Kind::Number(number) => number,
            _ => continue,
        };
        let Some(right) = right(text) else { continue };
        let edit = Edit::replace(value.value.span, edits::quoted(&right));
        cx.report(value, format!("the time `{}` {what}", quote(text)))
            .help(format!("write `{right}`"))
            .fix(grade.min(most), format!("write `{right}`"), [edit]);
    }
}

/// Seconds since the beginning of 1970 in the form that CAM takes; nothing beyond the year 9999.
pub(in crate::rules) fn of_seconds(seconds: i64) -> Option<String> {
    let (mut day, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let mut year = 1970;
    if !(0..2_932_897).contains(&day) {
        return None;
    }
    while day >= days_of_year(year) {
        day -= days_of_year(year);
        year += 1;
    }
    let mut month = 1;
    while day >= days_of_month(year, month) {
        day -= days_of_month(year, month);
        month += 1;
    }
    let (hour, minute) = (second / 3600, second / 60 % 60);
    Some(format!("{year:04}-{month:02}-{:02}T{hour:02}:{minute:02}:{:02}Z", day + 1, second % 60))
}

/// Seconds since the beginning of 1970 of a time in UTC without fractions.
pub(in crate::rules) fn seconds(utc: &str) -> Option<i64> {
    UtcTime::parse(utc)?;
    let mut numbers = utc.split(|c: char| !c.is_ascii_digit()).map_while(|own| own.parse().ok());
    let mut next = || numbers.next();
    let (year, month, day): (i64, i64, i64) = (next()?, next()?, next()?);
    let (hour, minute, second): (i64, i64, i64) = (next()?, next()?, next()?);
    if year < 1970 {
        return None;
    }
    let days: i64 = (1970..year).map(days_of_year).sum::<i64>()
        + (1..month).map(|month| days_of_month(year, month)).sum::<i64>()
        + day
        - 1;
    Some(((days * 24 + hour) * 60 + minute) * 60 + second)
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_of_year(year: i64) -> i64 {
    if is_leap(year) { 366 } else { 365 }
}

fn days_of_month(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_times_lead_to_each_other() {
        for (number, time) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_767_225_599, "2025-12-31T23:59:59Z"),
            (253_402_300_799, "9999-12-31T23:59:59Z"),
        ] {
            assert_eq!(of_seconds(number).as_deref(), Some(time));
            assert_eq!(seconds(time), Some(number));
        }
        assert_eq!(of_seconds(-1), None);
        assert_eq!(of_seconds(253_402_300_800), None);
        assert_eq!(seconds("2026-02-30T00:00:00Z"), None);
    }
}
