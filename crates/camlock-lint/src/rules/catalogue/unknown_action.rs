//! Finds actions that their service does not have.

use camlock_source::quote;

use crate::context::Context;
use crate::element::{ActionElement, StatementElement};
use crate::rule::{Level, Rule};
use crate::rules::catalogue::{names_here, patterns};
use crate::rules::correctness::s3;

declare_rule! {
    /// ## What it finds
    ///
    /// An action, or a pattern, that no action of a known service fits.
    ///
    /// ## Why it matters
    ///
    /// It never applies. The name comes from another cloud, from an older edition of the interface, or
    /// from a slip. Where the list of a service is known to have gaps, only what is one letter or a
    /// plural away from a known action is told, as info, and what another cloud calls so.
    ///
    /// ## Example
    ///
    /// ```json,CAM5002
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "action": "sts:AssumeRoleWithSaml2", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "action": "sts:AssumeRoleWithSAML", "resource": "*" }
    /// ] }
    /// ```
    pub(crate) UnknownAction = {
        code: "CAM5002",
        name: "unknown-action",
        group: Catalogue,
        level: Warning,
        since: "0.2.0",
        summary: "an action that its service does not have",
        spec: ["ACT-10"],
        fix: Suggestion,
    }
}

impl Rule for UnknownAction {
    fn check_action(
        &self,
        action: &ActionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some(operation) = action.operation() else { return };
        let service = action.service().and_then(|name| cx.catalog().service(name));
        let Some(service) = service else { return };
        // Nearly all are called so, letter by letter.
        let is_known = service.action(operation).is_some()
            || service.actions_matching(operation).next().is_some();
        if is_known {
            return;
        }
        let Some((_, range)) = action.ranges() else { return };
        // A name that differs in letter case alone is told by `miscased-action`, one of S3 by
        // `operation-of-s3`.
        let of_s3 = || service.name() == "cos" && s3::here(operation).is_some();
        if patterns::right_case(service, operation).is_some() || of_s3() {
            return;
        }
        let here = names_here::name_here(service.name(), operation);
        let close = here.and_then(|here| service.action(here));
        let close = close.or_else(|| service.close_action(operation));
        let close = close.map(|own| own.name().to_owned());
        let is_sure = service.is_complete() || here.is_some();
        let with_verb = patterns::right_verb(service, operation);
        let is_slip = |close: &String| names_here::is_slip(operation, close);
        if !is_sure && with_verb.is_none() && !close.as_ref().is_some_and(is_slip) {
            return;
        }
        let close = with_verb.or(close);
        let span = action.string.span_of(range);
        let edit = close.as_ref().map(|close| camlock_source::Edit::replace(span, close.as_str()));
        let help = match &close {
            Some(close) if here.is_some() => format!("the operation is called `{close}` here"),
            Some(close) => format!("did you mean `{close}`"),
            None => format!("look the action up in the list of calls of `{}`", service.name()),
        };
        let what = if operation.contains('*') { "that fits " } else { "" };
        let known = if is_sure { "" } else { "known " };
        let message =
            format!("`{}` has no {known}action {what}`{}`", service.name(), quote(operation));
        cx.report(&span, message)
            .help(help)
            .at_most(if is_sure { Level::Error } else { Level::Info })
            .suggestion(format!("write `{}`", close.unwrap_or_default()), edit);
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix, messages};

    #[test]
    fn patterns_have_to_fit_something_and_gaps_are_passed_over() {
        check(
            "CAM5002",
            r#"{"effect": "allow", "resource": "*", "action": [
            "sts:«NoSuch»", "sts:«Nothing*»", "sts:Assume*", "sts:*", "cos:NoSuch", "sts:assumerole"]}"#,
        );
    }

    #[test]
    fn lists_with_gaps_tell_slips_and_names_of_other_clouds() {
        check(
            "CAM5002",
            r#"{"effect": "allow", "resource": "*", "action": [
            "cvm:«Desribe*»", "cvm:«RunInstance»", "vpc:«CreateSecurityGroupPolicy»", "cvm:RunMachines", "cvm:RunInstances",
            "cos:ListBucket", "cls:«PutLogEvents»", "cos:GetBucket", "cos:ListSomething"]}"#,
        );
        let message = |action: &str| {
            let text = format!(r#"{{"effect": "allow", "action": "{action}", "resource": "*"}}"#);
            messages("CAM5002", &text)
        };
        assert_eq!(message("cvm:RunInstance"), ["`cvm` has no known action `RunInstance`"]);
        assert_eq!(message("cls:PutLogs"), ["`cls` has no action `PutLogs`"]);
    }

    #[test]
    fn the_name_here_is_offered() {
        let text = |action: &str| {
            format!(r#"{{"effect": "deny", "action": "{action}", "resource": "*"}}"#)
        };
        check_fix("CAM5002", Grade::Suggestion, &text("cls:PutLogs"), &text("cls:pushLog"));
        let (slip, right) = (text("cvm:RunInstance"), text("cvm:RunInstances"));
        check_fix("CAM5002", Grade::Suggestion, &slip, &right);
        let (slip, right) = (text("cvm:DesribeInst*"), text("cvm:DescribeInst*"));
        check_fix("CAM5002", Grade::Suggestion, &slip, &right);
    }

    #[test]
    fn a_close_name_is_offered() {
        let found = messages(
            "CAM5002",
            r#"{"effect": "allow", "action": "cam:CreateUser", "resource": "*"}"#,
        );
        assert_eq!(found, ["`cam` has no action `CreateUser`"]);
    }
}
