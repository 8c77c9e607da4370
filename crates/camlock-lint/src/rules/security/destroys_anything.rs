//! Finds an allow to destroy everything of a sort.

use super::reach::{self, Call, call, every};
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow of deleting machines, disks, buckets, databases, clusters or keys that reaches all of them.
    ///
    /// ## Why it matters
    ///
    /// One slip or one stolen key takes everything away, and much of it does not come back.
    ///
    /// ## Example
    ///
    /// ```json,CAM6023
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:TerminateInstances", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:TerminateInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou:uin/100000000001:instance/ins-1a2b3c4d" }
    /// ] }
    /// ```
    pub(crate) DestroysAnything = {
        code: "CAM6023",
        name: "destroys-anything",
        group: Security,
        level: Info,
        since: "0.2.0",
        summary: "an allow to destroy everything of a sort",
    }
}

const WAYS: &[&[Call]] = &[
    &[call("cvm", "TerminateInstances", &[every("cvm", "instance/ins-1")])],
    &[call("cbs", "TerminateDisks", &[every("cvm", "volume/disk-1")])],
    &[call("cos", "DeleteBucket", &[every("cos", "archive-1250000000/")])],
    &[call("cdb", "OfflineIsolatedInstances", &[every("cdb", "instanceId/cdb-1")])],
    &[call("tke", "DeleteCluster", &[every("tke", "cluster/cls-1")])],
    &[call("kms", "ScheduleKeyDeletion", &[every("kms", "key/creatorUin/100000000002/one")])],
    &[call("vpc", "DeleteVpc", &[every("vpc", "vpc/vpc-1")])],
];

impl Rule for DestroysAnything {
    fn check_document(&self, cx: &mut Context<'_>) {
        let what = "whoever has this may destroy everything of this sort";
        reach::check(cx, WAYS, what, "name the resources, or ask for a tag or a second factor");
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn everything_of_a_sort() {
        check(
            "CAM6023",
            r#"{"effect": "allow", "action": [«"cvm:Terminate*"», «"cos:Delete*"»], "resource": "*"}"#,
        );
        check("CAM6023", r#"{"effect": "allow", "action": "kms:EnableKey", "resource": "*"}"#);
    }
}
