//! Finds allows to run a function with any role.

use super::reach::{self, Call, EVERY_ROLE, Target, call, some};
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow of `cam:PassRole` on every role together with creating a function and having it run.
    ///
    /// ## Why it matters
    ///
    /// A function has the credentials of its role in its environment. Write one that prints them, and run
    /// it with the strongest role. The engine is asked, with denies and ceilings as far as they are known;
    /// the finding names a request that is allowed.
    ///
    /// ## Example
    ///
    /// ```json,CAM6118
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["scf:CreateFunction", "scf:InvokeFunction"], "resource": "*" },
    ///   { "effect": "allow", "action": "cam:PassRole", "resource": "qcs::cam::uin/100000000001:roleName/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["scf:CreateFunction", "scf:InvokeFunction"], "resource": "*" },
    ///   { "effect": "allow", "action": "cam:PassRole", "resource": "qcs::cam::uin/100000000001:roleName/reader" }
    /// ] }
    /// ```
    pub(crate) PassAnyRoleToFunction = {
        code: "CAM6118",
        name: "pass-any-role-to-function",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "an allow to run a function with any role",
        supersedes: ["CAM6002"],
    }
}

const FUNCTION: Target = some("scf", "namespace/default/function/f");

const WAYS: &[&[Call]] = &[
    &[
        call("cam", "PassRole", &[EVERY_ROLE]),
        call("scf", "CreateFunction", &[FUNCTION]),
        call("scf", "Invoke", &[FUNCTION]),
    ],
    &[
        call("cam", "PassRole", &[EVERY_ROLE]),
        call("scf", "CreateFunction", &[FUNCTION]),
        call("scf", "InvokeFunction", &[FUNCTION]),
    ],
    &[
        call("cam", "PassRole", &[EVERY_ROLE]),
        call("scf", "CreateFunction", &[FUNCTION]),
        call("scf", "CreateTrigger", &[FUNCTION]),
    ],
];

impl Rule for PassAnyRoleToFunction {
    fn check_document(&self, cx: &mut Context<'_>) {
        let help = "name the roles that may be passed: `qcs::cam::uin/ACCOUNT:roleName/NAME`";
        reach::check(
            cx,
            WAYS,
            "whoever has this may use any role by running a function with it",
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
            let action = format!(r#"{}"cam:PassRole"{}"#, mark.0, mark.1);
            format!(
                r#"{{"version": "2.0", "statement": [
                    {{"effect": "allow", "action": [{action}, "scf:CreateFunction", "scf:InvokeFunction"], "resource": "*"}},
                    {{"effect": "deny", "action": "{deny}", "resource": "*"}}]}}"#
            )
        };
        check("CAM6118", &text(("", ""), "cam:PassRole"));
        check("CAM6118", &text(("«", "»"), "cos:DeleteBucket"));
    }
}
