//! Finds account segments in the wrong letter case.

use camlock_source::{Edit, quote};

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A resource whose account segment begins with `UIN/`, `Uid/` or the like.
    ///
    /// ## Why it matters
    ///
    /// Prefixes of accounts are lower case, and CAM refuses anything else.
    ///
    /// ## Example
    ///
    /// ```json,CAM3024
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou:UIN/100000000001:instance/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou:uin/100000000001:instance/*" }
    /// ] }
    /// ```
    pub(crate) MiscasedAccount = {
        code: "CAM3024",
        name: "miscased-account",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "an account segment in the wrong letter case",
        spec: ["RES-8", "RES-14"],
        fix: Suggestion,
        supersedes: ["CAM2120"],
    }
}

impl Rule for MiscasedAccount {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let parts = resource.parts().filter(|_| resource.pattern.is_none());
        let Some([_, _, _, _, account, _]) = parts else { return };
        let right = account.text.to_ascii_lowercase();
        let digits = right.strip_prefix("uin/").or_else(|| right.strip_prefix("uid/"));
        if right != account.text && digits.is_some_and(support::is_digits) {
            let edit = Edit::replace(account.span, right.as_str());
            cx.report(
                &account,
                format!("the account `{}` is in capital letters", quote(account.text)),
            )
            .help(format!("write `{right}`"))
            .suggestion(format!("write `{right}`"), [edit]);
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn only_a_whole_account_in_another_case() {
        check(
            "CAM3024",
            r#"{"effect": "allow", "action": "cvm:*", "resource": [
            "qcs::cvm::«UIN/1»:*", "qcs::cos::«Uid/1250000000»:*", "qcs::cvm::uin/1:*", "qcs::cvm::Uin/x:*"]}"#,
        );
    }

    #[test]
    fn lower_case_is_written() {
        let text = |account: &str| {
            format!(
                r#"{{"effect": "deny", "action": "cvm:*", "resource": "qcs::cvm::{account}:*"}}"#
            )
        };
        check_fix("CAM3024", Grade::Suggestion, &text("Uin/7"), &text("uin/7"));
    }
}
