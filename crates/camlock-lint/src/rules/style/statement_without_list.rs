//! Finds statements that stand in no list.

use camlock_source::{Edit, Span};
use camlock_syntax::json::{Kind, Value};

use crate::context::Context;
use crate::rule::Rule;
use crate::rules::correctness::support;
use crate::tree;

declare_rule! {
    /// ## What it finds
    ///
    /// A `statement` that is an object in place of a list.
    ///
    /// ## Why it matters
    ///
    /// It means a list of one. The grammar shows a list, and so does every answer of CAM; tools
    /// that expect one stumble.
    ///
    /// ## Example
    ///
    /// ```json,CAM9023
    /// { "version": "2.0", "statement":
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*" } }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*" }
    /// ] }
    /// ```
    pub(crate) StatementWithoutList = {
        code: "CAM9023",
        name: "statement-without-list",
        group: Style,
        level: Off,
        since: "0.2.0",
        summary: "a statement that stands in no list",
        spec: ["SYN-4"],
        fix: Safe,
    }
}

impl Rule for StatementWithoutList {
    fn check_tree(&self, root: &Value<'_>, cx: &mut Context<'_>) {
        let Some(member) = tree::member(root, "statement") else { return };
        let span = member.value.span;
        if matches!(member.value.kind, Kind::Object(_)) {
            let (start, end) = (Span::new(span.start, span.start), Span::new(span.end, span.end));
            let place = Span::new(span.start, span.start + 1);
            let grade = support::safe_in_policies(cx);
            cx.report(&place, "the statement stands in no list").help("put it into a list").fix(
                grade,
                "put it into a list",
                [Edit::replace(start, "["), Edit::replace(end, "]")],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn lists_are_left_alone() {
        check(
            "CAM9023",
            r#"{"version": "2.0", "statement": «{»"effect": "allow", "action": "*", "resource": "*"}}"#,
        );
        check("CAM9023", r#"{"effect": "allow", "action": "*", "resource": "*"}"#);
    }

    #[test]
    fn it_is_put_into_one() {
        let before = r#"{"version": "2.0", "statement": {"effect": "deny", "action": "*", "resource": "*"}}"#;
        let after = r#"{"version": "2.0", "statement": [{"effect": "deny", "action": "*", "resource": "*"}]}"#;
        check_fix("CAM9023", Grade::Safe, before, after);
    }
}
