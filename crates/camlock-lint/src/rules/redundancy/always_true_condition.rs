//! Finds conditions that hold for every request.

use camlock_policy::{BaseOperator, ConditionValue};
use camlock_source::{Grade, quote};

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A condition that holds whether its key is there or not, and whatever its value is: `null_equal`
    /// with both values, or a comparison with `_if_exist` whose values match everything.
    ///
    /// ## Why it matters
    ///
    /// It looks like a restriction and is none.
    ///
    /// ## Example
    ///
    /// ```json,CAM7018
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "action": "cvm:StartInstances", "resource": "*",
    ///     "condition": { "string_like_if_exist": { "cvm:zone": "*" } } } ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "action": "cvm:StartInstances", "resource": "*",
    ///     "condition": { "string_like_if_exist": { "cvm:zone": "ap-shanghai-*" } } } ] }
    /// ```
    pub(crate) AlwaysTrueCondition = {
        code: "CAM7018",
        name: "always-true-condition",
        group: Redundancy,
        level: Warning,
        since: "0.2.0",
        summary: "a condition that holds for every request",
        spec: ["CND-7", "CND-23"],
        fix: Safe,
    }
}

impl Rule for AlwaysTrueCondition {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some(read) = &condition.condition else { return };
        let operator = read.operator();
        let is_null = operator.base() == BaseOperator::NullEqual;
        let holds = if is_null {
            [true, false].iter().all(|own| read.values().contains(&ConditionValue::Bool(*own)))
        } else {
            operator.if_exist()
                && !operator.base().is_negated()
                && cx.analysis().values_match_everything(read)
        };
        if !holds {
            return;
        }
        // A value that cannot be read makes it indeterminate, and then an allow would not apply
        // [CND-29, EVL-21]. Presence alone can be told, but for one tag among others.
        let told = is_null && read.key().tag().is_none();
        let is_safe = told || statement.is_deny();
        let grade = if is_safe { Grade::Safe } else { Grade::Suggestion };
        let key = quote(condition.key_name());
        let operator = quote(condition.operator_name());
        cx.report(condition, format!("`{operator}` on `{key}` holds for every request"))
            .label("restricts nothing")
            .help("remove it, or write the values that were meant")
            .fix(grade, "remove the condition", condition.removal());
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
    fn both_ways_to_hold_always_are_found() {
        check(
            "CAM7018",
            &text(
                "allow",
                r#""null_equal": {«"x:one"»: [true, false], "x:two": true},
            "bool_equal_if_exist": {«"cos:secure-transport"»: [true, "false"]},
            "ip_equal_if_exist": {«"qcs:ip"»: ["0.0.0.0/0", "::/0"], "x:ip": "0.0.0.0/0"},
            "bool_equal": {"cos:secure-transport": [true, false]},
            "string_not_like_if_exist": {"x:one": "*"}"#,
            ),
        );
    }

    #[test]
    fn it_is_removed_where_nothing_is_widened() {
        let both = r#""null_equal": {"x:one": [true, false]}"#;
        let removed = text("allow", "").replace(r#", "condition": {}"#, "");
        check_fix("CAM7018", Grade::Safe, &text("allow", both), &removed);
        let like = r#""string_like_if_exist": {"x:one": "*"}"#;
        check_fix("CAM7018", Grade::Safe, &text("deny", like), &removed.replace("allow", "deny"));
        check_fix("CAM7018", Grade::Narrowing, &text("allow", like), &text("allow", like));
    }
}
