//! Finds characters that are escaped without need.

use camlock_source::{Edit, quote};

use crate::context::Context;
use crate::edits;
use crate::element::StringElement;
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A string with an escape such as `\u002f` or `\/` for a character that JSON takes as it is.
    ///
    /// ## Why it matters
    ///
    /// The text means the same, takes more room and hides from searches. Some libraries escape
    /// slashes, so this is off unless it is asked for.
    ///
    /// ## Example
    ///
    /// ```json,CAM9021
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "qcs::cvm:::instance\/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:::instance/*" }
    /// ] }
    /// ```
    pub(crate) NeedlessEscape = {
        code: "CAM9021",
        name: "needless-escape",
        group: Style,
        level: Off,
        since: "0.2.0",
        summary: "a character that is escaped without need",
        spec: ["SYN-1"],
        fix: Safe,
    }
}

impl Rule for NeedlessEscape {
    fn check_string(&self, string: &StringElement<'_>, cx: &mut Context<'_>) {
        let text = string.decoded();
        let written = cx.document().slice(string.span());
        // What cannot be seen is better escaped.
        if !written.contains('\\') || !text.bytes().all(|b| matches!(b, b' '..=b'~')) {
            return;
        }
        let right = edits::quoted(text);
        if right.len() < written.len() {
            let grade = support::safe_in_policies(cx);
            cx.report(string, "an escape that is not needed")
                .help(format!("write `{}`", quote(text)))
                .fix(grade, "write the characters", [Edit::replace(string.span(), right)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn what_has_to_be_escaped_is_left_alone() {
        check(
            "CAM9021",
            r#"{"effect": "allow", "action": «"cos\u003a*"», "resource": [«"qcs::cvm:::instance\/*"»,
            "qcs::cos:::a-1250000000/\"x\\y", "qcs::cos:::a-1250000000/\u00e9\u200b"]}"#,
        );
    }

    #[test]
    fn the_character_is_written() {
        let before = r#"{"effect": "deny", "action": "cos:\u0047et*", "resource": "*"}"#;
        let after = r#"{"effect": "deny", "action": "cos:Get*", "resource": "*"}"#;
        check_fix("CAM9021", Grade::Safe, before, after);
    }
}
