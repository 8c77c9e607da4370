//! Finds patterns in the language of regular expressions.

use camlock_policy::ActionPattern;
use camlock_source::quote;

use crate::context::Context;
use crate::element::{ActionElement, ResourceElement, StatementElement, StringElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An action or the end of a resource written as a regular expression: `Describe.*`, `^Get`.
    ///
    /// ## Why it matters
    ///
    /// A `*` alone stands for any run of characters; a dot is a dot. CAM refuses it in an action,
    /// and in a resource it is taken literally, so that an allow grants nothing and a deny stops
    /// nothing.
    ///
    /// ## Example
    ///
    /// ```json,CAM3053
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:Start.*", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:Start*", "resource": "*" }
    /// ] }
    /// ```
    pub(crate) RegularExpression = {
        code: "CAM3053",
        name: "regular-expression",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "a pattern in the language of regular expressions",
        spec: ["ACT-4", "RES-10"],
        fix: Suggestion,
        supersedes: ["CAM2108", "CAM2109"],
    }
}

impl Rule for RegularExpression {
    fn check_action(
        &self,
        action: &ActionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let is_expression = || action.text().contains(".*") || action.text().contains(['^', '$']);
        if action.pattern.is_some() || !is_expression() {
            return;
        }
        let right = action.text().replace(".*", "*").replace(['^', '$'], "");
        if ActionPattern::parse(&right).is_ok() {
            report(&action.string, &right, cx);
        }
    }

    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some([.., path]) = resource.parts().filter(|_| resource.pattern.is_some()) else {
            return;
        };
        if path.text == ".*" || path.text.ends_with("/.*") {
            let right = resource.text().replace(".*", "*");
            report(&resource.string, &right, cx);
        }
    }
}

fn report(string: &StringElement<'_>, right: &str, cx: &mut Context<'_>) {
    cx.report(string, format!("`{}` is a regular expression", quote(string.decoded())))
        .help(format!("write `{}`; `*` alone is any run of characters", quote(right)))
        .suggestion(format!("write `{}`", quote(right)), [string.replace_with(right)]);
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn dots_within_keys_are_left_alone() {
        check(
            "CAM3053",
            r#"{"effect": "deny", "action": [«"cos:Get.*"», «"^cos:Get.*$"», "cos:*", "cos.*"],
            "resource": [«"qcs::cvm:::instance/.*"», "qcs::cos:::a-1250000000/*.txt", "qcs::cos:::a-1250000000/x.*"]}"#,
        );
    }

    #[test]
    fn a_star_is_written() {
        let text = |action: &str| {
            format!(r#"{{"effect": "deny", "action": "{action}", "resource": "*"}}"#)
        };
        check_fix("CAM3053", Grade::Suggestion, &text("cos:.*Object"), &text("cos:*Object"));
    }
}
