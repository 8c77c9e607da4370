//! Finds an allow to share any image or snapshot with other accounts.

use super::reach::{self, Call, call, every};
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow of sharing images or snapshots that reaches all of them.
    ///
    /// ## Why it matters
    ///
    /// An image holds whatever was on the disk, passwords too. A copy in another account is out of reach
    /// for good.
    ///
    /// ## Example
    ///
    /// ```json,CAM6021
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:ModifyImageSharePermission", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:ModifyImageSharePermission",
    ///     "resource": "qcs::cvm:ap-guangzhou:uin/100000000001:image/img-1a2b3c4d" }
    /// ] }
    /// ```
    pub(crate) SharesAnyImage = {
        code: "CAM6021",
        name: "shares-any-image",
        group: Security,
        level: Info,
        since: "0.2.0",
        summary: "an allow to share any image or snapshot with other accounts",
    }
}

const WAYS: &[&[Call]] = &[
    &[call("cvm", "ModifyImageSharePermission", &[every("cvm", "image/img-1")])],
    &[call("cbs", "ModifySnapshotsSharePermission", &[every("cvm", "snapshot/snap-1")])],
    &[call("lighthouse", "ModifyImageSharePermission", &[every("lighthouse", "blueprint/lhbp-1")])],
];

impl Rule for SharesAnyImage {
    fn check_document(&self, cx: &mut Context<'_>) {
        let what = "whoever has this may hand any image to other accounts";
        reach::check(cx, WAYS, what, "name the images or snapshots");
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn every_image_or_snapshot() {
        check(
            "CAM6021",
            r#"{"effect": "allow", "action": [«"cvm:Modify*"»], "resource": "qcs::cvm:::image/*"}"#,
        );
        check("CAM6021", r#"{"effect": "allow", "action": "cvm:DescribeImages", "resource": "*"}"#);
    }
}
