//! Finds addresses with a port or a scheme.

use camlock_policy::IpRange;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::addresses::{self, Meant};

declare_rule! {
    /// ## What it finds
    ///
    /// A value of an `ip_` operator with a port, a scheme or a path: `10.0.0.1:443`,
    /// `https://10.0.0.1`.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the document. The key holds the address of the caller alone.
    ///
    /// ## Example
    ///
    /// ```json,CAM3104
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "qcs:ip": "203.0.113.7:443" } } }
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
    pub(crate) AddressWithPort = {
        code: "CAM3104",
        name: "address-with-port",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "an address with a port or a scheme",
        spec: ["CND-22"],
        fix: Suggestion,
        supersedes: ["CAM2151"],
    }
}

impl Rule for AddressWithPort {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let words =
            ("is more than an address", "write an address or a range, such as `203.0.113.0/24`");
        addresses::check(condition, cx, meant, words);
    }
}

/// The address alone.
fn meant(text: &str) -> Option<Meant> {
    let host = text.split_once("://").map_or(text, |(_, rest)| rest.trim_end_matches('/'));
    let host = match host.rsplit_once(':') {
        Some((address, port)) if port.parse::<u16>().is_ok() => address,
        _ => host,
    };
    let host = host.strip_prefix('[').and_then(|own| own.strip_suffix(']')).unwrap_or(host);
    (host != text && IpRange::parse(host).is_some()).then(|| Meant::Range(host.to_owned()))
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn other_faults_are_left_to_the_front_end() {
        check(
            "CAM3104",
            r#"{"effect": "allow", "action": "*", "resource": "*", "condition": {
            "ip_equal": {"qcs:ip": [«"10.0.0.1:443"», «"https://10.0.0.1/"», «"[2001:db8::1]:443"», "10.0.0.0/8", "example.com:80"]}, "string_equal": {"a:b": "10.0.0.1:80"}}}"#,
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
        check_fix("CAM3104", Grade::Suggestion, &text("http://10.0.0.1:80"), &text("10.0.0.1"));
    }
}
