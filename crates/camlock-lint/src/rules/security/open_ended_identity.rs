//! Finds a pattern for an identity that begins with a wildcard.

use camlock_source::quote;

use super::guard;
use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A value that begins with `*` where an allow asks with `string_like` who somebody is: `qcs:uin`,
    /// `qcs:owner_uin`, `qcs:create_uin`, `saml:sub`, a network.
    ///
    /// ## Why it matters
    ///
    /// What a name ends with is often free to choose. Others whose id or name ends alike are let in.
    ///
    /// ## Example
    ///
    /// ```json,CAM6032
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_like": { "qcs:uin": "*0011" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_equal": { "qcs:uin": "100000000011" } } }
    /// ] }
    /// ```
    pub(crate) OpenEndedIdentity = {
        code: "CAM6032",
        name: "open-ended-identity",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "a pattern for an identity that begins with a wildcard",
        spec: ["CND-17"],
    }
}

impl Rule for OpenEndedIdentity {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let is_identity = matches!(
            condition.key_name(),
            "qcs:uin"
                | "qcs:owner_uin"
                | "qcs:create_uin"
                | "saml:sub"
                | "saml:iss"
                | "qcs:vpc"
                | "vpc:requester_vpc"
        );
        if !statement.is_allow() || !is_identity || !guard::is_like(condition) {
            return;
        }
        for value in &condition.values {
            let Some(text) = value.text().filter(|text| text.starts_with('*')) else { continue };
            cx.report(value, format!("`{}` takes in whoever is called alike", quote(text)))
                .help("write the whole name, with `string_equal`");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn leading_wildcards_on_identities() {
        let text = |effect: &str, condition: &str| {
            format!(
                r#"{{"effect": "{effect}", "action": "cos:*", "resource": "*", "condition": {{{condition}}}}}"#
            )
        };
        check(
            "CAM6032",
            &text("allow", r#""string_like": {"qcs:uin": ["1*", «"*1"»], "cos:prefix": "*a"}"#),
        );
        check("CAM6032", &text("deny", r#""string_like": {"qcs:uin": "*1"}"#));
        check("CAM6032", &text("allow", r#""string_equal": {"qcs:uin": "*1"}"#));
    }
}
