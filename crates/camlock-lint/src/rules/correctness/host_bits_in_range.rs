//! Finds address ranges with host bits.

use camlock_policy::address::parse_address;
use camlock_policy::{Condition, ConditionValue};

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An address range that does not begin where it says: `10.217.182.3/24`.
    ///
    /// ## Why it matters
    ///
    /// The bits behind the prefix are masked, so that the range is `10.217.182.0/24`. Whoever wrote a
    /// single host there has allowed 256 of them. CAM's own pages have such values, so this is only
    /// said.
    ///
    /// ## Example
    ///
    /// ```json,CAM3003
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "qcs:ip": "10.217.182.3/24" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "qcs:ip": ["10.217.182.0/24", "10.0.0.1"] } } }
    /// ] }
    /// ```
    pub(crate) HostBitsInRange = {
        code: "CAM3003",
        name: "host-bits-in-range",
        group: Correctness,
        level: Info,
        since: "0.2.0",
        summary: "an address range that does not begin where it says",
        spec: ["CND-22"],
        fix: Safe,
    }
}

impl Rule for HostBitsInRange {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        // The condition is whole, so that its values stand beside the elements they were read from.
        let read = condition.condition.iter().flat_map(Condition::values);
        for (value, read) in condition.values.iter().zip(read) {
            let (Some(string), ConditionValue::Ip(range)) = (value.string(), read) else {
                continue;
            };
            let written = string.decoded();
            let address = written.split_once('/').and_then(|(own, _)| parse_address(own));
            if address.is_some_and(|own| own != range.network()) {
                let masked = range.to_string();
                cx.report(&string, format!("the range `{written}` is read as `{masked}`"))
                    .label("has bits behind its prefix")
                    .help("write the range, or a single address without a prefix")
                    .safe_fix(format!("write `{masked}`"), [string.replace_with(&masked)]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    fn text(values: &str) -> String {
        format!(
            r#"{{"effect": "allow", "action": "cos:*", "resource": "*",
                "condition": {{"ip_not_equal": {{"qcs:ip": {values}}}}}}}"#
        )
    }

    #[test]
    fn single_addresses_and_clean_ranges_are_left_alone() {
        check("CAM3003", &text(r#"[«"10.1.2.3/8"», "10.1.2.3", "10.1.2.3/32", "10.0.0.0/8"]"#));
    }

    #[test]
    fn ranges_of_ipv6_are_looked_at() {
        check(
            "CAM3003",
            &text(
                r#"[«"2400:3200::1/64"», «"::ffff:8.8.8.1/120"», "2400:3200::/64", "2400:3200::1", "::/0",
                "2400:3200::1/128", "::ffff:8.8.8.0/120", "2400:3200:0:0:0:0:0:0/32"]"#,
            ),
        );
        let (before, after) = (text(r#""2400:3200::1/64""#), text(r#""2400:3200::/64""#));
        check_fix("CAM3003", Grade::Safe, &before, &after);
    }

    #[test]
    fn the_range_is_written_as_it_is_read() {
        check_fix("CAM3003", Grade::Safe, &text(r#""10.1.2.3/8""#), &text(r#""10.0.0.0/8""#));
    }
}
