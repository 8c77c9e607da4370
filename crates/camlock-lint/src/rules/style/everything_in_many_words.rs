//! Finds `*` in more words than one star.

use camlock_source::{Edit, quote};

use crate::context::Context;
use crate::element::{ActionElement, ResourceElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// An action `*:*`, or a last segment `*/*`.
    ///
    /// ## Why it matters
    ///
    /// Both mean what a star alone means. The short form is recognized at once, by readers and by
    /// searches for grants of everything.
    ///
    /// ## Example
    ///
    /// ```json,CAM9018
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "action": "*:*", "resource": "qcs::cvm:ap-guangzhou::instance/ins-1" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "action": "*", "resource": "qcs::cvm:ap-guangzhou::instance/ins-1" }
    /// ] }
    /// ```
    pub(crate) EverythingInManyWords = {
        code: "CAM9018",
        name: "everything-in-many-words",
        group: Style,
        level: Info,
        since: "0.2.0",
        summary: "`*` in more words than one star",
        spec: ["ACT-3", "RES-16"],
        fix: Safe,
    }
}

impl Rule for EverythingInManyWords {
    fn check_action(
        &self,
        action: &ActionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        if action.is_everything() && action.text() != "*" {
            let grade = support::safe_in_policies(cx);
            cx.report(action, format!("`{}` is every action", quote(action.text())))
                .help("write `*`")
                .fix(grade, "write `*`", [action.string.replace_with("*")]);
        }
    }

    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let parts = resource.parts().filter(|_| resource.pattern.is_some());
        let Some([.., path]) = parts.filter(|[.., path]| path.text == "*/*") else { return };
        let grade = support::safe_in_policies(cx);
        cx.report(&path, "`*/*` is every resource of the service").help("write `*`").fix(
            grade,
            "write `*`",
            [Edit::replace(path.span, "*")],
        );
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn one_star_is_left_alone() {
        check(
            "CAM9018",
            r#"{"effect": "deny", "action": [«"name/*:*"», "*", "cos:*"],
            "resource": ["qcs::clb:::«*/*»", "qcs::clb:::clb/*", "qcs::clb:::*", "*"]}"#,
        );
    }

    #[test]
    fn one_star_is_written() {
        let text = |path: &str| {
            format!(r#"{{"effect": "deny", "action": "clb:*", "resource": "qcs::clb:::{path}"}}"#)
        };
        check_fix("CAM9018", Grade::Safe, &text("*/*"), &text("*"));
    }
}
