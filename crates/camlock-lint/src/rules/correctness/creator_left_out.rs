//! Finds keys and secrets that are named without who created them.

use camlock_source::{Edit, quote};

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A resource `key/ID` of `kms` or `secret/NAME` of `ssm`.
    ///
    /// ## Why it matters
    ///
    /// Both services name what somebody has created by its creator: `key/creatorUin/UIN/ID` and
    /// `secret/creatorUin/UIN/NAME`, where the creator is a root account or one of its users. The short name
    /// meets no request. A `*` in the place of the creator means whoever it was.
    ///
    /// ## Example
    ///
    /// ```json,CAM3148
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "ssm:GetSecretValue",
    ///     "resource": "qcs::ssm:ap-guangzhou:uin/100000000001:secret/db-password" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "ssm:GetSecretValue",
    ///     "resource": "qcs::ssm:ap-guangzhou:uin/100000000001:secret/creatorUin/100000000001/db-password" }
    /// ] }
    /// ```
    pub(crate) CreatorLeftOut = {
        code: "CAM3148",
        name: "creator-left-out",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "a key or a secret without who created it",
        spec: ["RES-10"],
        fix: Suggestion,
    }
}

impl Rule for CreatorLeftOut {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let parts = resource.parts().filter(|_| resource.pattern.is_some());
        let Some([_, _, service, _, _, path]) = parts else { return };
        let kind = match service.text {
            "kms" => "key",
            "ssm" => "secret",
            _ => return,
        };
        let Some((_, name)) = path.text.split_once('/').filter(|(own, _)| *own == kind) else {
            return;
        };
        // A wildcard at the beginning reaches over the creator; a mark is filled in with whatever fits.
        let is_whole = name.is_empty() || name.starts_with(['*', '$', '<', '{', '[']);
        if is_whole || name.contains('/') || "creatorUin".starts_with(name.trim_end_matches('*')) {
            return;
        }
        let right = format!("{kind}/creatorUin/*/{name}");
        let title = format!("write `{}`", quote(&right));
        cx.report(&path, format!("`{}` leaves out who created it", quote(path.text)))
            .label(support::without_effect(statement))
            .help(format!("write `{}`, or the account in place of the star", quote(&right)))
            .suggestion(title, [Edit::replace(path.span, right)]);
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn only_names_that_no_creator_precedes() {
        check(
            "CAM3148",
            r#"{"effect": "allow", "action": ["kms:Decrypt", "ssm:GetSecretValue"], "resource": [
            "qcs::kms:::«key/23e52117-0000»", "qcs::kms:::«key/23e5*»", "qcs::kms:::key/*", "qcs::kms:::key/creatorUin/*",
            "qcs::kms:::key/creatorUin/1/a", "qcs::kms:::key/creator*", "qcs::kms:::other/a", "qcs::kms:::key/<KEY_ID>",
            "qcs::ssm:::«secret/db»", "qcs::ssm:::secret/a/b", "qcs::ssm:::secret/*db", "qcs::scf:::secret/db", "qcs::ssm:::*"]}"#,
        );
    }

    #[test]
    fn any_creator_is_meant() {
        let text = |name: &str| {
            format!(
                r#"{{"effect": "deny", "action": "ssm:GetSecretValue", "resource": "qcs::ssm:::{name}"}}"#
            )
        };
        check_fix(
            "CAM3148",
            Grade::Suggestion,
            &text("secret/db"),
            &text("secret/creatorUin/*/db"),
        );
    }
}
