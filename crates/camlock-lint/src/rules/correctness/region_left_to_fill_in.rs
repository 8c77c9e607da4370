//! Finds region segments that were not filled in.

use camlock_source::{Edit, quote};

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A region segment with text that was to be replaced before use, or with a variable:
    /// `${region}`, `<Region>`, `$region`.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the document: no variable stands there. An empty segment is every region.
    ///
    /// ## Example
    ///
    /// ```json,CAM3027
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:${region}::instance/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou::instance/*" }
    /// ] }
    /// ```
    pub(crate) RegionLeftToFillIn = {
        code: "CAM3027",
        name: "region-left-to-fill-in",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "a region segment that was to be replaced before use",
        spec: ["RES-6", "VAR-2"],
        fix: Suggestion,
        supersedes: ["CAM2118", "CAM2119", "CAM2122", "CAM2123"],
    }
}

impl Rule for RegionLeftToFillIn {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let parts = resource.parts().filter(|_| resource.pattern.is_none());
        let Some([_, _, _, region, ..]) = parts else { return };
        let text = region.text;
        // Words of Chinese may be names of regions, which is another matter.
        if support::is_mark(text)
            && text.contains(['<', '[', '{', '$', 'x', '*'])
            && !text.contains("${aws:")
        {
            cx.report(&region, format!("the region `{}` was not filled in", quote(text)))
                .help("write the region, or leave it empty for every one")
                .suggestion("leave it empty", [Edit::remove(region.span)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn regions_and_wildcards_are_left_alone() {
        check(
            "CAM3027",
            r#"{"effect": "allow", "action": "cvm:*", "resource": ["qcs::cvm:«${region}»::*",
            "qcs::cvm:«<地域>»::*", "qcs::cvm:广州::*", "qcs::cvm:ap-*::*", "qcs::cvm:gz::*"]}"#,
        );
    }

    #[test]
    fn it_goes() {
        let text = |region: &str| {
            format!(
                r#"{{"effect": "deny", "action": "cvm:*", "resource": "qcs::cvm:{region}::*"}}"#
            )
        };
        check_fix("CAM3027", Grade::Suggestion, &text("$region"), &text(""));
    }
}
