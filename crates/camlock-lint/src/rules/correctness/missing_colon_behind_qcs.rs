//! Finds names with one colon behind `qcs`.

use camlock_source::quote;

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A resource that begins `qcs:service:` where `qcs::service:` is meant.
    ///
    /// ## Why it matters
    ///
    /// The segment behind `qcs` is the project of old, which is empty today; its colon still
    /// counts. Without it every segment stands one place too far to the front, and CAM refuses the
    /// name.
    ///
    /// ## Example
    ///
    /// ```json,CAM3060
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs:cvm:ap-guangzhou::instance/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou::instance/*" }
    /// ] }
    /// ```
    pub(crate) MissingColonBehindQcs = {
        code: "CAM3060",
        name: "missing-colon-behind-qcs",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "a name with one colon behind `qcs`",
        spec: ["RES-2", "RES-4"],
        fix: Suggestion,
        supersedes: [
            "CAM2113", "CAM2114", "CAM2116", "CAM2117", "CAM2118", "CAM2119", "CAM2120", "CAM2121",
            "CAM2122", "CAM2123",
        ],
    }
}

impl Rule for MissingColonBehindQcs {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some(rest) = resource.text().strip_prefix("qcs:") else { return };
        let project = rest.split(':').next().unwrap_or_default();
        if resource.pattern.is_some() || cx.catalog().service(project).is_none() {
            return;
        }
        let right = format!("qcs::{rest}");
        if support::is_resource(&right) {
            let place = resource.string.span_of(0.."qcs:".len());
            cx.report(resource, format!("`{}` has one colon behind `qcs`", quote(resource.text())))
                .secondary(&place, "two belong here")
                .help(format!("write `{}`", quote(&right)))
                .suggestion("write the second colon", [resource.string.replace_with(&right)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn a_known_service_stands_in_the_place_of_the_project() {
        check(
            "CAM3060",
            r#"{"effect": "allow", "action": "clb:*", "resource": [
            «"qcs:clb:*:*:*/*"», "qcs::clb:::*", "qcs:id/0:clb:::*", "qcs:nosuch:*:*:*/*", "qcs:clb:*"]}"#,
        );
    }

    #[test]
    fn the_colon_is_written() {
        let text = |name: &str| {
            format!(r#"{{"effect": "deny", "action": "clb:*", "resource": "{name}"}}"#)
        };
        check_fix(
            "CAM3060",
            Grade::Suggestion,
            &text("qcs:clb:gz::clb/*"),
            &text("qcs::clb:gz::clb/*"),
        );
    }
}
