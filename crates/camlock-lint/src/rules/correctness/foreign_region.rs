//! Finds regions of other clouds.

use camlock_source::quote;

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A region such as `us-east-1` or `cn-hangzhou`.
    ///
    /// ## Why it matters
    ///
    /// The platform has no region of this name, so the resource matches nothing: an allow grants
    /// nothing, a deny stops nothing. Look for more that came from the same place.
    ///
    /// ## Example
    ///
    /// ```json,CAM3082
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:us-east-1::instance/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:na-ashburn::instance/*" }
    /// ] }
    /// ```
    pub(crate) ForeignRegion = {
        code: "CAM3082",
        name: "foreign-region",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "a region of another cloud",
        spec: ["RES-6"],
        supersedes: ["CAM5019"],
    }
}

impl Rule for ForeignRegion {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some([_, _, _, region, ..]) = resource.parts() else { return };
        let Some(near) =
            near(region.text).filter(|_| !support::is_region(cx.catalog(), region.text))
        else {
            return;
        };
        cx.report(&region, format!("`{}` is a region of another cloud", quote(region.text)))
            .label(support::without_effect(statement))
            .help(format!(
                "write a region of this one, such as `{near}`, or leave it empty for all"
            ));
    }
}

/// A region here that is near to one of another cloud.
fn near(theirs: &str) -> Option<&'static str> {
    Some(match theirs {
        "us-east-1" | "us-east-2" | "us-east4" => "na-ashburn",
        "us-west-1" | "us-west-2" => "na-siliconvalley",
        "eu-west-1" | "eu-west-2" | "eu-west-3" | "eu-central-1" | "eu-north-1" => "eu-frankfurt",
        "ap-southeast-1" | "ap-southeast-2" | "ap-southeast-3" => "ap-singapore",
        "ap-northeast-1" | "ap-northeast-3" => "ap-tokyo",
        "ap-northeast-2" => "ap-seoul",
        "ap-south-1" => "ap-mumbai",
        "ap-east-1" | "cn-hongkong" => "ap-hongkong",
        "sa-east-1" => "sa-saopaulo",
        "ca-central-1" => "na-toronto",
        "cn-beijing" | "cn-north-1" | "cn-north-4" | "cn-zhangjiakou" => "ap-beijing",
        "cn-hangzhou" | "cn-shanghai" | "cn-east-2" | "cn-east-3" => "ap-shanghai",
        "cn-shenzhen" | "cn-guangzhou" | "cn-south-1" => "ap-guangzhou",
        "cn-chengdu" | "cn-northwest-1" => "ap-chengdu",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn regions_here_are_left_alone() {
        check(
            "CAM3082",
            r#"{"effect": "deny", "action": "cvm:*", "resource": ["qcs::cvm:«us-east-1»::*",
            "qcs::cvm:«cn-hangzhou»::*", "qcs::cvm:«ap-southeast-1»::*", "qcs::cvm:ap-singapore::*", "qcs::cvm:cn-east::*"]}"#,
        );
    }
}
