//! Finds conditions without a condition.

use camlock_syntax::json::Kind;

use crate::context::Context;
use crate::edits;
use crate::element::StatementElement;
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A `condition` that is an empty object or an empty list.
    ///
    /// ## Why it matters
    ///
    /// It means the same as none. Readers stop at it and look for what was left out.
    ///
    /// ## Example
    ///
    /// ```json,CAM9017
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*", "condition": {} }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*" }
    /// ] }
    /// ```
    pub(crate) EmptyConditionObject = {
        code: "CAM9017",
        name: "empty-condition-object",
        group: Style,
        level: Info,
        since: "0.2.0",
        summary: "a condition without a condition",
        spec: ["SYN-9"],
        fix: Safe,
    }
}

impl Rule for EmptyConditionObject {
    fn check_statement(&self, statement: &StatementElement<'_>, cx: &mut Context<'_>) {
        let members = statement.members();
        let index =
            members.iter().position(|own| own.name.decoded.eq_ignore_ascii_case("condition"));
        let Some((index, member)) = index.and_then(|index| Some((index, members.get(index)?)))
        else {
            return;
        };
        let is_empty = match &member.value.kind {
            Kind::Object(members) => members.is_empty(),
            Kind::Array(items) => items.is_empty(),
            _ => false,
        };
        if is_empty {
            let grade = support::safe_in_policies(cx);
            cx.report(&member.value, "the condition is empty")
                .label("means the same as none")
                .help("leave it out")
                .fix(grade, "leave it out", edits::remove_member(members, index));
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn objects_and_lists() {
        check(
            "CAM9017",
            r#"{"effect": "allow", "action": "*", "resource": "*", "condition": «[]»}"#,
        );
        check(
            "CAM9017",
            r#"{"effect": "allow", "action": "*", "resource": "*", "condition": {"string_equal": {}}}"#,
        );
    }

    #[test]
    fn it_is_left_out() {
        let before = r#"{"effect": "deny", "condition": {}, "action": "*", "resource": "*"}"#;
        let after = r#"{"effect": "deny", "action": "*", "resource": "*"}"#;
        check_fix("CAM9017", Grade::Safe, before, after);
    }
}
