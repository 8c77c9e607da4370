//! Finds allows to open any role to the console or to long sessions.

use super::reach::{self, Call, EVERY_ROLE, call};
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow of `cam:UpdateRoleConsoleLogin` or `cam:UpdateRoleSessionDuration` that reaches every role.
    ///
    /// ## Why it matters
    ///
    /// A role that was meant for a machine can be used in the console afterwards, or a stolen session lasts
    /// longer. The engine is asked, with denies and ceilings as far as they are known; the finding names a
    /// request that is allowed.
    ///
    /// ## Example
    ///
    /// ```json,CAM6116
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:UpdateRoleConsoleLogin", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:UpdateRoleConsoleLogin",
    ///     "resource": "qcs::cam::uin/100000000001:roleName/reader" }
    /// ] }
    /// ```
    pub(crate) WidenUseOfAnyRole = {
        code: "CAM6116",
        name: "widen-use-of-any-role",
        group: Security,
        level: Info,
        since: "0.2.0",
        summary: "an allow to open any role to the console or to long sessions",
    }
}

const WAYS: &[&[Call]] = &[
    &[call("cam", "UpdateRoleConsoleLogin", &[EVERY_ROLE])],
    &[call("cam", "UpdateRoleSessionDuration", &[EVERY_ROLE])],
];

impl Rule for WidenUseOfAnyRole {
    fn check_document(&self, cx: &mut Context<'_>) {
        let help = "name the roles: `qcs::cam::uin/ACCOUNT:roleName/NAME`";
        reach::check(cx, WAYS, "whoever has this may widen the use of any role", help);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn a_deny_that_covers_the_call_closes_the_way() {
        let text = |mark: (&str, &str), deny: &str| {
            let action = format!(r#"{}"cam:UpdateRoleConsoleLogin"{}"#, mark.0, mark.1);
            format!(
                r#"{{"version": "2.0", "statement": [
                    {{"effect": "allow", "action": [{action}], "resource": "*"}},
                    {{"effect": "deny", "action": "{deny}", "resource": "*"}}]}}"#
            )
        };
        check("CAM6116", &text(("", ""), "cam:UpdateRoleConsoleLogin"));
        check("CAM6116", &text(("«", "»"), "cos:DeleteBucket"));
    }
}
