//! Finds a deny about the second factor that requests without the fact pass.

use camlock_policy::OperatorFamily;

use super::guard;
use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A deny with a condition on `mfa` or `qcs:mfa` that is false where the request has no such fact.
    ///
    /// ## Why it matters
    ///
    /// Such a deny stops logins without a second factor, and nothing else: calls with permanent keys may
    /// lack the fact, and pass. The platform itself has denies of this form for the console.
    ///
    /// ## Example
    ///
    /// ```json,CAM6025
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "action": "cvm:TerminateInstances", "resource": "*",
    ///     "condition": { "string_equal": { "qcs:mfa": "0" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "action": "cvm:TerminateInstances", "resource": "*",
    ///     "condition": { "string_not_equal_if_exist": { "qcs:mfa": "1" } } }
    /// ] }
    /// ```
    pub(crate) MfaDenyPassesAbsent = {
        code: "CAM6025",
        name: "mfa-deny-passes-absent",
        group: Security,
        level: Info,
        since: "0.2.0",
        summary: "a deny about the second factor that requests without the fact pass",
        spec: ["CND-11", "CND-31", "EVL-16"],
        fix: Narrowing,
    }
}

impl Rule for MfaDenyPassesAbsent {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some(operator) = condition.operator else { return };
        let passes = !operator.if_exist() && operator.base().family() != OperatorFamily::Null;
        if !statement.is_deny() || !passes || !guard::is_mfa(condition) {
            return;
        }
        let strict = format!("{operator}_if_exist");
        let edit = cx.operator_edit(condition, &strict);
        cx.report(
            &condition.operator_string(),
            "requests that say nothing of a second factor pass this deny",
        )
        .label("false where the key is missing")
        .help(format!("write `{strict}`"))
        .narrowing_fix(format!("write `{strict}`"), edit);
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn denies_without_the_suffix() {
        let text = |effect: &str, operator: &str| {
            format!(
                r#"{{"effect": "{effect}", "action": "cvm:*", "resource": "*", "condition": {{{operator}: {{"mfa": 0}}}}}}"#
            )
        };
        check("CAM6025", &text("deny", r#"«"numeric_equal"»"#));
        check("CAM6025", &text("deny", r#""numeric_equal_if_exist""#));
        check("CAM6025", &text("allow", r#""numeric_equal""#));
        check_fix(
            "CAM6025",
            Grade::Narrowing,
            &text("deny", r#""numeric_equal""#),
            &text("deny", r#""numeric_equal_if_exist""#),
        );
    }

    #[test]
    fn an_operator_with_other_keys_is_not_renamed() {
        let text = r#"{"effect": "deny", "action": "cvm:*", "resource": "*",
            "condition": {"string_equal": {"mfa": "0", "qcs:uin": "17"}}}"#;
        check_fix("CAM6025", Grade::Narrowing, text, text);
    }
}
