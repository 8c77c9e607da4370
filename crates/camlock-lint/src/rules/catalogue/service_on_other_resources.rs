//! Finds actions of a service, on resources of others alone.

use std::collections::BTreeSet;

use camlock_policy::{ActionPattern, SegmentPatterns};
use camlock_source::quote;

use super::forms;
use crate::context::Context;
use crate::element::StatementElement;
use crate::rule::{Level, Rule};

declare_rule! {
    /// ## What it finds
    ///
    /// A statement about `service:*` whose resources are all of services that none of its actions is known
    /// to touch.
    ///
    /// ## Why it matters
    ///
    /// Nothing of the service is granted or denied. Often the service of the resource is that of an example
    /// that was copied. Services of whose resources nothing is known are left alone.
    ///
    /// ## Example
    ///
    /// ```json,CAM5026
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cdb:*", "resource": "qcs::cvm:ap-guangzhou::*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cdb:*", "resource": "qcs::cdb:ap-guangzhou::*" }
    /// ] }
    /// ```
    pub(crate) ServiceOnOtherResources = {
        code: "CAM5026",
        name: "service-on-other-resources",
        group: Catalogue,
        level: Warning,
        since: "0.2.0",
        summary: "actions of a service, on resources of others alone",
        spec: ["RES-5"],
    }
}

/// Statements about more services than these are not looked at.
const FEW: usize = 8;

impl Rule for ServiceOnOtherResources {
    fn check_statement(&self, statement: &StatementElement<'_>, cx: &mut Context<'_>) {
        let resources: Option<BTreeSet<&str>> = statement
            .resources
            .iter()
            .map(|own| own.segments().and_then(SegmentPatterns::service))
            .collect();
        // One without a service, or one that could not be read, may be of any.
        let Some(services) = resources.filter(|own| !own.is_empty() && own.len() <= FEW) else {
            return;
        };
        // What is no service at all is told by `unknown-resource-service`.
        if !services.iter().all(|own| cx.catalog().service(own).is_some()) {
            return;
        }
        let mut told = BTreeSet::new();
        for action in &statement.actions {
            let Some(service) = action.service().and_then(|own| cx.catalog().service(own)) else {
                continue;
            };
            // Other rules know more of single actions; those of `cos` are about vectors and media too.
            let is_known = service.name() == "cos" || forms::known(action, cx.catalog()).is_some();
            let never = || services.iter().all(|other| forms::never_on(service, other));
            if is_known || !never() || !told.insert(service.name()) {
                continue;
            }
            let names: Vec<&str> = services.iter().copied().collect();
            let what = if statement.is_deny() { "stops nothing" } else { "grants nothing" };
            let is_whole = matches!(action.pattern, Some(ActionPattern::Service(_)));
            let level = if is_whole { Level::Warning } else { Level::Info };
            let (name, others) = (service.name(), quote(&names.join("`, `")));
            let message = format!("no action of `{name}` is about resources of `{others}`");
            cx.report(action, message)
                .label(what)
                .help(format!("name resources of `{name}`, or `*`"))
                .at_most(level);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn one_resource_of_the_service_is_enough() {
        let text = |action: &str, resources: &str| {
            format!(
                r#"{{"effect": "deny", "action": ["cos:GetObject", {action}], "resource": [{resources}]}}"#
            )
        };
        check("CAM5026", &text(r#"«"cdb:*"»"#, r#""qcs::cvm:::*", "qcs::cos:::a-1/*""#));
        check("CAM5026", &text(r#""cdb:*""#, r#""qcs::cvm:::*", "qcs::cdb:::*""#));
        check("CAM5026", &text(r#""cdb:*""#, r#""*""#));
        check("CAM5026", &text(r#""cdb:*""#, r#""qcs::::*""#));
        check("CAM5026", &text(r#""cdb:*""#, r#""qcs::gz:cvm::*""#));
        check("CAM5026", &text(r#""tat:*""#, r#""qcs::lighthouse:::*""#));
        check("CAM5026", &text(r#""finance:*""#, r#""qcs::cvm:::*""#));
    }

    #[test]
    fn patterns_and_unknown_actions_are_said_once_a_service() {
        check(
            "CAM5026",
            r#"{"effect": "allow", "resource": "qcs::cvm:::*", "action": [
                "cdb:DescribeBackups", «"cdb:Nothing*"», "cdb:NoSuch", "cos:Get*", "cvm:Nothing*"]}"#,
        );
    }
}
