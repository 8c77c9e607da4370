//! Finds actions in trust policies that assume no role.

use camlock_policy::PolicyKind;
use camlock_source::quote;

use crate::context::Context;
use crate::element::{ActionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A trust policy with an action other than those that assume a role.
    ///
    /// ## Why it matters
    ///
    /// A trust policy says who may assume the role. What the role may do then stands in the
    /// policies that are attached to it: the action here changes nothing.
    ///
    /// ## Example
    ///
    /// ```json,CAM3141
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["sts:AssumeRole", "cos:GetObject"],
    ///     "principal": { "service": "cvm.qcloud.com" } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRole",
    ///     "principal": { "service": "cvm.qcloud.com" } }
    /// ] }
    /// ```
    pub(crate) TrustOfOtherAction = {
        code: "CAM3141",
        name: "trust-of-other-action",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "an action in a trust policy that assumes no role",
        spec: ["EVL-23"],
        fix: Narrowing,
    }
}

impl Rule for TrustOfOtherAction {
    fn check_action(
        &self,
        action: &ActionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some((service, operation)) = action.service().zip(action.operation()) else { return };
        let assumes = service == "sts"
            && ["AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"]
                .iter()
                .any(|own| camlock_catalog::matches(operation, own));
        let tags = service == "sts" && operation == "TagSession";
        if cx.kind() == PolicyKind::Trust && !assumes && !tags {
            let edit = action.string.removal();
            cx.report(action, format!("`{}` assumes no role", quote(action.text())))
                .label("changes nothing in a trust policy")
                .help("grant it in a policy that is attached to the role")
                .narrowing_fix("remove it", edit);
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_policy::PolicyKind;
    use camlock_source::Grade;

    use crate::testing::{check_as, check_fix};

    #[test]
    fn what_assumes_roles_belongs_there() {
        let text = r#"{"effect": "allow", "principal": {"service": "cvm.qcloud.com"}, "action": [
            "sts:AssumeRole", "name/sts:*", «"cos:*"», «"sts:GetFederationToken"», "*", "sts:AssumeRoleWithSAML"]}"#;
        check_as("CAM3141", Some(PolicyKind::Trust), text);
    }

    #[test]
    fn it_is_taken_out() {
        let text = |actions: &str| {
            format!(
                r#"{{"effect": "allow", "action": [{actions}], "principal": {{"service": "cvm.qcloud.com"}}}}"#
            )
        };
        let (before, after) = (r#""sts:AssumeRole", "cos:*""#, r#""sts:AssumeRole""#);
        check_fix("CAM3141", Grade::Narrowing, &text(before), &text(after));
    }
}
