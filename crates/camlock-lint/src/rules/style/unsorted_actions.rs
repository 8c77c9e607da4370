//! Finds lists of actions that are not in order.

use camlock_source::Edit;

use crate::context::Context;
use crate::element::{ActionElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A list of actions that is not in the order of letters.
    ///
    /// ## Why it matters
    ///
    /// Order means nothing. A sorted list shows repeats and gaps, and two people who add an action
    /// do not add it in different places. Many lists are grouped by what they are for, so this is
    /// off unless it is asked for.
    ///
    /// ## Example
    ///
    /// ```json,CAM9011
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cvm:StopInstances", "cvm:StartInstances"], "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cvm:StartInstances", "cvm:StopInstances"], "resource": "*" }
    /// ] }
    /// ```
    pub(crate) UnsortedActions = {
        code: "CAM9011",
        name: "unsorted-actions",
        group: Style,
        level: Off,
        since: "0.2.0",
        summary: "a list of actions that is not in order",
        spec: ["SYN-5"],
        fix: Safe,
    }
}

impl Rule for UnsortedActions {
    fn check_statement(&self, statement: &StatementElement<'_>, cx: &mut Context<'_>) {
        let actions = &statement.actions;
        let listed = actions
            .iter()
            .all(|own| own.string.list.is_some_and(|list| list.items.len() == actions.len()));
        let first = actions.windows(2).find_map(|pair| match pair {
            [a, b] if a.bare() > b.bare() => Some(b),
            _ => None,
        });
        let Some(first) = first.filter(|_| listed) else { return };
        let mut sorted: Vec<&ActionElement<'_>> = actions.iter().collect();
        sorted.sort_by_key(|own| own.bare());
        let document = cx.document();
        let moved = actions.iter().zip(&sorted).filter(|(a, b)| a.string.span() != b.string.span());
        let edits: Vec<Edit> = moved
            .map(|(place, own)| {
                Edit::replace(place.string.span(), document.slice(own.string.span()))
            })
            .collect();
        let grade = support::safe_in_policies(cx);
        cx.report(first, "the actions are not in order").help("sort them").fix(
            grade,
            "sort them",
            edits,
        );
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn the_first_that_is_out_of_order_is_shown() {
        check(
            "CAM9011",
            r#"{"effect": "allow", "resource": "*", "action": ["cos:b", «"name/cos:a"», "cos:c", "cos:a"]}"#,
        );
        check(
            "CAM9011",
            r#"{"effect": "allow", "resource": "*", "action": ["cos:a", "name/cos:b", "cos:b"]}"#,
        );
    }

    #[test]
    fn the_layout_stays() {
        let text = |a: &str, b: &str, c: &str| {
            format!(
                r#"{{"effect": "deny", "action": ["{a}",
                "{b}", "{c}"], "resource": "*"}}"#
            )
        };
        check_fix(
            "CAM9011",
            Grade::Safe,
            &text("cos:c", "cos:b", "cam:z"),
            &text("cam:z", "cos:b", "cos:c"),
        );
    }
}
