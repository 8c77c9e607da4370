//! Finds allows to open any bucket to others.

use super::reach::{self, Call, Target, call, every};
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow of `cos:PutBucketPolicy` or `cos:PutBucketACL` that reaches every bucket, or of creating
    /// service-linked roles of any kind.
    ///
    /// ## Why it matters
    ///
    /// Whoever may write the policy of a bucket may open it to everyone, whatever is denied elsewhere. The
    /// engine is asked, with denies and ceilings as far as they are known; the finding names a request that
    /// is allowed.
    ///
    /// ## Example
    ///
    /// ```json,CAM6123
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:PutBucketPolicy", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:PutBucketPolicy",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    pub(crate) OpenAnyBucket = {
        code: "CAM6123",
        name: "open-any-bucket",
        group: Security,
        level: Info,
        since: "0.2.0",
        summary: "an allow to open any bucket to others",
    }
}

const EVERY_BUCKET: Target = every("cos", "archive-1250000000/a");

const WAYS: &[&[Call]] = &[
    &[call("cos", "PutBucketPolicy", &[EVERY_BUCKET])],
    &[call("cos", "PutBucketACL", &[EVERY_BUCKET])],
    &[call("cos", "PutObjectACL", &[EVERY_BUCKET])],
    &[call(
        "cam",
        "CreateServiceLinkedRole",
        &[every("cam", "role/tencentcloudServiceRoleName/x")],
    )],
];

impl Rule for OpenAnyBucket {
    fn check_document(&self, cx: &mut Context<'_>) {
        let help = "name the buckets or roles";
        reach::check(
            cx,
            WAYS,
            "whoever has this may open resources of the account to others",
            help,
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn a_deny_that_covers_the_call_closes_the_way() {
        let text = |mark: (&str, &str), deny: &str| {
            let action = format!(r#"{}"cos:PutBucketPolicy"{}"#, mark.0, mark.1);
            format!(
                r#"{{"version": "2.0", "statement": [
                    {{"effect": "allow", "action": [{action}], "resource": "*"}},
                    {{"effect": "deny", "action": "{deny}", "resource": "*"}}]}}"#
            )
        };
        check("CAM6123", &text(("", ""), "cos:PutBucketPolicy"));
        check("CAM6123", &text(("«", "»"), "cos:DeleteBucket"));
    }
}
