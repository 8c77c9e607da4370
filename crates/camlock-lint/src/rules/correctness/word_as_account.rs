//! Finds words in the place of account ids.

use camlock_source::{Edit, quote};

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// An account segment such as `uin/ownerUin` or `uin/alice`.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the name. Accounts are named by ids of digits; a word there is a name, or was to
    /// be replaced before use.
    ///
    /// ## Example
    ///
    /// ```json,CAM3026
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou:uin/ownerUin:instance/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou::instance/*" }
    /// ] }
    /// ```
    pub(crate) WordAsAccount = {
        code: "CAM3026",
        name: "word-as-account",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "a word in the place of an account id",
        spec: ["RES-8"],
        fix: Suggestion,
        supersedes: ["CAM2120"],
    }
}

impl Rule for WordAsAccount {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let parts = resource.parts().filter(|_| resource.pattern.is_none());
        let Some([_, _, _, _, account, _]) = parts else { return };
        let text = account.text;
        let id = text.strip_prefix("uin/").or_else(|| text.strip_prefix("uid/"));
        let Some(id) = id.filter(|_| !support::is_mark(text)) else { return };
        let is_word =
            id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'));
        if is_word && id.bytes().any(|b| b.is_ascii_alphabetic()) {
            cx.report(&account, format!("the account `{}` is a word, not an id", quote(text)))
                .help("leave it empty for the account that owns the policy, or write the digits of its id")
                .suggestion("leave it empty", [Edit::remove(account.span)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn ids_and_marks_are_left_alone() {
        check(
            "CAM3026",
            r#"{"effect": "allow", "action": "cvm:*", "resource": ["qcs::cvm::«uin/ownerUin»:*",
            "qcs::cos::«uid/appId»:*", "qcs::cvm::uin/<x>:*", "qcs::cvm::uin/xxxx:*", "qcs::cvm::uin/1:*", "qcs::cvm::uin/-1:*"]}"#,
        );
    }

    #[test]
    fn it_goes() {
        let text = |account: &str| {
            format!(
                r#"{{"effect": "deny", "action": "cvm:*", "resource": "qcs::cvm::{account}:*"}}"#
            )
        };
        check_fix("CAM3026", Grade::Suggestion, &text("uin/alice"), &text(""));
    }
}
