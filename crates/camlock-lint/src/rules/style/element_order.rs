//! Finds elements in another order than usual.

use camlock_source::{Edit, quote};
use camlock_syntax::json::Member;

use crate::context::Context;
use crate::element::StatementElement;
use crate::rule::Rule;
use crate::rules::correctness::support;
use crate::tree;

declare_rule! {
    /// ## What it finds
    ///
    /// A document or a statement whose elements do not stand in the order of the reference:
    /// `version`, `principal`, `statement`; within a statement `sid`, `effect`, `principal`,
    /// `action`, `resource`, `condition`.
    ///
    /// ## Why it matters
    ///
    /// Order means nothing to CAM. Readers look for the effect first; a `deny` at the end of a long
    /// statement is overlooked. Tools write different orders, so this is off unless it is asked
    /// for.
    ///
    /// ## Example
    ///
    /// ```json,CAM9012
    /// { "version": "2.0", "statement": [
    ///   { "resource": "*", "action": "cvm:StartInstances", "effect": "allow" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*" }
    /// ] }
    /// ```
    pub(crate) ElementOrder = {
        code: "CAM9012",
        name: "element-order",
        group: Style,
        level: Off,
        since: "0.2.0",
        summary: "elements in another order than usual",
        spec: ["SYN-5"],
        fix: Safe,
    }
}

impl Rule for ElementOrder {
    fn check_document(&self, cx: &mut Context<'_>) {
        const ORDER: [&str; 4] = ["version", "id", "principal", "statement"];
        check(tree::members(cx.document().root()), &ORDER, cx);
    }

    fn check_statement(&self, statement: &StatementElement<'_>, cx: &mut Context<'_>) {
        const ORDER: [&str; 7] =
            ["sid", "id", "effect", "principal", "action", "resource", "condition"];
        check(statement.members(), &ORDER, cx);
    }
}

fn check(members: &[Member<'_>], order: &[&str], cx: &mut Context<'_>) {
    let rank = |own: &Member<'_>| {
        order.iter().position(|name| own.name.decoded.eq_ignore_ascii_case(name))
    };
    let ranks: Option<Vec<usize>> = members.iter().map(rank).collect();
    // What is unknown has no place, and another rule.
    let Some(ranks) = ranks else { return };
    let first = ranks.windows(2).position(|pair| pair.first() > pair.last());
    let Some(first) = first.and_then(|at| members.get(at + 1)) else { return };
    let mut sorted: Vec<(&usize, &Member<'_>)> = ranks.iter().zip(members).collect();
    sorted.sort_by_key(|(rank, _)| **rank);
    let document = cx.document();
    let span = |own: &Member<'_>| own.name.span.cover(own.value.span);
    let moved = members.iter().zip(&sorted).filter(|(a, (_, b))| span(a) != span(b));
    let edits: Vec<Edit> = moved
        .map(|(place, (_, own))| Edit::replace(span(place), document.slice(span(own))))
        .collect();
    let grade = support::safe_in_policies(cx);
    cx.report(
        first,
        format!("`{}` usually stands further to the front", quote(&first.name.decoded)),
    )
    .help("write the elements in the order of the reference")
    .fix(grade, "put them in order", edits);
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn document_and_statements_are_looked_at() {
        check(
            "CAM9012",
            r#"{"statement": [{"action": "*", «"effect"»: "allow", "resource": "*"}], «"version"»: "2.0"}"#,
        );
        check(
            "CAM9012",
            r#"{"effect": "allow", "action": "*", "other": 1, "resource": "*", "condition": {}}"#,
        );
    }

    #[test]
    fn members_change_places() {
        let before = r#"{"resource": "*",   "action": ["*"], "effect": "deny"}"#;
        let after = r#"{"effect": "deny",   "action": ["*"], "resource": "*"}"#;
        check_fix("CAM9012", Grade::Safe, before, after);
    }
}
