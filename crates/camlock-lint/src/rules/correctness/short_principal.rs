//! Finds principals that are ids alone.

use camlock_source::quote;

use crate::context::Context;
use crate::element::PrincipalElement;
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// An entry under `qcs` that is digits alone, `uin/` and digits, or a name without its first
    /// segments.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the entry. An identity is named with the account in front,
    /// `qcs::cam::uin/ACCOUNT:uin/USER`; for the account itself both are the same.
    ///
    /// ## Example
    ///
    /// ```json,CAM3130
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "principal": { "qcs": "100000000011" },
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
    pub(crate) ShortPrincipal = {
        code: "CAM3130",
        name: "short-principal",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "a principal that is an id alone",
        spec: ["PRN-3", "PRN-4"],
        fix: Suggestion,
        supersedes: ["CAM2130"],
    }
}

impl Rule for ShortPrincipal {
    fn check_principal(&self, principal: &PrincipalElement<'_>, cx: &mut Context<'_>) {
        let is_qcs = principal.member.is_some_and(|member| member.decoded() == "qcs");
        if !is_qcs || principal.pattern.is_some() {
            return;
        }
        let text = principal.text();
        let bare = text.strip_prefix("uin/").unwrap_or(text);
        let right = if support::is_digits(bare) {
            format!("qcs::cam::uin/{bare}:uin/{bare}")
        } else {
            let rest = text.trim_start_matches("qcs:").trim_start_matches(':');
            let rest = rest.strip_prefix("cam:").unwrap_or(rest).trim_start_matches(':');
            format!("qcs::cam::{rest}")
        };
        if right == text || !support::is_principal("qcs", &right) {
            return;
        }
        let help = if support::is_digits(bare) {
            "write `qcs::cam::uin/ACCOUNT:uin/USER`; for the account itself both ids are the same"
                .to_owned()
        } else {
            format!("write `{}`", quote(&right))
        };
        cx.report(principal, format!("`{}` is not the whole name of an identity", quote(text)))
            .help(help)
            .suggestion(
                format!("write `{}`", quote(&right)),
                [principal.string.replace_with(&right)],
            );
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn what_only_lacks_its_beginning() {
        check(
            "CAM3130",
            r#"{"effect": "allow", "action": "cos:*", "resource": "*", "principal": {"qcs": [
            «"100000000011"», «"uin/100000000011"», «"qcs:cam::uin/1:root"», «"uin/1:uin/2"», "alice", "*",
            "qcs::cam::uin/1:root"], "service": "100"}}"#,
        );
    }

    #[test]
    fn the_rest_is_written() {
        let text = |name: &str| {
            format!(
                r#"{{"effect": "deny", "action": "cos:*", "resource": "*", "principal": {{"qcs": "{name}"}}}}"#
            )
        };
        let (before, after) = ("uin/7", "qcs::cam::uin/7:uin/7");
        check_fix("CAM3130", Grade::Suggestion, &text(before), &text(after));
    }
}
