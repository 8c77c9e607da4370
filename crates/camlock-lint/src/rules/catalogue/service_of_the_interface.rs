//! Finds services that calls have and policies do not.

use camlock_source::{Edit, quote};

use crate::context::Context;
use crate::element::{ActionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// Actions of `cbs`, whose calls are authorized as actions of `cvm`.
    ///
    /// ## Why it matters
    ///
    /// The interface for cloud disks is called `cbs`; in policies its operations belong to `cvm`, as its
    /// documentation says. With the name of the interface an allow grants nothing, and a deny stops
    /// nothing.
    ///
    /// ## Example
    ///
    /// ```json,CAM5030
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cbs:AttachDisks", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:AttachDisks", "resource": "*" }
    /// ] }
    /// ```
    pub(crate) ServiceOfTheInterface = {
        code: "CAM5030",
        name: "service-of-the-interface",
        group: Catalogue,
        level: Warning,
        since: "0.2.0",
        summary: "a service that calls have and policies do not",
        spec: ["ACT-10"],
        fix: Suggestion,
    }
}

/// Interfaces, and the service of policies.
const SERVICES: [(&str, &str); 1] = [("cbs", "cvm")];

impl Rule for ServiceOfTheInterface {
    fn check_action(
        &self,
        action: &ActionElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some((service, (range, _))) = action.service().zip(action.ranges()) else { return };
        let Some((_, here)) = SERVICES.iter().find(|(interface, _)| *interface == service) else {
            return;
        };
        let Some(operation) = action.operation().filter(|_| action.pattern.is_some()) else {
            return;
        };
        // Whoever names both has seen to it; `cbs` does no harm then.
        let is_beside = |other: &ActionElement<'_>| {
            other.service() == Some(*here)
                && other.operation().is_some_and(|own| camlock_catalog::matches(own, operation))
        };
        if statement.actions.iter().any(is_beside) {
            return;
        }
        let span = action.string.span_of(range);
        let known = cx.catalog().service(here);
        // A pattern would reach machines as well.
        let same = known.and_then(|known| known.action(operation)).is_some();
        let edit = same.then(|| Edit::replace(span, *here));
        cx.report(&span, format!("calls of `{}` are authorized as `{here}`", quote(service)))
            .label("no request has this action")
            .help(format!("name the operations of disks under `{here}`"))
            .suggestion(format!("write `{here}`"), edit);
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn what_is_named_under_both_is_left_alone() {
        check(
            "CAM5030",
            r#"{"effect": "allow", "resource": "*", "action": ["«cbs»:CreateDisks",
            "name/«cbs»:ResizeDisk", "cbs:DescribeDisks", "cvm:Describe*", "«cbs»:*"]}"#,
        );
    }

    #[test]
    fn an_operation_alone_is_rewritten() {
        let text = |action: &str| {
            format!(r#"{{"effect": "allow", "action": "{action}", "resource": "*"}}"#)
        };
        let (wrong, right) = (text("cbs:AttachDisks"), text("cvm:AttachDisks"));
        check_fix("CAM5030", Grade::Suggestion, &wrong, &right);
        check_fix("CAM5030", Grade::Suggestion, &text("cbs:*"), &text("cbs:*"));
    }
}
