//! Finds addresses with leading zeros.

use camlock_policy::IpRange;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::addresses::{self, Meant};

declare_rule! {
    /// ## What it finds
    ///
    /// A value of an `ip_` operator such as `010.001.002.003`.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the document. Some programs read a leading zero as octal, so that nobody can
    /// tell which address is meant.
    ///
    /// ## Example
    ///
    /// ```json,CAM3103
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "qcs:ip": "203.000.113.007" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "qcs:ip": "203.0.113.0/24" } } }
    /// ] }
    /// ```
    pub(crate) AddressWithLeadingZero = {
        code: "CAM3103",
        name: "address-with-leading-zero",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "an address with leading zeros",
        spec: ["CND-22"],
        fix: Suggestion,
        supersedes: ["CAM2151"],
    }
}

impl Rule for AddressWithLeadingZero {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let words = ("has leading zeros", "write an address or a range, such as `203.0.113.0/24`");
        addresses::check(condition, cx, meant, words);
    }
}

/// The address without leading zeros.
fn meant(text: &str) -> Option<Meant> {
    let (address, prefix) =
        text.split_once('/').map_or((text, None), |(own, prefix)| (own, Some(prefix)));
    let numbers: Option<Vec<String>> =
        address.split('.').map(|part| Some(part.parse::<u8>().ok()?.to_string())).collect();
    let mut right = numbers.filter(|own| own.len() == 4)?.join(".");
    if let Some(prefix) = prefix {
        let length: u8 = prefix.parse().ok()?;
        right = format!("{right}/{length}");
    }
    IpRange::parse(&right)?;
    Some(Meant::Range(right))
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn other_faults_are_left_to_the_front_end() {
        check(
            "CAM3103",
            r#"{"effect": "allow", "action": "*", "resource": "*", "condition": {
            "ip_equal": {"qcs:ip": [«"010.0.0.1"», «"10.0.0.0/08"», "10.0.0.0/8", "10.0.0.300", "10.0.0.0/33", "a.b.c.d"]}, "string_equal": {"a:b": "10.0.0.1:80"}}}"#,
        );
    }

    #[test]
    fn the_range_is_written() {
        let text = |value: &str| {
            format!(
                r#"{{"effect": "deny", "action": "*", "resource": "*",
                "condition": {{"ip_equal": {{"qcs:ip": "{value}"}}}}}}"#
            )
        };
        check_fix("CAM3103", Grade::Suggestion, &text("010.001.0.0/16"), &text("10.1.0.0/16"));
    }
}
