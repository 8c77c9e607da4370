//! Finds members of `principal` under other names.

use camlock_policy::PolicyKind;
use camlock_source::quote;

use crate::context::Context;
use crate::element::PrincipalElement;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A member of `principal` that is not `qcs`, `service` or `federated` but stands for one of
    /// them: `QCS`, `AWS`, `Service`.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the document. Identities of this cloud stand under `qcs`, cloud services under
    /// `service`, identity providers under `federated`, all in lower case.
    ///
    /// ## Example
    ///
    /// ```json,CAM3022
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "principal": { "QCS": ["qcs::cam::uin/100000000001:uin/100000000011"] },
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "principal": { "qcs": ["qcs::cam::uin/100000000001:uin/100000000011"] },
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    pub(crate) MisnamedPrincipalMember = {
        code: "CAM3022",
        name: "misnamed-principal-member",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "a member of `principal` under another name",
        spec: ["PRN-2"],
        fix: Suggestion,
        supersedes: ["CAM2018"],
    }
}

impl Rule for MisnamedPrincipalMember {
    fn check_principal(&self, principal: &PrincipalElement<'_>, cx: &mut Context<'_>) {
        let first = principal.string.list.is_none_or(|list| list.index == 0);
        let Some(member) = principal.member.filter(|_| first) else { return };
        let Some(meant) = meant(member.decoded()) else { return };
        let what = format!("`{}` is not a kind of principal", quote(member.decoded()));
        if meant == "qcs" && principal.text() == "*" {
            // Under `qcs` it would be refused as well [PRN-6], and everyone is nobody in a trust policy [RD-8].
            let help = if cx.kind() == PolicyKind::Trust {
                "name the accounts, users or services that shall assume the role"
            } else {
                "name the identities under `qcs`; everyone is written `\"principal\": \"*\"`"
            };
            cx.report(&member, what).help(help);
            return;
        }
        cx.report(&member, what)
            .help(format!("write `{meant}`"))
            .suggestion(format!("write `{meant}`"), [member.replace_with(meant)]);
    }
}

/// What a member stands for; nothing where it is right, or means nothing.
fn meant(name: &str) -> Option<&'static str> {
    if matches!(name, "qcs" | "service" | "federated") {
        return None;
    }
    Some(match name.trim().to_ascii_lowercase().as_str() {
        "qcs" | "aws" | "uin" | "user" | "users" | "ram" | "iam" | "cam" | "canonicaluser" => "qcs",
        "service" | "services" => "service",
        "federated" | "federate" | "saml" | "oidc" => "federated",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use camlock_policy::PolicyKind;
    use camlock_source::Grade;

    use crate::testing::{check, check_as, check_fix, helps};

    #[test]
    fn a_member_is_named_once() {
        check(
            "CAM3022",
            r#"{"effect": "allow", "action": "cos:*", "resource": "*", "principal": {
            «"AWS"»: ["a", "b"], "qcs": "qcs::cam::uin/1:root", «"Federated"»: "c", "other": "d"}}"#,
        );
    }

    #[test]
    fn a_star_is_not_moved_to_where_it_is_refused() {
        let text = |kind: &str| {
            format!(r#"{{"effect": "allow", "action": "{kind}", "principal": {{«"AWS"»: "*"}}}}"#)
        };
        check_as("CAM3022", Some(PolicyKind::Trust), &text("name/sts:AssumeRole"));
        check_as("CAM3022", Some(PolicyKind::Resource), &text("cos:GetObject"));
        let plain = text("name/sts:AssumeRole").replace(['«', '»'], "");
        let role = "name the accounts, users or services that shall assume the role";
        assert_eq!(helps("CAM3022", &plain), [role]);
        check_fix("CAM3022", Grade::Suggestion, &plain, &plain);
    }

    #[test]
    fn the_member_is_renamed() {
        let text = |member: &str| {
            format!(
                r#"{{"effect": "deny", "action": "cos:*", "resource": "*",
                "principal": {{"{member}": "qcs::cam::uin/1:root"}}}}"#
            )
        };
        check_fix("CAM3022", Grade::Suggestion, &text("Qcs"), &text("qcs"));
    }
}
