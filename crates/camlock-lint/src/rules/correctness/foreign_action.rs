//! Finds actions of services of other clouds.

use camlock_source::{Edit, quote};

use crate::context::Context;
use crate::element::{ActionElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// An action whose service is one of another cloud, such as `s3` or `oss`, and none of this
    /// one.
    ///
    /// ## Why it matters
    ///
    /// The action never applies: in an allow somebody will miss a permission, in a deny something
    /// stays open. Many services have a relative here whose operations are called alike,
    /// `s3:GetObject` and `cos:GetObject` for one; many are not, so that each action has to be
    /// looked up.
    ///
    /// ## Example
    ///
    /// ```json,CAM3014
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "s3:GetObject", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    pub(crate) ForeignAction = {
        code: "CAM3014",
        name: "foreign-action",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "an action of a service of another cloud",
        spec: ["ACT-10"],
        fix: Suggestion,
        supersedes: ["CAM5001"],
    }
}

impl Rule for ForeignAction {
    fn check_action(
        &self,
        action: &ActionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some((service, (range, _))) = action.service().zip(action.ranges()) else { return };
        if cx.catalog().service(service).is_some() {
            return;
        }
        if !support::is_foreign_service(service) {
            return;
        }
        let span = action.string.span_of(range);
        let message = format!("`{}` is a service of another cloud", quote(service));
        let Some(here) = support::service_here(service) else {
            cx.report(&span, message)
                .label("no action of this cloud begins so")
                .help("look for the service of this cloud that does the work, or remove it");
            return;
        };
        let known = cx.catalog().service(here);
        let same = known.zip(action.operation()).is_some_and(|(known, operation)| {
            operation == "*" || known.actions_matching(operation).next().is_some()
        });
        let edit = same.then(|| Edit::replace(span, here));
        let help = if same {
            format!("write `{here}`, whose operation is called alike")
        } else {
            format!("look up what the operation is called in `{here}`")
        };
        cx.report(&span, message)
            .label("no action of this cloud begins so")
            .help(help)
            .suggestion(format!("write `{here}`"), edit);
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn only_services_that_this_cloud_does_not_have() {
        check(
            "CAM3014",
            r#"{"effect": "allow", "resource": "*", "action": [
            "«s3»:GetObject", "name/«ec2»:RunInstances", "«dynamodb»:Query", "kms:Decrypt", "account:BindToken", "config:*", "nosuch:Get", "*"]}"#,
        );
    }

    #[test]
    fn a_relative_is_offered_where_the_operation_is_called_alike() {
        let text = |action: &str| {
            format!(r#"{{"effect": "deny", "action": "{action}", "resource": "*"}}"#)
        };
        check_fix("CAM3014", Grade::Suggestion, &text("s3:GetObject"), &text("cos:GetObject"));
        let strange = text("ec2:AuthorizeSecurityGroupIngress");
        check_fix("CAM3014", Grade::Suggestion, &strange, &strange);
    }
}
