//! Finds allows to add a version to any policy.

use super::reach::{self, Call, EVERY_POLICY, call};
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow of `cam:CreatePolicyVersion` that reaches every policy.
    ///
    /// ## Why it matters
    ///
    /// The call takes a flag that makes the new version the default at once, so it rewrites the policies
    /// that its holder has. The engine is asked, with denies and ceilings as far as they are known; the
    /// finding names a request that is allowed.
    ///
    /// ## Example
    ///
    /// ```json,CAM6106
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:CreatePolicyVersion", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:CreatePolicyVersion",
    ///     "resource": "qcs::cam::uin/100000000001:policyid/17" }
    /// ] }
    /// ```
    pub(crate) AddVersionToAnyPolicy = {
        code: "CAM6106",
        name: "add-version-to-any-policy",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "an allow to add a version to any policy",
    }
}

const WAYS: &[&[Call]] = &[&[call("cam", "CreatePolicyVersion", &[EVERY_POLICY])]];

impl Rule for AddVersionToAnyPolicy {
    fn check_document(&self, cx: &mut Context<'_>) {
        let help = "name the policies: `qcs::cam::uin/ACCOUNT:policyid/ID`";
        reach::check(
            cx,
            WAYS,
            "whoever has this may write a new version of the policies that it has itself",
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
            let action = format!(r#"{}"cam:CreatePolicyVersion"{}"#, mark.0, mark.1);
            format!(
                r#"{{"version": "2.0", "statement": [
                    {{"effect": "allow", "action": [{action}], "resource": "*"}},
                    {{"effect": "deny", "action": "{deny}", "resource": "*"}}]}}"#
            )
        };
        check("CAM6106", &text(("", ""), "cam:CreatePolicyVersion"));
        check("CAM6106", &text(("«", "»"), "cos:DeleteBucket"));
    }
}
