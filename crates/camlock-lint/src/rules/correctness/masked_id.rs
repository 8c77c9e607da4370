//! Finds ids that were masked with stars.

use camlock_source::quote;

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// Three stars or more within a part of a resource, as they are written to hide digits:
    /// `ins-12****89`.
    ///
    /// ## Why it matters
    ///
    /// Stars are wildcards. What was to hide a few digits stands for any run of characters: an
    /// allow is wider than meant, and a deny stops more than meant. Write the id out.
    ///
    /// ## Example
    ///
    /// ```json,CAM3076
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou::instance/ins-12****89" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou::instance/ins-12345689" }
    /// ] }
    /// ```
    pub(crate) MaskedId = {
        code: "CAM3076",
        name: "masked-id",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "an id that was masked with stars",
        spec: ["RES-10", "RES-15"],
    }
}

impl Rule for MaskedId {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        if !resource.text().contains("***") {
            return;
        }
        let Some([.., path]) = resource.parts() else { return };
        let Some(part) = path.text.split(['/', ':']).find(|part| is_masked(part)) else { return };
        let start = part.as_ptr() as usize - resource.text().as_ptr() as usize;
        let place = resource.string.span_of(start..start + part.len());
        cx.report(&place, format!("the stars in `{}` are a wildcard", quote(part)))
            .label("stands for any run of characters")
            .help("write the id out; a wildcard is one star");
    }
}

fn is_masked(part: &str) -> bool {
    part.contains("***") && part.bytes().any(|b| b != b'*')
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn a_part_of_stars_alone_hides_nothing() {
        check(
            "CAM3076",
            r#"{"effect": "deny", "action": "cls:*", "resource": ["qcs::cls:::topic/«380f-****-d514»",
            "qcs::cls:::topic/***", "qcs::cls:::topic/a**", "qcs::cls:::topic/*", "qcs::cls::10***7:topic/«a***b»"]}"#,
        );
    }
}
