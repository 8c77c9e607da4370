//! Finds lists of one string.

use camlock_source::Edit;

use crate::context::Context;
use crate::element::{StatementElement, StringElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An action or a resource in a list of its own.
    ///
    /// ## Why it matters
    ///
    /// A single string means the same and is shorter. Which of the two is nicer is a matter of taste,
    /// so this is off unless it is asked for.
    ///
    /// ## Example
    ///
    /// ```json,CAM9002
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cvm:DescribeInstances"], "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    pub(crate) ListOfOne = {
        code: "CAM9002",
        name: "list-of-one",
        group: Style,
        level: Off,
        since: "0.2.0",
        summary: "an action or a resource in a list of its own",
        spec: ["SYN-7", "SYN-8"],
        fix: Safe,
    }
}

impl Rule for ListOfOne {
    fn check_statement(&self, statement: &StatementElement<'_>, cx: &mut Context<'_>) {
        let actions = statement.actions.first().map(|own| own.string);
        let resources = statement.resources.first().map(|own| own.string);
        for (name, string) in [("action", actions), ("resource", resources)] {
            let member = statement.member(name);
            let (Some(member), Some(string)) = (member, string.filter(is_alone)) else { continue };
            let list = member.value.span;
            let text = cx.document().slice(string.span());
            cx.report(&list, format!("`{name}` is a list of one"))
                .help("write the string without brackets")
                .safe_fix("write the string alone", [Edit::replace(list, text)]);
        }
    }
}

fn is_alone(string: &StringElement<'_>) -> bool {
    string.list.is_some_and(|list| list.items.len() == 1)
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn both_elements_are_looked_at() {
        check("CAM9002", r#"{"effect": "allow", "action": «["cos:*"]», "resource": «[ "*" ]»}"#);
        check("CAM9002", r#"{"effect": "allow", "action": ["cos:*", "cam:*"], "resource": "*"}"#);
    }

    #[test]
    fn the_brackets_go() {
        let before = r#"{"effect": "deny", "action": [ "cos:\u002a" ], "resource": "*"}"#;
        let after = r#"{"effect": "deny", "action": "cos:\u002a", "resource": "*"}"#;
        check_fix("CAM9002", Grade::Safe, before, after);
    }
}
