//! Finds allows to start a machine with any role.

use super::reach::{self, Call, EVERY_ROLE, call, some};
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow of `cam:PassRole` on every role together with starting machines: `cvm:RunInstances` or a
    /// launch configuration of auto scaling.
    ///
    /// ## Why it matters
    ///
    /// A machine hands the credentials of its role to whoever is on it. Start one with the strongest role,
    /// and log in. The engine is asked, with denies and ceilings as far as they are known; the finding
    /// names a request that is allowed.
    ///
    /// ## Example
    ///
    /// ```json,CAM6117
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:RunInstances", "resource": "*" },
    ///   { "effect": "allow", "action": "cam:PassRole", "resource": "qcs::cam::uin/100000000001:roleName/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:RunInstances", "resource": "*" },
    ///   { "effect": "allow", "action": "cam:PassRole", "resource": "qcs::cam::uin/100000000001:roleName/reader" }
    /// ] }
    /// ```
    pub(crate) PassAnyRoleToMachine = {
        code: "CAM6117",
        name: "pass-any-role-to-machine",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "an allow to start a machine with any role",
        supersedes: ["CAM6002"],
    }
}

const WAYS: &[&[Call]] = &[
    &[
        call("cam", "PassRole", &[EVERY_ROLE]),
        call("cvm", "RunInstances", &[some("cvm", "instance/*")]),
    ],
    &[
        call("cam", "PassRole", &[EVERY_ROLE]),
        call("as", "CreateLaunchConfiguration", &[some("as", "launch-configuration/*")]),
    ],
];

impl Rule for PassAnyRoleToMachine {
    fn check_document(&self, cx: &mut Context<'_>) {
        let help = "name the roles that may be passed: `qcs::cam::uin/ACCOUNT:roleName/NAME`";
        reach::check(
            cx,
            WAYS,
            "whoever has this may use any role by starting a machine with it",
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
                    {{"effect": "allow", "action": [{action}, "cvm:RunInstances"], "resource": "*"}},
                    {{"effect": "deny", "action": "{deny}", "resource": "*"}}]}}"#
            )
        };
        check("CAM6117", &text(("", ""), "cam:PassRole"));
        check("CAM6117", &text(("«", "»"), "cos:DeleteBucket"));
    }
}
