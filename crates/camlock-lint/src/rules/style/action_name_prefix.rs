//! Finds the old prefix of actions.

use crate::context::Context;
use crate::element::{ActionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An action with the prefix `name/`.
    ///
    /// ## Why it matters
    ///
    /// The prefix says nothing, and newer pages of the documentation leave it out. It takes five
    /// characters of the size of the policy each time. COS and trust policies are often written with
    /// it, so this is off unless it is asked for.
    ///
    /// ## Example
    ///
    /// ```json,CAM9001
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "name/cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    pub(crate) ActionNamePrefix = {
        code: "CAM9001",
        name: "action-name-prefix",
        group: Style,
        level: Off,
        since: "0.2.0",
        summary: "an action with the prefix `name/`",
        spec: ["ACT-2"],
        fix: Safe,
    }
}

impl Rule for ActionNamePrefix {
    fn check_action(
        &self,
        action: &ActionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let length = action.text().len() - action.bare().len();
        if length > 0 && action.pattern.is_some() {
            let prefix = action.string.span_of(0..length);
            cx.report(&prefix, "the prefix `name/` says nothing")
                .help("leave it out")
                .safe_fix("leave it out", [camlock_source::Edit::remove(prefix)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn only_well_formed_actions_have_a_prefix() {
        check(
            "CAM9001",
            r#"{"effect": "allow", "resource": "*",
            "action": ["«name/»cos:*", "cos:*", "name/cos", "name/*"]}"#,
        );
    }

    #[test]
    fn it_is_left_out() {
        let text = |prefix: &str| {
            format!(r#"{{"effect": "deny", "action": "{prefix}cos:*", "resource": "*"}}"#)
        };
        check_fix("CAM9001", Grade::Safe, &text("name/"), &text(""));
    }
}
