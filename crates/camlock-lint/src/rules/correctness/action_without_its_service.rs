//! Finds actions without the service that they belong to.

use camlock_source::quote;

use crate::context::Context;
use crate::element::{ActionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An operation alone, such as `GetRole`, where the statement shows which service is meant.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the document: names of operations are not unique, so that an action always names
    /// its service.
    ///
    /// ## Example
    ///
    /// ```json,CAM3050
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cvm:StartInstances", "StopInstances"], "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cvm:StartInstances", "cvm:StopInstances"], "resource": "*" }
    /// ] }
    /// ```
    pub(crate) ActionWithoutItsService = {
        code: "CAM3050",
        name: "action-without-its-service",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "an action without the service that it belongs to",
        spec: ["ACT-1"],
        fix: Suggestion,
        supersedes: ["CAM2102"],
    }
}

impl Rule for ActionWithoutItsService {
    fn check_action(
        &self,
        action: &ActionElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let bare = action.bare();
        let is_word =
            !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'*');
        if action.pattern.is_some() || !is_word {
            return;
        }
        let of_actions = statement.actions.iter().find_map(ActionElement::service);
        let of_resources = statement.resources.iter().find_map(|own| own.segments()?.service());
        let mut services = of_actions.into_iter().chain(of_resources);
        let has = |service: &&str| {
            let known = cx.catalog().service(service);
            known.is_some_and(|known| known.actions_matching(bare).next().is_some())
        };
        let Some(service) = services.find(has) else { return };
        let right = format!("{service}:{bare}");
        cx.report(action, format!("the action `{}` names no service", quote(action.text())))
            .help(format!("write `{}`", quote(&right)))
            .suggestion(format!("write `{}`", quote(&right)), [action.string.replace_with(&right)]);
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn the_statement_says_which_service_is_meant() {
        check(
            "CAM3050",
            r#"{"effect": "allow", "action": [«"name/GetRole"», "NoSuchThing", "*"],
            "resource": "qcs::cam::uin/1:roleName/ops"}"#,
        );
        check("CAM3050", r#"{"effect": "allow", "action": "GetRole", "resource": "*"}"#);
    }

    #[test]
    fn the_service_is_put_in_front() {
        let text = |action: &str| {
            format!(
                r#"{{"effect": "deny", "action": "{action}", "resource": "qcs::cam::uin/1:roleName/ops"}}"#
            )
        };
        check_fix("CAM3050", Grade::Suggestion, &text("Get*"), &text("cam:Get*"));
    }
}
