//! Finds allows to attach any policy to oneself.

use super::reach::{self, A_USER, Call, EVERY_POLICY, call};
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow of `cam:AttachUserPolicy`, or of its forms for several users or policies, that reaches
    /// every policy and whoever has the document.
    ///
    /// ## Why it matters
    ///
    /// One call makes its holder an administrator: attach the policy of administrators to yourself. The
    /// engine is asked, with denies and ceilings as far as they are known; the finding names a request that
    /// is allowed.
    ///
    /// ## Example
    ///
    /// ```json,CAM6101
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:AttachUserPolicy", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:AttachUserPolicy",
    ///     "resource": ["qcs::cam::uin/100000000001:uin/*", "qcs::cam::uin/100000000001:policyid/17"] }
    /// ] }
    /// ```
    pub(crate) AttachPolicyToSelf = {
        code: "CAM6101",
        name: "attach-policy-to-self",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "an allow to attach any policy to oneself",
    }
}

const WAYS: &[&[Call]] = &[
    &[call("cam", "AttachUserPolicy", &[A_USER, EVERY_POLICY])],
    &[call("cam", "AttachUserPolicies", &[])],
    &[call("cam", "AttachUsersPolicy", &[])],
];

impl Rule for AttachPolicyToSelf {
    fn check_document(&self, cx: &mut Context<'_>) {
        let help = "name the policies: `qcs::cam::uin/ACCOUNT:policyid/ID`";
        reach::check(cx, WAYS, "whoever has this may attach any policy to users", help);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn a_deny_that_covers_the_call_closes_the_way() {
        let text = |mark: (&str, &str), deny: &str| {
            let action = format!(r#"{}"cam:AttachUserPolicy"{}"#, mark.0, mark.1);
            format!(
                r#"{{"version": "2.0", "statement": [
                    {{"effect": "allow", "action": [{action}], "resource": "*"}},
                    {{"effect": "deny", "action": "{deny}", "resource": "*"}}]}}"#
            )
        };
        check("CAM6101", &text(("", ""), "cam:AttachUserPolicy"));
        check("CAM6101", &text(("«", "»"), "cos:DeleteBucket"));
    }
}
