//! Finds trust that nobody whom it names can use.

use camlock_policy::{PolicyKind, PrincipalPattern};
use camlock_source::quote;

use crate::context::Context;
use crate::element::{ActionElement, PrincipalElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A trust policy whose actions do not fit whom it names: a SAML provider with
    /// `sts:AssumeRoleWithWebIdentity`, a service with `sts:AssumeRoleWithSAML`, and the like.
    ///
    /// ## Why it matters
    ///
    /// Users, roles and services call `sts:AssumeRole`; identities of a SAML provider
    /// `sts:AssumeRoleWithSAML`, those of an OIDC provider `sts:AssumeRoleWithWebIdentity`. With
    /// another action the trust lets nobody in.
    ///
    /// ## Example
    ///
    /// ```json,CAM3140
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRoleWithSAML",
    ///     "principal": { "service": "cvm.qcloud.com" } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRole",
    ///     "principal": { "service": "cvm.qcloud.com" } }
    /// ] }
    /// ```
    pub(crate) AssumeRoleByWrongAction = {
        code: "CAM3140",
        name: "assume-role-by-wrong-action",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "a trust that nobody it names can use",
        spec: ["EVL-23", "PRN-10"],
    }
}

impl Rule for AssumeRoleByWrongAction {
    fn check_statement(&self, statement: &StatementElement<'_>, cx: &mut Context<'_>) {
        if cx.kind() != PolicyKind::Trust || !statement.is_allow() {
            return;
        }
        for principal in cx.document().principals_of(statement) {
            let Some(wanted) = wanted(principal) else { continue };
            let fits = |own: &ActionElement<'_>| {
                let (service, operation) = (own.service(), own.operation());
                let covers =
                    |own: &str| wanted.iter().any(|wanted| camlock_catalog::matches(own, wanted));
                own.is_everything() || (service == Some("sts") && operation.is_some_and(covers))
            };
            let whole = statement.actions.iter().all(|own| own.pattern.is_some());
            let first = wanted.first().copied().unwrap_or_default();
            if whole && !statement.actions.is_empty() && !statement.actions.iter().any(fits) {
                cx.report(principal, format!("`{}` calls `sts:{first}`", quote(principal.text())))
                    .label("the trust does not let it in")
                    .help(format!("write the action `sts:{first}`"));
            }
        }
    }
}

/// The operations that a caller of this kind assumes a role with; nothing where that is not known.
fn wanted(principal: &PrincipalElement<'_>) -> Option<&'static [&'static str]> {
    let text = principal.text();
    match principal.pattern.as_ref()? {
        PrincipalPattern::Provider(_) if text.contains(":saml-provider/") => {
            Some(&["AssumeRoleWithSAML"])
        }
        // Published samples let OIDC providers call the plain operation.
        PrincipalPattern::Provider(_) => Some(&["AssumeRoleWithWebIdentity", "AssumeRole"]),
        PrincipalPattern::Everyone => None,
        _ => Some(&["AssumeRole"]),
    }
}

#[cfg(test)]
mod tests {
    use camlock_policy::PolicyKind;

    use crate::testing::check_as;

    #[test]
    fn each_kind_of_caller_has_its_action() {
        let check_trust = |text: &str| check_as("CAM3140", Some(PolicyKind::Trust), text);
        check_trust(
            r#"{"effect": "allow", "action": "sts:AssumeRoleWithWebIdentity", "principal": {
            "federated": [«"qcs::cam::uin/1:saml-provider/x"», "qcs::cam::uin/1:oidc-provider/y"], "qcs": «"qcs::cam::uin/1:root"»}}"#,
        );
        check_trust(
            r#"{"effect": "allow", "action": ["sts:AssumeRole", "sts:AssumeRoleWithSAML"], "principal": {
            "federated": "qcs::cam::uin/1:saml-provider/x", "service": "cvm.qcloud.com"}}"#,
        );
        check_trust(
            r#"{"effect": "allow", "action": "sts:AssumeRole*", "principal": {"federated": "qcs::cam::uin/1:oidc-provider/x"}}"#,
        );
        check_trust(
            r#"{"effect": "deny", "action": "sts:AssumeRoleWithSAML", "principal": {"service": "cvm.qcloud.com"}}"#,
        );
    }
}
