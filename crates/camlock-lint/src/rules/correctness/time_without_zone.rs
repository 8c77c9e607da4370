//! Finds times that do not say that they are UTC.

use camlock_policy::UtcTime;
use camlock_source::Grade;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::calendar;

declare_rule! {
    /// ## What it finds
    ///
    /// A time with a `T` and without the `Z` at its end, or with another mark for UTC.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the document. Times are UTC, and the form with a `T` says so with a `Z`.
    ///
    /// ## Example
    ///
    /// ```json,CAM3110
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "date_less_than": { "qcs:current_time": "2026-06-01T00:00:00" } } }
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
    pub(crate) TimeWithoutZone = {
        code: "CAM3110",
        name: "time-without-zone",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "a time that does not say that it is UTC",
        spec: ["CND-19"],
        fix: Suggestion,
        supersedes: ["CAM2146", "CAM2149"],
    }
}

impl Rule for TimeWithoutZone {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        calendar::check(condition, cx, right, ("does not say that it is UTC", Grade::Suggestion));
    }
}

/// The time with its mark.
fn right(text: &str) -> Option<String> {
    let bare = text.trim_end_matches(['z', 'Z']);
    let bare = ["+0000", "+00", "-00:00", " UTC", " GMT", "UTC", "GMT"]
        .into_iter()
        .find_map(|mark| bare.strip_suffix(mark))
        .unwrap_or(bare);
    let right = format!("{}Z", bare.replacen('t', "T", 1));
    (UtcTime::parse(text).is_none() && UtcTime::parse(&right).is_some()).then_some(right)
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn other_faults_are_left_alone() {
        check(
            "CAM3110",
            r#"{"effect": "allow", "action": "*", "resource": "*", "condition": {
            "date_less_than": {"qcs:current_time": [«"2026-06-01T00:00:00"», «"2026-06-01t00:00:00z"», «"2026-06-01T00:00:00 UTC"», "2026-06-01 00:00:00", "2026-06-01T00:00:00Z", "2026-06-01", "soon"]}, "string_equal": {"a:b": "2026-06-01"}}}"#,
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
            "CAM3110",
            Grade::Suggestion,
            &text(r#""2026-06-01T00:00:00+0000""#),
            &text(r#""2026-06-01T00:00:00Z""#),
        );
    }
}
