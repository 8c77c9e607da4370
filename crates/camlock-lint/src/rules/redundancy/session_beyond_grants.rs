//! Finds allows of session policies that nothing grants.

use camlock_policy::{Effect, PolicyKind, Statement};

use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow of a session policy that has no action, or no resource, in common with any allow of the
    /// policies that the issuer or the role has. Nothing is found where the account is not known.
    ///
    /// ## Why it matters
    ///
    /// A session has what both its issuer and its session policy allow. The session policy grants
    /// nothing by itself.
    ///
    /// ## Example
    ///
    /// ```json,companion
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:*", "resource": "*" } ] }
    /// ```
    ///
    /// ```json,CAM7027,session
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*" } ] }
    /// ```
    ///
    /// ```json,companion
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:*", "resource": "*" } ] }
    /// ```
    ///
    /// ```json,clean,session
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject", "resource": "*" } ] }
    /// ```
    pub(crate) SessionBeyondGrants = {
        code: "CAM7027",
        name: "session-beyond-grants",
        group: Redundancy,
        level: Warning,
        since: "0.2.0",
        summary: "a session policy that allows what nothing grants",
        spec: ["EVL-12"],
    }
}

impl Rule for SessionBeyondGrants {
    fn check_document(&self, cx: &mut Context<'_>) {
        let Some(policy) = cx.policy().filter(|own| own.kind() == PolicyKind::Session) else {
            return;
        };
        let (analysis, companions) = (cx.analysis(), cx.companions());
        let granted = || companions.beside().flat_map(|own| own.policy.statements());
        if granted().next().is_none() {
            return;
        }
        for (element, own) in cx.statements().iter().zip(policy.statements()) {
            let overlaps = |other: &Statement| {
                other.effect() == Effect::Allow && analysis.statements_overlap(own, other)
            };
            if own.effect() == Effect::Allow && !granted().any(overlaps) {
                cx.report(element, "no policy of the issuer grants any of this")
                    .label("has no effect")
                    .help("grant it by a policy of the issuer or the role, or remove it");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_policy::PolicyKind;

    use crate::testing::{about, beside, check_beside};

    #[test]
    fn only_session_policies_are_looked_at() {
        let marked = about("«\"allow\"»", "cvm:Start*");
        let plain = about("\"allow\"", "cvm:Start*");
        let (session, boundary) = (Some(PolicyKind::Session), Some(PolicyKind::Boundary));
        for (kind, granted, document) in [
            (session, &[("allow", "cvm:Stop*"), ("deny", "cvm:*")][..], &marked),
            (session, &[("allow", "cvm:Stop*"), ("allow", "*")], &plain),
            (session, &[], &plain),
            (boundary, &[("allow", "cvm:Stop*")], &plain),
        ] {
            check_beside("CAM7027", kind, beside(PolicyKind::Identity, granted), document);
        }
    }
}
