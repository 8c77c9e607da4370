//! Finds a region that the catalogue does not know.

use camlock_policy::SegmentPatterns;
use camlock_source::{Edit, quote};

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::{Level, Rule};

declare_rule! {
    /// ## What it finds
    ///
    /// A resource whose region segment names neither a known region nor one of the short names that stand
    /// for one.
    ///
    /// ## Why it matters
    ///
    /// Regions are compared as they are written, so the resource meets no request. Zones, `ap-guangzhou-3`,
    /// are no regions. Regions are added all the time; look at the date that the finding names. One that is
    /// like no known one is only said.
    ///
    /// ## Example
    ///
    /// ```json,CAM5019
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:RebootInstances",
    ///     "resource": "qcs::cvm:ap-guangzou:uin/100000000001:instance/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:RebootInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou:uin/100000000001:instance/*" }
    /// ] }
    /// ```
    pub(crate) UnknownRegion = {
        code: "CAM5019",
        name: "unknown-region",
        group: Catalogue,
        level: Warning,
        since: "0.2.0",
        summary: "a region that the catalogue does not know",
        spec: ["RES-6", "RES-7"],
        fix: Suggestion,
    }
}

impl Rule for UnknownRegion {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some(region) = resource.segments().and_then(SegmentPatterns::region) else { return };
        let catalog = cx.catalog();
        // A service in the place of the region is another slip.
        if catalog.is_region(region.canonical()) || catalog.service(region.as_str()).is_some() {
            return;
        }
        let Some([_, _, _, part, ..]) = resource.parts() else { return };
        let zone = region.as_str().rsplit_once('-').filter(|(own, _)| catalog.is_region(own));
        // A city alone, `shanghai`, is the current name without its continent.
        let city = format!("ap-{}", region.as_str());
        let close = match zone {
            Some((own, _)) => Some(own),
            None if catalog.is_region(&city) => Some(city.as_str()),
            None => catalog.close_region(region.as_str()),
        };
        let level = if close.is_some() { Level::Warning } else { Level::Info };
        let what = if zone.is_some() { "is a zone, not a region" } else { "is no known region" };
        let help = close.map_or_else(
            || {
                "write the region as `ap-guangzhou` is written, or leave it empty for all"
                    .to_owned()
            },
            |close| format!("did you mean `{close}`"),
        );
        let edit = close.map(|close| Edit::replace(part.span, close));
        cx.report(&part, format!("`{}` {what}", quote(part.text)))
            .help(help)
            .at_most(level)
            .suggestion(format!("write `{}`", close.unwrap_or_default()), edit);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn regions_and_short_names() {
        check(
            "CAM5019",
            r#"{"effect": "allow", "action": "cvm:RebootInstances", "resource": [
            "qcs::cvm:«ap-shangai»::*", "qcs::cvm:gz::*", "qcs::cvm:*::*", "qcs::cvm:::*", "qcs::cvm:«cn-west»::*",
            "qcs::gz:cvm::*", "qcs::cvm:ap-tokyo::*"]}"#,
        );
    }
}
