//! Finds conditions of one statement that never hold together.

use camlock_policy::Effect;
use camlock_source::quote;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// Two conditions of one statement of which never both hold: an empty window of times or numbers,
    /// two different texts for a key that has one value, a comparison of a key that has to be missing.
    ///
    /// ## Why it matters
    ///
    /// All conditions of a statement have to hold, so the statement never applies: an allow grants
    /// nothing, a deny stops nobody. Alternatives belong into one list of values.
    ///
    /// ## Example
    ///
    /// ```json,CAM7011
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*",
    ///     "condition": {
    ///       "string_equal": { "cvm:zone": "ap-guangzhou-3" },
    ///       "string_like": { "cvm:zone": "ap-shanghai-*" } } } ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*",
    ///     "condition": {
    ///       "string_like": { "cvm:zone": ["ap-guangzhou-3", "ap-shanghai-*"] } } } ] }
    /// ```
    pub(crate) ContradictoryConditions = {
        code: "CAM7011",
        name: "contradictory-conditions",
        group: Redundancy,
        level: Warning,
        since: "0.2.0",
        summary: "conditions that never hold together",
        spec: ["CND-4", "CND-11", "CND-23"],
    }
}

/// Conditions that are compared with all others of their statement.
const MOST: usize = 64;

/// Values of all conditions together; beyond this they are not compared.
const MOST_VALUES: usize = 512;

impl Rule for ContradictoryConditions {
    fn check_statement(&self, statement: &StatementElement<'_>, cx: &mut Context<'_>) {
        let (analysis, all) = (cx.analysis(), &statement.conditions);
        let values: usize = all.iter().map(|own| own.values.len()).sum();
        if !(2..=MOST).contains(&all.len()) || values > MOST_VALUES {
            return;
        }
        for (at, element) in all.iter().enumerate() {
            let Some(own) = &element.condition else { continue };
            let contradicts = |other: &&ConditionElement<'_>| {
                let other = other.condition.as_ref();
                other.is_some_and(|other| analysis.conditions_contradict(own, other))
            };
            let Some(other) = all.iter().take(at).find(contradicts) else { continue };
            let operators = (quote(other.operator_name()), quote(element.operator_name()));
            let key = quote(element.key_name());
            let consequence = match statement.effect {
                Some(Effect::Deny) => "the deny stops nobody",
                _ => "the statement never applies",
            };
            let message =
                format!("`{}` and `{}` on `{key}` never both hold", operators.0, operators.1);
            cx.report(element, message)
                .label(consequence)
                .secondary(other, "never together with this one")
                .help("put alternatives into one list of values, or correct one of the two");
            // One is enough to say that the statement never applies.
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    fn text(condition: &str) -> String {
        format!(
            r#"{{"effect": "deny", "action": "cvm:*", "resource": "*", "condition": {{{condition}}}}}"#
        )
    }

    #[test]
    fn empty_windows_and_other_values_never_hold_together() {
        for pair in [
            r#""numeric_less_than": {"cvm:disk_size": 10}, "numeric_greater_than": {«"cvm:disk_size"»: 10}"#,
            r#""date_less_than": {"qcs:current_time": "2025-01-01T00:00:00Z"}, "date_greater_than_equal": {«"qcs:current_time"»: "2025-01-01T00:00:00Z"}"#,
            r#""ip_equal": {"qcs:ip": "10.0.0.0/8"}, "ip_not_equal": {«"qcs:ip"»: "0.0.0.0/0"}"#,
            r#""string_equal": {"x:one": "a"}, "string_not_like": {«"x:one"»: "*"}"#,
            r#""null_equal": {"x:one": true}, "string_equal": {«"x:one"»: "a"}"#,
            r#""for_all_value:string_equal": {"x:one": "a"}, "for_any_value:string_equal": {«"x:one"»: "b"}"#,
        ] {
            check("CAM7011", &text(pair));
        }
    }

    #[test]
    fn what_some_request_meets_is_left_alone() {
        for pair in [
            // A key that is not known may have several values.
            r#""string_equal": {"x:one": "a"}, "string_like": {"x:one": "b*"}"#,
            r#""for_any_value:string_equal": {"qcs:resource_tag": "a&b"}, "string_equal": {"qcs:tag": "a&c"}"#,
            r#""numeric_less_than_equal": {"cvm:disk_size": 10}, "numeric_greater_than_equal": {"cvm:disk_size": 10}"#,
            r#""string_equal_if_exist": {"cvm:zone": "a"}, "string_like_if_exist": {"cvm:zone": "b*"}"#,
            r#""string_equal": {"cvm:zone": "${uin}"}, "string_like": {"cvm:zone": "b*"}"#,
            r#""null_equal": {"x:one": true}, "string_equal_if_exist": {"x:one": "a"}"#,
        ] {
            check("CAM7011", &text(pair));
        }
    }
}
