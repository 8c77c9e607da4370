//! Finds text to be filled in within conditions.

use camlock_source::quote;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement, StringElement, ValueElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A condition value or key that was to be completed before use: `<your-vpc>`,
    /// `[APPROVED_REGION]`, `vpc-xxxx`.
    ///
    /// ## Why it matters
    ///
    /// Text is compared as it stands and equals nothing that a request brings; under a negated
    /// operator it always differs. Addresses, numbers and times are refused.
    ///
    /// ## Example
    ///
    /// ```json,CAM3078
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_equal": { "vpc:requester_vpc": "<your-vpc-id>" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_equal": { "vpc:requester_vpc": "vpc-aqp5jrc1" } } }
    /// ] }
    /// ```
    pub(crate) PlaceholderInCondition = {
        code: "CAM3078",
        name: "placeholder-in-condition",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "text to be filled in within a condition",
        spec: ["CND-15", "CND-16"],
        supersedes: ["CAM2147", "CAM2149", "CAM2150", "CAM2151", "CAM2156"],
    }
}

impl Rule for PlaceholderInCondition {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let key = condition.key_string();
        if is_mark(key.decoded()) {
            report(&key, cx);
        }
        for value in condition.values.iter().filter_map(ValueElement::string) {
            if value.decoded().split('&').any(is_mark) {
                report(&value, cx);
            }
        }
    }
}

fn report(string: &StringElement<'_>, cx: &mut Context<'_>) {
    cx.report(string, format!("`{}` was not filled in", quote(string.decoded())))
        .label("compared as it stands")
        .help("write what is meant");
}

fn is_mark(text: &str) -> bool {
    let within = |open, close| {
        let inner = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        inner.is_some_and(|own| own.contains(|c: char| c.is_alphabetic()))
    };
    within('<', '>') || within('[', ']') || text.contains("xxxx") || text.ends_with("-xxx")
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn keys_and_values_are_looked_at() {
        check(
            "CAM3078",
            r#"{"effect": "deny", "action": "*", "resource": "*", "condition": {"string_equal": {
            «"<ConditionName>"»: "a", "qcs:resource_tag": [«"env&<value>"», "env&a"], "vpc:vpc": [«"vpc-xxxx"», «"[VPC]"»],
            "cos:prefix": ["${uin}", "a<b", "xx", "[]"]}}}"#,
        );
    }
}
