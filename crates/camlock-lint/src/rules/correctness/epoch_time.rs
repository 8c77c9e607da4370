//! Finds times as a number of seconds.

use camlock_source::Grade;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::calendar;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A value of a `date_` operator that counts seconds or milliseconds since 1970.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the document. A point in time is written as a date with a time of the day.
    ///
    /// ## Example
    ///
    /// ```json,CAM3113
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "date_less_than": { "qcs:current_time": 1780272000 } } }
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
    pub(crate) EpochTime = {
        code: "CAM3113",
        name: "epoch-time",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "a time as a number of seconds",
        spec: ["CND-19"],
        fix: Suggestion,
        supersedes: ["CAM2146", "CAM2149"],
    }
}

impl Rule for EpochTime {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        calendar::check(condition, cx, right, ("counts seconds", Grade::Suggestion));
    }
}

/// The point in time; ten digits count seconds, thirteen milliseconds.
fn right(text: &str) -> Option<String> {
    let number: i64 = text.parse().ok().filter(|_| support::is_digits(text))?;
    match text.len() {
        9 | 10 => calendar::of_seconds(number),
        13 => calendar::of_seconds(number / 1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn other_faults_are_left_alone() {
        check(
            "CAM3113",
            r#"{"effect": "allow", "action": "*", "resource": "*", "condition": {
            "date_less_than": {"qcs:current_time": [«1780272000», «"1780272000000"», 20260601, "2026-06-01T00:00:00Z"]}, "string_equal": {"a:b": "2026-06-01"}}}"#,
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
            "CAM3113",
            Grade::Suggestion,
            &text("1767225599"),
            &text(r#""2025-12-31T23:59:59Z""#),
        );
    }
}
