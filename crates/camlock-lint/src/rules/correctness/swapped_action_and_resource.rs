//! Finds actions among resources and resources among actions.

use camlock_policy::ActionPattern;
use camlock_source::quote;

use crate::context::Context;
use crate::element::{ActionElement, ResourceElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A resource that reads as an action of a known service, or an action that reads as a six-
    /// segment name.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the document. The two lists were mixed up.
    ///
    /// ## Example
    ///
    /// ```json,CAM3052
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": ["cvm:StopInstances", "qcs::cvm:::instance/*"] }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cvm:StartInstances", "cvm:StopInstances"], "resource": "qcs::cvm:::instance/*" }
    /// ] }
    /// ```
    pub(crate) SwappedActionAndResource = {
        code: "CAM3052",
        name: "swapped-action-and-resource",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "an action among resources, or a resource among actions",
        spec: ["ACT-1", "RES-2"],
        supersedes: ["CAM2102", "CAM2105", "CAM2107", "CAM2108", "CAM2109", "CAM2113", "CAM2114"],
    }
}

impl Rule for SwappedActionAndResource {
    fn check_action(
        &self,
        action: &ActionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        if action.pattern.is_none() && support::is_resource(action.text()) {
            cx.report(action, format!("`{}` is a resource", quote(action.text())))
                .label("stands among the actions")
                .help("move it to `resource`");
        }
    }

    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let text = resource.text();
        let Some((service, _)) = text.split_once(':') else { return };
        let service = service.strip_prefix("name/").unwrap_or(service);
        let known = cx.catalog().service(service).is_some();
        if known && resource.pattern.is_none() && ActionPattern::parse(text).is_ok() {
            cx.report(resource, format!("`{}` is an action", quote(text)))
                .label("stands among the resources")
                .help("move it to `action`");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn both_lists_are_looked_at() {
        check(
            "CAM3052",
            r#"{"effect": "allow", "action": ["cos:*", «"qcs::cos:::a-1250000000/*"»],
            "resource": [«"cos:GetObject"», «"name/cvm:*"», "nosuch:Get", "*"]}"#,
        );
    }
}
