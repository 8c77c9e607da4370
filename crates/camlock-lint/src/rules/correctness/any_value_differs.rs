//! Finds `for_any_value` with negated operators.

use camlock_policy::Qualifier;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A negated operator behind `for_any_value:`, such as `for_any_value:string_not_equal`.
    ///
    /// ## Why it matters
    ///
    /// It holds as soon as one value of the request differs. A resource with the tag that is meant
    /// to be kept out and any other tag passes: an allow lets it in, and a deny stops nearly
    /// everything. What is meant is mostly that no value may be one of these, which the operator
    /// says without the qualifier.
    ///
    /// ## Example
    ///
    /// ```json,CAM3095
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*",
    ///     "condition": { "for_any_value:string_not_equal": { "qcs:resource_tag": "env&prod" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*",
    ///     "condition": { "string_not_equal": { "qcs:resource_tag": "env&prod" } } }
    /// ] }
    /// ```
    pub(crate) AnyValueDiffers = {
        code: "CAM3095",
        name: "any-value-differs",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "`for_any_value` with a negated operator",
        spec: ["CND-9", "CND-12"],
        fix: Narrowing,
    }
}

impl Rule for AnyValueDiffers {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some(operator) = condition.operator.filter(|own| own.base().is_negated()) else {
            return;
        };
        let single =
            condition.key.as_ref().is_some_and(|key| key.is_well_known() && key.tag().is_none());
        if operator.qualifier() != Some(Qualifier::ForAnyValue) || single {
            return;
        }
        let suffix = if operator.if_exist() { "_if_exist" } else { "" };
        let right = format!("{}{suffix}", operator.base().name());
        let edit = cx.operator_edit(condition, &right);
        let report = cx
            .report(condition, format!("`{operator}` holds as soon as one value differs"))
            .help(format!("write `{right}` where no value may be one of these"));
        if statement.is_allow() {
            // It holds less often.
            report.narrowing_fix(format!("write `{right}`"), edit);
        } else {
            report.suggestion(format!("write `{right}`"), edit);
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn keys_with_one_value_differ_once() {
        check(
            "CAM3095",
            r#"{"effect": "allow", "action": "*", "resource": "*", "condition": {
            "for_any_value:string_not_equal": {«"qcs:resource_tag"»: "a&b", "cos:prefix": "a", «"a:b"»: "c"},
            "for_all_value:string_not_equal": {"qcs:resource_tag": "a&b"}, "string_not_equal": {"qcs:resource_tag": "a&b"}}}"#,
        );
    }

    #[test]
    fn an_allow_becomes_narrower() {
        let text = |operator: &str| {
            format!(
                r#"{{"effect": "allow", "action": "*", "resource": "*",
                "condition": {{"{operator}": {{"qcs:tag": "a&b"}}}}}}"#
            )
        };
        let (before, after) = ("for_any_value:string_not_equal", "string_not_equal");
        check_fix("CAM3095", Grade::Narrowing, &text(before), &text(after));
    }
}
