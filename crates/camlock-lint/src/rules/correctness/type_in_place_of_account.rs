//! Finds resource types in the place of the account.

use camlock_source::quote;

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A resource such as `qcs::cvm:ap-guangzhou:instance:ins-1`, whose type stands where the
    /// account belongs.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the name. The account may be empty, but its colon stays, and type and id stand
    /// together in the last segment with a slash between them.
    ///
    /// ## Example
    ///
    /// ```json,CAM3063
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou:instance:ins-1" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou::instance/ins-1" }
    /// ] }
    /// ```
    pub(crate) TypeInPlaceOfAccount = {
        code: "CAM3063",
        name: "type-in-place-of-account",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "a resource type in the place of the account",
        spec: ["RES-8", "RES-10"],
        fix: Suggestion,
        supersedes: ["CAM2120", "CAM2123"],
    }
}

impl Rule for TypeInPlaceOfAccount {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let parts = resource.parts().filter(|_| resource.pattern.is_none());
        let Some([_, project, service, region, account, path]) = parts else { return };
        let is_word =
            account.text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
        let is_template = matches!(account.text, "account" | "uin" | "uid" | "owner");
        // A region there has come too far behind, as `extra-segment` tells.
        let is_region = support::is_region(cx.catalog(), account.text);
        if !is_word || is_template || is_region || support::is_digits(account.text) {
            return;
        }
        let right = format!(
            "qcs:{}:{}:{}::{}/{}",
            project.text, service.text, region.text, account.text, path.text
        );
        if !account.text.contains("xxx") && support::is_resource(&right) {
            cx.report(&account, format!("`{}` is a type, not an account", quote(account.text)))
                .label("the account belongs here")
                .help(format!("write `{}`", quote(&right)))
                .suggestion("leave the account empty", [resource.string.replace_with(&right)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn words_that_are_no_types_are_left_to_the_front_end() {
        check(
            "CAM3063",
            r#"{"effect": "allow", "action": "cvm:*", "resource": [
            "qcs::cvm:gz:«instance»:ins-1", "qcs::cvm:gz:«instance»:*", "qcs::service:region:account:resource",
            "qcs::cvm:gz:100000000001:instance/*", "qcs::cvm:gz:103xxx1:instance/*", "qcs::cvm:gz::instance/*"]}"#,
        );
    }

    #[test]
    fn type_and_id_stand_together() {
        let text = |name: &str| {
            format!(r#"{{"effect": "deny", "action": "cvm:*", "resource": "{name}"}}"#)
        };
        let (before, after) = ("qcs::cvm:gz:instance:*", "qcs::cvm:gz::instance/*");
        check_fix("CAM3063", Grade::Suggestion, &text(before), &text(after));
    }
}
