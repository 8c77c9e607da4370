//! Finds comparisons that only say that their key is there.

use camlock_policy::BaseOperator;
use camlock_source::{Grade, quote};

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A comparison whose values match everything, such as `string_like` with `*`, or `bool_equal` with
    /// both values.
    ///
    /// ## Why it matters
    ///
    /// It holds exactly if the key is there. If that is meant, `null_equal` with `false` says so; if
    /// not, a value is missing.
    ///
    /// ## Example
    ///
    /// ```json,CAM7019
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "action": "cvm:StartInstances", "resource": "*",
    ///     "condition": { "string_like": { "cvm:zone": "*" } } } ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "action": "cvm:StartInstances", "resource": "*",
    ///     "condition": { "null_equal": { "cvm:zone": false } } } ] }
    /// ```
    pub(crate) PresenceTest = {
        code: "CAM7019",
        name: "presence-test",
        group: Redundancy,
        level: Info,
        since: "0.2.0",
        summary: "a comparison that only says that its key is there",
        spec: ["CND-11", "CND-23"],
        fix: Safe,
    }
}

impl Rule for PresenceTest {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some(read) = &condition.condition else { return };
        let operator = read.operator();
        let everything = !operator.if_exist()
            && !operator.base().is_negated()
            && operator.base() != BaseOperator::NullEqual
            && cx.analysis().values_match_everything(read);
        if !everything {
            return;
        }
        // A value that cannot be read makes a comparison indeterminate, and then an allow does not
        // apply; a deny does, as it does where the key is there [CND-29, EVL-21].
        let grade = if statement.is_deny() { Grade::Safe } else { Grade::Suggestion };
        let edits = cx.operator_edit(condition, "null_equal").zip(condition.values_edit("false"));
        let key = quote(condition.key_name());
        cx.report(condition, format!("this holds whenever `{key}` has a value, whatever it is"))
            .help("write `null_equal` with `false`, or the values that were meant")
            .fix(grade, "write `null_equal`", edits.into_iter().flat_map(<[_; 2]>::from));
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
    fn values_that_match_everything_are_found() {
        check(
            "CAM7019",
            &text(
                "allow",
                r#""string_like": {«"x:one"»: ["a", "**"], "x:two": "*a*"},
            "for_all_value:string_like": {«"x:one"»: "*"},
            "bool_equal": {«"cos:secure-transport"»: [true, false], "x:three": true},
            "ip_equal": {"qcs:ip": "0.0.0.0/0"}, "string_equal": {"x:one": "*"}, "string_not_like": {"x:two": "*"}"#,
            ),
        );
    }

    #[test]
    fn a_deny_says_what_it_means() {
        let before = text("deny", r#""string_like": {"x:one": ["*"]}"#);
        check_fix(
            "CAM7019",
            Grade::Safe,
            &before,
            &text("deny", r#""null_equal": {"x:one": false}"#),
        );
        for left in [
            r#""string_like": {"x:one": "*", "x:two": "a"}"#,
            r#""null_equal": {"x:two": true}, "string_like": {"x:one": "*"}"#,
        ] {
            check_fix("CAM7019", Grade::Safe, &text("deny", left), &text("deny", left));
        }
        let allow = text("allow", r#""string_like": {"x:one": "*"}"#);
        check_fix("CAM7019", Grade::Narrowing, &allow, &allow);
    }
}
