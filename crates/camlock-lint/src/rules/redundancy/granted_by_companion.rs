//! Finds statements that another policy of the same user covers.

use camlock_policy::PolicyKind;
use camlock_source::quote;

use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A statement of an identity policy that one of another policy, attached to the same user, covers.
    /// Nothing is found where the account is not known.
    ///
    /// ## Why it matters
    ///
    /// All policies of a user form one set, so the statement changes nothing for this user. Taking it
    /// away takes nothing away.
    ///
    /// ## Example
    ///
    /// ```json,companion
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:*", "resource": "*" } ] }
    /// ```
    ///
    /// ```json,CAM7024
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject", "resource": "*" } ] }
    /// ```
    ///
    /// ```json,companion
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:Put*", "resource": "*" } ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject", "resource": "*" } ] }
    /// ```
    pub(crate) GrantedByCompanion = {
        code: "CAM7024",
        name: "granted-by-companion",
        group: Redundancy,
        level: Info,
        since: "0.2.0",
        summary: "a statement that another attached policy covers",
        spec: ["EVL-6"],
    }
}

impl Rule for GrantedByCompanion {
    fn check_document(&self, cx: &mut Context<'_>) {
        let Some(policy) = cx.policy().filter(|own| own.kind() == PolicyKind::Identity) else {
            return;
        };
        let (analysis, companions) = (cx.analysis(), cx.companions());
        for (element, inner) in cx.statements().iter().zip(policy.statements()) {
            let other = analysis.companion_covers(companions.beside(), inner.effect(), inner);
            let Some(other) = other else { continue };
            cx.report(element, format!("`{}` covers this statement", quote(&other.name)))
                .label("changes nothing for whoever has both policies")
                .help("remove it here, or narrow the other policy");
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_policy::PolicyKind;

    use crate::testing::{about, beside, check_beside};

    #[test]
    fn effects_and_kinds_are_told_apart() {
        let marked = about("«\"allow\"»", "cos:GetObject");
        let plain = about("\"allow\"", "cos:GetObject");
        for (kind, beside_it, document) in [
            (PolicyKind::Identity, ("allow", "cos:*"), &marked),
            (PolicyKind::Identity, ("deny", "cos:*"), &plain),
            (PolicyKind::Boundary, ("allow", "cos:*"), &plain),
        ] {
            check_beside("CAM7024", None, beside(kind, &[beside_it]), document);
        }
    }
}
