//! Finds zones in the place of the region.

use camlock_source::{Edit, quote};

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A region segment with the number of a zone, such as `ap-guangzhou-3`.
    ///
    /// ## Why it matters
    ///
    /// Requests carry the region in their resources, so that the name matches nothing: an allow
    /// grants nothing, a deny stops nothing. Zones are told apart with a condition on `cvm:zone`.
    ///
    /// ## Example
    ///
    /// ```json,CAM3081
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou-3::instance/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou::instance/*" }
    /// ] }
    /// ```
    pub(crate) ZoneAsRegion = {
        code: "CAM3081",
        name: "zone-as-region",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "a zone in the place of the region",
        spec: ["RES-6"],
        fix: Suggestion,
        supersedes: ["CAM5019"],
    }
}

impl Rule for ZoneAsRegion {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some([_, _, _, region, ..]) = resource.parts() else { return };
        let catalog = cx.catalog();
        let Some((own, number)) = region.text.rsplit_once('-') else { return };
        let is_zone = number.len() <= 2 && support::is_digits(number) && catalog.is_region(own);
        if is_zone && !catalog.is_region(region.text) {
            cx.report(&region, format!("`{}` is a zone, not a region", quote(region.text)))
                .label(support::without_effect(statement))
                .help(format!("write `{own}`, and the zone as a condition on `cvm:zone`"))
                .suggestion(format!("write `{own}`"), [Edit::replace(region.span, own)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn one_region_ends_in_a_number() {
        check(
            "CAM3081",
            r#"{"effect": "deny", "action": "cvm:*", "resource": ["qcs::cvm:«ap-shanghai-2»::*",
            "qcs::cvm:ap-beijing-1::*", "qcs::cvm:ap-shanghai-fsi::*", "qcs::cvm:us-east-1::*"]}"#,
        );
    }

    #[test]
    fn the_number_goes() {
        let text = |region: &str| {
            format!(
                r#"{{"effect": "deny", "action": "cvm:*", "resource": "qcs::cvm:{region}::*"}}"#
            )
        };
        check_fix("CAM3081", Grade::Suggestion, &text("ap-tokyo-2"), &text("ap-tokyo"));
    }
}
