//! Finds statements that stand twice.

use crate::analysis::Standing;
use crate::context::Context;
use crate::rule::Rule;
use crate::tree;

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
        if cx.policy().is_none() {
            as_written(cx);
        }
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

/// Statements that are compared as they are written, in a document that is no policy.
const MOST: usize = 32;

/// Reports statements that are written alike; nothing is known of what they do.
fn as_written(cx: &mut Context<'_>) {
    let statements = cx.statements();
    for (at, own) in statements.iter().enumerate().take(MOST) {
        let mut earlier = statements.iter().take(at);
        if let Some(earlier) = earlier.find(|earlier| tree::same(earlier.value, own.value)) {
            cx.report(own, "the statement stands here twice")
                .secondary(earlier, "first here")
                .help("remove it, or write the statement that was meant");
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
    fn what_cannot_be_read_is_compared_as_it_is_written() {
        let broken = ONE.replace("\"*\"", "\"qcs::cvm:::<id>:\"").replace("cvm:*", "cvm:<name>");
        check("CAM7012", &text(&[&broken, &broken.replace("\"deny\"", "«\"deny\"»")]));
        check("CAM7012", &text(&[&broken, &broken.replace("<id>", "<other>")]));
    }

    #[test]
    fn one_stays() {
        check_fix("CAM7012", Grade::Safe, &text(&[ONE, ONE, ONE]), &text(&[ONE]));
    }
}
