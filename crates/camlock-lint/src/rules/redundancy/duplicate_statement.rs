//! Finds statements that stand twice.

use crate::analysis::Standing;
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A statement that says what an earlier one says, element by element, in whatever spelling.
    ///
    /// ## Why it matters
    ///
    /// It counts against the size of the policy and changes nothing. Whoever corrects one of the two
    /// later corrects half.
    ///
    /// ## Example
    ///
    /// ```json,CAM7012
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" },
    ///   { "effect": "allow", "action": "name/cos:GetObject",
    ///     "resource": ["qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*"] } ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" } ] }
    /// ```
    pub(crate) DuplicateStatement = {
        code: "CAM7012",
        name: "duplicate-statement",
        group: Redundancy,
        level: Warning,
        since: "0.2.0",
        summary: "a statement that stands twice",
        spec: ["EVL-2"],
        fix: Safe,
    }
}

impl Rule for DuplicateStatement {
    fn check_document(&self, cx: &mut Context<'_>) {
        for (index, standing) in cx.analysis().redundancy().found() {
            let Standing::Equal(earlier) = standing else { continue };
            let statements = cx.statements();
            let Some((own, earlier)) = statements.get(index).zip(statements.get(*earlier)) else {
                continue;
            };
            cx.report(own, "the statement stands here twice")
                .label("changes no decision")
                .secondary(earlier, "first here")
                .help("remove it, or write the statement that was meant")
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

    const ONE: &str = r#"{"effect": "deny", "action": "cvm:*", "resource": "*"}"#;

    #[test]
    fn every_later_one_is_found() {
        let later = ONE.replace("\"deny\"", "«\"deny\"»");
        let other = ONE.replace("deny", "allow");
        check("CAM7012", &text(&[ONE, &other, &later, &later]));
    }

    #[test]
    fn one_stays() {
        check_fix("CAM7012", Grade::Safe, &text(&[ONE, ONE, ONE]), &text(&[ONE]));
    }
}
