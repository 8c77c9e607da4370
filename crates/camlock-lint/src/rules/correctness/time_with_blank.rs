//! Finds times with a blank, which are read as UTC.

use camlock_policy::UtcTime;
use camlock_source::Grade;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::calendar;

declare_rule! {
    /// ## What it finds
    ///
    /// A value of a `date_` operator in the form `2026-06-01 00:00:00`.
    ///
    /// ## Why it matters
    ///
    /// It is read as UTC, eight hours behind Beijing. Samples of the documentation write times so;
    /// the form with a `Z` says what is meant.
    ///
    /// ## Example
    ///
    /// ```json,CAM3115
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "date_less_than": { "qcs:current_time": "2026-06-01 00:00:00" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "date_less_than": { "qcs:current_time": "2026-06-01T00:00:00Z" } } }
    /// ] }
    /// ```
    pub(crate) TimeWithBlank = {
        code: "CAM3115",
        name: "time-with-blank",
        group: Correctness,
        level: Info,
        since: "0.2.0",
        summary: "a time with a blank, which is read as UTC",
        spec: ["CND-19"],
        fix: Safe,
    }
}

impl Rule for TimeWithBlank {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        calendar::check(condition, cx, right, ("is read as UTC", Grade::Safe));
    }
}

/// The time in the form that says what is meant.
fn right(text: &str) -> Option<String> {
    let time = UtcTime::parse(text).filter(|_| text.contains(' '))?;
    Some(time.to_string())
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn other_faults_are_left_alone() {
        check(
            "CAM3115",
            r#"{"effect": "allow", "action": "*", "resource": "*", "condition": {
            "date_less_than": {"qcs:current_time": [«"2026-06-01 00:00:00"», "2026-06-01T00:00:00Z", "2026-06-01  00:00:00"]}, "string_equal": {"a:b": "2026-06-01"}}}"#,
        );
    }

    #[test]
    fn it_is_written_as_cam_takes_it() {
        let text = |value: &str| {
            format!(
                r#"{{"effect": "deny", "action": "*", "resource": "*",
                "condition": {{"date_less_than": {{"qcs:current_time": {value}}}}}}}"#
            )
        };
        check_fix(
            "CAM3115",
            Grade::Safe,
            &text(r#""2026-06-01 12:00:00""#),
            &text(r#""2026-06-01T12:00:00Z""#),
        );
    }
}
