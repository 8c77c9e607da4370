//! Finds allows to change what an organization forbids.

use super::reach::{self, Call, call};
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow to attach, detach or rewrite service control policies, to switch them off, or to get into
    /// member accounts.
    ///
    /// ## Why it matters
    ///
    /// Service control policies are the last line that member accounts cannot cross. Whoever may lift them
    /// is above all accounts. The engine is asked, with denies and ceilings as far as they are known; the
    /// finding names a request that is allowed.
    ///
    /// ## Example
    ///
    /// ```json,CAM6124
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "organization:DetachPolicy", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "organization:DescribePolicy", "resource": "*" }
    /// ] }
    /// ```
    pub(crate) LiftOrganizationPolicies = {
        code: "CAM6124",
        name: "lift-organization-policies",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "an allow to change what an organization forbids",
        spec: ["EVL-14"],
    }
}

const WAYS: &[&[Call]] = &[
    &[call("organization", "AttachPolicy", &[])],
    &[call("organization", "DetachPolicy", &[])],
    &[call("organization", "UpdatePolicy", &[])],
    &[call("organization", "DisablePolicyType", &[])],
    &[call("organization", "CreateOrganizationMemberPolicy", &[])],
    &[call("organization", "CreateOrganizationMembersPolicy", &[])],
    &[call("organization", "BindOrganizationMemberAuthAccount", &[])],
];

impl Rule for LiftOrganizationPolicies {
    fn check_document(&self, cx: &mut Context<'_>) {
        let help = "leave it to administrators of the organization";
        reach::check(cx, WAYS, "whoever has this may lift what the organization forbids", help);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn a_deny_that_covers_the_call_closes_the_way() {
        let text = |mark: (&str, &str), deny: &str| {
            let action = format!(r#"{}"organization:DetachPolicy"{}"#, mark.0, mark.1);
            format!(
                r#"{{"version": "2.0", "statement": [
                    {{"effect": "allow", "action": [{action}], "resource": "*"}},
                    {{"effect": "deny", "action": "{deny}", "resource": "*"}}]}}"#
            )
        };
        check("CAM6124", &text(("", ""), "organization:DetachPolicy"));
        check("CAM6124", &text(("«", "»"), "cos:DeleteBucket"));
    }
}
