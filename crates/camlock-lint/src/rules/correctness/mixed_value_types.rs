//! Finds values of several types for one key.

use camlock_source::quote;
use camlock_syntax::json::Kind;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement, ValueElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A list of condition values in which strings stand beside numbers or booleans.
    ///
    /// ## Why it matters
    ///
    /// CAM reads `1` and `"1"` alike where the operator takes both, so it works; readers wonder
    /// whether something else is meant.
    ///
    /// ## Example
    ///
    /// ```json,CAM3124
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "numeric_equal": { "cos:max-keys": [10, "20"] } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "numeric_equal": { "cos:max-keys": [10, 20] } } }
    /// ] }
    /// ```
    pub(crate) MixedValueTypes = {
        code: "CAM3124",
        name: "mixed-value-types",
        group: Correctness,
        level: Info,
        since: "0.2.0",
        summary: "values of several types for one key",
        spec: ["CND-15"],
    }
}

impl Rule for MixedValueTypes {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        if condition.condition.is_none() {
            return;
        }
        let kind = |value: &ValueElement<'_>| match value.value.kind {
            Kind::Number(_) => "number",
            Kind::Bool(_) => "boolean",
            _ => "string",
        };
        let mut values = condition.values.iter();
        let Some(first) = values.next() else { return };
        if let Some(other) = values.find(|own| kind(own) != kind(first)) {
            cx.report(
                other,
                format!("the values of `{}` are of several types", quote(condition.key_name())),
            )
            .secondary(first, "of another type")
            .help("write all of them alike");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn the_first_that_differs_is_shown() {
        check(
            "CAM3124",
            r#"{"effect": "deny", "action": "*", "resource": "*", "condition": {
            "numeric_equal": {"a:b": [1, «"2"», "3"], "a:c": ["1", "2"]}, "bool_equal": {"a:b": [true, «"false"»]}}}"#,
        );
    }
}
