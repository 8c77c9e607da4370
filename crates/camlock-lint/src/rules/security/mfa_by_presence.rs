//! Finds a condition that takes the presence of `mfa` for a second factor.

use camlock_policy::OperatorFamily;

use super::guard;
use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// `null_equal` on `mfa` or `qcs:mfa`.
    ///
    /// ## Why it matters
    ///
    /// The fact is there with the value 0 where no second factor was given. That it is there says nothing.
    ///
    /// ## Example
    ///
    /// ```json,CAM6026
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "action": "cvm:TerminateInstances", "resource": "*",
    ///     "condition": { "null_equal": { "qcs:mfa": true } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "action": "cvm:TerminateInstances", "resource": "*",
    ///     "condition": { "string_not_equal_if_exist": { "qcs:mfa": "1" } } }
    /// ] }
    /// ```
    pub(crate) MfaByPresence = {
        code: "CAM6026",
        name: "mfa-by-presence",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "a condition that takes the presence of `mfa` for a second factor",
        spec: ["CND-23", "CND-31"],
    }
}

impl Rule for MfaByPresence {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let family = condition.operator.map(|own| own.base().family());
        let is_guarded = statement.conditions.iter().any(|own| {
            guard::is_mfa(own)
                && own.operator.map(|own| own.base().family()) != Some(OperatorFamily::Null)
        });
        if is_guarded || family != Some(OperatorFamily::Null) || !guard::is_mfa(condition) {
            return;
        }
        cx.report(condition, "that the fact is there does not mean that a second factor was given")
            .label("may be 0")
            .help("compare the value: `\"numeric_equal\": {\"qcs:mfa\": 1}`");
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn presence_alone_and_not_beside_a_value() {
        check(
            "CAM6026",
            r#"{"effect": "allow", "action": "cvm:*", "resource": "*",
            "condition": {"null_equal": {«"mfa"»: "false", "qcs:uin": "false"}}}"#,
        );
        check(
            "CAM6026",
            r#"{"effect": "allow", "action": "cvm:*", "resource": "*",
            "condition": {"null_equal": {"mfa": "false"}, "numeric_equal": {"mfa": 1}}}"#,
        );
    }
}
