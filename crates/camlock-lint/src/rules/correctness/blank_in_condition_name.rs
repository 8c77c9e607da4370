//! Finds operators and condition keys with blanks.

use camlock_policy::{ConditionKey, Operator};
use camlock_source::{Edit, quote};

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement, StringElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A condition operator or a condition key with a blank, such as `qcs:ip ` or `
    /// date_greater_than`.
    ///
    /// ## Why it matters
    ///
    /// Nothing is trimmed, and CAM refuses the document. Tables of the documentation have such
    /// blanks, and they are copied along.
    ///
    /// ## Example
    ///
    /// ```json,CAM3032
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "qcs:ip ": "10.0.0.0/8" } } }
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
    pub(crate) BlankInConditionName = {
        code: "CAM3032",
        name: "blank-in-condition-name",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "an operator or a condition key with a blank",
        spec: ["CND-6", "SYN-17"],
        fix: Suggestion,
        supersedes: ["CAM2135", "CAM2136", "CAM2140"],
    }
}

impl Rule for BlankInConditionName {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let operator = condition.operator_name();
        if support::has_blank(operator) && support::is_first_of_operator(condition) {
            let right = support::without_blanks(operator);
            if Operator::parse(&right).is_ok() {
                let edit = cx.operator_edit(condition, &right);
                report(&condition.operator_string(), &right, edit, cx);
            }
        }
        let key = condition.key_name();
        if support::has_blank(key) {
            let right = support::without_blanks(key);
            if ConditionKey::parse(&right).is_ok() {
                let edit = cx.key_edit(condition, &right);
                report(&condition.key_string(), &right, edit, cx);
            }
        }
    }
}

fn report(name: &StringElement<'_>, right: &str, edit: Option<Edit>, cx: &mut Context<'_>) {
    cx.report(name, format!("`{}` has a blank", quote(name.decoded())))
        .label("never trimmed")
        .help(format!("write `{}`", quote(right)))
        .suggestion("remove the blank", edit);
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn operators_and_keys_are_looked_at() {
        check(
            "CAM3032",
            r#"{"effect": "deny", "action": "cos:*", "resource": "*", "condition": {
            «" ip_equal"»: {"qcs:ip": "10.0.0.1"}, "ip_equal": {«"qcs: ip"»: "10.0.0.1"},
            "ip equal to": {"qcs:ip": "10.0.0.1"}}}"#,
        );
    }

    #[test]
    fn they_go() {
        let text = |operator: &str| {
            format!(
                r#"{{"effect": "deny", "action": "*", "resource": "*",
                "condition": {{"{operator}": {{"qcs:ip": "10.0.0.1"}}}}}}"#
            )
        };
        check_fix("CAM3032", Grade::Suggestion, &text("ip_equal "), &text("ip_equal"));
    }
}
