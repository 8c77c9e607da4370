//! Finds trust policies that let everyone assume the role.

use camlock_policy::PolicyKind;

use crate::context::Context;
use crate::element::PrincipalElement;
use crate::rule::{Level, Rule};

declare_rule! {
    /// ## What it finds
    ///
    /// An allow for everyone in a trust policy.
    ///
    /// ## Why it matters
    ///
    /// Every account of the platform may assume the role. With conditions it may be meant, and is said
    /// as a warning.
    ///
    /// ## Example
    ///
    /// ```json,CAM6003,trust
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRole", "principal": "*" }
    /// ] }
    /// ```
    ///
    /// Name who may assume it:
    ///
    /// ```json,clean,trust
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRole",
    ///     "principal": { "service": "cvm.qcloud.com" } }
    /// ] }
    /// ```
    pub(crate) TrustEveryone = {
        code: "CAM6003",
        name: "trust-everyone",
        group: Security,
        level: Error,
        since: "0.2.0",
        summary: "a trust policy that lets everyone assume the role",
        spec: ["EVL-23", "PRN-1", "PRN-5"],
    }
}

impl Rule for TrustEveryone {
    fn check_principal(&self, principal: &PrincipalElement<'_>, cx: &mut Context<'_>) {
        if cx.kind() != PolicyKind::Trust || !principal.is_everyone() {
            return;
        }
        // The principal of the document is that of every statement [SYN-16].
        let statements = cx.statements().iter();
        let mut own =
            statements.filter(|own| principal.statement.is_none_or(|index| index == own.index));
        let Some(allow) = own.find(|own| own.is_allow()) else { return };
        let level = if cx.analysis().has_conditions(allow) { Level::Warning } else { Level::Error };
        cx.report(principal, "everyone may assume the role")
            .help("name the accounts, users or services that shall assume it")
            .at_most(level);
    }
}

#[cfg(test)]
mod tests {
    use camlock_policy::PolicyKind;

    use crate::testing::{check, check_as};

    #[test]
    fn every_spelling_and_both_places() {
        check(
            "CAM6003",
            r#"{"effect": "allow", "action": "sts:AssumeRole",
            "principal": {"qcs": [«"qcs::cam::anyone:anyone"», "qcs::cam::uin/1:root"]}}"#,
        );
        check_as(
            "CAM6003",
            Some(PolicyKind::Trust),
            r#"{"version": "2.0", "principal": «"*"»,
            "statement": {"effect": "allow", "action": "sts:AssumeRole"}}"#,
        );
    }

    #[test]
    fn denies_and_other_kinds_are_other_things() {
        check("CAM6003", r#"{"effect": "deny", "action": "sts:AssumeRole", "principal": "*"}"#);
        check(
            "CAM6003",
            r#"{"effect": "allow", "action": "cos:GetObject", "principal": "*",
            "resource": "qcs::cos:::a-1250000000/*"}"#,
        );
    }
}
