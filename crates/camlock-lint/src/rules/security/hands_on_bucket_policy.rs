//! Finds a bucket policy that lets somebody rewrite it.

use camlock_policy::PolicyKind;

use super::guard;
use crate::context::Context;
use crate::element::{ActionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow in a bucket policy, for somebody who is named, of rewriting the policy or the access list
    /// of the bucket.
    ///
    /// ## Why it matters
    ///
    /// Whoever has it may let in anybody else, whatever the policy says today. The owner needs no such
    /// allow.
    ///
    /// ## Example
    ///
    /// ```json,CAM6034
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "principal": { "qcs": "qcs::cam::uin/100000000002:root" },
    ///     "action": "cos:PutBucketPolicy",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "principal": { "qcs": "qcs::cam::uin/100000000002:root" },
    ///     "action": ["cos:GetObject", "cos:PutObject"],
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    pub(crate) HandsOnBucketPolicy = {
        code: "CAM6034",
        name: "hands-on-bucket-policy",
        group: Security,
        level: Info,
        since: "0.2.0",
        summary: "a bucket policy that lets somebody rewrite it",
        spec: ["EVL-24"],
    }
}

impl Rule for HandsOnBucketPolicy {
    fn check_statement(&self, statement: &StatementElement<'_>, cx: &mut Context<'_>) {
        let is_named = guard::everyone(statement, cx).is_none();
        if cx.kind() != PolicyKind::Resource || !statement.is_allow() || !is_named {
            return;
        }
        let analysis = cx.analysis();
        for operation in ["PutBucketPolicy", "PutBucketACL"] {
            let covers = |own: &&ActionElement<'_>| {
                own.pattern
                    .as_ref()
                    .is_some_and(|own| analysis.action_matches(own, "cos", operation))
            };
            if let Some(action) = statement.actions.iter().find(covers) {
                cx.report(action, "whoever is named here may let in anybody else")
                    .label(format!("allows `cos:{operation}`"))
                    .help("name the actions that are needed");
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn once_a_statement() {
        check(
            "CAM6034",
            r#"{"effect": "allow", "principal": {"qcs": "qcs::cam::uin/1:uin/2"},
            "action": ["cos:GetObject", «"cos:Put*"», "cos:PutBucketACL"], "resource": "*"}"#,
        );
        check(
            "CAM6034",
            r#"{"effect": "deny", "principal": {"qcs": "qcs::cam::uin/1:uin/2"}, "action": "cos:*", "resource": "*"}"#,
        );
        check("CAM6034", r#"{"effect": "allow", "action": "cos:*", "resource": "*"}"#);
    }
}
