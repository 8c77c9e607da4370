//! Finds actions that stand twice in one list.

use camlock_source::quote;

use crate::context::Context;
use crate::element::StatementElement;
use crate::rule::Rule;
use crate::rules::redundancy::repeated::repeated;

declare_rule! {
    /// ## What it finds
    ///
    /// An action that stands twice in one list, `name/` aside.
    ///
    /// ## Why it matters
    ///
    /// It counts against the size of the policy and says nothing. Often the second was meant to be
    /// another one.
    ///
    /// ## Example
    ///
    /// ```json,CAM7001
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cvm:DescribeInstances", "name/cvm:DescribeInstances"],
    ///     "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cvm:DescribeInstances"], "resource": "*" }
    /// ] }
    /// ```
    pub(crate) DuplicateAction = {
        code: "CAM7001",
        name: "duplicate-action",
        group: Redundancy,
        level: Warning,
        since: "0.2.0",
        summary: "an action that stands twice in one list",
        spec: ["ACT-2"],
        fix: Safe,
        supersedes: ["CAM7015"],
    }
}

impl Rule for DuplicateAction {
    fn check_statement(&self, statement: &StatementElement<'_>, cx: &mut Context<'_>) {
        // What cannot be read is compared as text.
        let all = repeated(&statement.actions, |own| {
            (own.pattern.as_ref(), own.pattern.is_none().then(|| own.text()))
        });
        for (action, earlier) in all {
            // In a document that is no policy, what cannot be read stays as it is.
            let removal = action.string.removal().filter(|_| action.pattern.is_some());
            cx.report(action, format!("`{}` stands here twice", quote(action.bare())))
                .secondary(earlier, "first here")
                .help("remove it, or write the action that was meant")
                .safe_fix("remove it", removal);
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn the_second_and_the_third_are_found_and_letter_case_counts() {
        check(
            "CAM7001",
            r#"{"effect": "allow", "resource": "*",
            "action": ["cos:*", «"name/cos:**"», "cos:GetObject", "cos:getobject", «"cos:*"»]}"#,
        );
    }

    #[test]
    fn all_but_one_are_removed() {
        let text =
            |list: &str| format!(r#"{{"effect": "allow", "action": [{list}], "resource": "*"}}"#);
        let before = text(r#""cos:*", "cos:*", "cam:*", "cos:*""#);
        check_fix("CAM7001", Grade::Safe, &before, &text(r#""cos:*", "cam:*""#));
    }
}
