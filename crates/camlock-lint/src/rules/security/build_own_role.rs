//! Finds allows to make a role, give it any policy and assume it.

use super::reach::{self, A_ROLE, Call, EVERY_POLICY, call};
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow of `cam:CreateRole`, `cam:AttachRolePolicy` on every policy, and `sts:AssumeRole`, to one
    /// holder.
    ///
    /// ## Why it matters
    ///
    /// The three calls in a row give any rights of the account. The engine is asked, with denies and
    /// ceilings as far as they are known; the finding names a request that is allowed.
    ///
    /// ## Example
    ///
    /// ```json,CAM6114
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:CreateRole", "resource": "*" },
    ///   { "effect": "allow", "action": ["cam:AttachRolePolicy", "sts:AssumeRole"],
    ///     "resource": ["qcs::cam:::roleName/app-*", "qcs::cam:::policyid/*"] }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:CreateRole", "resource": "*" },
    ///   { "effect": "allow", "action": ["cam:AttachRolePolicy", "sts:AssumeRole"],
    ///     "resource": ["qcs::cam:::roleName/app-*", "qcs::cam:::policyid/17"] }
    /// ] }
    /// ```
    pub(crate) BuildOwnRole = {
        code: "CAM6114",
        name: "build-own-role",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "an allow to make a role, give it any policy and assume it",
        supersedes: ["CAM6103"],
    }
}

const WAYS: &[&[Call]] = &[&[
    call("cam", "AttachRolePolicy", &[A_ROLE, EVERY_POLICY]),
    call("cam", "CreateRole", &[]),
    call("sts", "AssumeRole", &[A_ROLE]),
]];

impl Rule for BuildOwnRole {
    fn check_document(&self, cx: &mut Context<'_>) {
        let help = "name the policies: `qcs::cam::uin/ACCOUNT:policyid/ID`";
        reach::check(
            cx,
            WAYS,
            "whoever has this may make a role with any rights and assume it",
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
            let action = format!(r#"{}"cam:AttachRolePolicy"{}"#, mark.0, mark.1);
            format!(
                r#"{{"version": "2.0", "statement": [
                    {{"effect": "allow", "action": [{action}, "cam:CreateRole", "sts:AssumeRole"], "resource": "*"}},
                    {{"effect": "deny", "action": "{deny}", "resource": "*"}}]}}"#
            )
        };
        check("CAM6114", &text(("", ""), "cam:AttachRolePolicy"));
        check("CAM6114", &text(("«", "»"), "cos:DeleteBucket"));
    }
}
