//! Finds regions in the place of the service.

use camlock_source::{Edit, quote};

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A resource such as `qcs::ap-guangzhou:cvm:…`, in which region and service have changed
    /// places.
    ///
    /// ## Why it matters
    ///
    /// CAM accepts the name, which speaks of a service and a region that do not exist: an allow
    /// grants nothing, a deny stops nothing.
    ///
    /// ## Example
    ///
    /// ```json,CAM3064
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::ap-guangzhou:cvm::instance/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou::instance/*" }
    /// ] }
    /// ```
    pub(crate) RegionAndServiceSwapped = {
        code: "CAM3064",
        name: "region-and-service-swapped",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "a region in the place of the service, and the service behind it",
        spec: ["RES-5", "RES-6"],
        fix: Suggestion,
        supersedes: ["CAM2117", "CAM2118", "CAM5010", "CAM5019"],
    }
}

impl Rule for RegionAndServiceSwapped {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some([_, _, service, region, ..]) = resource.parts() else { return };
        let catalog = cx.catalog();
        if !support::is_region(catalog, service.text) || catalog.service(region.text).is_none() {
            return;
        }
        let edits =
            [Edit::replace(service.span, region.text), Edit::replace(region.span, service.text)];
        let message =
            format!("`{}` is a region, `{}` a service", quote(service.text), quote(region.text));
        cx.report(&service, message)
            .label(support::without_effect(statement))
            .help(format!("write `qcs::{}:{}:…`", region.text, service.text))
            .suggestion("let them change places", edits);
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn both_have_to_be_in_the_place_of_the_other() {
        check(
            "CAM3064",
            r#"{"effect": "allow", "action": "cvm:*", "resource": [
            "qcs::«gz»:cvm::instance/*", "qcs::cvm:gz::instance/*", "qcs::gz:gz::*", "qcs::cvm:cvm::*"]}"#,
        );
    }

    #[test]
    fn they_change_places() {
        let text = |name: &str| {
            format!(r#"{{"effect": "deny", "action": "cvm:*", "resource": "{name}"}}"#)
        };
        check_fix("CAM3064", Grade::Suggestion, &text("qcs::sh:cvm::*"), &text("qcs::cvm:sh::*"));
    }
}
