//! Finds allows to put oneself into any user group.

use super::reach::{self, A_USER, Call, EVERY_GROUP, call};
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow of `cam:AddUserToGroup`, or of its form for several users, that reaches every group.
    ///
    /// ## Why it matters
    ///
    /// A member has all rights of the group. One call puts its holder into the group of administrators. The
    /// engine is asked, with denies and ceilings as far as they are known; the finding names a request that
    /// is allowed.
    ///
    /// ## Example
    ///
    /// ```json,CAM6104
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:AddUserToGroup", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:AddUserToGroup",
    ///     "resource": ["qcs::cam::uin/100000000001:groupid/17", "qcs::cam::uin/100000000001:uin/*"] }
    /// ] }
    /// ```
    pub(crate) JoinAnyGroup = {
        code: "CAM6104",
        name: "join-any-group",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "an allow to put oneself into any user group",
    }
}

const WAYS: &[&[Call]] = &[
    &[call("cam", "AddUserToGroup", &[EVERY_GROUP, A_USER])],
    &[call("cam", "AddSubAccountsToGroup", &[])],
];

impl Rule for JoinAnyGroup {
    fn check_document(&self, cx: &mut Context<'_>) {
        let help = "name the groups: `qcs::cam::uin/ACCOUNT:groupid/ID`";
        reach::check(cx, WAYS, "whoever has this may join any group", help);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn a_deny_that_covers_the_call_closes_the_way() {
        let text = |mark: (&str, &str), deny: &str| {
            let action = format!(r#"{}"cam:AddUserToGroup"{}"#, mark.0, mark.1);
            format!(
                r#"{{"version": "2.0", "statement": [
                    {{"effect": "allow", "action": [{action}], "resource": "*"}},
                    {{"effect": "deny", "action": "{deny}", "resource": "*"}}]}}"#
            )
        };
        check("CAM6104", &text(("", ""), "cam:AddUserToGroup"));
        check("CAM6104", &text(("«", "»"), "cos:DeleteBucket"));
    }
}
