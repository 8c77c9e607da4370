//! Finds an allow to read all data of a sort.

use super::reach::{self, Call, call, every};
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow of reading objects, logs or backups that reaches every bucket, topic or instance.
    ///
    /// ## Why it matters
    ///
    /// Data that is added later can be read too, and whoever steals the keys takes all of it.
    ///
    /// ## Example
    ///
    /// ```json,CAM6022
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    pub(crate) ReadsAnyData = {
        code: "CAM6022",
        name: "reads-any-data",
        group: Security,
        level: Info,
        since: "0.2.0",
        summary: "an allow to read all data of a sort",
    }
}

const WAYS: &[&[Call]] = &[
    &[call("cos", "GetObject", &[every("cos", "archive-1250000000/a")])],
    &[call("cls", "SearchLog", &[every("cls", "topic/one")])],
    &[call("cdb", "DescribeBackups", &[every("cdb", "instanceId/cdb-1")])],
];

impl Rule for ReadsAnyData {
    fn check_document(&self, cx: &mut Context<'_>) {
        let what = "whoever has this may read all data of this sort";
        reach::check(cx, WAYS, what, "name the buckets, topics or instances");
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn every_bucket_and_not_one() {
        check(
            "CAM6022",
            r#"{"effect": "allow", "action": «"cos:Get*"», "resource": "qcs::cos::uid/1250000000:*"}"#,
        );
        check("CAM6022", r#"{"effect": "allow", "action": "cos:GetBucket", "resource": "*"}"#);
        check(
            "CAM6022",
            r#"{"effect": "allow", "action": "cos:Get*", "resource": "qcs::cos::uid/1250000000:a-1250000000/*"}"#,
        );
    }
}
