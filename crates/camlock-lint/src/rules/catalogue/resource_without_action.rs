//! Finds a resource that no action of its statement is about.

use super::forms;
use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A resource that none of the actions of the statement takes, where all of them are known and each has
    /// another resource that fits.
    ///
    /// ## Why it matters
    ///
    /// It changes nothing. Often an action is missing that was meant to go with it.
    ///
    /// ## Example
    ///
    /// ```json,CAM5016
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:RebootInstances",
    ///     "resource": ["qcs::cvm:ap-guangzhou:uin/100000000001:instance/*",
    ///                  "qcs::cvm:ap-guangzhou:uin/100000000001:keypair/*"] }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:RebootInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou:uin/100000000001:instance/*" }
    /// ] }
    /// ```
    pub(crate) ResourceWithoutAction = {
        code: "CAM5016",
        name: "resource-without-action",
        group: Catalogue,
        level: Info,
        since: "0.2.0",
        summary: "a resource that no action of its statement is about",
        spec: ["RES-5", "RES-10"],
        fix: Suggestion,
    }
}

impl Rule for ResourceWithoutAction {
    fn check_statement(&self, statement: &StatementElement<'_>, cx: &mut Context<'_>) {
        if statement.resources.len() < 2
            || statement.actions.len() > forms::MOST
            || statement.resources.len() > forms::MOST
        {
            return;
        }
        let is_open = |own: &ResourceElement<'_>| {
            own.pattern.as_ref().is_none_or(|own| forms::is_open(own, cx.catalog()))
        };
        if statement.resources.iter().any(is_open) {
            return;
        }
        let entries = statement.actions.iter().map(|own| forms::entry(own, cx.catalog()));
        let Some(entries) = entries.collect::<Option<Vec<_>>>() else { return };
        let uses = |resource: &ResourceElement<'_>, entry| {
            resource.pattern.as_ref().is_none_or(|own| forms::fits(cx.analysis(), own, entry))
        };
        let is_used =
            |resource: &ResourceElement<'_>| entries.iter().any(|entry| uses(resource, *entry));
        // An action that fits nothing is told by `action-fits-no-resource`.
        if !entries.iter().all(|entry| statement.resources.iter().any(|own| uses(own, *entry))) {
            return;
        }
        let unused: Vec<_> = statement.resources.iter().filter(|own| !is_used(own)).collect();
        for resource in unused {
            cx.report(resource, "no action of the statement is about this resource")
                .label("changes nothing")
                .help("remove it, or name the actions that go with it")
                .suggestion("remove it", resource.string.removal());
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn every_action_has_to_be_known() {
        let text = |action: &str, key: &str| {
            format!(
                r#"{{"effect": "allow", "action": [{action}], "resource": ["qcs::cvm:::instance/*", {key}]}}"#
            )
        };
        let (found, quiet) = (r#"«"qcs::cvm:::keypair/*"»"#, r#""qcs::cvm:::keypair/*""#);
        check("CAM5016", &text(r#""cvm:RebootInstances""#, found));
        check("CAM5016", &text(r#""cvm:RebootInstances", "cvm:DeleteKeyPairs""#, quiet));
        check("CAM5016", &text(r#""cvm:RebootInstances", "cvm:*Key*""#, quiet));
        check("CAM5016", &text(r#""cvm:RebootInstances""#, r#""not a resource""#));
    }
}
