//! Finds address ranges and times that are compared as text.

use camlock_policy::{Comparison, ConditionKey, IpRange, OperatorFamily, UtcTime};
use camlock_source::quote;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement, ValueElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A string operator on a key that is not well known, with a range such as `10.0.0.0/8` or a
    /// time as its value.
    ///
    /// ## Why it matters
    ///
    /// Text is compared letter by letter: an address within a range is not equal to the range, and
    /// the same time in another form is another text. `ip_equal` and the `date_` operators compare
    /// what is meant.
    ///
    /// ## Example
    ///
    /// ```json,CAM3122
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_equal": { "cos:x-forwarded-for": "203.0.113.0/24" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "cos:x-forwarded-for": "203.0.113.0/24" } } }
    /// ] }
    /// ```
    pub(crate) RangeAsText = {
        code: "CAM3122",
        name: "range-as-text",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "an address range or a time that is compared as text",
        spec: ["CND-16", "CND-19", "CND-22"],
        fix: Suggestion,
    }
}

impl Rule for RangeAsText {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some(operator) =
            condition.operator.filter(|own| own.base().family() == OperatorFamily::String)
        else {
            return;
        };
        if condition.key.as_ref().is_none_or(ConditionKey::is_well_known) {
            return;
        }
        let is_equal = operator.base().comparison() == Comparison::Equal;
        let strings = condition.values.iter().filter_map(ValueElement::string);
        for value in strings.filter(|_| is_equal) {
            let text = value.decoded();
            let is_range = text.contains('/') && IpRange::parse(text).is_some();
            let family = if is_range {
                "ip"
            } else if UtcTime::parse(text).is_some() {
                "date"
            } else {
                continue;
            };
            let right = condition.operator_name().replace("string_", &format!("{family}_"));
            let edit = cx.operator_edit(condition, &right);
            cx.report(&value, format!("`{}` is compared as text", quote(text)))
                .help(format!("use `{right}`"))
                .suggestion(format!("write `{right}`"), edit);
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn plain_text_and_known_keys_are_left_alone() {
        check(
            "CAM3122",
            r#"{"effect": "deny", "action": "*", "resource": "*", "condition": {
            "string_equal": {"a:b": [«"10.0.0.0/8"», "10.0.0.1", "a/b"], "a:c": «"2026-06-01T00:00:00Z"», "cos:prefix": "10.0.0.0/8"},
            "ip_equal": {"a:b": "10.0.0.0/8"}}}"#,
        );
    }

    #[test]
    fn the_operator_for_addresses_is_written() {
        let text = |operator: &str| {
            format!(
                r#"{{"effect": "deny", "action": "*", "resource": "*",
                "condition": {{"{operator}": {{"a:b": "10.0.0.0/8"}}}}}}"#
            )
        };
        check_fix("CAM3122", Grade::Suggestion, &text("string_not_equal"), &text("ip_not_equal"));
    }
}
