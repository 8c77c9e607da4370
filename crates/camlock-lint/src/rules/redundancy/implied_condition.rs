//! Finds conditions that follow from another one of the statement.

use camlock_source::quote;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A condition that holds wherever another one of the statement does: the looser of two bounds,
    /// `null_equal` beside a comparison of the same key, two operators that say the same.
    ///
    /// ## Why it matters
    ///
    /// All conditions of a statement have to hold, so the looser one changes nothing. It looks as if it
    /// did.
    ///
    /// ## Example
    ///
    /// ```json,CAM7010
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*",
    ///     "condition": {
    ///       "numeric_less_than": { "cvm:disk_size": 100 },
    ///       "numeric_less_than_equal": { "cvm:disk_size": 500 } } } ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*",
    ///     "condition": {
    ///       "numeric_less_than": { "cvm:disk_size": 100 },
    ///       "numeric_greater_than": { "cvm:disk_size": 10 } } } ] }
    /// ```
    pub(crate) ImpliedCondition = {
        code: "CAM7010",
        name: "implied-condition",
        group: Redundancy,
        level: Info,
        since: "0.2.0",
        summary: "a condition that follows from another one of the statement",
        spec: ["CND-3", "CND-4", "CND-11"],
        fix: Safe,
    }
}

/// Conditions that are compared with all others of their statement.
const MOST: usize = 64;

/// Values of all conditions together; beyond this they are not compared.
const MOST_VALUES: usize = 512;

impl Rule for ImpliedCondition {
    fn check_statement(&self, statement: &StatementElement<'_>, cx: &mut Context<'_>) {
        let (analysis, all) = (cx.analysis(), &statement.conditions);
        let values: usize = all.iter().map(|own| own.values.len()).sum();
        if !(2..=MOST).contains(&all.len()) || values > MOST_VALUES {
            return;
        }
        for (at, element) in all.iter().enumerate() {
            let Some(looser) = &element.condition else { continue };
            let implies = |(other_at, other): &(usize, &ConditionElement<'_>)| {
                let Some(tighter) = other.condition.as_ref().filter(|_| *other_at != at) else {
                    return false;
                };
                // Of two that say the same the first stays.
                analysis.condition_implied(looser, tighter)
                    && (*other_at < at || !analysis.condition_implied(tighter, looser))
            };
            let Some((_, other)) = all.iter().enumerate().find(implies) else { continue };
            let (own, tighter) = (element.operator_name(), other.operator_name());
            let key = quote(element.key_name());
            let message = format!("`{}` on `{key}` follows from `{}`", quote(own), quote(tighter));
            cx.report(element, message)
                .label("changes nothing")
                .secondary(other, "holds less often")
                .help("remove it, or write the bound that was meant")
                .safe_fix("remove the condition", element.removal());
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    fn text(condition: &str) -> String {
        format!(
            r#"{{"effect": "deny", "action": "cvm:*", "resource": "*", "condition": {{{condition}}}}}"#
        )
    }

    #[test]
    fn what_follows_is_found_whatever_the_operators() {
        for (tighter, looser) in [
            (r#""string_equal": {"x:one": "a"}"#, r#""string_like": {«"x:one"»: "a*"}"#),
            (
                r#""string_equal": {"x:one": "a"}"#,
                r#""string_equal_if_exist": {«"x:one"»: ["a", "b"]}"#,
            ),
            (r#""string_equal": {"x:one": "a"}"#, r#""null_equal": {«"x:one"»: false}"#),
            (r#""null_equal": {"x:one": true}"#, r#""string_equal_if_exist": {«"x:one"»: "a"}"#),
            (
                r#""string_not_equal": {"x:one": ["a", "b"]}"#,
                r#""string_not_equal_if_exist": {«"x:one"»: "a"}"#,
            ),
            (
                r#""for_all_value:string_equal": {"x:one": "a"}"#,
                r#""for_any_value:string_equal": {«"x:one"»: "a"}"#,
            ),
            (
                r#""date_less_than": {"qcs:current_time": "2026-01-01T00:00:00Z"}"#,
                r#""date_less_than_equal": {«"qcs:current_time"»: "2026-01-01T00:00:00Z"}"#,
            ),
        ] {
            check("CAM7010", &text(&format!("{tighter}, {looser}")));
            check("CAM7010", &text(&format!("{looser}, {tighter}")));
        }
    }

    #[test]
    fn of_two_that_say_the_same_the_second_is_found() {
        check(
            "CAM7010",
            &text(
                r#""string_equal": {"qcs:resource_tag": "a&b"},
                    "for_any_value:string_equal": {«"qcs:tag"»: "a&b"}"#,
            ),
        );
    }

    #[test]
    fn what_may_differ_is_left_alone() {
        for pair in [
            r#""string_equal": {"x:one": "a"}, "string_equal_ignore_case": {"x:two": "a"}"#,
            r#""string_equal_if_exist": {"x:one": "a"}, "null_equal": {"x:one": false}"#,
            r#""string_equal": {"x:one": "${uin}"}, "string_like": {"x:one": "a*"}"#,
            r#""for_any_value:string_equal": {"x:one": "a"},
                "for_all_value:string_equal": {"x:one": ["b", "c"]}"#,
            r#""string_not_equal": {"x:one": "a"}, "string_equal": {"x:one": ["a", "c"]}"#,
            r#""numeric_equal": {"x:one": 1}, "string_equal": {"x:one": "1"}"#,
        ] {
            check("CAM7010", &text(pair));
        }
    }

    #[test]
    fn it_is_removed() {
        let before = text(
            r#""null_equal": {"x:one": false, "x:two": false}, "string_like": {"x:one": "a*"}, "string_equal": {"x:one": "ab"}"#,
        );
        let after = text(r#""null_equal": {"x:two": false}, "string_equal": {"x:one": "ab"}"#);
        check_fix("CAM7010", Grade::Safe, &before, &after);
    }
}
