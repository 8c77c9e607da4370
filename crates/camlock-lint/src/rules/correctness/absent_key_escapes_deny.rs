//! Finds denies that do not stop requests without the key.

use camlock_policy::{ConditionKey, OperatorFamily};
use camlock_source::quote;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::{Level, Rule};

declare_rule! {
    /// ## What it finds
    ///
    /// A deny with a negated operator on a key that requests need not carry, without `_if_exist`.
    ///
    /// ## Why it matters
    ///
    /// Where the key is missing, CAM lets the condition fail, negated or not: the deny does not
    /// apply. A request that leaves the header, the parameter or the tag out passes, other than in
    /// AWS. The suffix `_if_exist` closes the gap. Where the document shows that requests without
    /// the key are meant to pass, nothing is said.
    ///
    /// ## Example
    ///
    /// ```json,CAM3096
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "action": "cos:PutObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_not_equal": { "cos:x-cos-acl": "private" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "action": "cos:PutObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_not_equal_if_exist": { "cos:x-cos-acl": "private" } } }
    /// ] }
    /// ```
    pub(crate) AbsentKeyEscapesDeny = {
        code: "CAM3096",
        name: "absent-key-escapes-deny",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "a deny that does not stop requests without the key",
        spec: ["CND-7", "CND-11"],
        fix: Narrowing,
    }
}

impl Rule for AbsentKeyEscapesDeny {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some(read) = condition.condition.as_ref().filter(|_| statement.is_deny()) else {
            return;
        };
        let operator = read.operator();
        let key = read.key();
        if !operator.base().is_negated() || operator.if_exist() || is_always_there(key) {
            return;
        }
        let meant = cx.statements().iter().take(64).any(|other| shows(other, key));
        if meant {
            return;
        }
        let level = if may_be_left_out(key) { Level::Warning } else { Level::Info };
        let right = format!("{operator}_if_exist");
        let edit = cx.operator_edit(condition, &right);
        cx.report(condition, format!("requests without `{}` are not denied", quote(key.as_str())))
            .label("fails where the key is missing")
            .help(format!("write `{right}` to deny them as well"))
            .note("[CND-11] a missing key makes negated operators fail, too")
            .at_most(level)
            .narrowing_fix(format!("write `{right}`"), edit);
    }
}

/// Keys that the platform supplies with every request.
fn is_always_there(key: &ConditionKey) -> bool {
    matches!(
        key.as_str(),
        "qcs:ip" | "qcs:current_time" | "cos:secure-transport" | "qcs:uin" | "qcs:owner_uin"
    )
}

/// Keys that a caller leaves out, or a resource does not have.
fn may_be_left_out(key: &ConditionKey) -> bool {
    key.tag().is_some() || key.as_str().starts_with("cos:")
}

/// Whether a statement lets requests without the key pass on purpose, or stops them by itself.
fn shows(other: &StatementElement<'_>, key: &ConditionKey) -> bool {
    other.conditions.iter().any(|condition| {
        let Some(operator) = condition.operator else { return false };
        let null = operator.base().family() == OperatorFamily::Null;
        condition.key.as_ref() == Some(key)
            && ((other.is_allow() && operator.if_exist()) || (other.is_deny() && null))
    })
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn keys_that_are_always_there_and_what_is_meant_so_are_left_alone() {
        check(
            "CAM3096",
            r#"{"effect": "deny", "action": "cos:*", "resource": "*", "condition": {
            "string_not_equal": {«"qcs:resource_tag/env"»: "a"}, "ip_not_equal": {"qcs:ip": "10.0.0.0/8"}}}"#,
        );
        check(
            "CAM3096",
            r#"{"effect": "allow", "action": "cos:*", "resource": "*", "condition": {
            "string_not_equal": {"cos:prefix": "a"}}}"#,
        );
        check(
            "CAM3096",
            r#"{"version": "2.0", "statement": [
            {"effect": "allow", "action": "cos:*", "resource": "*", "condition": {"string_equal_if_exist": {"cos:versionid": ""}}},
            {"effect": "deny", "action": "cos:*", "resource": "*", "condition": {"string_not_equal": {"cos:versionid": ""}}},
            {"effect": "deny", "action": "cos:*", "resource": "*", "condition": {"string_not_equal": {"cos:prefix": ""}}},
            {"effect": "deny", "action": "cos:*", "resource": "*", "condition": {"null_equal": {"cos:prefix": "true"}}}]}"#,
        );
    }

    #[test]
    fn the_suffix_is_written() {
        let text = |operator: &str| {
            format!(
                r#"{{"effect": "deny", "action": "cos:*", "resource": "*",
                "condition": {{"{operator}": {{"cos:prefix": "a"}}}}}}"#
            )
        };
        let (before, after) = ("string_not_equal", "string_not_equal_if_exist");
        check_fix("CAM3096", Grade::Narrowing, &text(before), &text(after));
    }
}
