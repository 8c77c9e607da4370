//! Finds the principal of a demo of temporary keys.

use camlock_policy::PolicyKind;

use crate::context::Context;
use crate::element::PrincipalElement;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A `*` under `qcs`, as a demo for temporary keys of COS has it.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses it: `*` is no name of an identity. In a session policy, for which the demo is,
    /// the principal says nothing and is to be left out. In a bucket policy `"principal": "*"`
    /// would be everyone, signed or not.
    ///
    /// ## Example
    ///
    /// ```json,CAM3136
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "principal": { "qcs": ["*"] },
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "principal": { "qcs": "qcs::cam::uin/100000000001:uin/100000000011" },
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    pub(crate) DemoPrincipal = {
        code: "CAM3136",
        name: "demo-principal",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "a `*` under `qcs`, as a demo of temporary keys has it",
        spec: ["PRN-1", "PRN-6"],
        supersedes: ["CAM2128"],
    }
}

impl Rule for DemoPrincipal {
    fn check_principal(&self, principal: &PrincipalElement<'_>, cx: &mut Context<'_>) {
        let is_qcs = principal.member.is_some_and(|member| member.decoded() == "qcs");
        // Where nobody may be named at all, that is said already.
        if is_qcs && principal.text() == "*" && cx.kind().names_principals() {
            let is_trust = cx.kind() == PolicyKind::Trust;
            let help = if is_trust {
                "name the accounts, users or services that shall assume the role"
            } else {
                "leave `principal` out of a session policy; in a bucket policy, name the identities"
            };
            let report = cx
                .report(principal, "`*` under `qcs` names nobody")
                .label("copied from a demo of temporary keys")
                .help(help);
            // Everyone is nobody in a trust policy [RD-8].
            if !is_trust {
                report.note("[PRN-1] everyone is written `\"principal\": \"*\"`");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_policy::PolicyKind;

    use crate::testing::{check, check_as};

    #[test]
    fn everyone_is_another_spelling() {
        check(
            "CAM3136",
            r#"{"effect": "allow", "action": "cos:*", "resource": "*", "principal": {"qcs": [«"*"», "qcs::cam::uin/1:root"]}}"#,
        );
        check(
            "CAM3136",
            r#"{"effect": "allow", "action": "cos:*", "resource": "*", "principal": "*"}"#,
        );
        let text = r#"{"effect": "allow", "action": "cos:*", "resource": "*", "principal": {"qcs": ["*"]}}"#;
        check_as("CAM3136", Some(PolicyKind::Session), text);
    }
}
