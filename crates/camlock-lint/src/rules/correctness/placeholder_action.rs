//! Finds actions that were not filled in.

use camlock_source::quote;

use crate::context::Context;
use crate::element::{ActionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An action with text to be replaced before use: `<service>:<Action>`, `${product}:*`,
    /// `[product]:Describe*`.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the document. Actions take no variables; a template has to be completed.
    ///
    /// ## Example
    ///
    /// ```json,CAM3079
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "<product>:StartInstances", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*" }
    /// ] }
    /// ```
    pub(crate) PlaceholderAction = {
        code: "CAM3079",
        name: "placeholder-action",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "an action that was to be filled in",
        spec: ["ACT-1", "VAR-2"],
        supersedes: ["CAM2102", "CAM2105", "CAM2107", "CAM2108", "CAM2109", "CAM2110"],
    }
}

impl Rule for PlaceholderAction {
    fn check_action(
        &self,
        action: &ActionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        if action.pattern.is_some() {
            return;
        }
        let text = action.text();
        let has = |open, close| {
            text.split_once(open)
                .is_some_and(|(_, rest): (&str, &str)| rest.contains::<char>(close))
        };
        let is_mark = has('<', '>') || has('[', ']') || has('{', '}') || text.contains("xxx");
        let is_dollar = text.strip_prefix("name/").unwrap_or(text).starts_with('$');
        if is_mark || is_dollar {
            cx.report(action, format!("the action `{}` was not filled in", quote(text)))
                .help("write `service:Operation`; actions take no variables");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn only_what_is_malformed() {
        check(
            "CAM3079",
            r#"{"effect": "allow", "resource": "*", "action": [«"<service>:<Action>"», «"[product]:*"»,
            «"${x}:Get"», «"$service:*"», "cos:Getxxx", "cos", "cos:Get<"]}"#,
        );
    }
}
