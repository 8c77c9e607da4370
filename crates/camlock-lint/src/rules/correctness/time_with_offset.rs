//! Finds times in other zones than UTC.

use camlock_source::Grade;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::calendar;

declare_rule! {
    /// ## What it finds
    ///
    /// A value of a `date_` operator with an offset, such as `2026-06-01T08:00:00+08:00`.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the document: times are UTC, and nothing is converted.
    ///
    /// ## Example
    ///
    /// ```json,CAM3112
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "date_less_than": { "qcs:current_time": "2026-06-01T08:00:00+08:00" } } }
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
    pub(crate) TimeWithOffset = {
        code: "CAM3112",
        name: "time-with-offset",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "a time in another zone than UTC",
        spec: ["CND-19"],
        fix: Suggestion,
        supersedes: ["CAM2146", "CAM2149"],
    }
}

impl Rule for TimeWithOffset {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        calendar::check(condition, cx, right, ("is not in UTC", Grade::Suggestion));
    }
}

/// The same point in time in UTC.
fn right(text: &str) -> Option<String> {
    let at = text.len().checked_sub("+08:00".len())?;
    let (local, offset) = text.split_at_checked(at)?;
    let sign = match offset.bytes().next()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, minutes) = offset.get(1..)?.split_once(':')?;
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    let fits = (0..24).contains(&hours) && (0..60).contains(&minutes) && hours + minutes > 0;
    let local = calendar::seconds(&format!("{}Z", local.replacen(' ', "T", 1)))?;
    fits.then(|| calendar::of_seconds(local - sign * (hours * 60 + minutes) * 60))?
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn other_faults_are_left_alone() {
        check(
            "CAM3112",
            r#"{"effect": "allow", "action": "*", "resource": "*", "condition": {
            "date_less_than": {"qcs:current_time": [«"2026-06-01T08:00:00+08:00"», «"2026-06-01 00:00:00-05:30"», "2026-06-01T00:00:00+00:00", "2026-02-30T00:00:00+08:00", "2026-06-01T00:00:00Z"]}, "string_equal": {"a:b": "2026-06-01"}}}"#,
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
            "CAM3112",
            Grade::Suggestion,
            &text(r#""2026-01-01T07:30:00+08:00""#),
            &text(r#""2025-12-31T23:30:00Z""#),
        );
    }
}
