//! Finds regions without their prefix.

use camlock_source::{Edit, quote};

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A region written as a city, `shanghai`, `Guangzhou`, `广州`, or as the first version of COS
    /// called it, `cn-east`.
    ///
    /// ## Why it matters
    ///
    /// Regions carry a prefix, `ap-shanghai`. CAM takes lower-case words as they stand, so that the
    /// name matches nothing, and refuses capitals and Chinese.
    ///
    /// ## Example
    ///
    /// ```json,CAM3080
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:shanghai::instance/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-shanghai::instance/*" }
    /// ] }
    /// ```
    pub(crate) RegionWithoutPrefix = {
        code: "CAM3080",
        name: "region-without-prefix",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "a region without its prefix, or in other words",
        spec: ["RES-6", "RES-7"],
        fix: Suggestion,
        supersedes: ["CAM2118", "CAM2123", "CAM5019"],
    }
}

impl Rule for RegionWithoutPrefix {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some([_, _, _, region, ..]) = resource.parts() else { return };
        let catalog = cx.catalog();
        if region.text.is_empty() || support::is_region(catalog, region.text) {
            return;
        }
        let lower = region.text.to_lowercase();
        let city =
            CITIES.iter().find(|(city, _)| *city == lower).map_or(lower.as_str(), |(_, own)| own);
        let prefixed =
            ["", "ap-", "na-", "eu-", "sa-"].iter().map(|prefix| format!("{prefix}{city}"));
        let Some(right) = prefixed.into_iter().find(|own| catalog.is_region(own)) else { return };
        cx.report(
            &region,
            format!("`{}` is not the name of the region `{right}`", quote(region.text)),
        )
        .label(support::without_effect(statement))
        .help(format!("write `{right}`"))
        .suggestion(format!("write `{right}`"), [Edit::replace(region.span, right.as_str())]);
    }
}

/// What cities are called in Chinese, and regions in the first version of COS.
const CITIES: [(&str, &str); 16] = [
    ("cn-north", "beijing-1"),
    ("cn-east", "shanghai"),
    ("cn-south", "guangzhou"),
    ("cn-southwest", "chengdu"),
    ("北京", "beijing"),
    ("上海", "shanghai"),
    ("广州", "guangzhou"),
    ("深圳", "shenzhen"),
    ("成都", "chengdu"),
    ("重庆", "chongqing"),
    ("南京", "nanjing"),
    ("香港", "hongkong"),
    ("中国香港", "hongkong"),
    ("新加坡", "singapore"),
    ("东京", "tokyo"),
    ("首尔", "seoul"),
];

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn regions_that_are_right_or_far_off_are_left_alone() {
        check(
            "CAM3080",
            r#"{"effect": "deny", "action": "cvm:*", "resource": ["qcs::cvm:«shanghai»::*",
            "qcs::cvm:«AP-Guangzhou»::*", "qcs::cvm:«北京»::*", "qcs::cvm:gz::*", "qcs::cvm:ap-guangzhou::*",
            "qcs::cvm:«cn-east»::*", "qcs::cvm:cn-west::*", "qcs::cvm:::*", "qcs::cvm:*::*"]}"#,
        );
    }

    #[test]
    fn the_name_is_written() {
        let text = |region: &str| {
            format!(
                r#"{{"effect": "deny", "action": "cvm:*", "resource": "qcs::cvm:{region}::*"}}"#
            )
        };
        check_fix("CAM3080", Grade::Suggestion, &text("frankfurt"), &text("eu-frankfurt"));
    }
}
