//! Finds resources that another statement covers.

use super::elsewhere;
use crate::analysis::Standing;
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A resource in a list that another statement of the same effect covers for every action of this
    /// one, under no stricter conditions, or that denies take back for each of them.
    ///
    /// ## Why it matters
    ///
    /// It changes nothing here. Whoever takes it out of this list, or out of the other one, expects a
    /// difference.
    ///
    /// ## Example
    ///
    /// ```json,CAM7016
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": ["qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/2026/*", "qcs::cos:ap-guangzhou:uid/1250000000:data-1250000000/*"] },
    ///   { "effect": "allow", "action": "cos:Get*",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" } ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:data-1250000000/*" },
    ///   { "effect": "allow", "action": "cos:Get*",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" } ] }
    /// ```
    pub(crate) ResourceCoveredElsewhere = {
        code: "CAM7016",
        name: "resource-covered-elsewhere",
        group: Redundancy,
        level: Info,
        since: "0.2.0",
        summary: "a resource that another statement covers",
        spec: ["EVL-2"],
        fix: Safe,
    }
}

impl Rule for ResourceCoveredElsewhere {
    fn check_document(&self, cx: &mut Context<'_>) {
        elsewhere::check(
            cx,
            |standing| match standing {
                Standing::InPart { resources, .. } => resources,
                _ => &[],
            },
            |own, at| own.resources.get(at).map(|own| (own.string, own.text())),
        );
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix, messages};

    fn text(statements: &[&str]) -> String {
        format!(r#"{{"version": "2.0", "statement": [{}]}}"#, statements.join(", "))
    }

    const WIDE: &str =
        r#"{"effect": "deny", "action": ["cos:Get*", "cos:Put*"], "resource": "qcs::cos:::a*"}"#;

    #[test]
    fn all_actions_have_to_be_covered() {
        let narrow = r#"{"effect": "deny", "action": ["cos:GetObject", "cos:PutObject"],
            "resource": ["qcs::cos:::b", «"qcs::cos:gz::a"», "qcs::cos:::c", «"qcs::cos:::ab"»]}"#;
        check("CAM7016", &text(&[WIDE, narrow]));
        check("CAM7016", &text(&[narrow, WIDE]));
        let unmarked = narrow.replace(['«', '»'], "");
        check("CAM7016", &text(&[&WIDE.replace("Put*", "List*"), &unmarked]));
    }

    #[test]
    fn a_deny_takes_back_and_does_not_cover() {
        let allow = r#"{"effect": "allow", "action": "cos:GetObject", "resource": ["qcs::cos:::b", "qcs::cos:::a"]}"#;
        let found = |wide: &str| messages("CAM7016", &text(&[allow, wide]));
        assert_eq!(found(WIDE), ["a deny takes all that is allowed on `qcs::cos:::a` back"]);
        let covered = ["another statement covers `qcs::cos:::a` as well"];
        assert_eq!(found(&WIDE.replace("deny", "allow")), covered);
    }

    #[test]
    fn it_is_removed() {
        let narrow = r#"{"effect": "deny", "action": "cos:GetObject", "resource": ["qcs::cos:::b", "qcs::cos:::a"]}"#;
        check_fix(
            "CAM7016",
            Grade::Safe,
            &text(&[narrow, WIDE]),
            &text(&[&narrow.replace(", \"qcs::cos:::a\"", ""), WIDE]),
        );
    }
}
