//! Finds addresses with fewer than four numbers.

use camlock_policy::IpRange;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::addresses::{self, Meant};

declare_rule! {
    /// ## What it finds
    ///
    /// A value of an `ip_` operator such as `10.0/16`, with numbers left out at the end.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the document. All four numbers are written, zeros too.
    ///
    /// ## Example
    ///
    /// ```json,CAM3105
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "qcs:ip": "203.0.113/24" } } }
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
    pub(crate) ShortAddress = {
        code: "CAM3105",
        name: "short-address",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "an address with fewer than four numbers",
        spec: ["CND-22"],
        fix: Suggestion,
        supersedes: ["CAM2151"],
    }
}

impl Rule for ShortAddress {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let words = (
            "has fewer than four numbers",
            "write an address or a range, such as `203.0.113.0/24`",
        );
        addresses::check(condition, cx, meant, words);
    }
}

/// The range with all four numbers.
fn meant(text: &str) -> Option<Meant> {
    let (address, prefix) =
        text.split_once('/').map_or((text, None), |(own, prefix)| (own, Some(prefix)));
    let address = address.strip_suffix('.').unwrap_or(address);
    let count = address.split('.').filter(|part| part.parse::<u8>().is_ok()).count();
    if count == 0
        || count > 3
        || address.split('.').count() != count
        || (count == 1 && prefix.is_none())
    {
        return None;
    }
    let length = prefix.map_or_else(|| (8 * count).to_string(), ToOwned::to_owned);
    let right = format!("{address}{}/{length}", ".0".repeat(4 - count));
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
            "CAM3105",
            r#"{"effect": "allow", "action": "*", "resource": "*", "condition": {
            "ip_equal": {"qcs:ip": [«"10/8"», «"192.168."», «"10.0/16"», "10", "10.0.0.0/8", "10.x/8"]}, "string_equal": {"a:b": "10.0.0.1:80"}}}"#,
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
        check_fix("CAM3105", Grade::Suggestion, &text("172.16/12"), &text("172.16.0.0/12"));
    }
}
