//! Finds tags that are compared without `for_any_value`.

use camlock_policy::OperatorFamily;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A positive string operator on `qcs:resource_tag`, `qcs:request_tag` or `qcs:tag` without a
    /// qualifier.
    ///
    /// ## Why it matters
    ///
    /// A resource has several tags. Without a qualifier the condition holds if one of them is among
    /// the values, which is what `for_any_value` says; every page of the documentation writes it,
    /// and tag authorization officially supports nothing else.
    ///
    /// ## Example
    ///
    /// ```json,CAM3094
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*",
    ///     "condition": { "string_equal": { "qcs:resource_tag": "env&prod" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*",
    ///     "condition": { "for_any_value:string_equal": { "qcs:resource_tag": "env&prod" } } }
    /// ] }
    /// ```
    pub(crate) TagsWithoutQualifier = {
        code: "CAM3094",
        name: "tags-without-qualifier",
        group: Correctness,
        level: Info,
        since: "0.2.0",
        summary: "tags compared without `for_any_value`",
        spec: ["CND-9", "CND-13"],
        fix: Safe,
    }
}

impl Rule for TagsWithoutQualifier {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some(read) = condition.condition.as_ref() else { return };
        let operator = read.operator();
        let is_set = read.key().tag().is_some_and(|tag| tag.name().is_none());
        let is_string = operator.base().family() == OperatorFamily::String;
        if is_set && is_string && operator.qualifier().is_none() && !operator.base().is_negated() {
            let right = format!("for_any_value:{operator}");
            let grade = support::safe_in_policies(cx);
            let edit = cx.operator_edit(condition, &right);
            cx.report(condition, format!("several tags are compared by `{operator}`"))
                .help(format!("write `{right}`, which says what happens"))
                .fix(grade, format!("write `{right}`"), edit);
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn negated_operators_and_single_tags_read_otherwise() {
        check(
            "CAM3094",
            r#"{"effect": "allow", "action": "*", "resource": "*", "condition": {
            "string_equal": {«"qcs:resource_tag"»: "a&b", "qcs:resource_tag/a": "b"}, "string_not_equal": {"qcs:tag": "a&b"},
            "for_any_value:string_like": {"qcs:tag": "a&*"}, "null_equal": {"qcs:tag": true}}}"#,
        );
    }

    #[test]
    fn the_qualifier_is_written() {
        let text = |operator: &str| {
            format!(
                r#"{{"effect": "deny", "action": "*", "resource": "*",
                "condition": {{"{operator}": {{"qcs:tag": "a&b"}}}}}}"#
            )
        };
        let (before, after) = ("string_equal_if_exist", "for_any_value:string_equal_if_exist");
        check_fix("CAM3094", Grade::Safe, &text(before), &text(after));
    }
}
