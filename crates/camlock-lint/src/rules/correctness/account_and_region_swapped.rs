//! Finds accounts in the place of the region.

use camlock_source::quote;

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A resource whose region segment is an account, `uin/…` or `uid/…`, with the region behind
    /// it.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the name. The region stands in front of the account.
    ///
    /// ## Example
    ///
    /// ```json,CAM3067
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:uin/100000000001:ap-guangzhou:instance/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou:uin/100000000001:instance/*" }
    /// ] }
    /// ```
    pub(crate) AccountAndRegionSwapped = {
        code: "CAM3067",
        name: "account-and-region-swapped",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "an account in the place of the region",
        spec: ["RES-6", "RES-8"],
        fix: Suggestion,
        supersedes: ["CAM2118", "CAM2119", "CAM2120", "CAM2123"],
    }
}

impl Rule for AccountAndRegionSwapped {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let parts = resource.parts().filter(|_| resource.pattern.is_none());
        let Some([_, project, service, region, account, path]) = parts else { return };
        if !region.text.starts_with("uin/") && !region.text.starts_with("uid/") {
            return;
        }
        let right = format!(
            "qcs:{}:{}:{}:{}:{}",
            project.text, service.text, account.text, region.text, path.text
        );
        if support::is_resource(&right) {
            cx.report(
                &region.span.cover(account.span),
                format!("`{}` is an account, not a region", quote(region.text)),
            )
            .help(format!("write `{}`", quote(&right)))
            .suggestion("let them change places", [resource.string.replace_with(&right)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn only_where_changing_places_helps() {
        check(
            "CAM3067",
            r#"{"effect": "allow", "action": "cvm:*", "resource": [
            "qcs::cvm:«uin/1:gz»:instance/*", "qcs::cvm:«uin/1:»:instance/*", "qcs::cvm:uin/x:gz:*", "qcs::cvm:gz:uin/1:*"]}"#,
        );
    }

    #[test]
    fn they_change_places() {
        let text = |name: &str| {
            format!(r#"{{"effect": "deny", "action": "cvm:*", "resource": "{name}"}}"#)
        };
        check_fix(
            "CAM3067",
            Grade::Suggestion,
            &text("qcs::cvm:uin/1:sh:*"),
            &text("qcs::cvm:sh:uin/1:*"),
        );
    }
}
