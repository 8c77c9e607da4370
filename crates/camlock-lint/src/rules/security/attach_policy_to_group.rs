//! Finds allows to attach any policy to a user group.

use super::reach::{self, A_GROUP, Call, EVERY_POLICY, call};
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow of `cam:AttachGroupPolicy`, or of its forms for several groups or policies, that reaches
    /// every policy.
    ///
    /// ## Why it matters
    ///
    /// Whoever is in a group that it reaches gets what it attaches: any rights of the account. The engine
    /// is asked, with denies and ceilings as far as they are known; the finding names a request that is
    /// allowed.
    ///
    /// ## Example
    ///
    /// ```json,CAM6102
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:AttachGroupPolicy", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:AttachGroupPolicy",
    ///     "resource": ["qcs::cam::uin/100000000001:groupid/*", "qcs::cam::uin/100000000001:policyid/17"] }
    /// ] }
    /// ```
    pub(crate) AttachPolicyToGroup = {
        code: "CAM6102",
        name: "attach-policy-to-group",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "an allow to attach any policy to a user group",
    }
}

const WAYS: &[&[Call]] = &[
    &[call("cam", "AttachGroupPolicy", &[A_GROUP, EVERY_POLICY])],
    &[call("cam", "AttachGroupPolicies", &[])],
    &[call("cam", "AttachGroupsPolicy", &[])],
];

impl Rule for AttachPolicyToGroup {
    fn check_document(&self, cx: &mut Context<'_>) {
        let help = "name the policies: `qcs::cam::uin/ACCOUNT:policyid/ID`";
        reach::check(cx, WAYS, "whoever has this may attach any policy to a group", help);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn a_deny_that_covers_the_call_closes_the_way() {
        let text = |mark: (&str, &str), deny: &str| {
            let action = format!(r#"{}"cam:AttachGroupPolicy"{}"#, mark.0, mark.1);
            format!(
                r#"{{"version": "2.0", "statement": [
                    {{"effect": "allow", "action": [{action}], "resource": "*"}},
                    {{"effect": "deny", "action": "{deny}", "resource": "*"}}]}}"#
            )
        };
        check("CAM6102", &text(("", ""), "cam:AttachGroupPolicy"));
        check("CAM6102", &text(("«", "»"), "cos:DeleteBucket"));
    }
}
