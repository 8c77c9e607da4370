//! Finds actions that another one of the list covers.

use camlock_source::quote;

use crate::context::Context;
use crate::element::{ActionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An action that a pattern of the same list covers.
    ///
    /// ## Why it matters
    ///
    /// Readers take the list for what is granted, and the pattern grants more. If the single actions
    /// were meant, the pattern is too wide; if the pattern was, they only take room.
    ///
    /// ## Example
    ///
    /// ```json,CAM7002
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cvm:Describe*", "cvm:DescribeInstances"], "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cvm:Describe*"], "resource": "*" }
    /// ] }
    /// ```
    pub(crate) CoveredAction = {
        code: "CAM7002",
        name: "covered-action",
        group: Redundancy,
        level: Info,
        since: "0.2.0",
        summary: "an action that another one of the list covers",
        spec: ["ACT-4"],
        fix: Safe,
        supersedes: ["CAM7015"],
    }
}

impl Rule for CoveredAction {
    fn check_statement(&self, statement: &StatementElement<'_>, cx: &mut Context<'_>) {
        let analysis = cx.analysis();
        // Only patterns cover anything, and a list has few of them even where it is long.
        let wide: Vec<&ActionElement<'_>> =
            statement.actions.iter().filter(|own| own.concrete().is_none()).take(256).collect();
        for action in &statement.actions {
            let Some(pattern) = &action.pattern else { continue };
            let covers = |own: &&&ActionElement<'_>| {
                let other = own.pattern.as_ref();
                // An equal one is told by `duplicate-action`.
                other.is_some_and(|own| own != pattern && analysis.action_covers(own, pattern))
            };
            if let Some(wide) = wide.iter().find(covers) {
                let (own, other) = (quote(action.bare()), quote(wide.bare()));
                cx.report(action, format!("`{own}` is covered by `{other}`"))
                    .secondary(*wide, "covers it")
                    .help("remove it, or narrow the pattern")
                    .safe_fix("remove it", action.string.removal());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn covering_is_worked_out_on_patterns() {
        check(
            "CAM7002",
            r#"{"effect": "deny", "resource": "*", "action": [
            "cos:Get*", «"cos:GetBucket*"», «"name/cos:GetObject"», "cos:*Object", «"cos:PutObject"», "cos:getBucket", "cam:GetUser"]}"#,
        );
        check("CAM7002", r#"{"effect": "deny", "resource": "*", "action": [«"cos:*"», "*"]}"#);
    }

    #[test]
    fn what_is_covered_goes_and_the_pattern_stays() {
        let text =
            |list: &str| format!(r#"{{"effect": "allow", "action": [{list}], "resource": "*"}}"#);
        let before = text(r#""cos:GetObject", "cos:Get*", "cos:*", "cam:GetUser""#);
        check_fix("CAM7002", Grade::Safe, &before, &text(r#""cos:*", "cam:GetUser""#));
    }
}
