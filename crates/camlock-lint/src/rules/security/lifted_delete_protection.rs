//! Finds a deny of deleting whose holder may rewrite the bucket policy.

use camlock_policy::PolicyKind;

use crate::context::Context;
use crate::element::ActionElement;
use crate::rule::{Level, Rule};

declare_rule! {
    /// ## What it finds
    ///
    /// A policy that denies deleting objects and allows rewriting the policy or the access list of the
    /// bucket.
    ///
    /// ## Why it matters
    ///
    /// Whoever may write the policy of a bucket may let others delete, or itself by another way. The deny
    /// holds as long as nobody means harm.
    ///
    /// ## Example
    ///
    /// ```json,CAM6015
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cos:GetObject", "cos:PutBucketPolicy"],
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" },
    ///   { "effect": "deny", "action": "cos:DeleteObject", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// Deny both:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" },
    ///   { "effect": "deny", "action": ["cos:DeleteObject", "cos:PutBucketPolicy", "cos:PutBucketACL"],
    ///     "resource": "*" }
    /// ] }
    /// ```
    pub(crate) LiftedDeleteProtection = {
        code: "CAM6015",
        name: "lifted-delete-protection",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "a deny of deleting whose holder may rewrite the bucket policy",
    }
}

impl Rule for LiftedDeleteProtection {
    fn check_document(&self, cx: &mut Context<'_>) {
        if !matches!(cx.kind(), PolicyKind::Identity | PolicyKind::Resource) {
            return;
        }
        let analysis = cx.analysis();
        let denies = cx.statements().iter().filter(|own| own.is_deny());
        let taken_back = |operation: &str| {
            let covers = |own: &&ActionElement<'_>| {
                own.pattern
                    .as_ref()
                    .is_some_and(|own| analysis.action_matches(own, "cos", operation))
            };
            denies.clone().flat_map(|own| &own.actions).find(covers)
        };
        let Some(deny) = taken_back("DeleteObject") else { return };
        for operation in ["PutBucketPolicy", "PutBucketACL"] {
            if taken_back(operation).is_some() {
                continue;
            }
            let grants = analysis.grants("cos", operation);
            let Some(grant) = grants.first() else { continue };
            cx.report(grant.action, "whoever may not delete may rewrite what forbids it")
                .label(format!("allows `cos:{operation}`"))
                .secondary(deny, "deleting is denied here")
                .help(format!("deny `cos:{operation}` as well"))
                .at_most(grant.level(Level::Error));
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn both_halves_are_needed() {
        let text = |mark: (&str, &str), allowed: &str, denied: &str| {
            format!(
                r#"{{"version": "2.0", "statement": [
                {{"effect": "allow", "action": {}"{allowed}"{}, "resource": "*"}},
                {{"effect": "deny", "action": ["{denied}"], "resource": "*"}}]}}"#,
                mark.0, mark.1
            )
        };
        check("CAM6015", &text(("«", "»"), "cos:*", "cos:DeleteObject"));
        check("CAM6015", &text(("«", "»"), "cos:PutBucketACL", "cos:Delete*"));
        check("CAM6015", &text(("", ""), "cos:PutObject", "cos:DeleteObject"));
        check("CAM6015", &text(("", ""), "cos:*", "cos:PutObject"));
        check("CAM6015", &text(("", ""), "cos:*", "cos:*"));
    }
}
