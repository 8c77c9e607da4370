//! Finds conditions that hold for no request.

use camlock_source::{Grade, quote};

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A negated comparison whose values match everything, such as `string_not_like` with `*`: where
    /// the key is missing it fails, and where it is there its value is excluded.
    ///
    /// ## Why it matters
    ///
    /// The statement never applies: an allow grants nothing, a deny stops nobody.
    ///
    /// ## Example
    ///
    /// ```json,CAM7020
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "action": "cvm:StartInstances", "resource": "*",
    ///     "condition": { "string_not_like": { "cvm:zone": "*" } } } ] }
    /// ```
    ///
    /// An allow that never applies can go:
    ///
    /// ```json,CAM7020
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*",
    ///     "condition": { "string_not_like": { "cvm:zone": "*" } } },
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" } ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "action": "cvm:StartInstances", "resource": "*",
    ///     "condition": { "string_not_like": { "cvm:zone": "ap-shanghai-*" } } } ] }
    /// ```
    pub(crate) NeverTrueCondition = {
        code: "CAM7020",
        name: "never-true-condition",
        group: Redundancy,
        level: Warning,
        since: "0.2.0",
        summary: "a condition that holds for no request",
        spec: ["CND-11", "CND-12"],
        fix: Safe,
    }
}

impl Rule for NeverTrueCondition {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some(read) = &condition.condition else { return };
        let operator = read.operator();
        let never = operator.base().is_negated()
            && !operator.if_exist()
            && cx.analysis().values_match_everything(read);
        if !never {
            return;
        }
        let key = quote(condition.key_name());
        let consequence =
            if statement.is_deny() { "the deny stops nobody" } else { "grants nothing" };
        // A deny applies where the value cannot be read [EVL-21], so that one is left to people.
        let removal = if statement.is_allow() { statement.removal() } else { None };
        let operator = quote(condition.operator_name());
        cx.report(condition, format!("`{operator}` on `{key}` excludes every value"))
            .label(consequence)
            .help("write the values that were meant, or remove the statement")
            .fix(Grade::Safe, "remove the statement", removal);
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
    fn only_what_excludes_everything_is_found() {
        check(
            "CAM7020",
            &text(
                "deny",
                r#""string_not_like": {«"x:one"»: ["a", "*"], "x:two": "a*"},
            "string_not_like_if_exist": {"x:one": "*"}, "string_not_equal": {"x:one": "*"},
            "ip_not_equal": {"qcs:ip": "0.0.0.0/0"}"#,
            ),
        );
    }

    #[test]
    fn an_allow_goes_and_a_deny_stays() {
        let condition = r#""string_not_like": {"x:one": "*"}"#;
        let (allow, deny) = (text("allow", condition), text("deny", condition));
        let document = |all: &str| format!(r#"{{"version": "2.0", "statement": [{all}]}}"#);
        check_fix("CAM7020", Grade::Safe, &document(&format!("{allow}, {deny}")), &document(&deny));
    }
}
