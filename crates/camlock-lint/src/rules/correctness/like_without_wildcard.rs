//! Finds `string_like` with values that have no wildcard.

use camlock_policy::Comparison;
use camlock_source::quote;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A `string_like` or `string_not_like` none of whose values begins or ends with `*`.
    ///
    /// ## Why it matters
    ///
    /// It compares whole strings, as `string_equal` does. Either the operator says more than is
    /// meant, or a `*` was forgotten.
    ///
    /// ## Example
    ///
    /// ```json,CAM3121
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetBucket",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_like": { "cos:prefix": "logs%2F" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetBucket",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_equal": { "cos:prefix": "logs%2F" } } }
    /// ] }
    /// ```
    pub(crate) LikeWithoutWildcard = {
        code: "CAM3121",
        name: "like-without-wildcard",
        group: Correctness,
        level: Info,
        since: "0.2.0",
        summary: "`string_like` with values that have no wildcard",
        spec: ["CND-16", "CND-17"],
        fix: Safe,
    }
}

impl Rule for LikeWithoutWildcard {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some(read) = condition.condition.as_ref() else { return };
        let is_like = read.operator().base().comparison() == Comparison::Like;
        let has_star =
            condition.values.iter().any(|value| value.text().is_some_and(|own| own.contains('*')));
        if is_like && !has_star {
            let right = condition.operator_name().replace("_like", "_equal");
            let operator = condition.operator_string();
            let grade = support::safe_in_policies(cx);
            let edit = cx.operator_edit(condition, &right);
            cx.report(
                &operator,
                format!("no value of `{}` has a wildcard", quote(read.key().as_str())),
            )
            .help(format!("write `{right}`, or `*` where it belongs"))
            .fix(grade, format!("write `{right}`"), edit);
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn one_wildcard_suffices() {
        check(
            "CAM3121",
            r#"{"effect": "deny", "action": "*", "resource": "*", "condition": {
            "string_like": {"cos:prefix": ["a", "b*"]}, «"string_not_like"»: {"cos:prefix": "a"}, "string_equal": {"a:b": "c"}}}"#,
        );
    }

    #[test]
    fn the_plain_operator_is_written() {
        let text = |operator: &str| {
            format!(
                r#"{{"effect": "deny", "action": "*", "resource": "*",
                "condition": {{"{operator}": {{"cos:prefix": ["a", "b"]}}}}}}"#
            )
        };
        check_fix("CAM3121", Grade::Safe, &text("string_like"), &text("string_equal"));
    }
}
