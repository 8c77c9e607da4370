//! Finds actions that another statement covers.

use super::elsewhere;
use crate::analysis::Standing;
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An action in a list that another statement of the same effect covers on every resource of this
    /// one, under no stricter conditions.
    ///
    /// ## Why it matters
    ///
    /// It changes nothing here. Whoever takes it out of this list, or out of the other one, expects a
    /// difference.
    ///
    /// ## Example
    ///
    /// ```json,CAM7015
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cos:GetObject", "cos:PutObject"],
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/2026/*" },
    ///   { "effect": "allow", "action": "cos:Get*",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" } ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cos:PutObject"],
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/2026/*" },
    ///   { "effect": "allow", "action": "cos:Get*",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" } ] }
    /// ```
    pub(crate) ActionCoveredElsewhere = {
        code: "CAM7015",
        name: "action-covered-elsewhere",
        group: Redundancy,
        level: Info,
        since: "0.2.0",
        summary: "an action that another statement covers",
        spec: ["EVL-2"],
        fix: Safe,
    }
}

impl Rule for ActionCoveredElsewhere {
    fn check_document(&self, cx: &mut Context<'_>) {
        elsewhere::check(
            cx,
            |standing| match standing {
                Standing::InPart { actions, .. } => actions,
                _ => &[],
            },
            |own, at| own.actions.get(at).map(|own| (own.string, own.bare())),
        );
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    fn text(statements: &[&str]) -> String {
        format!(r#"{{"version": "2.0", "statement": [{}]}}"#, statements.join(", "))
    }

    const WIDE: &str = r#"{"effect": "deny", "action": "cos:Get*", "resource": ["qcs::cos:::a*", "qcs::cos:::b*"]}"#;

    fn narrow(actions: &str) -> String {
        format!(
            r#"{{"effect": "deny", "action": [{actions}], "resource": ["qcs::cos:::a", "qcs::cos:::b"],
            "condition": {{"ip_equal": {{"qcs:ip": "10.0.0.0/8"}}}}}}"#
        )
    }

    #[test]
    fn all_resources_have_to_be_covered() {
        let marked = narrow(r#"«"cos:GetObject"», "cos:PutObject""#);
        check("CAM7015", &text(&[WIDE, &marked]));
        check("CAM7015", &text(&[&marked, WIDE]));
        let unmarked = marked.replace(['«', '»'], "");
        for other in [
            WIDE.replace(":b*", ":c*"),
            WIDE.replace("deny", "allow"),
            WIDE.replace("Get*", "List*"),
        ] {
            check("CAM7015", &text(&[&other, &unmarked]));
        }
    }

    #[test]
    fn of_two_the_earlier_stays() {
        let (a, b) = (
            r#"{"effect": "allow", "action": ["cos:A", "cos:B"], "resource": "*"}"#,
            r#"{"effect": "allow", "action": ["cos:C", "cos:B"], "resource": "*"}"#,
        );
        check_fix(
            "CAM7015",
            Grade::Safe,
            &text(&[a, b]),
            &text(&[a, &b.replace(", \"cos:B\"", "")]),
        );
    }

    #[test]
    fn what_is_removed_elsewhere_counts_for_nothing() {
        // The first statement goes as a whole, so the action of the second has to stay.
        let (a, b) = (
            r#"{"effect": "allow", "action": "cos:A", "resource": "*"}"#,
            r#"{"effect": "allow", "action": ["cos:A", "cos:B"], "resource": "*"}"#,
        );
        check("CAM7015", &text(&[a, b]));
    }
}
