//! Finds dates without the time of the day.

use camlock_policy::UtcTime;
use camlock_source::Grade;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::calendar;

declare_rule! {
    /// ## What it finds
    ///
    /// A value of a `date_` operator that has no time of the day, no seconds, or slashes between
    /// its numbers.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the document. A point in time is wanted, to the second and in UTC.
    ///
    /// ## Example
    ///
    /// ```json,CAM3111
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "date_less_than": { "qcs:current_time": "2026-06-01" } } }
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
    pub(crate) DateWithoutTime = {
        code: "CAM3111",
        name: "date-without-time",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "a date without the time of the day",
        spec: ["CND-19"],
        fix: Suggestion,
        supersedes: ["CAM2146", "CAM2149"],
    }
}

impl Rule for DateWithoutTime {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        calendar::check(condition, cx, right, ("is not a point in time", Grade::Suggestion));
    }
}

/// The point in time.
fn right(text: &str) -> Option<String> {
    if UtcTime::parse(text).is_some() {
        return None;
    }
    let text = text.replace('/', "-");
    let bare = text.trim_end_matches(['z', 'Z']).replacen(' ', "T", 1);
    let tries = ["T00:00:00Z", ":00Z", "Z"].map(|rest| format!("{bare}{rest}"));
    // A time that lacks its mark alone is another matter.
    let is_whole = text == bare && bare.contains('T') && bare.matches(':').count() == 2;
    tries.into_iter().find(|own| UtcTime::parse(own).is_some()).filter(|_| !is_whole)
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn other_faults_are_left_alone() {
        check(
            "CAM3111",
            r#"{"effect": "allow", "action": "*", "resource": "*", "condition": {
            "date_less_than": {"qcs:current_time": [«"2026-06-01"», «"2026/06/01 12:00:00"», «"2026-06-01T12:30Z"», "2026-06-01T00:00:00", "2026-06-01 00:00:00", "2026-02-30", 20260601]}, "string_equal": {"a:b": "2026-06-01"}}}"#,
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
            "CAM3111",
            Grade::Suggestion,
            &text(r#""2026/06/01""#),
            &text(r#""2026-06-01T00:00:00Z""#),
        );
    }
}
