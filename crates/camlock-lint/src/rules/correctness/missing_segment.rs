//! Finds names without their region or their account.

use camlock_source::quote;

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A resource with four or five segments that begins right: the region or the account was left
    /// out with its colon.
    ///
    /// ## Why it matters
    ///
    /// A segment may be empty, but its colon stays. CAM refuses a name that has not six segments.
    ///
    /// ## Example
    ///
    /// ```json,CAM3061
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:uin/100000000001:instance/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm::uin/100000000001:instance/*" }
    /// ] }
    /// ```
    pub(crate) MissingSegment = {
        code: "CAM3061",
        name: "missing-segment",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "a name without its region or its account",
        spec: ["RES-2", "RES-6", "RES-8"],
        fix: Suggestion,
        supersedes: ["CAM2113"],
    }
}

impl Rule for MissingSegment {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let text = resource.text();
        let Some(rest) = text.strip_prefix("qcs::").filter(|_| resource.pattern.is_none()) else {
            return;
        };
        let parts: Vec<&str> = rest.splitn(4, ':').collect();
        let (right, what) = match *parts.as_slice() {
            [service, account, path]
                if account.starts_with("uin/") || account.starts_with("uid/") =>
            {
                (format!("qcs::{service}::{account}:{path}"), "the region")
            }
            [service, region, path] => (format!("qcs::{service}:{region}::{path}"), "the account"),
            [service, path] => (format!("qcs::{service}:::{path}"), "region and account"),
            _ => return,
        };
        let service = parts.first().copied().unwrap_or_default();
        if cx.catalog().service(service).is_some() && support::is_resource(&right) {
            cx.report(resource, format!("`{}` lacks {what}", quote(text)))
                .label("fewer than six segments")
                .help(format!("write `{}`; a segment may be empty", quote(&right)))
                .suggestion(format!("leave {what} empty"), [resource.string.replace_with(&right)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn names_that_begin_right_and_end_early() {
        check(
            "CAM3061",
            r#"{"effect": "allow", "action": "cls:*", "resource": [
            «"qcs::monitor:uin/1250000000:cm-policy/policy-1"», «"qcs::cls::*"», «"qcs::cls:*"», "qcs::cls",
            "qcs::cls:::*", "qcs:cls:*", "qcs::nosuch:a:b"]}"#,
        );
    }

    #[test]
    fn the_empty_segment_is_written() {
        let text = |name: &str| {
            format!(r#"{{"effect": "deny", "action": "cls:*", "resource": "{name}"}}"#)
        };
        check_fix(
            "CAM3061",
            Grade::Suggestion,
            &text("qcs::cls:gz:topic/*"),
            &text("qcs::cls:gz::topic/*"),
        );
    }
}
