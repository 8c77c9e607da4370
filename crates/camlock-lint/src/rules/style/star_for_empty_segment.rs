//! Finds stars in segments that may stay empty.

use camlock_source::Edit;

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A resource with `*` for its service or its region.
    ///
    /// ## Why it matters
    ///
    /// Empty means every service and every region, too. Documents that mix both make readers look
    /// for a difference. Which one is nicer is a matter of taste, so this is off unless it is asked
    /// for.
    ///
    /// ## Example
    ///
    /// ```json,CAM9020
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:*::instance/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:::instance/*" }
    /// ] }
    /// ```
    pub(crate) StarForEmptySegment = {
        code: "CAM9020",
        name: "star-for-empty-segment",
        group: Style,
        level: Off,
        since: "0.2.0",
        summary: "a star in a segment that may stay empty",
        spec: ["RES-5", "RES-6"],
        fix: Safe,
    }
}

impl Rule for StarForEmptySegment {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let parts = resource.parts().filter(|_| resource.pattern.is_some());
        let Some([_, _, service, region, ..]) = parts else { return };
        for part in [service, region].into_iter().filter(|part| part.text == "*") {
            let grade = support::safe_in_policies(cx);
            cx.report(&part, "an empty segment means every one, too").help("leave it empty").fix(
                grade,
                "leave it empty",
                [Edit::remove(part.span)],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn accounts_read_otherwise() {
        check(
            "CAM9020",
            r#"{"effect": "deny", "action": "*", "resource": [
            "qcs::«*»:«*»:*:*", "qcs::cvm:::*", "qcs::cvm:«*»::*", "*"]}"#,
        );
    }

    #[test]
    fn it_goes() {
        let text = |region: &str| {
            format!(
                r#"{{"effect": "deny", "action": "cvm:*", "resource": "qcs::cvm:{region}::*"}}"#
            )
        };
        check_fix("CAM9020", Grade::Safe, &text("*"), &text(""));
    }
}
