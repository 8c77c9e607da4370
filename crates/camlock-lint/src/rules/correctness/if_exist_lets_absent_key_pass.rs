//! Finds allows that apply to requests without the key.

use camlock_policy::{BaseOperator, Condition, ConditionValue, PolicyKind};
use camlock_source::quote;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow with the suffix `_if_exist` on a condition.
    ///
    /// ## Why it matters
    ///
    /// Where the key is missing the condition holds, and the allow applies. That is meant for
    /// parameters that only some calls have. As the guard of a grant it opens the door to whoever
    /// leaves the key out: with tags, to everything that has none.
    ///
    /// ## Example
    ///
    /// ```json,CAM3097
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*",
    ///     "condition": { "for_any_value:string_equal_if_exist": { "qcs:resource_tag": "env&dev" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*",
    ///     "condition": { "for_any_value:string_equal": { "qcs:resource_tag": "env&dev" } } }
    /// ] }
    /// ```
    pub(crate) IfExistLetsAbsentKeyPass = {
        code: "CAM3097",
        name: "if-exist-lets-absent-key-pass",
        group: Correctness,
        level: Info,
        since: "0.2.0",
        summary: "an allow that applies to requests without the key",
        spec: ["CND-7"],
        fix: Narrowing,
    }
}

impl Rule for IfExistLetsAbsentKeyPass {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some(read) = condition.condition.as_ref().filter(|_| statement.is_allow()) else {
            return;
        };
        let operator = read.operator();
        let always_there = matches!(read.key().as_str(), "qcs:ip" | "qcs:current_time");
        if !operator.if_exist() || always_there || cx.kind() == PolicyKind::Scp {
            return;
        }
        // Another condition of the statement fails where the key is missing.
        let needs_key = |other: &ConditionElement<'_>| {
            let null = other.operator.is_some_and(|own| own.base() == BaseOperator::NullEqual);
            let holds_without = |own: &Condition| {
                own.operator().if_exist()
                    || null && own.values().contains(&ConditionValue::Bool(true))
            };
            let own = other.condition.as_ref().filter(|own| own.key() == read.key());
            own.is_some_and(|own| !holds_without(own))
        };
        if statement.conditions.iter().take(64).any(needs_key) {
            return;
        }
        let right = operator.to_string();
        let right = right.strip_suffix("_if_exist").unwrap_or(&right);
        let edit = cx.operator_edit(condition, right);
        cx.report(
            condition,
            format!("requests without `{}` are allowed", quote(read.key().as_str())),
        )
        .label("holds where the key is missing")
        .help(format!("write `{right}` to allow only what has the key"))
        .narrowing_fix(format!("write `{right}`"), edit);
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn denies_and_plain_operators_are_left_alone() {
        check(
            "CAM3097",
            r#"{"effect": "allow", "action": "cos:*", "resource": "*", "condition": {
            "string_equal_if_exist": {«"cos:prefix"»: "a"}, "string_equal": {"cos:versionid": "a"},
            "ip_equal_if_exist": {"qcs:ip": "10.0.0.0/8"}}}"#,
        );
        check(
            "CAM3097",
            r#"{"effect": "deny", "action": "cos:*", "resource": "*", "condition": {
            "string_equal_if_exist": {"cos:prefix": "a"}}}"#,
        );
    }

    #[test]
    fn another_condition_may_ask_for_the_key() {
        let text = |key: &str, other: &str| {
            format!(
                r#"{{"effect": "allow", "action": "cos:*", "resource": "*", "condition": {{
                "string_like_if_exist": {{{key}: "a*"}}, {other}}}}}"#
            )
        };
        let (found, quiet) = (r#"«"cos:prefix"»"#, r#""cos:prefix""#);
        check("CAM3097", &text(quiet, r#""string_not_equal": {"cos:prefix": "ab"}"#));
        check("CAM3097", &text(quiet, r#""null_equal": {"cos:prefix": "false"}"#));
        check("CAM3097", &text(found, r#""null_equal": {"cos:prefix": ["true", "false"]}"#));
        check("CAM3097", &text(found, r#""string_equal": {"cos:versionid": "ab"}"#));
    }

    #[test]
    fn the_suffix_goes() {
        let text = |operator: &str| {
            format!(
                r#"{{"effect": "allow", "action": "cos:*", "resource": "*",
                "condition": {{"{operator}": {{"cos:prefix": "a"}}}}}}"#
            )
        };
        let (before, after) = ("string_equal_if_exist", "string_equal");
        check_fix("CAM3097", Grade::Narrowing, &text(before), &text(after));
    }
}
