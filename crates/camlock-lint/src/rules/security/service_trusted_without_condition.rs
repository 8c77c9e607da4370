//! Finds a trust policy that lets a cloud service in, without a condition.

use camlock_policy::{PolicyKind, PrincipalPattern};

use crate::context::Context;
use crate::element::StatementElement;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow in a trust policy for a cloud service without any condition.
    ///
    /// ## Why it matters
    ///
    /// A service acts for many accounts. If it can be talked into using the role of another one, nothing
    /// here stops it. Few services supply facts that could be asked for, and official policies have no
    /// conditions either, so the rule is off unless it is asked for.
    ///
    /// ## Example
    ///
    /// ```json,CAM6017,trust
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRole", "principal": { "service": "scf.qcloud.com" } }
    /// ] }
    /// ```
    ///
    /// ```json,clean,trust
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRole", "principal": { "service": "scf.qcloud.com" },
    ///     "condition": { "string_equal": { "qcs:owner_uin": "100000000001" } } }
    /// ] }
    /// ```
    pub(crate) ServiceTrustedWithoutCondition = {
        code: "CAM6017",
        name: "service-trusted-without-condition",
        group: Security,
        level: Off,
        since: "0.2.0",
        summary: "a trust policy that lets a cloud service in, without a condition",
        spec: ["PRN-9"],
    }
}

impl Rule for ServiceTrustedWithoutCondition {
    fn check_statement(&self, statement: &StatementElement<'_>, cx: &mut Context<'_>) {
        let is_open = statement.is_allow() && !cx.analysis().has_conditions(statement);
        if cx.kind() != PolicyKind::Trust || !is_open {
            return;
        }
        for principal in cx.document().principals_of(statement) {
            if let Some(PrincipalPattern::Service(name)) = &principal.pattern {
                cx.report(principal, format!("`{name}` is trusted, for whomever it acts"))
                    .help("ask for the account or the address, where the service supplies them");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn services_in_allows_without_conditions() {
        check(
            "CAM6017",
            r#"{"effect": "allow", "action": "sts:AssumeRole",
            "principal": {"service": [«"scf.qcloud.com"»], "qcs": "qcs::cam::uin/1:uin/2"}}"#,
        );
        check(
            "CAM6017",
            r#"{"effect": "deny", "action": "sts:AssumeRole", "principal": {"service": "scf.qcloud.com"}}"#,
        );
    }
}
