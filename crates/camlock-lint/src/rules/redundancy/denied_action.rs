//! Finds actions of an allow that a deny of the document takes back.

use camlock_source::quote;

use crate::analysis::Standing;
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An action in the list of an allow that a deny of the same document denies on every resource of
    /// the allow.
    ///
    /// ## Why it matters
    ///
    /// A deny wins over every allow, so the action is not granted, though it stands in the list of what
    /// is.
    ///
    /// ## Example
    ///
    /// ```json,CAM7017
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cos:GetObject", "cos:DeleteObject"],
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" },
    ///   { "effect": "deny", "action": "cos:Delete*",
    ///     "resource": "*" } ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cos:GetObject"],
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" },
    ///   { "effect": "deny", "action": "cos:Delete*",
    ///     "resource": "*" } ] }
    /// ```
    pub(crate) DeniedAction = {
        code: "CAM7017",
        name: "denied-action",
        group: Redundancy,
        level: Warning,
        since: "0.2.0",
        summary: "an action of an allow that a deny of the document takes back",
        spec: ["EVL-3"],
        fix: Safe,
        supersedes: ["CAM7001", "CAM7002"],
    }
}

impl Rule for DeniedAction {
    fn check_document(&self, cx: &mut Context<'_>) {
        for (index, standing) in cx.analysis().redundancy().found() {
            let Standing::InPart { denied, .. } = standing else { continue };
            let statements = cx.statements();
            let Some(own) = statements.get(index) else { continue };
            for (at, other) in denied {
                let found = own.actions.get(*at).zip(statements.get(*other));
                let Some((element, other)) = found else { continue };
                cx.report(element, format!("a deny takes `{}` back", quote(element.bare())))
                    .label("not granted")
                    .secondary(other, "denies it")
                    .help("remove it here, or narrow the deny")
                    .safe_fix("remove it", element.string.removal());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    fn text(statements: &[&str]) -> String {
        format!(r#"{{"version": "2.0", "statement": [{}]}}"#, statements.join(", "))
    }

    const DENY: &str = r#"{"effect": "deny", "action": "cos:Delete*", "resource": "*"}"#;

    #[test]
    fn a_wide_allow_with_exceptions_is_in_order() {
        check(
            "CAM7017",
            &text(&[r#"{"effect": "allow", "action": "cos:*", "resource": "*"}"#, DENY]),
        );
        let list =
            r#"{"effect": "allow", "action": ["cos:*", «"cos:DeleteObject"»], "resource": "*"}"#;
        check("CAM7017", &text(&[list, DENY]));
        let condition = DENY.replace(
            "\"*\"}",
            "\"*\", \"condition\": {\"ip_not_equal\": {\"qcs:ip\": \"10.0.0.0/8\"}}}",
        );
        check("CAM7017", &text(&[&list.replace(['«', '»'], ""), &condition]));
    }

    #[test]
    fn it_is_removed() {
        let list = r#"{"effect": "allow", "action": ["cos:DeleteObject", "cos:GetObject"], "resource": "*"}"#;
        check_fix(
            "CAM7017",
            Grade::Safe,
            &text(&[list, DENY]),
            &text(&[&list.replace("\"cos:DeleteObject\", ", ""), DENY]),
        );
    }
}
