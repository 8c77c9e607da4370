//! Finds allows to stop or redirect the audit.

use super::reach::{self, Call, call};
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow of `cloudaudit:StopLogging`, or of deleting or changing an audit track.
    ///
    /// ## Why it matters
    ///
    /// What is done afterwards leaves no record that the account keeps. The engine is asked, with denies
    /// and ceilings as far as they are known; the finding names a request that is allowed.
    ///
    /// ## Example
    ///
    /// ```json,CAM6125
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cloudaudit:StopLogging", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cloudaudit:DescribeAudit", "cloudaudit:ListAudits"], "resource": "*" }
    /// ] }
    /// ```
    pub(crate) BlindTheAudit = {
        code: "CAM6125",
        name: "blind-the-audit",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "an allow to stop or redirect the audit",
    }
}

const WAYS: &[&[Call]] = &[
    &[call("cloudaudit", "StopLogging", &[])],
    &[call("cloudaudit", "DeleteAuditTrack", &[])],
    &[call("cloudaudit", "ModifyAuditTrack", &[])],
    &[call("cloudaudit", "ModifyEventsAuditTrack", &[])],
    &[call("cloudaudit", "UpdateAudit", &[])],
];

impl Rule for BlindTheAudit {
    fn check_document(&self, cx: &mut Context<'_>) {
        let help = "leave it to the team that audits, and deny it to all others";
        let what = "whoever has this may work unrecorded";
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
        check("CAM6125", &text("«\"cloudaudit:*\"»", "*"));
        // Its calls are asked for `*` [RES-18].
        check("CAM6125", &text("\"cloudaudit:*\"", "qcs::cloudaudit:::*"));
        // `allow-everything` says enough.
        check("CAM6125", &text("\"*\"", "*"));
    }

    #[test]
    fn a_deny_that_covers_the_call_closes_the_way() {
        let text = |mark: (&str, &str), deny: &str| {
            let action = format!(r#"{}"cloudaudit:StopLogging"{}"#, mark.0, mark.1);
            format!(
                r#"{{"version": "2.0", "statement": [
                    {{"effect": "allow", "action": [{action}], "resource": "*"}},
                    {{"effect": "deny", "action": "{deny}", "resource": "*"}}]}}"#
            )
        };
        check("CAM6125", &text(("", ""), "cloudaudit:StopLogging"));
        check("CAM6125", &text(("«", "»"), "cos:DeleteBucket"));
    }
}
