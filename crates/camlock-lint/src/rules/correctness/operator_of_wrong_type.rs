//! Finds operators that do not compare what the key holds.

use camlock_policy::Condition;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A condition on a well-known key with an operator of another type, such as `string_equal` on
    /// `qcs:ip`.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the document: addresses are compared by `ip_equal`, times by `date_` operators,
    /// numbers by `numeric_` ones. As text, no range would ever match.
    ///
    /// ## Example
    ///
    /// ```json,CAM3090
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_equal": { "qcs:ip": "10.0.0.0/8" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "qcs:ip": "10.0.0.0/8" } } }
    /// ] }
    /// ```
    pub(crate) OperatorOfWrongType = {
        code: "CAM3090",
        name: "operator-of-wrong-type",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "an operator that does not compare what the key holds",
        spec: ["CND-25"],
        fix: Suggestion,
        supersedes: ["CAM2144"],
    }
}

impl Rule for OperatorOfWrongType {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some((operator, key)) = condition.operator.zip(condition.key.as_ref()) else { return };
        if Condition::check_key(operator, key, 1).is_ok() {
            return;
        }
        let Some(right) = support::operator_for(operator, key) else { return };
        let place = condition.key_string();
        let edit = cx.operator_edit(condition, &right);
        cx.report(&place, format!("`{operator}` does not compare what `{key}` holds"))
            .help(format!("use `{right}`"))
            .suggestion(format!("write `{right}`"), edit);
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn unknown_keys_take_every_operator() {
        check(
            "CAM3090",
            r#"{"effect": "allow", "action": "*", "resource": "*", "condition": {
            "string_like": {«"qcs:ip"»: "10.*", "a:b": "c"}, "numeric_less_than": {«"qcs:current_time"»: 1},
            "ip_equal": {"qcs:ip": "10.0.0.1"}, "bool_equal": {«"qcs:ip"»: "true"}}}"#,
        );
    }

    #[test]
    fn the_one_that_compares_alike_is_written() {
        let text = |operator: &str| {
            format!(
                r#"{{"effect": "deny", "action": "*", "resource": "*",
                "condition": {{"{operator}": {{"qcs:ip": "10.0.0.1"}}}}}}"#
            )
        };
        let before = text("string_not_like_if_exist");
        check_fix("CAM3090", Grade::Suggestion, &before, &text("ip_not_equal_if_exist"));
    }
}
