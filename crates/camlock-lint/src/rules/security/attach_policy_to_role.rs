//! Finds allows to attach any policy to a role.

use super::reach::{self, A_NAMED_ROLE, Call, EVERY_POLICY, EVERY_ROLE, call};
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow of `cam:AttachRolePolicy`, or of its forms for several roles or policies, that reaches
    /// every policy.
    ///
    /// ## Why it matters
    ///
    /// Roles are worn by machines, functions and people. Whoever can get hold of a session of one that it
    /// reaches gets any rights of the account. The engine is asked, with denies and ceilings as far as they
    /// are known; the finding names a request that is allowed.
    ///
    /// ## Example
    ///
    /// ```json,CAM6103
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:AttachRolePolicy", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:AttachRolePolicy",
    ///     "resource": ["qcs::cam::uin/100000000001:roleName/*", "qcs::cam::uin/100000000001:policyid/17"] }
    /// ] }
    /// ```
    pub(crate) AttachPolicyToRole = {
        code: "CAM6103",
        name: "attach-policy-to-role",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "an allow to attach any policy to a role",
    }
}

const WAYS: &[&[Call]] = &[
    &[call("cam", "AttachRolePolicy", &[EVERY_ROLE, EVERY_POLICY])],
    &[call("cam", "AttachRolePolicy", &[A_NAMED_ROLE, EVERY_POLICY])],
    &[call("cam", "AttachRolePolicies", &[])],
    &[call("cam", "AttachRolesPolicy", &[])],
];

impl Rule for AttachPolicyToRole {
    fn check_document(&self, cx: &mut Context<'_>) {
        let help = "name the policies: `qcs::cam::uin/ACCOUNT:policyid/ID`";
        reach::check(cx, WAYS, "whoever has this may attach any policy to a role", help);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn a_deny_that_covers_the_call_closes_the_way() {
        let text = |mark: (&str, &str), deny: &str| {
            let action = format!(r#"{}"cam:AttachRolePolicy"{}"#, mark.0, mark.1);
            format!(
                r#"{{"version": "2.0", "statement": [
                    {{"effect": "allow", "action": [{action}], "resource": "*"}},
                    {{"effect": "deny", "action": "{deny}", "resource": "*"}}]}}"#
            )
        };
        check("CAM6103", &text(("", ""), "cam:AttachRolePolicy"));
        check("CAM6103", &text(("«", "»"), "cos:DeleteBucket"));
    }

    #[test]
    fn a_role_by_its_name_is_enough_and_a_pattern_is_told_elsewhere() {
        let text = |mark: (&str, &str), role: &str| {
            let action = format!(r#"{}"cam:AttachRolePolicy"{}"#, mark.0, mark.1);
            format!(
                r#"{{"effect": "allow", "action": {action}, "resource": [
                    "qcs::cam:::policyid/*", "qcs::cam:::roleName/{role}"]}}"#
            )
        };
        check("CAM6103", &text(("«", "»"), "ops"));
        check("CAM6103", &text(("«", "»"), "*"));
        check("CAM6103", &text(("", ""), "app-*"));
    }
}
