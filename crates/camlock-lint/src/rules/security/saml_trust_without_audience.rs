//! Finds a trust of a SAML provider that does not ask for the audience.

use super::guard::{self, ProviderSort};
use crate::context::Context;
use crate::element::StatementElement;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow in a trust policy for a SAML provider without a condition on `saml:aud`, or with one that
    /// lets assertions pass which lack it.
    ///
    /// ## Why it matters
    ///
    /// An assertion that was made for another service of the same provider opens the role.
    ///
    /// ## Example
    ///
    /// ```json,CAM6020,trust
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRoleWithSAML",
    ///     "principal": { "federated": "qcs::cam::uin/100000000001:saml-provider/office" } }
    /// ] }
    /// ```
    ///
    /// ```json,clean,trust
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRoleWithSAML",
    ///     "principal": { "federated": "qcs::cam::uin/100000000001:saml-provider/office" },
    ///     "condition": { "string_equal": { "saml:aud": "https://cloud.tencent.com/login/saml" } } }
    /// ] }
    /// ```
    pub(crate) SamlTrustWithoutAudience = {
        code: "CAM6020",
        name: "saml-trust-without-audience",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "a trust of a SAML provider that does not ask for the audience",
        spec: ["PRN-10"],
    }
}

impl Rule for SamlTrustWithoutAudience {
    fn check_statement(&self, statement: &StatementElement<'_>, cx: &mut Context<'_>) {
        let Some(provider) = guard::federated(statement, cx, ProviderSort::Saml) else { return };
        if !guard::demands(statement, "saml:aud") {
            cx.report(
                provider,
                "assertions of the provider are taken without a look at `saml:aud`",
            )
            .label("trusted")
            .help("add `\"string_equal\": {\"saml:aud\": …}` to the condition");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn the_audience_has_to_be_asked_for() {
        let text = |provider: &str, condition: &str| {
            format!(
                r#"{{"effect": "allow", "action": "sts:AssumeRoleWithSAML",
                "principal": {{"qcs": {provider}}}, "condition": {{{condition}}}}}"#
            )
        };
        let (found, quiet) =
            (r#"«"qcs::cam::uin/1:saml-provider/idp"»"#, r#""qcs::cam::uin/1:saml-provider/idp""#);
        check("CAM6020", &text(found, r#""string_equal": {"saml:iss": "a"}"#));
        check("CAM6020", &text(found, r#""string_not_equal": {"saml:aud": "a"}"#));
        check("CAM6020", &text(quiet, r#""string_equal": {"saml:aud": "a"}"#));
    }
}
