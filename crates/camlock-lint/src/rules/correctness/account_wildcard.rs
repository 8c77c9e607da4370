//! Finds wildcards behind `uin/` or `uid/`.

use camlock_source::Edit;

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An account segment `uin/*` or `uid/*`, or one with a star among its digits.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the name: the account is one id, empty for the account that owns the policy, or
    /// a star alone for any.
    ///
    /// ## Example
    ///
    /// ```json,CAM3025
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou:uin/*:instance/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou::instance/*" }
    /// ] }
    /// ```
    pub(crate) AccountWildcard = {
        code: "CAM3025",
        name: "account-wildcard",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "a wildcard behind `uin/` or `uid/`",
        spec: ["RES-8", "RES-23"],
        fix: Suggestion,
        supersedes: ["CAM2120"],
    }
}

impl Rule for AccountWildcard {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let parts = resource.parts().filter(|_| resource.pattern.is_none());
        let Some([_, _, _, _, account, _]) = parts else { return };
        let id = account.text.strip_prefix("uin/").or_else(|| account.text.strip_prefix("uid/"));
        let Some(id) = id.filter(|id| id.contains('*') && !id.contains("***")) else { return };
        if id.bytes().all(|b| b.is_ascii_digit() || b == b'*') {
            cx.report(&account, format!("a wildcard in the account `{}`", account.text))
                .help("leave it empty for the account that owns the policy, or write `*` for any")
                .suggestion("leave it empty", [Edit::remove(account.span)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn a_star_alone_and_masks_are_left_alone() {
        check(
            "CAM3025",
            r#"{"effect": "allow", "action": "cvm:*", "resource": ["qcs::cvm::«uin/*»:*",
            "qcs::cos::«uid/125*»:*", "qcs::cvm::*:*", "qcs::cvm::uin/10***7:*", "qcs::cvm::uin/1:*"]}"#,
        );
    }

    #[test]
    fn it_goes() {
        let text = |account: &str| {
            format!(
                r#"{{"effect": "deny", "action": "cvm:*", "resource": "qcs::cvm::{account}:*"}}"#
            )
        };
        check_fix("CAM3025", Grade::Suggestion, &text("uin/*"), &text(""));
    }
}
