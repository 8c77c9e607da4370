//! Finds allows to rewrite any policy.

use super::reach::{self, Call, EVERY_POLICY, call};
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow of `cam:UpdatePolicy` that reaches every policy.
    ///
    /// ## Why it matters
    ///
    /// Whoever rewrites a policy that is attached to itself has whatever it writes there. The engine is
    /// asked, with denies and ceilings as far as they are known; the finding names a request that is
    /// allowed.
    ///
    /// ## Example
    ///
    /// ```json,CAM6105
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:UpdatePolicy", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:UpdatePolicy",
    ///     "resource": "qcs::cam::uin/100000000001:policyid/17" }
    /// ] }
    /// ```
    pub(crate) RewriteAnyPolicy = {
        code: "CAM6105",
        name: "rewrite-any-policy",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "an allow to rewrite any policy",
    }
}

const WAYS: &[&[Call]] = &[&[call("cam", "UpdatePolicy", &[EVERY_POLICY])]];

impl Rule for RewriteAnyPolicy {
    fn check_document(&self, cx: &mut Context<'_>) {
        let help = "name the policies: `qcs::cam::uin/ACCOUNT:policyid/ID`";
        reach::check(
            cx,
            WAYS,
            "whoever has this may rewrite the policies that it has itself",
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
            let action = format!(r#"{}"cam:UpdatePolicy"{}"#, mark.0, mark.1);
            format!(
                r#"{{"version": "2.0", "statement": [
                    {{"effect": "allow", "action": [{action}], "resource": "*"}},
                    {{"effect": "deny", "action": "{deny}", "resource": "*"}}]}}"#
            )
        };
        check("CAM6105", &text(("", ""), "cam:UpdatePolicy"));
        check("CAM6105", &text(("«", "»"), "cos:DeleteBucket"));
    }
}
