//! Finds stars that are compared as they stand.

use camlock_policy::{Comparison, OperatorFamily};
use camlock_source::quote;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement, ValueElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A value with a `*` under `string_equal`, `string_not_equal` or their relatives.
    ///
    /// ## Why it matters
    ///
    /// These operators compare whole strings, and `*` is a character like any other. Nothing has a
    /// star in its name, so the condition never holds, or for a negated operator always.
    /// `string_like` knows wildcards.
    ///
    /// ## Example
    ///
    /// ```json,CAM3120
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetBucket",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_equal": { "cos:prefix": "logs%2F*" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetBucket",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_like": { "cos:prefix": "logs%2F*" } } }
    /// ] }
    /// ```
    pub(crate) WildcardUnderEqual = {
        code: "CAM3120",
        name: "wildcard-under-equal",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "a `*` that is compared as it stands",
        spec: ["CND-16"],
        fix: Suggestion,
    }
}

impl Rule for WildcardUnderEqual {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some(operator) = condition.operator else { return };
        let base = operator.base();
        let name = condition.operator_name();
        let is_equal = matches!(base.comparison(), Comparison::Equal | Comparison::EqualIgnoreCase);
        if base.family() != OperatorFamily::String || !is_equal {
            return;
        }
        let right = name.replace("_equal_ignore_case", "_equal").replace("_equal", "_like");
        // One finding a condition, at the first value.
        let strings = condition.values.iter().filter_map(ValueElement::string);
        let Some(value) = strings.into_iter().find(|value| has_wildcard(value.decoded())) else {
            return;
        };
        let all = condition.values.iter().filter_map(ValueElement::text);
        let fits = all.into_iter().all(|text| !text.trim_matches('*').contains('*'));
        let edit = cx.operator_edit(condition, &right).filter(|_| fits);
        let consequence =
            if base.is_negated() { "every value differs from it" } else { "no value equals it" };
        cx.report(&value, format!("`{}` is compared with its star", quote(value.decoded())))
            .label(consequence)
            .help(format!("use `{right}`, which knows `*` at both ends"))
            .suggestion(format!("write `{right}`"), edit);
    }
}

/// Whether there is a star that somebody meant as a wildcard; longer runs hide digits.
fn has_wildcard(text: &str) -> bool {
    text.contains('*') && !text.contains("***")
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn likes_and_masked_values_are_left_alone() {
        check("CAM3120", r#"{"effect": "deny", "action": "*", "resource": "*", "condition": {
            "string_not_equal": {"cos:prefix": ["a", «"b*"», "c*"], "cos:versionid": "*", "a:b": "10****9"},
            "string_like": {"cos:prefix": "a*"}, "for_any_value:string_equal": {"qcs:resource_tag": «"env&*"»}}}"#
            .replace("\"*\", \"a:b\"", "«\"*\"», \"a:b\"").as_str());
    }

    #[test]
    fn the_operator_that_knows_wildcards_is_written() {
        let text = |operator: &str| {
            format!(
                r#"{{"effect": "deny", "action": "*", "resource": "*",
                "condition": {{"{operator}": {{"cos:prefix": "a*"}}}}}}"#
            )
        };
        let (before, after) = ("string_not_equal_if_exist", "string_not_like_if_exist");
        check_fix("CAM3120", Grade::Suggestion, &text(before), &text(after));
    }
}
