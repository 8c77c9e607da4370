//! Finds booleans in other spellings.

use camlock_policy::OperatorFamily;
use camlock_source::{Edit, quote};
use camlock_syntax::json::Kind;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A value under `bool_equal` or `null_equal` such as `"True"`, `"yes"` or `1`.
    ///
    /// ## Why it matters
    ///
    /// Both operators take `true` and `false`, as JSON booleans or as lower-case strings, and CAM
    /// refuses everything else.
    ///
    /// ## Example
    ///
    /// ```json,CAM3091
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "bool_equal": { "cos:secure-transport": "True" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "bool_equal": { "cos:secure-transport": "true" } } }
    /// ] }
    /// ```
    pub(crate) BooleanWord = {
        code: "CAM3091",
        name: "boolean-word",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "a boolean in another spelling",
        spec: ["CND-20", "CND-23"],
        fix: Suggestion,
        supersedes: ["CAM2146", "CAM2150"],
    }
}

impl Rule for BooleanWord {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let family = condition.operator.map(|own| own.base().family());
        if !matches!(family, Some(OperatorFamily::Bool | OperatorFamily::Null)) {
            return;
        }
        for value in &condition.values {
            let word = match &value.value.kind {
                Kind::String(text) => &*text.decoded,
                Kind::Number(number) => number,
                _ => continue,
            };
            let right = match word.to_ascii_lowercase().as_str() {
                "true" | "yes" | "on" | "1" => "true",
                "false" | "no" | "off" | "0" => "false",
                _ => continue,
            };
            if word != right {
                cx.report(value, format!("`{}` is no boolean", quote(word)))
                    .help(format!("write `{right}`"))
                    .suggestion(
                        format!("write `{right}`"),
                        [Edit::replace(value.value.span, format!("\"{right}\""))],
                    );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn only_where_booleans_belong() {
        check(
            "CAM3091",
            r#"{"effect": "allow", "action": "*", "resource": "*", "condition": {
            "bool_equal": {"a:b": [«"TRUE"», «0», "true", false, "maybe"]}, "null_equal": {"a:b": «"Yes"»},
            "string_equal": {"a:b": "True"}}}"#,
        );
    }

    #[test]
    fn the_word_is_written() {
        let text = |value: &str| {
            format!(
                r#"{{"effect": "deny", "action": "*", "resource": "*",
                "condition": {{"bool_equal": {{"a:b": {value}}}}}}}"#
            )
        };
        check_fix("CAM3091", Grade::Suggestion, &text("1"), &text("\"true\""));
    }
}
