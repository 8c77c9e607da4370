//! Finds actions with something else than a colon.

use camlock_policy::ActionPattern;
use camlock_source::quote;

use crate::context::Context;
use crate::element::{ActionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An action such as `cos/GetObject`, `cos::GetObject` or `cos;GetObject`, whose service is
    /// known.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the document. One colon stands between service and operation.
    ///
    /// ## Example
    ///
    /// ```json,CAM3051
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm/StartInstances", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*" }
    /// ] }
    /// ```
    pub(crate) ActionSeparator = {
        code: "CAM3051",
        name: "action-separator",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "service and operation with something else than a colon between them",
        spec: ["ACT-1"],
        fix: Suggestion,
        supersedes: ["CAM2102", "CAM2105", "CAM2107", "CAM2108", "CAM2109"],
    }
}

impl Rule for ActionSeparator {
    fn check_action(
        &self,
        action: &ActionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        if action.pattern.is_some() {
            return;
        }
        let bare = action.bare();
        let tries = ["::", "/", ";", "->", ",", "-", "_"].iter().find_map(|separator| {
            let (service, operation) = bare.split_once(separator)?;
            let known = cx.catalog().service(service).is_some();
            let right = format!("{service}:{operation}");
            (known && ActionPattern::parse(&right).is_ok()).then_some((separator, right))
        });
        let Some((separator, right)) = tries else { return };
        cx.report(action, format!("service and operation are separated by `{separator}`"))
            .help(format!("write `{}`", quote(&right)))
            .suggestion("write one colon", [action.string.replace_with(&right)]);
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn the_service_has_to_be_known() {
        check(
            "CAM3051",
            r#"{"effect": "allow", "resource": "*", "action": [
            «"cos/GetObject"», «"name/cos::Get*"», «"cvm;RunInstances"», "some/thing", "cos:Get", "cos.Get"]}"#,
        );
    }

    #[test]
    fn one_colon_is_written() {
        let text = |action: &str| {
            format!(r#"{{"effect": "deny", "action": "{action}", "resource": "*"}}"#)
        };
        check_fix("CAM3051", Grade::Suggestion, &text("cos::*"), &text("cos:*"));
    }
}
