//! Finds an allow that asks for a second factor only where the request says so.

use super::guard;
use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow with `_if_exist` on `mfa` or `qcs:mfa`.
    ///
    /// ## Why it matters
    ///
    /// The condition holds where the request has no such fact. Calls with permanent keys may lack it, and
    /// are allowed without any second factor.
    ///
    /// ## Example
    ///
    /// ```json,CAM6024
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:TerminateInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou:uin/100000000001:instance/ins-1a2b3c4d",
    ///     "condition": { "string_equal_if_exist": { "qcs:mfa": "1" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:TerminateInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou:uin/100000000001:instance/ins-1a2b3c4d",
    ///     "condition": { "string_equal": { "qcs:mfa": "1" } } }
    /// ] }
    /// ```
    pub(crate) MfaOnlyIfPresent = {
        code: "CAM6024",
        name: "mfa-only-if-present",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "an allow that asks for a second factor only where the request says so",
        spec: ["CND-7", "CND-31"],
        fix: Narrowing,
    }
}

impl Rule for MfaOnlyIfPresent {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let fails_open = condition.operator.is_some_and(camlock_policy::Operator::if_exist);
        if !statement.is_allow() || !fails_open || !guard::is_mfa(condition) {
            return;
        }
        let name = condition.operator_name();
        let strict = name.strip_suffix("_if_exist").unwrap_or(name);
        let edit = cx.operator_edit(condition, strict);
        cx.report(
            &condition.operator_string(),
            "requests that say nothing of a second factor are allowed",
        )
        .label("holds where the key is missing")
        .help(format!("write `{strict}`"))
        .narrowing_fix(format!("write `{strict}`"), edit);
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn only_allows_fail_open() {
        let text = |effect: &str, operator: &str| {
            format!(
                r#"{{"effect": "{effect}", "action": "cvm:*", "resource": "*", "condition": {{{operator}: {{"mfa": 1}}}}}}"#
            )
        };
        check("CAM6024", &text("allow", r#"«"numeric_equal_if_exist"»"#));
        check("CAM6024", &text("allow", r#""numeric_equal""#));
        check("CAM6024", &text("deny", r#""numeric_not_equal_if_exist""#));
        check_fix(
            "CAM6024",
            Grade::Narrowing,
            &text("allow", r#""numeric_equal_if_exist""#),
            &text("allow", r#""numeric_equal""#),
        );
    }
}
