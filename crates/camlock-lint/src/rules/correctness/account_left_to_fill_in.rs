//! Finds account segments that were not filled in.

use camlock_source::{Edit, quote};

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::{support, wide};

declare_rule! {
    /// ## What it finds
    ///
    /// An account segment with text that was to be replaced before use, or with a variable:
    /// `uin/<your-uin>`, `uid/${app_id}`, `uin/xxxx`.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the document: variables stand in the last segment and in condition values only.
    /// Most often the account of the policy is meant, and for that the segment is left empty.
    ///
    /// ## Example
    ///
    /// ```json,CAM3020
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou:uin/${owner_uin}:instance/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou::instance/*" }
    /// ] }
    /// ```
    pub(crate) AccountLeftToFillIn = {
        code: "CAM3020",
        name: "account-left-to-fill-in",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "an account segment that was to be replaced before use",
        spec: ["RES-8", "VAR-2"],
        fix: Suggestion,
        supersedes: ["CAM2120", "CAM2122", "CAM2123"],
    }
}

impl Rule for AccountLeftToFillIn {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some([_, _, service, _, account, path]) = resource.parts() else { return };
        // Foreign variables have a rule of their own.
        if resource.pattern.is_some()
            || !support::is_mark(account.text)
            || account.text.contains("${aws:")
            || support::has_blank(account.text)
            // `full-width-character` tells of these.
            || wide::is_wide_ascii(account.text)
        {
            return;
        }
        let app_id = Some(path.text).filter(|_| service.text == "cos");
        let app_id = app_id.and_then(super::bucket_app_id);
        let new = app_id.map(|app_id| format!("uid/{app_id}")).unwrap_or_default();
        let title =
            if new.is_empty() { "leave it empty".to_owned() } else { format!("write `{new}`") };
        cx.report(&account, format!("the account `{}` was not filled in", quote(account.text)))
            .help("leave it empty for the account that owns the policy, or write the id")
            .suggestion(title, [Edit::replace(account.span, new)]);
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn what_is_filled_in_is_left_alone() {
        check(
            "CAM3020",
            r#"{"effect": "allow", "action": "cvm:*", "resource": [
            "qcs::cvm::«uin/${owner_uin}»:*", "qcs::cvm::«uin/<UIN>»:*", "qcs::cvm::«100****9»:*",
            "qcs::cvm::«主账号»:*", "qcs::cvm::uin/1:${uin}", "qcs::cvm::uin/abc:*", "qcs::cvm:::*"]}"#,
        );
    }

    #[test]
    fn a_bucket_says_whose_it_is() {
        let text = |account: &str, rest: &str| {
            format!(
                r#"{{"effect": "deny", "action": "cos:*", "resource": "qcs::{rest}:{account}:a-1250000000/*"}}"#
            )
        };
        let after = text("uid/1250000000", "cos:");
        check_fix("CAM3020", Grade::Suggestion, &text("uid/<APPID>", "cos:"), &after);
        let after = text("", "cvm:");
        check_fix("CAM3020", Grade::Suggestion, &text("uin/$x", "cvm:"), &after);
    }
}
