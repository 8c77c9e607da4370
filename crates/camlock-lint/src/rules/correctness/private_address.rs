//! Finds addresses of private networks.

use std::net::IpAddr;

use camlock_policy::{ConditionValue, IpRange};

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An `ip_` condition on `qcs:ip` with a range of a private network, such as `10.0.0.0/8`.
    ///
    /// ## Why it matters
    ///
    /// The platform sees the address that a request arrives from. Behind a gateway that is a public
    /// one; private addresses arrive only through endpoints within a VPC. An allow for private
    /// ranges does not let an office in.
    ///
    /// ## Example
    ///
    /// ```json,CAM3107
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "qcs:ip": "10.0.0.0/8" } } }
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
    pub(crate) PrivateAddress = {
        code: "CAM3107",
        name: "private-address",
        group: Correctness,
        level: Info,
        since: "0.2.0",
        summary: "an address of a private network",
        spec: ["CND-22"],
    }
}

impl Rule for PrivateAddress {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some(read) = condition.condition.as_ref().filter(|own| own.key().as_str() == "qcs:ip")
        else {
            return;
        };
        // Where public ranges stand beside them, both ways in are meant.
        let all = |value: &ConditionValue| matches!(value, ConditionValue::Ip(range) if is_private(range));
        if read.values().iter().all(all) {
            let place =
                condition.values.first().map_or(condition.key_text.span, |own| own.value.span);
            cx.report(
                &place,
                "requests arrive from such an address through endpoints of a VPC only",
            )
            .label("an address of a private network")
            .help("write the public address of the gateway, unless calls come from within a VPC");
        }
    }
}

fn is_private(range: &IpRange) -> bool {
    match range.network() {
        IpAddr::V4(address) => {
            let whole = match address.octets() {
                [10, ..] => 8,
                [172, ..] => 12,
                [192, ..] => 16,
                _ => return false,
            };
            address.is_private() && range.prefix() >= whole
        }
        IpAddr::V6(address) => address.is_unique_local() && range.prefix() >= 7,
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn public_ranges_beside_them_say_what_is_meant() {
        let text = |values: &str| {
            format!(
                r#"{{"effect": "allow", "action": "*", "resource": "*", "condition": {{"ip_equal": {{"qcs:ip": {values}}}}}}}"#
            )
        };
        check("CAM3107", &text(r#"[«"10.1.2.3/24"», "192.168.1.1"]"#));
        check("CAM3107", &text(r#"["10.0.0.0/8", "203.0.113.0/24"]"#));
        check("CAM3107", &text(r#""0.0.0.0/0""#));
        check("CAM3107", &text(r#""172.0.0.0/8""#));
    }
}
