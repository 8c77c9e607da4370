//! Finds an action without resources, with a narrowed resource.

use camlock_catalog::Granularity;
use camlock_policy::ResourcePattern;
use camlock_source::quote;

use super::forms;
use crate::analysis::Breadth;
use crate::context::Context;
use crate::element::{ActionElement, ResourceElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An action that is authorized at the level of operations, so for `*` alone, in a statement that names
    /// single resources only. All such actions of a statement are one finding.
    ///
    /// ## Why it matters
    ///
    /// An allow on anything but bare `*` grants nothing for such an action. A deny stops nothing unless it
    /// means the whole service.
    ///
    /// ## Example
    ///
    /// ```json,CAM5017
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:ListUsers", "resource": "qcs::cam::uin/100000000001:uin/*" }
    /// ] }
    /// ```
    ///
    /// Give it a statement of its own, on `*`:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:ListUsers", "resource": "*" }
    /// ] }
    /// ```
    pub(crate) NarrowedOperation = {
        code: "CAM5017",
        name: "narrowed-operation",
        group: Catalogue,
        level: Warning,
        since: "0.2.0",
        summary: "an action without resources, with a narrowed resource",
        spec: ["RES-18"],
    }
}

impl Rule for NarrowedOperation {
    fn check_statement(&self, statement: &StatementElement<'_>, cx: &mut Context<'_>) {
        let covers = |own: &ResourceElement<'_>| match &own.pattern {
            // What could not be read may have been meant as `*`.
            None => true,
            Some(own) => {
                *own == ResourcePattern::Any
                    || (statement.is_deny() && Breadth::of(own) >= Breadth::Service)
            }
        };
        if statement.resources.is_empty() || statement.resources.iter().any(covers) {
            return;
        }
        let is_operation = |own: &&ActionElement<'_>| {
            forms::granularity(own, cx.catalog()) == Some(Granularity::Operation)
        };
        let narrowed: Vec<&ActionElement<'_>> =
            statement.actions.iter().filter(is_operation).collect();
        let Some(first) = narrowed.first() else { return };
        let more = match narrowed.len() - 1 {
            0 => String::new(),
            count => format!(", nor do {count} more"),
        };
        let what = if statement.is_deny() { "stops nothing" } else { "grants nothing" };
        cx.report(first, format!("`{}` takes no single resources{more}", quote(first.bare())))
            .label(what)
            .help("move it to a statement with `\"resource\": \"*\"`");
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn bare_star_is_needed_and_a_deny_may_mean_the_service() {
        let text = |effect: &str, action: &str, resources: &str| {
            format!(
                r#"{{"effect": "{effect}", "action": ["cam:GetUser", {action}, "cam:ListGroups"], "resource": [{resources}]}}"#
            )
        };
        let (found, quiet) = (r#"«"cam:ListUsers"»"#, r#""cam:ListUsers""#);
        check("CAM5017", &text("allow", found, r#""qcs::cam:::uin/*""#));
        check("CAM5017", &text("allow", found, r#""qcs::cam:::*""#));
        check("CAM5017", &text("deny", found, r#""qcs::cam:::uin/*""#));
        check("CAM5017", &text("deny", quiet, r#""qcs::cam:::*""#));
        check("CAM5017", &text("allow", quiet, r#""qcs::cam:::uin/*", "*""#));
        check(
            "CAM5017",
            r#"{"effect": "allow", "action": "cam:List*", "resource": "qcs::cam:::uin/*"}"#,
        );
    }
}
