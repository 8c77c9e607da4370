//! Finds `_if_exist` on keys that every request has.

use camlock_policy::Operator;
use camlock_source::Grade;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An operator with `_if_exist` on `qcs:ip` or `qcs:current_time`, which the platform supplies with
    /// every request.
    ///
    /// ## Why it matters
    ///
    /// The suffix is for keys that may be missing. Here it only matters where something is wrong, and
    /// then an allow applies without its restriction.
    ///
    /// ## Example
    ///
    /// ```json,CAM7021
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal_if_exist": { "qcs:ip": "10.0.0.0/8" } } } ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "qcs:ip": "10.0.0.0/8" } } } ] }
    /// ```
    pub(crate) NeedlessIfExist = {
        code: "CAM7021",
        name: "needless-if-exist",
        group: Redundancy,
        level: Info,
        since: "0.2.0",
        summary: "an `_if_exist` on a key that every request has",
        spec: ["CND-7"],
        fix: Narrowing,
    }
}

/// Keys that the platform supplies with every request (section 6.3 of the semantics).
const PRESENT: [&str; 2] = ["qcs:ip", "qcs:current_time"];

impl Rule for NeedlessIfExist {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let present = PRESENT.contains(&condition.key_name());
        if !present || !condition.operator.is_some_and(Operator::if_exist) {
            return;
        }
        let name = condition.operator_name();
        let bare = name.strip_suffix("_if_exist").unwrap_or(name);
        // Without the suffix fewer requests meet the condition: an allow narrows, a deny widens.
        let grade = if statement.is_allow() { Grade::Narrowing } else { Grade::Suggestion };
        let operator = condition.operator_string();
        let key = condition.key_name();
        let edit = cx.operator_edit(condition, bare);
        cx.report(&operator, format!("every request has `{key}`, so `_if_exist` changes nothing"))
            .help(format!("write `{bare}`"))
            .fix(grade, format!("write `{bare}`"), edit);
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    fn text(effect: &str, condition: &str) -> String {
        format!(
            r#"{{"effect": "{effect}", "action": "cos:*", "resource": "*", "condition": {{{condition}}}}}"#
        )
    }

    #[test]
    fn other_keys_may_be_missing() {
        check(
            "CAM7021",
            &text(
                "deny",
                r#"«"date_less_than_if_exist"»: {"qcs:current_time": "2026-01-01T00:00:00Z"},
            "ip_equal": {"qcs:ip": "10.0.0.1"}, "string_equal_if_exist": {"cos:prefix": "a"}"#,
            ),
        );
    }

    #[test]
    fn an_allow_is_narrowed_and_a_deny_left() {
        let with = |effect: &str, suffix: &str| {
            text(effect, &format!(r#""ip_equal{suffix}": {{"qcs:ip": "10.0.0.1"}}"#))
        };
        check_fix("CAM7021", Grade::Narrowing, &with("allow", "_if_exist"), &with("allow", ""));
        check_fix(
            "CAM7021",
            Grade::Narrowing,
            &with("deny", "_if_exist"),
            &with("deny", "_if_exist"),
        );
    }
}
