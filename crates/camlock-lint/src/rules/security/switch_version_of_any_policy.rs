//! Finds allows to switch any policy to another version.

use super::reach::{self, Call, EVERY_POLICY, call};
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow of `cam:SetDefaultPolicyVersion` that reaches every policy.
    ///
    /// ## Why it matters
    ///
    /// Older versions stay in place and are often wider. Whoever may switch a policy back has the rights of
    /// any version that was ever kept. The engine is asked, with denies and ceilings as far as they are
    /// known; the finding names a request that is allowed.
    ///
    /// ## Example
    ///
    /// ```json,CAM6107
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:SetDefaultPolicyVersion", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:SetDefaultPolicyVersion",
    ///     "resource": "qcs::cam::uin/100000000001:policyid/17" }
    /// ] }
    /// ```
    pub(crate) SwitchVersionOfAnyPolicy = {
        code: "CAM6107",
        name: "switch-version-of-any-policy",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "an allow to switch any policy to another version",
    }
}

const WAYS: &[&[Call]] = &[&[call("cam", "SetDefaultPolicyVersion", &[EVERY_POLICY])]];

impl Rule for SwitchVersionOfAnyPolicy {
    fn check_document(&self, cx: &mut Context<'_>) {
        let help = "name the policies: `qcs::cam::uin/ACCOUNT:policyid/ID`";
        reach::check(
            cx,
            WAYS,
            "whoever has this may bring back older versions of the policies that it has itself",
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
            let action = format!(r#"{}"cam:SetDefaultPolicyVersion"{}"#, mark.0, mark.1);
            format!(
                r#"{{"version": "2.0", "statement": [
                    {{"effect": "allow", "action": [{action}], "resource": "*"}},
                    {{"effect": "deny", "action": "{deny}", "resource": "*"}}]}}"#
            )
        };
        check("CAM6107", &text(("", ""), "cam:SetDefaultPolicyVersion"));
        check("CAM6107", &text(("«", "»"), "cos:DeleteBucket"));
    }
}
