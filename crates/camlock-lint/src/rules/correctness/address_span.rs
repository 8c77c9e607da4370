//! Finds spans of addresses.

use std::net::Ipv4Addr;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::addresses::{self, Meant};

declare_rule! {
    /// ## What it finds
    ///
    /// A value of an `ip_` operator with the first and the last address, such as
    /// `10.0.0.1-10.0.0.9`.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the document. A range is written with a prefix; several ranges may be needed for
    /// a span that begins or ends elsewhere.
    ///
    /// ## Example
    ///
    /// ```json,CAM3102
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "qcs:ip": "203.0.113.0-203.0.113.255" } } }
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
    pub(crate) AddressSpan = {
        code: "CAM3102",
        name: "address-span",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "two addresses with a dash between them",
        spec: ["CND-22"],
        fix: Suggestion,
        supersedes: ["CAM2151"],
    }
}

impl Rule for AddressSpan {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let words = (
            "is a span, not a range",
            "write the ranges that the span consists of, each with a prefix",
        );
        addresses::check(condition, cx, meant, words);
    }
}

/// The range from the first to the last; none where there is no single one.
fn meant(text: &str) -> Option<Meant> {
    let (first, last) = text.split_once(['-', '~'])?;
    let (first, last): (Ipv4Addr, Ipv4Addr) =
        (first.trim().parse().ok()?, last.trim().parse().ok()?);
    let differ = (u32::from(first) ^ u32::from(last)).leading_zeros();
    let host = u32::MAX.checked_shr(differ).unwrap_or(0);
    let whole = u32::from(first) & host == 0 && u32::from(last) & host == host;
    Some(if whole { Meant::Range(format!("{first}/{differ}")) } else { Meant::NoRange })
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn other_faults_are_left_to_the_front_end() {
        check(
            "CAM3102",
            r#"{"effect": "allow", "action": "*", "resource": "*", "condition": {
            "ip_equal": {"qcs:ip": [«"10.0.0.1-10.0.0.9"», «"10.0.0.0~10.255.255.255"», "10.0.0.0/8", "a-b"]}, "string_equal": {"a:b": "10.0.0.1:80"}}}"#,
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
        check_fix(
            "CAM3102",
            Grade::Suggestion,
            &text("10.0.0.0 - 10.255.255.255"),
            &text("10.0.0.0/8"),
        );
    }
}
