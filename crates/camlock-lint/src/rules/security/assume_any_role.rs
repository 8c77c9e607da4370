//! Finds an allow to assume any role.

use super::reach::{self, Call, EVERY_ROLE, call};
use crate::analysis::Grant;
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow of `sts:AssumeRole` that reaches every role of the account.
    ///
    /// ## Why it matters
    ///
    /// What its holder may do is what the strongest role may do that trusts the account, today and later.
    ///
    /// ## Example
    ///
    /// ```json,CAM6012
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRole", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// Name the role:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRole",
    ///     "resource": "qcs::cam::uin/100000000001:roleName/reader" }
    /// ] }
    /// ```
    pub(crate) AssumeAnyRole = {
        code: "CAM6012",
        name: "assume-any-role",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "an allow to assume any role",
        spec: ["EVL-23"],
    }
}

const WAYS: &[&[Call]] = &[&[call("sts", "AssumeRole", &[EVERY_ROLE])]];

impl Rule for AssumeAnyRole {
    fn check_document(&self, cx: &mut Context<'_>) {
        let help = "name the roles: `qcs::cam::uin/ACCOUNT:roleName/NAME`";
        let analysis = cx.analysis();
        // `allow-everything` says it in fewer words.
        let counts =
            |grant: &Grant<'_>, _: &Call| analysis.allows_everything(grant.statement).is_none();
        reach::check_where(cx, WAYS, "whoever has this may assume any role", help, counts);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn every_spelling_of_every_role() {
        check(
            "CAM6012",
            r#"{"effect": "allow", "action": «"name/sts:Assume*"», "resource": "qcs::cam::uin/17:roleName/*"}"#,
        );
        check("CAM6012", r#"{"effect": "allow", "action": «"sts:*"», "resource": "*"}"#);
        check(
            "CAM6012",
            r#"{"effect": "allow", "action": "sts:AssumeRole", "resource": "qcs::cam:::roleName/app-*"}"#,
        );
        check("CAM6012", r#"{"effect": "allow", "action": "*", "resource": "*"}"#);
    }
}
