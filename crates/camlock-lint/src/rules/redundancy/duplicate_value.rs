//! Finds values of a condition that stand twice in one list.

use camlock_source::quote;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;
use crate::rules::redundancy::repeated::repeated;

declare_rule! {
    /// ## What it finds
    ///
    /// A value that stands twice in one list of a condition, as text or as the same number, time or
    /// address range.
    ///
    /// ## Why it matters
    ///
    /// It says nothing. Often the second was meant to be another one.
    ///
    /// ## Example
    ///
    /// ```json,CAM7008
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*",
    ///     "condition": { "ip_equal": { "qcs:ip": ["10.0.0.0/8", "10.0.0.0/8"] } } } ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*",
    ///     "condition": { "ip_equal": { "qcs:ip": ["10.0.0.0/8"] } } } ] }
    /// ```
    pub(crate) DuplicateValue = {
        code: "CAM7008",
        name: "duplicate-value",
        group: Redundancy,
        level: Warning,
        since: "0.2.0",
        summary: "a value of a condition that stands twice in one list",
        spec: ["CND-2", "CND-18"],
        fix: Safe,
    }
}

impl Rule for DuplicateValue {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some(read) = &condition.condition else { return };
        let values: Vec<_> = condition.values.iter().zip(read.values()).collect();
        for ((element, value), (earlier, _)) in repeated(&values, |(_, value)| *value) {
            cx.report(*element, format!("`{}` stands here twice", quote(&value.to_string())))
                .secondary(*earlier, "first here")
                .help("remove it, or write the value that was meant")
                .safe_fix("remove it", element.removal());
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    fn text(condition: &str) -> String {
        format!(
            r#"{{"effect": "deny", "action": "cvm:*", "resource": "*", "condition": {{{condition}}}}}"#
        )
    }

    #[test]
    fn values_are_compared_as_they_are_read() {
        check(
            "CAM7008",
            &text(
                r#""string_equal": {"cos:prefix": ["a", "A", «"a"»]},
            "numeric_equal": {"cvm:disk_size": [50, «"50"», 51]},
            "date_equal": {"qcs:current_time": ["2026-01-01T00:00:00Z", «"2026-01-01 00:00:00"»]},
            "bool_equal": {"cos:secure-transport": [true, false, «"true"»]}"#,
            ),
        );
    }

    #[test]
    fn it_is_removed() {
        let before = text(r#""ip_not_equal": {"qcs:ip": ["10.0.0.1", "10.0.0.1/32", "10.0.0.2"]}"#);
        check_fix(
            "CAM7008",
            Grade::Safe,
            &before,
            &text(r#""ip_not_equal": {"qcs:ip": ["10.0.0.1", "10.0.0.2"]}"#),
        );
    }
}
