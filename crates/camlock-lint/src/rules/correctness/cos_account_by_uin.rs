//! Finds COS resources whose account is written as a uin.

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A COS resource whose account segment is written `uin/…`.
    ///
    /// ## Why it matters
    ///
    /// COS names accounts by APPID, `uid/…`, and its requests carry that. A statement with `uin/…`
    /// applies only where both ids of the account are known, and otherwise grants nothing.
    ///
    /// ## Example
    ///
    /// ```json,CAM3001
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uin/100000000001:logs-1250000000/*" }
    /// ] }
    /// ```
    ///
    /// Write the APPID, which every bucket has at the end of its name:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    pub(crate) CosAccountByUin = {
        code: "CAM3001",
        name: "cos-account-by-uin",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "a COS resource whose account is a uin",
        spec: ["RES-9"],
        fix: Suggestion,
    }
}

impl Rule for CosAccountByUin {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some([_, _, service, _, account, path]) = resource.parts() else { return };
        // `uin/-1` stands for the caller's account whatever its ids [RES-22].
        if service.text != "cos" || !account.text.starts_with("uin/") || account.text == "uin/-1" {
            return;
        }
        let uid = super::bucket_app_id(path.text).map(|app_id| format!("uid/{app_id}"));
        let written = uid.as_deref().unwrap_or("uid/APPID");
        let edit = uid.as_deref().map(|uid| camlock_source::Edit::replace(account.span, uid));
        cx.report(&account, "COS names accounts by APPID, this is a uin")
            .label("a uin")
            .help(format!("write `{written}`"))
            .suggestion(format!("write `{written}`"), edit);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn only_cos_and_only_a_uin() {
        check(
            "CAM3001",
            r#"{"effect": "allow", "action": "cos:*", "resource": [
            "qcs::cos::«uin/100000000001»:*",
            "qcs::cos::uid/1250000000:*",
            "qcs::cos:::logs-1250000000/*",
            "qcs::cos::uin/-1:*",
            "qcs::cvm::uin/100000000001:instance/*"
        ]}"#,
        );
    }
}
