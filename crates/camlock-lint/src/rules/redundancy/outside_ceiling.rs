//! Finds allows of which a ceiling lets nothing through.

use camlock_policy::{Effect, PolicyKind};
use camlock_source::quote;

use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow of an identity policy that has no action, or no resource, in common with any allow of
    /// the boundary, the session policy or the service control policies over it. Nothing is found where
    /// the account is not known.
    ///
    /// ## Why it matters
    ///
    /// A principal may do only what its policies and every ceiling allow, so the allow grants nothing.
    ///
    /// ## Example
    ///
    /// ```json,companion,boundary
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:*", "resource": "*" } ] }
    /// ```
    ///
    /// ```json,CAM7026
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*" } ] }
    /// ```
    ///
    /// ```json,companion,boundary
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:*", "resource": "*" } ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject", "resource": "*" } ] }
    /// ```
    pub(crate) OutsideCeiling = {
        code: "CAM7026",
        name: "outside-ceiling",
        group: Redundancy,
        level: Warning,
        since: "0.2.0",
        summary: "an allow of which a ceiling lets nothing through",
        spec: ["EVL-11", "EVL-12", "EVL-14"],
    }
}

impl Rule for OutsideCeiling {
    fn check_document(&self, cx: &mut Context<'_>) {
        let Some(policy) = cx.policy().filter(|own| own.kind() == PolicyKind::Identity) else {
            return;
        };
        let (analysis, companions) = (cx.analysis(), cx.companions());
        for (element, own) in cx.statements().iter().zip(policy.statements()) {
            if own.effect() != Effect::Allow {
                continue;
            }
            let shut = companions.ceilings().find(|ceiling| !analysis.lets_through(ceiling, own));
            let Some(ceiling) = shut else { continue };
            let (message, help) = match ceiling.name() {
                Some(name) => (
                    format!("`{}` lets nothing of this allow through", quote(name)),
                    "remove it, or allow it in the ceiling",
                ),
                None => (
                    "a level of the organization has no policies and lets nothing through"
                        .to_owned(),
                    "allow it at every level",
                ),
            };
            cx.report(element, message).label("grants nothing").help(help);
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_policy::PolicyKind;

    use crate::companions::Companions;
    use crate::testing::{about, beside, check_beside};

    #[test]
    fn service_control_policies_allow_together() {
        let marked = about("«\"allow\"»", "cvm:Start*");
        let plain = about("\"allow\"", "cvm:Start*");
        for (kind, all, document) in [
            (PolicyKind::Boundary, &[("allow", "cvm:Stop*")][..], &marked),
            (PolicyKind::Scp, &[("allow", "cos:*"), ("allow", "cvm:*Instances")], &plain),
            (PolicyKind::Scp, &[("allow", "cos:*"), ("allow", "vpc:*")], &marked),
            (PolicyKind::Session, &[("allow", "*")], &plain),
            (PolicyKind::Identity, &[("allow", "cos:*")], &plain),
        ] {
            check_beside("CAM7026", None, beside(kind, all), document);
        }
    }

    #[test]
    fn a_level_without_policies_lets_nothing_through() {
        let marked = about("«\"allow\"»", "cvm:Start*");
        let whole = || beside(PolicyKind::Scp, &[("allow", "*")]);
        check_beside("CAM7026", None, whole(), &about("\"allow\"", "cvm:Start*"));
        check_beside("CAM7026", None, whole().below(Vec::new()), &marked);
        check_beside("CAM7026", None, Companions::default().below(Vec::new()), &marked);
        // What the rules about grants ask is told the same, and so is the engine.
        let everything = about("\"allow\"", "*");
        check_beside("CAM6001", None, Companions::default().below(Vec::new()), &everything);
        check_beside("CAM6022", None, whole().below(Vec::new()), &about("\"allow\"", "cos:Get*"));
    }
}
