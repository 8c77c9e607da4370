//! Finds resources that another one of the list covers.

use camlock_source::quote;

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A resource that another one of the same list covers. A resource that takes something from the
    /// caller counts in a deny only where the other one does too.
    ///
    /// ## Why it matters
    ///
    /// Readers take the list for what is granted, and the pattern grants more. If the single resources
    /// were meant, the pattern is too wide; if the pattern was, they only take room.
    ///
    /// ## Example
    ///
    /// ```json,CAM7005
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": ["qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///       "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/2026/*"] } ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": ["qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*"] } ] }
    /// ```
    pub(crate) CoveredResource = {
        code: "CAM7005",
        name: "covered-resource",
        group: Redundancy,
        level: Info,
        since: "0.2.0",
        summary: "a resource that another one of the list covers",
        spec: ["RES-10", "RES-12"],
        fix: Safe,
        supersedes: ["CAM7016"],
    }
}

/// Lists that are compared with all of themselves; a longer one is not looked at.
const MOST: usize = 256;

impl Rule for CoveredResource {
    fn check_statement(&self, statement: &StatementElement<'_>, cx: &mut Context<'_>) {
        let (analysis, all) = (cx.analysis(), &statement.resources);
        let Some(effect) = statement.effect.filter(|_| (2..=MOST).contains(&all.len())) else {
            return;
        };
        for (at, resource) in all.iter().enumerate() {
            let Some(pattern) = &resource.pattern else { continue };
            let covers = |(other_at, other): &(usize, &ResourceElement<'_>)| {
                let Some(own) = &other.pattern else { return false };
                // An equal one is told by `duplicate-resource`; of two that mean the same in other
                // words the first stays.
                own != pattern
                    && analysis.resource_covers_in(effect, own, pattern)
                    && (*other_at < at || !analysis.resource_covers_in(effect, pattern, own))
            };
            let Some((_, wide)) = all.iter().enumerate().find(covers) else { continue };
            // Both are long, and often differ in the end only, so the place of the other has to do.
            let own = quote(resource.text());
            cx.report(resource, format!("another resource of the list covers `{own}`"))
                .secondary(wide, "covers it")
                .help("remove it, or narrow the pattern")
                .safe_fix("remove it", resource.string.removal());
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    fn text(effect: &str, list: &str) -> String {
        format!(r#"{{"effect": "{effect}", "action": "cvm:*", "resource": [{list}]}}"#)
    }

    #[test]
    fn every_segment_counts() {
        check(
            "CAM7005",
            &text(
                "allow",
                r#""qcs::cvm:::i/*", «"qcs::cvm:::i/a"», «"qcs::cvm:gz::i/b"»,
            "qcs::cvm:::i", "qcs::vpc:::i/a", "qcs::cvm::uin/1:i/*", «"qcs::cvm::uin/1:i/a"»"#,
            ),
        );
        check("CAM7005", &text("allow", r#""qcs::cvm:gz::i/*", «"qcs::cvm:ap-guangzhou::i/*"»"#));
        check("CAM7005", &text("allow", r#""*", «"qcs::cvm:::i/*"»"#));
        check("CAM7005", &text("allow", r#"«"qcs:::::*"», «"qcs::cvm:::i/*"», "*""#));
    }

    #[test]
    fn a_deny_applies_to_callers_without_the_variable() {
        let list = r#""qcs::cvm:::i/*", "qcs::cvm:::i/${uin}""#;
        check("CAM7005", &text("deny", list));
        check(
            "CAM7005",
            &text(
                "allow",
                &list.replace("\"qcs::cvm:::i/$", "«\"qcs::cvm:::i/$").replace("}\"", "}\"»"),
            ),
        );
    }

    #[test]
    fn what_is_covered_goes_and_the_pattern_stays() {
        let before =
            text("deny", r#""qcs::cvm:gz::i/*", "qcs::cvm:::i/*", "qcs::cvm:ap-guangzhou::i/a""#);
        check_fix("CAM7005", Grade::Safe, &before, &text("deny", r#""qcs::cvm:::i/*""#));
    }
}
