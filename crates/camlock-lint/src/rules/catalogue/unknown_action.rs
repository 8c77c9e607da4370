//! Finds actions that their service does not have.

use camlock_catalog::ActionEntry;
use camlock_source::quote;

use crate::context::Context;
use crate::element::{ActionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An action, or a pattern, that no action of a known service fits.
    ///
    /// ## Why it matters
    ///
    /// It never applies. The name comes from another cloud, from an older edition of the interface, or
    /// from a slip. Services whose lists are known to have gaps are passed over.
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
        let Some((service, (_, range))) = service.zip(action.ranges()) else { return };
        let is_known = service.actions_matching(operation).next().is_some();
        // A name that differs in letter case alone is told by `miscased-action`.
        if is_known || !service.is_complete() || service.action_ignoring_case(operation).is_some() {
            return;
        }
        let close = service.close_action(operation).map(ActionEntry::name);
        let span = action.string.span_of(range);
        let edit = close.map(|close| camlock_source::Edit::replace(span, close));
        let help = close.map_or_else(
            || format!("look the action up in the list of calls of `{}`", service.name()),
            |close| format!("did you mean `{close}`"),
        );
        let what = if operation.contains('*') { "that fits " } else { "" };
        let message = format!("`{}` has no action {what}`{}`", service.name(), quote(operation));
        cx.report(&span, message)
            .help(help)
            .suggestion(format!("write `{}`", close.unwrap_or_default()), edit);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, messages};

    #[test]
    fn patterns_have_to_fit_something_and_gaps_are_passed_over() {
        check(
            "CAM5002",
            r#"{"effect": "allow", "resource": "*", "action": [
            "sts:«NoSuch»", "sts:«Nothing*»", "sts:Assume*", "sts:*", "cos:NoSuch", "sts:assumerole"]}"#,
        );
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
