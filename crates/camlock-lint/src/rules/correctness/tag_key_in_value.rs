//! Finds tag keys in values of conditions that name them already.

use camlock_policy::{ConditionKey, TagKey};
use camlock_source::quote;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement, ValueElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A condition on `qcs:resource_tag/env` whose value is `env&prod`.
    ///
    /// ## Why it matters
    ///
    /// The per-key form compares the value of the tag alone, and no value of a tag has an `&`. The
    /// condition never holds; a negated one always does.
    ///
    /// ## Example
    ///
    /// ```json,CAM3093
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*",
    ///     "condition": { "string_equal": { "qcs:resource_tag/env": "env&prod" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*",
    ///     "condition": { "string_equal": { "qcs:resource_tag/env": "prod" } } }
    /// ] }
    /// ```
    pub(crate) TagKeyInValue = {
        code: "CAM3093",
        name: "tag-key-in-value",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "a tag key in the value of a condition that names it already",
        spec: ["CND-26", "CND-27"],
        fix: Suggestion,
    }
}

impl Rule for TagKeyInValue {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let tag = condition.key.as_ref().and_then(ConditionKey::tag).and_then(TagKey::name);
        let Some(tag) = tag else { return };
        for value in condition.values.iter().filter_map(ValueElement::string) {
            let Some((key, rest)) = value.decoded().split_once('&') else { continue };
            let edit = (key == tag).then(|| value.replace_with(rest));
            cx.report(
                &value,
                format!("no value of the tag `{}` is `{}`", quote(tag), quote(value.decoded())),
            )
            .help("write the value of the tag alone")
            .suggestion("write the value alone", edit);
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn sets_of_tags_need_both() {
        check(
            "CAM3093",
            r#"{"effect": "allow", "action": "*", "resource": "*", "condition": {
            "string_equal": {"qcs:resource_tag/env": [«"env&a"», «"b&c"», "d"], "qcs:resource_tag": "env&a"}}}"#,
        );
    }

    #[test]
    fn the_value_stays() {
        let text = |value: &str| {
            format!(
                r#"{{"effect": "deny", "action": "*", "resource": "*",
                "condition": {{"string_equal": {{"qcs:tag/env": "{value}"}}}}}}"#
            )
        };
        check_fix("CAM3093", Grade::Suggestion, &text("env&a"), &text("a"));
    }
}
