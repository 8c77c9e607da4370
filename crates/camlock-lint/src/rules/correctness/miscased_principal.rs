//! Finds principals in the wrong letter case.

use camlock_source::quote;

use crate::context::Context;
use crate::element::PrincipalElement;
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A principal that would be right in another letter case: `qcs::cam::uin/1:rolename/ops`,
    /// `QCS::CAM::UIN/1:root`.
    ///
    /// ## Why it matters
    ///
    /// Names are compared letter by letter, so CAM refuses the entry.
    ///
    /// ## Example
    ///
    /// ```json,CAM3023
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "principal": { "qcs": "qcs::cam::uin/100000000001:Uin/100000000011" },
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
    pub(crate) MiscasedPrincipal = {
        code: "CAM3023",
        name: "miscased-principal",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "a principal in the wrong letter case",
        spec: ["PRN-3", "PRN-8"],
        fix: Suggestion,
        supersedes: ["CAM2130", "CAM2134"],
    }
}

impl Rule for MiscasedPrincipal {
    fn check_principal(&self, principal: &PrincipalElement<'_>, cx: &mut Context<'_>) {
        let Some(member) = principal.member.filter(|_| principal.pattern.is_none()) else { return };
        let Some(right) = right_case(principal.text()) else { return };
        if support::is_principal(member.decoded(), &right) {
            cx.report(
                principal,
                format!("`{}` is in the wrong letter case", quote(principal.text())),
            )
            .help(format!("write `{}`", quote(&right)))
            .suggestion(
                "write it in the right letter case",
                [principal.string.replace_with(&right)],
            );
        }
    }
}

const KINDS: [&str; 7] =
    ["uin", "groupid", "roleName", "role", "saml-provider", "oidc-provider", "service"];

/// The name with everything in lower case but what people choose.
fn right_case(text: &str) -> Option<String> {
    let (head, last) = text.rsplit_once(':')?;
    let head = head.to_ascii_lowercase();
    let last = match last.split_once('/') {
        Some((kind, id)) => {
            let known = KINDS.iter().find(|known| known.eq_ignore_ascii_case(kind))?;
            format!("{known}/{id}")
        }
        None => last.to_ascii_lowercase(),
    };
    Some(format!("{head}:{last}"))
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn only_the_letter_case_may_be_wrong() {
        check(
            "CAM3023",
            r#"{"effect": "allow", "action": "cos:*", "resource": "*", "principal": {"qcs": [
            «"qcs::cam::uin/1:rolename/ops"», «"QCS::CAM::UIN/1:root"», "qcs::cam::uin/1:roleName/Ops",
            "qcs::cam::uin/1:Group/7", «"qcs::cam::Anyone:anyone"»]}}"#,
        );
    }

    #[test]
    fn names_keep_their_case() {
        let text = |name: &str| {
            format!(
                r#"{{"effect": "deny", "action": "cos:*", "resource": "*", "principal": {{"qcs": "{name}"}}}}"#
            )
        };
        let (before, after) = ("qcs::cam::uin/1:ROLENAME/Ops", "qcs::cam::uin/1:roleName/Ops");
        check_fix("CAM3023", Grade::Suggestion, &text(before), &text(after));
    }
}
