//! Finds actions with blanks.

use camlock_policy::ActionPattern;
use camlock_source::quote;

use crate::context::Context;
use crate::element::{ActionElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// An action with a blank at an end, around its colon or anywhere else.
    ///
    /// ## Why it matters
    ///
    /// Nothing is trimmed, and CAM refuses the document. Pages that went through a translation have
    /// such blanks. In a deny that somebody pasted with its blank, the action would otherwise stay
    /// allowed.
    ///
    /// ## Example
    ///
    /// ```json,CAM3030
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm: StartInstances", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*" }
    /// ] }
    /// ```
    pub(crate) BlankInAction = {
        code: "CAM3030",
        name: "blank-in-action",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "an action with a blank",
        spec: ["ACT-1", "SYN-17"],
        fix: Suggestion,
        supersedes: ["CAM2102", "CAM2106", "CAM2108", "CAM2109"],
    }
}

impl Rule for BlankInAction {
    fn check_action(
        &self,
        action: &ActionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let text = action.text();
        if !support::has_blank(text) {
            return;
        }
        let right = support::without_blanks(text);
        if ActionPattern::parse(&right).is_ok() {
            cx.report(action, format!("the action `{}` has a blank", quote(text)))
                .label("never trimmed")
                .help(format!("write `{}`", quote(&right)))
                .suggestion("remove the blank", [action.string.replace_with(&right)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn blanks_of_any_kind() {
        check(
            "CAM3030",
            r#"{"effect": "allow", "resource": "*", "action": [
            «"cos: GetObject"», «"cos:GetObject "», «"cos:\u00a0GetObject"», «" *"», "cos:*", "cos. Get"]}"#,
        );
    }

    #[test]
    fn they_go() {
        let text = |action: &str| {
            format!(r#"{{"effect": "deny", "action": "{action}", "resource": "*"}}"#)
        };
        check_fix(
            "CAM3030",
            Grade::Suggestion,
            &text("name/cos : GetObject "),
            &text("name/cos:GetObject"),
        );
    }
}
