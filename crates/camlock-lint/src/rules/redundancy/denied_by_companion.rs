//! Finds allows that another policy of the user or a ceiling takes back.

use camlock_policy::{Effect, PolicyKind};
use camlock_source::quote;

use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow of an identity policy that a deny of a companion takes back entirely: another policy of
    /// the same user, its boundary, its session policy or a service control policy. Nothing is found
    /// where the account is not known.
    ///
    /// ## Why it matters
    ///
    /// A deny in any of them wins, so the allow grants nothing to this user.
    ///
    /// ## Example
    ///
    /// ```json,companion,scp
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "action": "cos:*", "resource": "*" },
    ///   { "effect": "allow", "action": "*", "resource": "*" } ] }
    /// ```
    ///
    /// ```json,CAM7025
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject", "resource": "*" } ] }
    /// ```
    ///
    /// ```json,companion
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "action": "cos:Put*", "resource": "*" } ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject", "resource": "*" } ] }
    /// ```
    pub(crate) DeniedByCompanion = {
        code: "CAM7025",
        name: "denied-by-companion",
        group: Redundancy,
        level: Warning,
        since: "0.2.0",
        summary: "an allow that another attached policy or a ceiling takes back",
        spec: ["EVL-3", "EVL-11"],
    }
}

impl Rule for DeniedByCompanion {
    fn check_document(&self, cx: &mut Context<'_>) {
        let Some(policy) = cx.policy().filter(|own| own.kind() == PolicyKind::Identity) else {
            return;
        };
        let (analysis, companions) = (cx.analysis(), cx.companions());
        for (element, inner) in cx.statements().iter().zip(policy.statements()) {
            if inner.effect() != Effect::Allow {
                continue;
            }
            let all = companions.all().iter();
            let Some(other) = analysis.companion_covers(all, Effect::Deny, inner) else { continue };
            cx.report(element, format!("`{}` denies all of this allow", quote(&other.name)))
                .label("grants nothing")
                .help("remove it, or narrow the deny");
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_policy::PolicyKind;

    use crate::testing::{about, beside, check_beside};

    #[test]
    fn only_denies_that_reach_as_far_count() {
        let marked = about("«\"allow\"»", "cos:GetObject");
        let plain = about("\"allow\"", "cos:GetObject");
        for (kind, beside_it, document) in [
            (PolicyKind::Identity, ("deny", "cos:Get*"), &marked),
            (PolicyKind::Session, ("deny", "*"), &marked),
            (PolicyKind::Identity, ("allow", "cos:*"), &plain),
            (PolicyKind::Boundary, ("deny", "cos:GetBucket"), &plain),
        ] {
            check_beside("CAM7025", None, beside(kind, &[beside_it]), document);
        }
    }
}
