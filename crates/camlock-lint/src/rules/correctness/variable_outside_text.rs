//! Finds variables under operators that compare no text.

use camlock_policy::OperatorFamily;
use camlock_source::quote;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement, ValueElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A variable such as `${uin}` under a numeric, date, boolean or address operator.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the document: what stands there has to be a number, a time, a boolean or an
    /// address. Variables are text, for string operators.
    ///
    /// ## Example
    ///
    /// ```json,CAM3125
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "numeric_equal": { "cos:owner": "${owner_uin}" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_equal": { "cos:owner": "${owner_uin}" } } }
    /// ] }
    /// ```
    pub(crate) VariableOutsideText = {
        code: "CAM3125",
        name: "variable-outside-text",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "a variable under an operator that compares no text",
        spec: ["VAR-2", "CND-15"],
        supersedes: ["CAM2147", "CAM2149", "CAM2150", "CAM2151"],
    }
}

impl Rule for VariableOutsideText {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some(operator) = condition.operator else { return };
        let base = operator.base();
        if matches!(base.family(), OperatorFamily::String | OperatorFamily::Binary) {
            return;
        }
        for value in condition.values.iter().filter_map(ValueElement::string) {
            let text = value.decoded();
            if !text.contains("${") || text.contains("${aws:") {
                continue;
            }
            let name = if base.is_negated() { "string_not_equal" } else { "string_equal" };
            cx.report(&value, format!("`{}` stands where `{operator}` takes no text", quote(text)))
                .help(format!("write the value out, or compare text with `{name}`"));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn text_may_have_variables() {
        check(
            "CAM3125",
            r#"{"effect": "deny", "action": "*", "resource": "*", "condition": {
            "ip_equal": {"qcs:ip": [«"${ip}"», "10.0.0.1"]}, "numeric_equal": {"a:b": «"${uin}"»},
            "string_equal": {"a:b": "${uin}"}}}"#,
        );
    }
}
