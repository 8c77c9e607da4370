//! Finds a trust of an OIDC provider that takes any subject.

use camlock_source::quote;

use super::guard::{self, ProviderSort};
use crate::context::Context;
use crate::element::{ConditionElement, StatementElement, ValueElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow in a trust policy for an OIDC provider without a condition on `oidc:sub`, or with one whose
    /// pattern begins with `*`.
    ///
    /// ## Why it matters
    ///
    /// The subject says which user, project or pipeline the token was made for. Without it, everybody who
    /// can log in at the provider may assume the role.
    ///
    /// ## Example
    ///
    /// ```json,CAM6019,trust
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRoleWithWebIdentity",
    ///     "principal": { "federated": "qcs::cam::uin/100000000001:oidc-provider/ci" },
    ///     "condition": {
    ///       "string_equal": { "oidc:iss": "https://ci.example.com", "oidc:aud": "deploy" },
    ///       "string_like": { "oidc:sub": "*:main" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean,trust
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRoleWithWebIdentity",
    ///     "principal": { "federated": "qcs::cam::uin/100000000001:oidc-provider/ci" },
    ///     "condition": {
    ///       "string_equal": { "oidc:iss": "https://ci.example.com", "oidc:aud": "deploy" },
    ///       "string_like": { "oidc:sub": "repo:example/site:*" } } }
    /// ] }
    /// ```
    pub(crate) OidcTrustOfAnySubject = {
        code: "CAM6019",
        name: "oidc-trust-of-any-subject",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "a trust of an OIDC provider that takes any subject",
        spec: ["PRN-10"],
    }
}

impl Rule for OidcTrustOfAnySubject {
    fn check_statement(&self, statement: &StatementElement<'_>, cx: &mut Context<'_>) {
        let Some(provider) = guard::federated(statement, cx, ProviderSort::Oidc) else { return };
        if !guard::demands(statement, "oidc:sub") {
            cx.report(provider, "everybody who can log in at the provider may assume the role")
                .label("trusted for any subject")
                .help("add a condition on `oidc:sub`");
            return;
        }
        let about =
            |own: &&ConditionElement<'_>| own.key_name() == "oidc:sub" && guard::is_like(own);
        for condition in statement.conditions.iter().filter(about) {
            let wide =
                |own: &&ValueElement<'_>| own.text().is_some_and(|text| text.starts_with('*'));
            for value in condition.values.iter().filter(wide) {
                let text = quote(value.text().unwrap_or_default());
                cx.report(value, format!("`{text}` takes subjects of anybody"))
                    .help("write the beginning of the subject, up to what strangers can choose");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn the_subject_has_to_be_asked_for_and_to_begin_with_something() {
        let text = |provider: &str, condition: &str| {
            format!(
                r#"{{"effect": "allow", "action": "sts:AssumeRoleWithWebIdentity",
                "principal": {{"federated": {provider}}}, "condition": {{{condition}}}}}"#
            )
        };
        let (found, quiet) =
            (r#"«"qcs::cam::uin/1:oidc-provider/ci"»"#, r#""qcs::cam::uin/1:oidc-provider/ci""#);
        check("CAM6019", &text(found, r#""string_equal": {"oidc:aud": "a"}"#));
        check("CAM6019", &text(found, r#""string_like_if_exist": {"oidc:sub": "a"}"#));
        check("CAM6019", &text(quiet, r#""string_like": {"oidc:sub": ["repo:a/*", «"*"»]}"#));
        check("CAM6019", &text(quiet, r#""string_equal": {"oidc:sub": "*"}"#));
    }
}
