//! Finds regions in the place of the project.

use camlock_source::quote;

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A resource such as `qcs:ap-guangzhou:cvm::…`, whose region stands behind `qcs`.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the name: the segment behind `qcs` is the project of old, which is empty today.
    /// The region stands behind the service.
    ///
    /// ## Example
    ///
    /// ```json,CAM3065
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs:ap-guangzhou:cvm:::instance/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou::instance/*" }
    /// ] }
    /// ```
    pub(crate) RegionInPlaceOfProject = {
        code: "CAM3065",
        name: "region-in-place-of-project",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "a region in the place of the project",
        spec: ["RES-4", "RES-6"],
        fix: Suggestion,
        supersedes: ["CAM2116"],
    }
}

impl Rule for RegionInPlaceOfProject {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let parts = resource.parts().filter(|_| resource.pattern.is_none());
        let Some([_, project, service, region, account, path]) = parts else { return };
        if !region.text.is_empty() || !support::is_region(cx.catalog(), project.text) {
            return;
        }
        let right =
            format!("qcs::{}:{}:{}:{}", service.text, project.text, account.text, path.text);
        if support::is_resource(&right) {
            cx.report(
                &project,
                format!("the region `{}` stands in the place of the project", project.text),
            )
            .help(format!("write `{}`", quote(&right)))
            .suggestion("move it behind the service", [resource.string.replace_with(&right)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn the_place_of_the_region_has_to_be_empty() {
        check(
            "CAM3065",
            r#"{"effect": "allow", "action": "vod:*", "resource": [
            "qcs:«ap-chongqing»:vod::uid/1:prefix//1/*", "qcs:ap-chongqing:vod:gz::*", "qcs:id/7:vod:::*", "qcs::vod:::*"]}"#,
        );
    }

    #[test]
    fn it_moves() {
        let text = |name: &str| {
            format!(r#"{{"effect": "deny", "action": "vod:*", "resource": "{name}"}}"#)
        };
        check_fix("CAM3065", Grade::Suggestion, &text("qcs:sh:vod:::*"), &text("qcs::vod:sh::*"));
    }
}
