//! Finds allows to rewrite the trust policy of any role.

use super::reach::{self, Call, EVERY_ROLE, call};
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow of `cam:UpdateAssumeRolePolicy` that reaches every role.
    ///
    /// ## Why it matters
    ///
    /// A trust policy may name anybody, accounts of others too. Whoever rewrites that of the strongest role
    /// has what the role has. The engine is asked, with denies and ceilings as far as they are known; the
    /// finding names a request that is allowed.
    ///
    /// ## Example
    ///
    /// ```json,CAM6113
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:UpdateAssumeRolePolicy", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:UpdateAssumeRolePolicy",
    ///     "resource": "qcs::cam::uin/100000000001:roleName/reader" }
    /// ] }
    /// ```
    pub(crate) RewriteTrustOfAnyRole = {
        code: "CAM6113",
        name: "rewrite-trust-of-any-role",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "an allow to rewrite the trust policy of any role",
        spec: ["EVL-23"],
    }
}

const WAYS: &[&[Call]] = &[&[call("cam", "UpdateAssumeRolePolicy", &[EVERY_ROLE])]];

impl Rule for RewriteTrustOfAnyRole {
    fn check_document(&self, cx: &mut Context<'_>) {
        let help = "name the roles: `qcs::cam::uin/ACCOUNT:roleName/NAME`";
        reach::check(cx, WAYS, "whoever has this may let anybody assume any role", help);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn a_deny_that_covers_the_call_closes_the_way() {
        let text = |mark: (&str, &str), deny: &str| {
            let action = format!(r#"{}"cam:UpdateAssumeRolePolicy"{}"#, mark.0, mark.1);
            format!(
                r#"{{"version": "2.0", "statement": [
                    {{"effect": "allow", "action": [{action}], "resource": "*"}},
                    {{"effect": "deny", "action": "{deny}", "resource": "*"}}]}}"#
            )
        };
        check("CAM6113", &text(("", ""), "cam:UpdateAssumeRolePolicy"));
        check("CAM6113", &text(("«", "»"), "cos:DeleteBucket"));
    }
}
