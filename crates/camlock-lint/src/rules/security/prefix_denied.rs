//! Finds a deny of listing that a shorter prefix goes around.

use camlock_policy::OperatorFamily;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A deny that looks for certain values of `cos:prefix`, or an allow that excludes some.
    ///
    /// ## Why it matters
    ///
    /// The caller chooses the prefix. Listing with a shorter one, or with none, shows the same names, and
    /// the condition does not hold. Deny all but the prefixes that may be listed.
    ///
    /// ## Example
    ///
    /// ```json,CAM6033
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "action": "cos:GetBucket", "resource": "*",
    ///     "condition": { "string_like": { "cos:prefix": "secret%2F*" } } }
    /// ] }
    /// ```
    ///
    /// Say what may be listed:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "action": "cos:GetBucket", "resource": "*",
    ///     "condition": { "string_not_equal_if_exist": { "cos:prefix": "public%2F" } } }
    /// ] }
    /// ```
    pub(crate) PrefixDenied = {
        code: "CAM6033",
        name: "prefix-denied",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "a deny of listing that a shorter prefix goes around",
        spec: ["CND-11"],
    }
}

impl Rule for PrefixDenied {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some(operator) = condition.operator.filter(|_| condition.key_name() == "cos:prefix")
        else {
            return;
        };
        if operator.base().family() != OperatorFamily::String
            || operator.base().is_negated() == statement.is_deny()
        {
            return;
        }
        let (what, help) = if statement.is_deny() {
            (
                "a shorter prefix goes around this deny",
                "deny what is not among the prefixes that may be listed",
            )
        } else if statement.is_allow() {
            ("a shorter prefix goes around this exclusion", "name the prefixes that may be listed")
        } else {
            return;
        };
        cx.report(condition, what).label("the caller chooses it").help(help);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn only_what_can_be_gone_around() {
        let text = |effect: &str, operator: &str, key: &str| {
            format!(
                r#"{{"effect": "{effect}", "action": "cos:GetBucket", "resource": "*", "condition": {{"{operator}": {{{key}: "a/"}}}}}}"#
            )
        };
        let (found, quiet) = (r#"«"cos:prefix"»"#, r#""cos:prefix""#);
        check("CAM6033", &text("deny", "string_equal", found));
        check("CAM6033", &text("allow", "string_not_like", found));
        check("CAM6033", &text("allow", "string_equal", quiet));
        check("CAM6033", &text("deny", "string_not_equal_if_exist", quiet));
        check("CAM6033", &text("deny", "string_equal", r#""cos:versionid""#));
    }
}
