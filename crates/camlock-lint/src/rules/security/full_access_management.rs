//! Finds an allow of everything in access management.

use camlock_policy::{PolicyKind, SegmentPatterns};

use super::reach;
use crate::context::Context;
use crate::rule::{Level, Rule};

declare_rule! {
    /// ## What it finds
    ///
    /// An allow of all calls of `cam` or of `organization` on all of their objects.
    ///
    /// ## Why it matters
    ///
    /// It holds every way to more rights that there is: attaching policies, making keys for others,
    /// rewriting trust. Its holder is an administrator of the account, whatever its name says. One finding
    /// stands for all of these ways.
    ///
    /// ## Example
    ///
    /// ```json,CAM6010
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:*", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// Allow what is needed, such as looking things up:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cam:Get*", "cam:List*"], "resource": "*" }
    /// ] }
    /// ```
    pub(crate) FullAccessManagement = {
        code: "CAM6010",
        name: "full-access-management",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "an allow of everything in access management",
    }
}

/// A call of each service that gives its holder more than it had.
const POWERS: [(&str, &str); 2] = [("cam", "AttachUserPolicy"), ("organization", "DetachPolicy")];

impl Rule for FullAccessManagement {
    fn check_document(&self, cx: &mut Context<'_>) {
        if cx.kind() != PolicyKind::Identity {
            return;
        }
        for (service, operation) in &POWERS {
            for grant in cx.analysis().grants(service, operation) {
                // `allow-everything` says the rest.
                let is_all = cx.analysis().allows_everything(grant.statement).is_some();
                let own = grant.resource.and_then(|own| own.segments());
                let is_other =
                    own.and_then(SegmentPatterns::service).is_some_and(|own| own != *service);
                if is_all || is_other || !reach::is_whole_service(cx.analysis(), &grant, service) {
                    continue;
                }
                let report =
                    cx.report(grant.action, format!("all calls of `{service}` are allowed"));
                let report = match grant.resource {
                    Some(resource) => report.secondary(resource, "on all of its objects"),
                    None => report,
                };
                report
                    .label("every way to more rights is open")
                    .help("name the calls and the objects that are needed")
                    .at_most(grant.level(Level::Error));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_policy::PolicyKind;

    use crate::testing::{beside, check, check_beside};

    #[test]
    fn the_whole_service_on_everything_and_nothing_less() {
        check(
            "CAM6010",
            r#"{"effect": "allow", "action": ["cos:*", «"name/cam:*"»], "resource": "*"}"#,
        );
        check("CAM6010", r#"{"effect": "allow", "action": «"*"», "resource": "qcs::cam:::*"}"#);
        check("CAM6010", r#"{"effect": "allow", "action": «"organization:*"», "resource": "*"}"#);
        check(
            "CAM6010",
            r#"{"effect": "allow", "action": "cam:*", "resource": "qcs::cam:::uin/17"}"#,
        );
        check("CAM6010", r#"{"effect": "allow", "action": "cam:Attach*", "resource": "*"}"#);
        check("CAM6010", r#"{"effect": "allow", "action": "*", "resource": "*"}"#);
        check("CAM6010", r#"{"effect": "deny", "action": "cam:*", "resource": "*"}"#);
    }

    #[test]
    fn a_ceiling_of_single_calls_leaves_single_calls() {
        let below = |actions: &[(&str, &str)], code: &str, text: &str| {
            check_beside(code, None, beside(PolicyKind::Boundary, actions), text);
        };
        let all = r#"{"effect": "allow", "action": «"*"», "resource": "*"}"#;
        let plain = all.replace(['«', '»'], "");
        below(&[("allow", "cam:*")], "CAM6010", all);
        below(&[("allow", "cam:Attach*")], "CAM6010", &plain);
        // The way that stays open is told by the rule about it.
        below(&[("allow", "cam:Attach*")], "CAM6103", all);
        below(&[("allow", "cam:*")], "CAM6103", &plain);
    }
}
