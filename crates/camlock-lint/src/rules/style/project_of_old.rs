//! Finds project segments.

use camlock_source::{Edit, quote};

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A resource whose project segment is `id/0`, `*` or `id/*`.
    ///
    /// ## Why it matters
    ///
    /// Projects are of the first version of CAM. The segment is accepted, means any project, and is
    /// to be left empty today.
    ///
    /// ## Example
    ///
    /// ```json,CAM9019
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs:id/0:cvm:ap-guangzhou::instance/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou::instance/*" }
    /// ] }
    /// ```
    pub(crate) ProjectOfOld = {
        code: "CAM9019",
        name: "project-of-old",
        group: Style,
        level: Info,
        since: "0.2.0",
        summary: "a project segment, which restricts nothing",
        spec: ["RES-4"],
        fix: Safe,
    }
}

impl Rule for ProjectOfOld {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let parts = resource.parts().filter(|_| resource.pattern.is_some());
        let Some([_, project, ..]) = parts.filter(|[_, project, ..]| !project.text.is_empty())
        else {
            return;
        };
        let grade = support::safe_in_policies(cx);
        cx.report(&project, format!("the project `{}` restricts nothing", quote(project.text)))
            .help("leave it empty")
            .fix(grade, "leave it empty", [Edit::remove(project.span)]);
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn a_concrete_project_is_a_fault() {
        check(
            "CAM9019",
            r#"{"effect": "deny", "action": "*", "resource": [
            "qcs:«id/0»:cvm:::*", "qcs:«*»:cvm:::*", "qcs:id/7:cvm:::*", "qcs::cvm:::*", "*"]}"#,
        );
    }

    #[test]
    fn it_goes() {
        let text = |project: &str| {
            format!(
                r#"{{"effect": "deny", "action": "cvm:*", "resource": "qcs:{project}:cvm:::*"}}"#
            )
        };
        check_fix("CAM9019", Grade::Safe, &text("id/*"), &text(""));
    }
}
