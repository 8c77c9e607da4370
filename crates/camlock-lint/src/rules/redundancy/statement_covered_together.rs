//! Finds statements that several others cover together.

use crate::analysis::Standing;
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A statement of which every action on every resource is covered by some other statement of the
    /// same effect, or denied, though no single one does all of it.
    ///
    /// ## Why it matters
    ///
    /// It changes nothing, and that is hard to see: whoever removes one of the others expects less
    /// access to be left.
    ///
    /// ## Example
    ///
    /// ```json,CAM7014
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cos:GetObject", "cvm:StartInstances"],
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" },
    ///   { "effect": "allow", "action": "cos:Get*",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" },
    ///   { "effect": "allow", "action": "cvm:Start*",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" } ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:Get*",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" },
    ///   { "effect": "allow", "action": "cvm:Start*",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" } ] }
    /// ```
    pub(crate) StatementCoveredTogether = {
        code: "CAM7014",
        name: "statement-covered-together",
        group: Redundancy,
        level: Info,
        since: "0.2.0",
        summary: "a statement that several others cover together",
        spec: ["EVL-2", "EVL-3"],
        fix: Safe,
    }
}

impl Rule for StatementCoveredTogether {
    fn check_document(&self, cx: &mut Context<'_>) {
        for (index, standing) in cx.analysis().redundancy().found() {
            let Standing::CoveredTogether(others) = standing else { continue };
            let statements = cx.statements();
            let Some(own) = statements.get(index) else { continue };
            let mut report = cx
                .report(own, "other statements cover this one together")
                .label("changes no decision")
                .help("remove it, or narrow the others")
                .safe_fix("remove the statement", own.removal());
            for other in others.iter().filter_map(|at| statements.get(*at)).take(4) {
                report = report.secondary(other, "covers a part of it");
            }
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

    const GET: &str = r#"{"effect": "deny", "action": "cos:Get*", "resource": "*"}"#;
    const PUT: &str = r#"{"effect": "deny", "action": "cos:Put*", "resource": "*"}"#;
    const BOTH: &str = r#"{"effect": "deny", "action": ["cos:GetObject", "cos:PutObject"], "resource": ["qcs::cos:::a", "qcs::cos:::b"]}"#;

    #[test]
    fn every_action_on_every_resource_has_to_be_covered() {
        let marked = BOTH.replace("\"deny\"", "«\"deny\"»");
        check("CAM7014", &text(&[&marked, GET, PUT]));
        check("CAM7014", &text(&[GET, PUT, &marked]));
        check("CAM7014", &text(&[GET, &PUT.replace("\"*\"", "\"qcs::cos:::a\""), BOTH]));
        let b = PUT.replace("\"*\"", "\"qcs::cos:::b*\"");
        check("CAM7014", &text(&[GET, &PUT.replace("\"*\"", "\"qcs::cos:::a\""), &marked, &b]));
    }

    #[test]
    fn of_those_that_cover_each_other_enough_stay() {
        // Each is covered by the two others.
        let (a, b) = (
            r#"{"effect": "deny", "action": ["cos:A", "cos:B"], "resource": "*"}"#,
            r#"{"effect": "deny", "action": ["cos:B", "cos:C"], "resource": "*"}"#,
        );
        let c = r#"{"effect": "deny", "action": ["cos:C", "cos:A"], "resource": "*"}"#;
        check_fix("CAM7014", Grade::Safe, &text(&[a, b, c]), &text(&[a, b]));
    }
}
