//! Finds statements that another one covers.

use crate::analysis::Standing;
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A statement that another one of the document, with the same effect, covers entirely.
    ///
    /// ## Why it matters
    ///
    /// It changes nothing. A narrow allow beside a wide one looks as if access were narrow; whoever
    /// removes the wide one later changes more than is to be seen.
    ///
    /// ## Example
    ///
    /// ```json,CAM7003
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "action": "cos:*", "resource": "*" },
    ///   { "effect": "deny", "action": "cos:PutObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "action": "cos:*", "resource": "*" }
    /// ] }
    /// ```
    pub(crate) CoveredStatement = {
        code: "CAM7003",
        name: "covered-statement",
        group: Redundancy,
        level: Warning,
        since: "0.2.0",
        summary: "a statement that another one covers",
        spec: ["EVL-2"],
        fix: Safe,
    }
}

impl Rule for CoveredStatement {
    fn check_document(&self, cx: &mut Context<'_>) {
        for (index, standing) in cx.analysis().redundancy().found() {
            let Standing::Covered(outer) = standing else { continue };
            let statements = cx.statements();
            let Some((own, outer)) = statements.get(index).zip(statements.get(*outer)) else {
                continue;
            };
            let verb = if own.is_allow() { "allows" } else { "denies" };
            cx.report(own, "another statement covers this one")
                .label("changes no decision")
                .secondary(outer, format!("{verb} all of it"))
                .help("remove it, or narrow the other one")
                .safe_fix("remove the statement", own.removal());
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    fn text(statements: &[&str]) -> String {
        format!(r#"{{"version": "2.0", "statement": [{}]}}"#, statements.join(", "))
    }

    const WIDE: &str = r#"{"effect": "allow", "action": "cos:*", "resource": "qcs::cos:::*"}"#;
    const NARROW: &str = r#"{"effect": "allow", "action": "cos:Get*", "resource": "qcs::cos:gz::a/*",
        "condition": {"ip_equal": {"qcs:ip": "10.0.0.0/8"}}}"#;

    #[test]
    fn the_narrow_one_is_found_wherever_it_stands() {
        let marked = NARROW.replace("\"allow\"", "«\"allow\"»");
        check("CAM7003", &text(&[WIDE, &marked]));
        check("CAM7003", &text(&[&marked, WIDE]));
    }

    #[test]
    fn of_two_that_cover_each_other_the_second_is_found() {
        let spelled = WIDE.replace("cos:*", "cos:*\", \"cos:GetObject");
        let spelled =
            spelled.replace("\"cos:*\", \"cos:GetObject\"", "[\"cos:*\", \"cos:GetObject\"]");
        check("CAM7003", &text(&[WIDE, &spelled.replace("\"allow\"", "«\"allow\"»")]));
        // Equal ones are told by `duplicate-statement`.
        check("CAM7003", &text(&[WIDE, WIDE]));
    }

    #[test]
    fn conditions_effects_and_bare_stars_are_seen() {
        let condition = r#"{"effect": "allow", "action": "cos:*", "resource": "*",
            "condition": {"ip_equal": {"qcs:ip": "10.0.0.0/8"}}}"#;
        check(
            "CAM7003",
            &text(&[
                condition,
                r#"{"effect": "allow", "action": "cos:GetObject", "resource": "*"}"#,
            ]),
        );
        check("CAM7003", &text(&[WIDE, &NARROW.replace("allow", "deny")]));
        // A request for `*` is granted by the second alone [RES-18].
        check(
            "CAM7003",
            &text(&[
                WIDE,
                r#"{"effect": "allow", "action": "cos:*", "resource": "*",
            "condition": {"ip_equal": {"qcs:ip": "10.0.0.0/8"}}}"#,
            ]),
        );
    }

    #[test]
    fn it_is_removed() {
        check_fix("CAM7003", Grade::Safe, &text(&[NARROW, WIDE]), &text(&[WIDE]));
    }
}
