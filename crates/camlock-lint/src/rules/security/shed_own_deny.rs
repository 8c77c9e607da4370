//! Finds denies whose holder may take them off.

use camlock_policy::{Effect, Policy};

use super::reach::{self, A_GROUP, A_ROLE, A_USER, Call, EVERY_GROUP, EVERY_POLICY, call};
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A deny, in the document or beside it, whose holder may detach or delete the policy that it stands
    /// in, or leave the group that has it.
    ///
    /// ## Why it matters
    ///
    /// A deny that its holder can take off stops nobody. The deny has to cover the calls that take it off.
    /// The engine is asked, with denies and ceilings as far as they are known; the finding names a request
    /// that is allowed.
    ///
    /// ## Example
    ///
    /// ```json,CAM6109
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:DetachUserPolicy", "resource": "*" },
    ///   { "effect": "deny", "action": "cos:DeleteBucket", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:DetachUserPolicy",
    ///     "resource": ["qcs::cam::uin/100000000001:uin/*",
    ///       "qcs::cam::uin/100000000001:policyid/17698703"] },
    ///   { "effect": "deny", "action": "cos:DeleteBucket", "resource": "*" }
    /// ] }
    /// ```
    pub(crate) ShedOwnDeny = {
        code: "CAM6109",
        name: "shed-own-deny",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "a deny whose holder may take it off",
        spec: ["EVL-3"],
    }
}

const WAYS: &[&[Call]] = &[
    &[call("cam", "DetachUserPolicy", &[A_USER, EVERY_POLICY])],
    &[call("cam", "DetachGroupPolicy", &[A_GROUP, EVERY_POLICY])],
    &[call("cam", "DetachRolePolicy", &[A_ROLE, EVERY_POLICY])],
    &[call("cam", "DeletePolicy", &[EVERY_POLICY])],
    &[call("cam", "RemoveUserFromGroup", &[EVERY_GROUP, A_USER])],
    &[call("cam", "DetachUserPolicies", &[])],
    &[call("cam", "DetachUsersPolicy", &[])],
];

impl Rule for ShedOwnDeny {
    fn check_document(&self, cx: &mut Context<'_>) {
        let help = "deny these calls as well, or name the policies that may be detached";
        let deny =
            |policy: &Policy| policy.statements().iter().any(|own| own.effect() == Effect::Deny);
        let companions = cx.companions();
        let mut beside = companions.beside().map(|own| &own.policy);
        // A policy without a deny, and none beside it, has nothing to take off.
        if !cx.policy().is_some_and(deny) && !beside.any(deny) {
            return;
        }
        reach::check(cx, WAYS, "whoever has this may take off the denies that hold for it", help);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn without_a_deny_there_is_nothing_to_take_off() {
        let text = |mark: (&str, &str), deny: &str| {
            let action = format!(r#"{}"cam:DetachUserPolicy"{}"#, mark.0, mark.1);
            format!(
                r#"{{"version": "2.0", "statement": [
                    {{"effect": "allow", "action": [{action}], "resource": "*"}},
                    {{"effect": "deny", "action": "{deny}", "resource": "*"}}]}}"#
            )
        };
        check("CAM6109", &text(("", ""), "cam:DetachUserPolicy"));
        check(
            "CAM6109",
            r#"{"effect": "allow", "action": "cam:DetachUserPolicy", "resource": "*"}"#,
        );
        check("CAM6109", &text(("«", "»"), "cos:DeleteBucket"));
    }
}
