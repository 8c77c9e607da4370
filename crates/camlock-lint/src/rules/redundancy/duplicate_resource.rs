//! Finds resources that stand twice in one list.

use camlock_source::quote;

use crate::context::Context;
use crate::element::StatementElement;
use crate::rule::Rule;
use crate::rules::correctness::support::safe_in_policies;
use crate::rules::redundancy::repeated::repeated;

declare_rule! {
    /// ## What it finds
    ///
    /// A resource that stands twice in one list.
    ///
    /// ## Why it matters
    ///
    /// It counts against the size of the policy and says nothing. Often the second was meant to be
    /// another one.
    ///
    /// ## Example
    ///
    /// ```json,CAM7004
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": ["qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///       "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*"] } ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" } ] }
    /// ```
    pub(crate) DuplicateResource = {
        code: "CAM7004",
        name: "duplicate-resource",
        group: Redundancy,
        level: Warning,
        since: "0.2.0",
        summary: "a resource that stands twice in one list",
        spec: ["SYN-19"],
        fix: Safe,
        supersedes: ["CAM7016"],
    }
}

impl Rule for DuplicateResource {
    fn check_statement(&self, statement: &StatementElement<'_>, cx: &mut Context<'_>) {
        // What cannot be read is compared as text.
        let all = repeated(&statement.resources, |own| {
            (own.pattern.as_ref(), own.pattern.is_none().then(|| own.text()))
        });
        for (resource, earlier) in all {
            // In a document that is no policy, what cannot be read stays as it is.
            let removal = resource.string.removal().filter(|_| resource.pattern.is_some());
            let grade = safe_in_policies(cx);
            cx.report(resource, format!("`{}` stands here twice", quote(resource.text())))
                .secondary(earlier, "first here")
                .help("remove it, or write the resource that was meant")
                .fix(grade, "remove it", removal);
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn spellings_of_one_meaning_are_one() {
        check(
            "CAM7004",
            r#"{"effect": "allow", "action": "cvm:*",
            "resource": ["qcs::cvm:::*", «"qcs::cvm:*::*/*"», "qcs::cvm:::a", "*", «"*"», "<name>", «"<name>"»]}"#,
        );
    }

    #[test]
    fn all_but_one_are_removed() {
        let text = |list: &str| {
            format!(r#"{{"effect": "deny", "action": "cvm:*", "resource": [{list}]}}"#)
        };
        let before = text(r#""*", "*", "qcs::cvm:::a", "*""#);
        check_fix("CAM7004", Grade::Safe, &before, &text(r#""*", "qcs::cvm:::a""#));
    }
}
