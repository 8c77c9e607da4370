//! Finds statements that another one covers.

use camlock_policy::Effect;

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

/// Statements that are compared with all others; no policy that CAM accepts has more.
const MOST: usize = 100;

impl Rule for CoveredStatement {
    fn check_document(&self, cx: &mut Context<'_>) {
        let Some(policy) = cx.policy() else { return };
        let analysis = cx.analysis();
        let all = policy.statements();
        for (element, inner) in cx.statements().iter().zip(all).take(MOST) {
            let covers = |(at, outer): &(usize, &camlock_policy::Statement)| {
                let same = outer.effect() == inner.effect() && *at != element.index;
                // Of two that cover each other the first stays.
                let stays = || *at < element.index || !analysis.statement_covers(inner, outer);
                same && analysis.statement_covers(outer, inner) && stays()
            };
            let found = all.iter().take(MOST).enumerate().find(covers);
            let Some(outer) = found.and_then(|(at, _)| cx.statements().get(at)) else { continue };
            let verb = if inner.effect() == Effect::Allow { "allows" } else { "denies" };
            cx.report(element, "another statement covers this one")
                .label("changes no decision")
                .secondary(outer, format!("{verb} all of it"))
                .help("remove it, or narrow the other one")
                .safe_fix("remove the statement", element.removal());
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
    fn of_two_equal_ones_the_second_is_found() {
        check("CAM7003", &text(&[WIDE, &WIDE.replace("\"allow\"", "«\"allow\"»")]));
    }

    #[test]
    fn conditions_effects_and_bare_stars_are_seen() {
        let condition = r#"{"effect": "allow", "action": "cos:*", "resource": "*",
            "condition": {"ip_equal": {"qcs:ip": "10.0.0.0/8"}}}"#;
        check("CAM7003", &text(&[condition, r#"{"effect": "allow", "action": "cos:GetObject", "resource": "*"}"#]));
        check("CAM7003", &text(&[WIDE, &NARROW.replace("allow", "deny")]));
        // A request for `*` is granted by the second alone [RES-18].
        check("CAM7003", &text(&[WIDE, r#"{"effect": "allow", "action": "cos:*", "resource": "*",
            "condition": {"ip_equal": {"qcs:ip": "10.0.0.0/8"}}}"#]));
    }

    #[test]
    fn it_is_removed() {
        check_fix("CAM7003", Grade::Safe, &text(&[NARROW, WIDE]), &text(&[WIDE]));
    }
}
