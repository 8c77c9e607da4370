//! Finds principals with blanks.

use camlock_source::quote;

use crate::context::Context;
use crate::element::PrincipalElement;
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// An entry of `principal` with a blank, such as `qcs: : cam: : anyone: anyone`.
    ///
    /// ## Why it matters
    ///
    /// Nothing is trimmed, and CAM refuses the entry.
    ///
    /// ## Example
    ///
    /// ```json,CAM3034
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "principal": { "qcs": "qcs::cam::uin/100000000001: uin/100000000011" },
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
    pub(crate) BlankInPrincipal = {
        code: "CAM3034",
        name: "blank-in-principal",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "a principal with a blank",
        spec: ["PRN-3", "SYN-17"],
        fix: Suggestion,
        supersedes: ["CAM2130", "CAM2131", "CAM2132", "CAM2133", "CAM2134"],
    }
}

impl Rule for BlankInPrincipal {
    fn check_principal(&self, principal: &PrincipalElement<'_>, cx: &mut Context<'_>) {
        let text = principal.text();
        let Some(member) = principal.member.filter(|_| support::has_blank(text)) else { return };
        let right = support::without_blanks(text);
        if support::is_principal(member.decoded(), &right) {
            cx.report(principal, format!("the principal `{}` has a blank", quote(text)))
                .label("never trimmed")
                .help(format!("write `{}`", quote(&right)))
                .suggestion("remove the blank", [principal.string.replace_with(&right)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn only_what_is_right_without_them() {
        check(
            "CAM3034",
            r#"{"effect": "allow", "action": "cos:*", "resource": "*", "principal": {
            "qcs": [«"qcs: : cam: : anyone: anyone"», "qcs::cam::uin/1:root", "some body"],
            "service": «"cvm.qcloud.com "»}}"#,
        );
    }

    #[test]
    fn they_go() {
        let text = |name: &str| {
            format!(
                r#"{{"effect": "deny", "action": "cos:*", "resource": "*", "principal": {{"qcs": "{name}"}}}}"#
            )
        };
        let (before, after) = (" qcs::cam::uin/1:root", "qcs::cam::uin/1:root");
        check_fix("CAM3034", Grade::Suggestion, &text(before), &text(after));
    }
}
