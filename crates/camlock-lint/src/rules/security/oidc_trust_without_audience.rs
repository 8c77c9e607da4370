//! Finds a trust of an OIDC provider that does not ask for issuer and audience.

use super::guard::{self, ProviderSort};
use crate::context::Context;
use crate::element::StatementElement;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow in a trust policy for an OIDC provider without a condition on `oidc:iss` or on `oidc:aud`,
    /// or with one that lets tokens pass which lack the claim.
    ///
    /// ## Why it matters
    ///
    /// Providers serve many customers. Without the audience, a token that was made for another application
    /// opens the role.
    ///
    /// ## Example
    ///
    /// ```json,CAM6018,trust
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRoleWithWebIdentity",
    ///     "principal": { "federated": "qcs::cam::uin/100000000001:oidc-provider/ci" },
    ///     "condition": { "string_equal": { "oidc:sub": "job" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean,trust
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRoleWithWebIdentity",
    ///     "principal": { "federated": "qcs::cam::uin/100000000001:oidc-provider/ci" },
    ///     "condition": { "string_equal": {
    ///       "oidc:iss": "https://ci.example.com", "oidc:aud": "deploy", "oidc:sub": "job" } } }
    /// ] }
    /// ```
    pub(crate) OidcTrustWithoutAudience = {
        code: "CAM6018",
        name: "oidc-trust-without-audience",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "a trust of an OIDC provider that does not ask for issuer and audience",
        spec: ["PRN-10"],
    }
}

impl Rule for OidcTrustWithoutAudience {
    fn check_statement(&self, statement: &StatementElement<'_>, cx: &mut Context<'_>) {
        let Some(provider) = guard::federated(statement, cx, ProviderSort::Oidc) else { return };
        let is_missing = |key: &&str| !guard::demands(statement, key);
        let missing: Vec<&str> = ["oidc:iss", "oidc:aud"].into_iter().filter(is_missing).collect();
        let Some(first) = missing.first() else { return };
        cx.report(
            provider,
            format!(
                "tokens of the provider are taken without a look at `{}`",
                missing.join("` and `")
            ),
        )
        .label("trusted")
        .help(format!("add `\"string_equal\": {{\"{first}\": …}}` to the condition"));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn both_claims_have_to_be_asked_for() {
        let text = |mark: (&str, &str), condition: &str| {
            format!(
                r#"{{"effect": "allow", "action": "name/sts:AssumeRoleWithWebIdentity",
                "principal": {{"federated": [{}"qcs::cam::uin/1:oidc-provider/ci"{}]}}, "condition": {{{condition}}}}}"#,
                mark.0, mark.1
            )
        };
        let found = ("«", "»");
        check("CAM6018", &text(found, r#""string_equal": {"oidc:iss": "a"}"#));
        check(
            "CAM6018",
            &text(
                found,
                r#""string_equal": {"oidc:iss": "a"}, "string_equal_if_exist": {"oidc:aud": "b"}"#,
            ),
        );
        check(
            "CAM6018",
            &text(("", ""), r#""string_equal": {"oidc:iss": "a", "oidc:aud": ["b", "c"]}"#),
        );
    }

    #[test]
    fn other_providers_are_no_business_of_it() {
        check(
            "CAM6018",
            r#"{"effect": "allow", "action": "sts:AssumeRoleWithSAML",
            "principal": {"federated": "qcs::cam::uin/1:saml-provider/idp"}}"#,
        );
    }
}
