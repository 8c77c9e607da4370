//! Finds two stars where one says the same.

use camlock_policy::Comparison;
use camlock_source::Edit;

use crate::context::Context;
use crate::element::{
    ActionElement, ConditionElement, ResourceElement, StatementElement, StringElement, ValueElement,
};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// Two stars in a row in an action, in the last segment of a resource or in a value of
    /// `string_like`.
    ///
    /// ## Why it matters
    ///
    /// A run of stars matches what one star matches. In other languages two of them cross slashes;
    /// here one does already.
    ///
    /// ## Example
    ///
    /// ```json,CAM9014
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou::instance/**" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou::instance/*" }
    /// ] }
    /// ```
    pub(crate) RepeatedStar = {
        code: "CAM9014",
        name: "repeated-star",
        group: Style,
        level: Info,
        since: "0.2.0",
        summary: "two stars where one says the same",
        spec: ["ACT-4", "RES-10", "RD-12"],
        fix: Safe,
    }
}

impl Rule for RepeatedStar {
    fn check_action(
        &self,
        action: &ActionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        if action.pattern.is_some() {
            check(&action.string, cx);
        }
    }

    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        if resource.pattern.is_some() {
            check(&resource.string, cx);
        }
    }

    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let read = condition.condition.as_ref().map(|own| own.operator().base().comparison());
        for value in condition.values.iter().filter_map(ValueElement::string) {
            if read == Some(Comparison::Like) {
                check(&value, cx);
            }
        }
    }
}

fn check(string: &StringElement<'_>, cx: &mut Context<'_>) {
    let text = string.decoded();
    let Some(start) = text.find("**") else { return };
    let rest = text.get(start..).unwrap_or_default();
    let run = rest.len() - rest.trim_start_matches('*').len();
    let around = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let before = text.get(..start).and_then(|own| own.chars().next_back());
    let after = text.get(start + run..).and_then(|own| own.chars().next());
    // Longer runs within a word hide digits, and have a rule of their own.
    if run > 2 && (around(before) || around(after) || before == Some('-') || after == Some('-')) {
        return;
    }
    let place = string.span_of(start..start + run);
    let grade = support::safe_in_policies(cx);
    cx.report(&place, "one star says the same").help("write one star").fix(
        grade,
        "write one star",
        [Edit::replace(place, "*")],
    );
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn longer_runs_within_a_word_hide_digits() {
        check(
            "CAM9014",
            r#"{"effect": "allow", "action": ["cos:«**»", "cos:Get*"], "resource": [
            "qcs::cos:::a-1250000000/«**»/x", "qcs::cvm:::instance/ins-1****9", "qcs::cvm:::«***»"],
            "condition": {"string_like": {"cos:prefix": "a«**»"}, "string_equal": {"cos:prefix": "**"}}}"#,
        );
    }

    #[test]
    fn one_is_written() {
        let text = |path: &str| {
            format!(
                r#"{{"effect": "deny", "action": "cos:*", "resource": "qcs::cos:::a-1250000000/{path}"}}"#
            )
        };
        check_fix("CAM9014", Grade::Safe, &text("**/x"), &text("*/x"));
    }
}
