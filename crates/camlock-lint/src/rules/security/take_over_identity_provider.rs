//! Finds allows to make or change an identity provider.

use super::reach::{self, Call, call, some};
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow to create or update a SAML or OIDC provider, or the single sign-on of users.
    ///
    /// ## Why it matters
    ///
    /// Whoever chooses the keys of a provider signs assertions for anybody who logs in through it. The
    /// engine is asked, with denies and ceilings as far as they are known; the finding names a request that
    /// is allowed.
    ///
    /// ## Example
    ///
    /// ```json,CAM6115
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:UpdateSAMLProvider", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cam:GetSAMLProvider", "cam:DescribeOIDCConfig"], "resource": "*" }
    /// ] }
    /// ```
    pub(crate) TakeOverIdentityProvider = {
        code: "CAM6115",
        name: "take-over-identity-provider",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "an allow to make or change an identity provider",
    }
}

const WAYS: &[&[Call]] = &[
    &[call("cam", "UpdateSAMLProvider", &[some("cam", "saml-provider/idp")])],
    &[call("cam", "UpdateOIDCConfig", &[some("cam", "oidc-provider/idp")])],
    &[call("cam", "CreateSAMLProvider", &[])],
    &[call("cam", "CreateOIDCConfig", &[])],
    &[call("cam", "CreateUserSAMLConfig", &[])],
    &[call("cam", "UpdateUserSAMLConfig", &[])],
    &[call("cam", "CreateUserOIDCConfig", &[])],
    &[call("cam", "UpdateUserOIDCConfig", &[])],
];

impl Rule for TakeOverIdentityProvider {
    fn check_document(&self, cx: &mut Context<'_>) {
        let help = "leave identity providers to administrators";
        reach::check(
            cx,
            WAYS,
            "whoever has this may log in as anybody who comes through the identity provider",
            help,
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn a_deny_that_covers_the_call_closes_the_way() {
        let text = |mark: (&str, &str), deny: &str| {
            let action = format!(r#"{}"cam:UpdateSAMLProvider"{}"#, mark.0, mark.1);
            format!(
                r#"{{"version": "2.0", "statement": [
                    {{"effect": "allow", "action": [{action}], "resource": "*"}},
                    {{"effect": "deny", "action": "{deny}", "resource": "*"}}]}}"#
            )
        };
        check("CAM6115", &text(("", ""), "cam:UpdateSAMLProvider"));
        check("CAM6115", &text(("«", "»"), "cos:DeleteBucket"));
    }
}
