//! Finds allows to become administrator of any cluster.

use super::reach::{self, Call, call, every};
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow of `tke:AcquireClusterAdminRole` or `tke:DescribeClusterKubeconfig` that reaches every
    /// cluster.
    ///
    /// ## Why it matters
    ///
    /// An administrator of a cluster has its secrets, and the roles of its nodes. The engine is asked, with
    /// denies and ceilings as far as they are known; the finding names a request that is allowed.
    ///
    /// ## Example
    ///
    /// ```json,CAM6121
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "tke:AcquireClusterAdminRole", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "tke:AcquireClusterAdminRole",
    ///     "resource": "qcs::tke:ap-guangzhou:uin/100000000001:cluster/cls-1a2b3c4d" }
    /// ] }
    /// ```
    pub(crate) AdministerAnyCluster = {
        code: "CAM6121",
        name: "administer-any-cluster",
        group: Security,
        level: Info,
        since: "0.2.0",
        summary: "an allow to become administrator of any cluster",
    }
}

const WAYS: &[&[Call]] = &[
    &[call("tke", "AcquireClusterAdminRole", &[every("tke", "cluster/cls-1")])],
    &[call("tke", "DescribeClusterKubeconfig", &[every("tke", "cluster/cls-1")])],
    &[call("tke", "AcquireEKSClusterAdminRole", &[every("tke", "cluster/cls-1")])],
];

impl Rule for AdministerAnyCluster {
    fn check_document(&self, cx: &mut Context<'_>) {
        let help = "name the clusters: `qcs::tke:REGION:uin/ACCOUNT:cluster/ID`";
        let what = "whoever has this may administer any cluster";
        reach::check_with_whole_services(cx, WAYS, what, help, |_, _| true);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn the_whole_service_is_no_less() {
        let text = |action: &str, resource: &str| {
            format!(r#"{{"effect": "allow", "action": {action}, "resource": "{resource}"}}"#)
        };
        check("CAM6121", &text("«\"tke:*\"»", "*"));
        check("CAM6121", &text("«\"tke:*\"»", "qcs::tke:::*"));
        // `allow-everything` says enough.
        check("CAM6121", &text("\"*\"", "*"));
    }

    #[test]
    fn a_deny_that_covers_the_call_closes_the_way() {
        let text = |mark: (&str, &str), deny: &str| {
            let action = format!(r#"{}"tke:AcquireClusterAdminRole"{}"#, mark.0, mark.1);
            format!(
                r#"{{"version": "2.0", "statement": [
                    {{"effect": "allow", "action": [{action}], "resource": "*"}},
                    {{"effect": "deny", "action": "{deny}", "resource": "*"}}]}}"#
            )
        };
        check("CAM6121", &text(("", ""), "tke:AcquireClusterAdminRole"));
        check("CAM6121", &text(("«", "»"), "cos:DeleteBucket"));
    }
}
