//! Finds an allow that is guarded by exclusions alone.

use camlock_policy::PolicyKind;

use crate::context::Context;
use crate::element::{ConditionElement, PrincipalElement, StatementElement};
use crate::rule::{Level, Rule};

declare_rule! {
    /// ## What it finds
    ///
    /// An allow whose conditions all say what must not be, with operators such as `string_not_equal` or
    /// `ip_not_equal`.
    ///
    /// ## Why it matters
    ///
    /// Everybody and everything that the author did not think of is allowed. With `_if_exist`, so are
    /// requests that lack the fact. Say what is allowed, or move the exclusion into a deny. Where it is not
    /// everyone who is let in, it is only said.
    ///
    /// ## Example
    ///
    /// ```json,CAM6031
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_not_equal": { "qcs:ip": "203.0.113.0/24" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "qcs:ip": "10.0.0.0/8" } } }
    /// ] }
    /// ```
    pub(crate) GuardedByExclusion = {
        code: "CAM6031",
        name: "guarded-by-exclusion",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "an allow that is guarded by exclusions alone",
        spec: ["CND-11", "CND-12"],
    }
}

impl Rule for GuardedByExclusion {
    fn check_statement(&self, statement: &StatementElement<'_>, cx: &mut Context<'_>) {
        let Some(first) = statement.conditions.first().filter(|_| statement.is_allow()) else {
            return;
        };
        let excludes =
            |own: &ConditionElement<'_>| own.operator.is_some_and(|own| own.base().is_negated());
        // A ceiling grants nothing.
        let grants =
            matches!(cx.kind(), PolicyKind::Identity | PolicyKind::Resource | PolicyKind::Trust);
        if !grants || !statement.conditions.iter().all(excludes) {
            return;
        }
        // Whoever is named, or has the policy, is a guard as well.
        let mut principals = cx.document().principals_of(statement).iter();
        let is_public = principals.any(PrincipalElement::is_everyone);
        let level = if is_public { Level::Warning } else { Level::Info };
        cx.report(&first.operator_string(), "whatever is not excluded is allowed")
            .label("the only condition")
            .help("say what is allowed, or deny what is excluded in a statement of its own")
            .at_most(level);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn exclusions_alone_and_in_allows() {
        let text = |effect: &str, condition: &str| {
            format!(
                r#"{{"effect": "{effect}", "action": "cos:*", "resource": "*", "condition": {{{condition}}}}}"#
            )
        };
        check(
            "CAM6031",
            &text(
                "allow",
                r#"«"string_not_equal"»: {"qcs:uin": "1"}, "ip_not_equal": {"qcs:ip": "1.2.3.4"}"#,
            ),
        );
        check(
            "CAM6031",
            &text(
                "allow",
                r#""string_not_equal": {"qcs:uin": "1"}, "ip_equal": {"qcs:ip": "1.2.3.4"}"#,
            ),
        );
        check("CAM6031", &text("deny", r#""ip_not_equal": {"qcs:ip": "1.2.3.4"}"#));
        check("CAM6031", r#"{"effect": "allow", "action": "cos:*", "resource": "*"}"#);
    }
}
