//! Finds regions for services that have none.

use camlock_source::Edit;

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A resource of CAM, STS or CDN that names a region.
    ///
    /// ## Why it matters
    ///
    /// Resources of these services have an empty region, and an empty region matches an empty one
    /// or `*` only: an allow grants nothing, a deny stops nothing.
    ///
    /// ## Example
    ///
    /// ```json,CAM3083
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:GetUser",
    ///     "resource": "qcs::cam:ap-guangzhou:uin/100000000001:uin/100000000011" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:GetUser",
    ///     "resource": "qcs::cam::uin/100000000001:uin/100000000011" }
    /// ] }
    /// ```
    pub(crate) RegionOfGlobalService = {
        code: "CAM3083",
        name: "region-of-global-service",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "a region for a service that has none",
        spec: ["RES-6"],
        fix: Suggestion,
    }
}

impl Rule for RegionOfGlobalService {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let parts = resource.parts().filter(|_| resource.pattern.is_some());
        let Some([_, _, service, region, ..]) = parts else { return };
        let is_global = matches!(service.text, "cam" | "sts" | "cdn");
        if is_global && !matches!(region.text, "" | "*") {
            cx.report(&region, format!("resources of `{}` have no region", service.text))
                .label(support::without_effect(statement))
                .help("leave the region empty")
                .suggestion("leave it empty", [Edit::remove(region.span)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn empty_and_star_are_right() {
        check(
            "CAM3083",
            r#"{"effect": "deny", "action": "*", "resource": ["qcs::cam:«gz»::uin/1", "qcs::cam:::uin/1",
            "qcs::cdn:*::*", "qcs::cvm:gz::*", "qcs::sts:«ap-guangzhou»::*"]}"#,
        );
    }

    #[test]
    fn it_goes() {
        let text = |region: &str| {
            format!(
                r#"{{"effect": "deny", "action": "cam:*", "resource": "qcs::cam:{region}::uin/1"}}"#
            )
        };
        check_fix("CAM3083", Grade::Suggestion, &text("gz"), &text(""));
    }
}
