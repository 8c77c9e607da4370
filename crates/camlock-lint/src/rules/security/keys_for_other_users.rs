//! Finds allows to make or enable access keys of other users.

use super::reach::{self, ANOTHER_USER, Call, call};
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow of `cam:CreateAccessKey` or `cam:UpdateAccessKey` that reaches somebody else.
    ///
    /// ## Why it matters
    ///
    /// Both calls take the user as a parameter. Whoever makes a key for an administrator is one. The engine
    /// is asked, with denies and ceilings as far as they are known; the finding names a request that is
    /// allowed.
    ///
    /// ## Example
    ///
    /// ```json,CAM6110
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:CreateAccessKey", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:CreateAccessKey",
    ///     "resource": "qcs::cam::uin/100000000001:uin/${uin}" }
    /// ] }
    /// ```
    pub(crate) KeysForOtherUsers = {
        code: "CAM6110",
        name: "keys-for-other-users",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "an allow to make or enable access keys of other users",
        spec: ["VAR-1"],
    }
}

const WAYS: &[&[Call]] = &[
    &[call("cam", "CreateAccessKey", &[ANOTHER_USER])],
    &[call("cam", "UpdateAccessKey", &[ANOTHER_USER])],
    &[call("cam", "CreateApiKey", &[ANOTHER_USER])],
];

impl Rule for KeysForOtherUsers {
    fn check_document(&self, cx: &mut Context<'_>) {
        let help = "allow it on one's own: `qcs::cam::uin/ACCOUNT:uin/${uin}`";
        reach::check(cx, WAYS, "whoever has this may get keys of other users", help);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn a_deny_that_covers_the_call_closes_the_way() {
        let text = |mark: (&str, &str), deny: &str| {
            let action = format!(r#"{}"cam:CreateAccessKey"{}"#, mark.0, mark.1);
            format!(
                r#"{{"version": "2.0", "statement": [
                    {{"effect": "allow", "action": [{action}], "resource": "*"}},
                    {{"effect": "deny", "action": "{deny}", "resource": "*"}}]}}"#
            )
        };
        check("CAM6110", &text(("", ""), "cam:CreateAccessKey"));
        check("CAM6110", &text(("«", "»"), "cos:DeleteBucket"));
    }
}
