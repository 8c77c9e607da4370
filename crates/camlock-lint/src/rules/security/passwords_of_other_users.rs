//! Finds allows to set the console password of other users.

use super::reach::{self, ANOTHER_USER, Call, EVERY_POLICY, call};
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow of `cam:UpdateUser` that reaches somebody else, or of `cam:AddUser` together with attaching
    /// any policy to the new user.
    ///
    /// ## Why it matters
    ///
    /// `cam:UpdateUser` sets password and console login. Whoever sets the password of an administrator logs
    /// in as one. The engine is asked, with denies and ceilings as far as they are known; the finding names
    /// a request that is allowed.
    ///
    /// ## Example
    ///
    /// ```json,CAM6111
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:UpdateUser", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:UpdateUser",
    ///     "resource": "qcs::cam::uin/100000000001:uin/${uin}" }
    /// ] }
    /// ```
    pub(crate) PasswordsOfOtherUsers = {
        code: "CAM6111",
        name: "passwords-of-other-users",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "an allow to set the console password of other users",
    }
}

const WAYS: &[&[Call]] = &[
    &[call("cam", "UpdateUser", &[ANOTHER_USER])],
    &[call("cam", "AddUser", &[]), call("cam", "AttachUserPolicy", &[ANOTHER_USER, EVERY_POLICY])],
];

impl Rule for PasswordsOfOtherUsers {
    fn check_document(&self, cx: &mut Context<'_>) {
        let help = "name the users: `qcs::cam::uin/ACCOUNT:uin/UIN`, or leave it to administrators";
        reach::check(cx, WAYS, "whoever has this may log in as somebody else", help);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn a_deny_that_covers_the_call_closes_the_way() {
        let text = |mark: (&str, &str), deny: &str| {
            let action = format!(r#"{}"cam:UpdateUser"{}"#, mark.0, mark.1);
            format!(
                r#"{{"version": "2.0", "statement": [
                    {{"effect": "allow", "action": [{action}], "resource": "*"}},
                    {{"effect": "deny", "action": "{deny}", "resource": "*"}}]}}"#
            )
        };
        check("CAM6111", &text(("", ""), "cam:UpdateUser"));
        check("CAM6111", &text(("«", "»"), "cos:DeleteBucket"));
    }
}
