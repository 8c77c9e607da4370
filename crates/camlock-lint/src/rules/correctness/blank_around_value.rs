//! Finds condition values with blanks at their ends.

use camlock_policy::{ConditionKey, UtcTime};
use camlock_source::quote;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement, ValueElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A condition value that begins or ends with a blank, or a tag with a blank around its `&`.
    ///
    /// ## Why it matters
    ///
    /// Values are compared as they stand. Text with a blank at an end equals nothing that a request
    /// brings; addresses, numbers, times and booleans with a blank are refused.
    ///
    /// ## Example
    ///
    /// ```json,CAM3033
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetBucket",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_equal": { "cos:prefix": "logs%2F " } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetBucket",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_equal": { "cos:prefix": "logs%2F" } } }
    /// ] }
    /// ```
    pub(crate) BlankAroundValue = {
        code: "CAM3033",
        name: "blank-around-value",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "a condition value with a blank at an end",
        spec: ["CND-15", "CND-16", "SYN-17"],
        fix: Suggestion,
        supersedes: ["CAM2147", "CAM2149", "CAM2150", "CAM2151", "CAM2156"],
    }
}

impl Rule for BlankAroundValue {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let tag = condition.key.as_ref().and_then(ConditionKey::tag);
        let is_pair = tag.is_some_and(|own| own.name().is_none());
        for value in condition.values.iter().filter_map(ValueElement::string) {
            let text = value.decoded();
            let right = match text.split_once('&').filter(|_| is_pair) {
                Some((key, tag)) => format!("{}&{}", key.trim(), tag.trim()),
                None => right(text),
            };
            if right != text && !right.is_empty() {
                cx.report(&value, format!("the value `{}` has a blank", quote(text)))
                    .label("compared with the blank")
                    .help(format!("write `{}`", quote(&right)))
                    .suggestion("remove the blank", [value.replace_with(&right)]);
            }
        }
    }
}

/// The value without blanks at its ends; a time has none behind its `T` either [CND-19].
fn right(text: &str) -> String {
    let trimmed = text.trim();
    match trimmed.split_once("T ") {
        Some((date, clock))
            if UtcTime::parse(&format!("{date}T{}", clock.trim_start())).is_some() =>
        {
            format!("{date}T{}", clock.trim_start())
        }
        _ => trimmed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn blanks_between_words_stay() {
        check(
            "CAM3033",
            r#"{"effect": "deny", "action": "*", "resource": "*", "condition": {
            "ip_equal": {"qcs:ip": [«" 10.0.0.1"», "10.0.0.2"]}, "string_equal": {"a:b": ["two words", " ", ""]},
            "date_less_than": {"qcs:current_time": [«"2026-06-01T 00:00:00Z"», "2026-06-01 00:00:00"]}}}"#,
        );
    }

    #[test]
    fn they_go() {
        let text = |value: &str| {
            format!(
                r#"{{"effect": "deny", "action": "*", "resource": "*",
                "condition": {{"string_equal": {{"a:b": "{value}"}}}}}}"#
            )
        };
        check_fix("CAM3033", Grade::Suggestion, &text(" x y "), &text("x y"));
    }

    #[test]
    fn tags_have_none_around_the_ampersand() {
        let text = |key: &str, value: &str| {
            format!(
                r#"{{"effect": "allow", "action": "*", "resource": "*",
                "condition": {{"for_any_value:string_equal": {{"{key}": "{value}"}}}}}}"#
            )
        };
        let (before, after) = (
            text("qcs:resource_tag", "cost center & blue team"),
            text("qcs:resource_tag", "cost center&blue team"),
        );
        check_fix("CAM3033", Grade::Suggestion, &before, &after);
        check("CAM3033", &after);
        check("CAM3033", &text("qcs:resource_tag/team", "a & b"));
        check("CAM3033", &text("a:b", "a & b"));
    }
}
