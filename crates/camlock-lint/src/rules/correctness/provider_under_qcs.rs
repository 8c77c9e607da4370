//! Finds identity providers under `qcs`.

use camlock_policy::PrincipalPattern;

use crate::context::Context;
use crate::element::PrincipalElement;
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A SAML or OIDC provider under `qcs` in place of `federated`.
    ///
    /// ## Why it matters
    ///
    /// It is read alike, and some samples have it so. The documentation of trust policies names
    /// providers under `federated`.
    ///
    /// ## Example
    ///
    /// ```json,CAM3133,trust
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRoleWithSAML",
    ///     "principal": { "qcs": "qcs::cam::uin/100000000001:saml-provider/idp" },
    ///     "condition": { "string_equal": { "saml:aud": "https://cloud.tencent.com/login/saml" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean,trust
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRoleWithSAML",
    ///     "principal": { "federated": "qcs::cam::uin/100000000001:saml-provider/idp" },
    ///     "condition": { "string_equal": { "saml:aud": "https://cloud.tencent.com/login/saml" } } }
    /// ] }
    /// ```
    pub(crate) ProviderUnderQcs = {
        code: "CAM3133",
        name: "provider-under-qcs",
        group: Correctness,
        level: Info,
        since: "0.2.0",
        summary: "an identity provider under `qcs`",
        spec: ["PRN-10"],
        fix: Safe,
    }
}

impl Rule for ProviderUnderQcs {
    fn check_principal(&self, principal: &PrincipalElement<'_>, cx: &mut Context<'_>) {
        let Some(member) = principal.member.filter(|member| member.decoded() == "qcs") else {
            return;
        };
        if !matches!(principal.pattern, Some(PrincipalPattern::Provider(_))) {
            return;
        }
        let all = match principal.statement {
            Some(index) => cx.statements().get(index).map_or(&[][..], |own| &own.principals),
            None => cx.document().principals(),
        };
        let edit = (all.len() == 1).then(|| member.replace_with("federated"));
        let grade = support::safe_in_policies(cx);
        cx.report(principal, "an identity provider under `qcs`")
            .help("name it under `federated`")
            .fix(grade, "name the member `federated`", edit);
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn users_and_roles_belong_there() {
        check(
            "CAM3133",
            r#"{"effect": "allow", "action": "sts:AssumeRole", "principal": {
            "qcs": [«"qcs::cam::uin/1:oidc-provider/x"», "qcs::cam::uin/1:root"], "federated": "qcs::cam::uin/1:saml-provider/y"}}"#,
        );
    }

    #[test]
    fn the_member_is_renamed() {
        let text = |member: &str| {
            format!(
                r#"{{"effect": "allow", "action": "sts:AssumeRoleWithSAML",
                "principal": {{"{member}": "qcs::cam::uin/1:saml-provider/x"}}}}"#
            )
        };
        check_fix("CAM3133", Grade::Safe, &text("qcs"), &text("federated"));
    }
}
