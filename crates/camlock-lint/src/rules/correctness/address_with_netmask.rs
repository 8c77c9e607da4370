//! Finds ranges with a mask in place of the length of their prefix.

use std::net::Ipv4Addr;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::addresses::{self, Meant};

declare_rule! {
    /// ## What it finds
    ///
    /// A value of an `ip_` operator such as `10.0.0.0/255.0.0.0`.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the document. Behind the slash stands how many leading bits are fixed,
    /// `10.0.0.0/8`.
    ///
    /// ## Example
    ///
    /// ```json,CAM3101
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "qcs:ip": "203.0.113.0/255.255.255.0" } } }
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
    pub(crate) AddressWithNetmask = {
        code: "CAM3101",
        name: "address-with-netmask",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "a range with a mask in place of the length of its prefix",
        spec: ["CND-22"],
        fix: Suggestion,
        supersedes: ["CAM2151"],
    }
}

impl Rule for AddressWithNetmask {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let words = (
            "has a mask behind the slash",
            "write an address or a range, such as `203.0.113.0/24`",
        );
        addresses::check(condition, cx, meant, words);
    }
}

/// The range with the length of its prefix; none where the mask has gaps.
fn meant(text: &str) -> Option<Meant> {
    let (address, mask) = text.split_once('/')?;
    let (_, mask): (Ipv4Addr, Ipv4Addr) = (address.parse().ok()?, mask.parse().ok()?);
    let bits = u32::from(mask);
    let length = bits.leading_ones();
    Some(if bits.count_ones() == length {
        Meant::Range(format!("{address}/{length}"))
    } else {
        Meant::NoRange
    })
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn other_faults_are_left_to_the_front_end() {
        check(
            "CAM3101",
            r#"{"effect": "allow", "action": "*", "resource": "*", "condition": {
            "ip_equal": {"qcs:ip": [«"10.0.0.0/255.0.0.0"», «"10.0.0.0/255.0.255.0"», "10.0.0.0/8", "10.0.0.0/x"]}, "string_equal": {"a:b": "10.0.0.1:80"}}}"#,
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
            "CAM3101",
            Grade::Suggestion,
            &text("10.1.0.0/255.255.0.0"),
            &text("10.1.0.0/16"),
        );
    }
}
