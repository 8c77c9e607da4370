//! Finds an address range that takes in much of the internet.

use camlock_policy::{BaseOperator, IpRange};
use camlock_source::quote;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A range of more than 2^24 IPv4 or 2^112 IPv6 addresses where few were to be let in: under `ip_equal`
    /// in an allow, under `ip_not_equal` in a deny.
    ///
    /// ## Why it matters
    ///
    /// The statement looks as if it asked where a request comes from. With such a range it hardly does, and
    /// with `0.0.0.0/0` not at all.
    ///
    /// ## Example
    ///
    /// ```json,CAM6028
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "qcs:ip": ["10.0.0.0/8", "0.0.0.0/1"] } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "qcs:ip": "10.0.0.0/8" } } }
    /// ] }
    /// ```
    pub(crate) RangeOfEveryone = {
        code: "CAM6028",
        name: "range-of-everyone",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "an address range that takes in much of the internet",
        spec: ["CND-22"],
    }
}

impl Rule for RangeOfEveryone {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some(base) = condition.operator.map(camlock_policy::Operator::base) else { return };
        let lets_in = match base {
            BaseOperator::IpEqual => statement.is_allow(),
            BaseOperator::IpNotEqual => statement.is_deny(),
            _ => false,
        };
        if !lets_in {
            return;
        }
        for value in &condition.values {
            let Some(text) = value.text() else { continue };
            let Some(range) = IpRange::parse(text) else { continue };
            let narrowest = if range.network().is_ipv4() { 8 } else { 16 };
            if range.prefix() < narrowest {
                cx.report(value, format!("`{}` takes in much of the internet", quote(text)))
                    .label("hardly a restriction")
                    .help("name the ranges that requests really come from");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn ranges_that_let_in_count_and_those_that_keep_out_do_not() {
        let text = |effect: &str, operator: &str, value: &str| {
            format!(
                r#"{{"effect": "{effect}", "action": "cos:*", "resource": "*", "condition": {{"{operator}": {{"qcs:ip": {value}}}}}}}"#
            )
        };
        check("CAM6028", &text("allow", "ip_equal", r#"[«"0.0.0.0/0"», "1.2.3.4", «"::/0"»]"#));
        check("CAM6028", &text("deny", "ip_not_equal", r#"«"128.0.0.0/1"»"#));
        check("CAM6028", &text("deny", "ip_equal", r#""0.0.0.0/0""#));
        check("CAM6028", &text("allow", "ip_equal", r#"["10.0.0.0/8", "fc00::/16"]"#));
    }
}
