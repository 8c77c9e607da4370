//! Finds statements that several others cover together.

use crate::analysis::Standing;
use crate::context::Context;
use crate::element::StatementElement;
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
    ///   { "effect": "allow", "action": ["cos:GetObject", "cos:PutObject"],
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" },
    ///   { "effect": "allow", "action": "cos:Get*",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" },
    ///   { "effect": "allow", "action": "cos:Put*",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" } ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:Get*",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" },
    ///   { "effect": "allow", "action": "cos:Put*",
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
            let others: Vec<_> = others.iter().filter_map(|at| statements.get(*at)).collect();
            // A deny takes back what it meets; it does not grant it as well.
            let takes_back = |other: &StatementElement<'_>| own.is_allow() && other.is_deny();
            let denies = others.iter().filter(|other| takes_back(other)).count();
            let (what, label, help) = if denies == 0 {
                let help = "remove it, or narrow the others";
                ("other statements cover this one together", "changes no decision", help)
            } else if denies == others.len() {
                let help = "remove the allow, or narrow the denies";
                ("denies take all of this allow back together", "grants nothing", help)
            } else {
                let what = "denies take a part of this allow back, other statements cover the rest";
                (what, "grants nothing more", "remove the allow, or narrow the others")
            };
            let mut report = cx
                .report(own, what)
                .label(label)
                .help(help)
                .safe_fix("remove the statement", own.removal());
            for other in others.into_iter().take(4) {
                let what =
                    if takes_back(other) { "denies a part of it" } else { "covers a part of it" };
                report = report.secondary(other, what);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix, messages};

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
    fn denies_take_back_and_do_not_cover() {
        let allow = BOTH.replace("deny", "allow");
        let deny = |text: &str| messages("CAM7014", text);
        let taken = "denies take all of this allow back together";
        assert_eq!(deny(&text(&[&allow, GET, PUT])), [taken]);
        let granted = PUT.replace("deny", "allow");
        let mixed = "denies take a part of this allow back, other statements cover the rest";
        assert_eq!(deny(&text(&[&allow, GET, &granted])), [mixed]);
        let covered = "other statements cover this one together";
        assert_eq!(deny(&text(&[BOTH, GET, PUT])), [covered]);
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
