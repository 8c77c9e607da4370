//! Finds allows to take a permission boundary away.

use super::reach::{self, A_ROLE, A_USER, Call, EVERY_POLICY, call};
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow to delete the permission boundary of oneself or of a role, or to put any policy in its
    /// place.
    ///
    /// ## Why it matters
    ///
    /// A boundary is there because its holder has more policies than it should use. Without it all of them
    /// count. The engine is asked, with denies and ceilings as far as they are known; the finding names a
    /// request that is allowed.
    ///
    /// ## Example
    ///
    /// ```json,CAM6108
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:DeleteUserPermissionsBoundary", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:GetUserPermissionBoundary", "resource": "*" }
    /// ] }
    /// ```
    pub(crate) LiftOwnBoundary = {
        code: "CAM6108",
        name: "lift-own-boundary",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "an allow to take a permission boundary away",
        spec: ["EVL-11"],
    }
}

const WAYS: &[&[Call]] = &[
    &[call("cam", "DeleteUserPermissionsBoundary", &[A_USER])],
    &[call("cam", "PutUserPermissionsBoundary", &[A_USER, EVERY_POLICY])],
    &[call("cam", "DeleteRolePermissionsBoundary", &[A_ROLE])],
    &[call("cam", "PutRolePermissionsBoundary", &[A_ROLE, EVERY_POLICY])],
    &[call("cam", "DeleteEntitiesPermissionsBoundary", &[])],
    &[call("cam", "PutEntitiesPermissionsBoundary", &[])],
];

impl Rule for LiftOwnBoundary {
    fn check_document(&self, cx: &mut Context<'_>) {
        let help = "leave boundaries to administrators, or deny these calls in the boundary itself";
        reach::check(cx, WAYS, "whoever has this may lift a permission boundary", help);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn a_deny_that_covers_the_call_closes_the_way() {
        let text = |mark: (&str, &str), deny: &str| {
            let action = format!(r#"{}"cam:DeleteUserPermissionsBoundary"{}"#, mark.0, mark.1);
            format!(
                r#"{{"version": "2.0", "statement": [
                    {{"effect": "allow", "action": [{action}], "resource": "*"}},
                    {{"effect": "deny", "action": "{deny}", "resource": "*"}}]}}"#
            )
        };
        check("CAM6108", &text(("", ""), "cam:DeleteUserPermissionsBoundary"));
        check("CAM6108", &text(("«", "»"), "cos:DeleteBucket"));
    }
}
