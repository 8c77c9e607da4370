//! Finds a condition key that nothing is known to supply.

use camlock_policy::{Operator, OperatorFamily};
use camlock_source::quote;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::{Level, Rule};

declare_rule! {
    /// ## What it finds
    ///
    /// A key of the platform, `qcs:…`, that is not among the known ones, or a key of a service that is a
    /// slip of a known one.
    ///
    /// ## Why it matters
    ///
    /// A key that nobody supplies is missing from every request: the condition is false, or with
    /// `_if_exist` always true. A deny with it stops nothing. Keys of services are not all known, so others
    /// are passed over; a key that names no service is only said.
    ///
    /// ## Example
    ///
    /// ```json,CAM5012
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "qcs:source_ip": "10.0.0.0/8" } } }
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
    pub(crate) UnknownConditionKey = {
        code: "CAM5012",
        name: "unknown-condition-key",
        group: Catalogue,
        level: Warning,
        since: "0.2.0",
        summary: "a condition key that nothing is known to supply",
        spec: ["CND-32", "CND-24"],
        fix: Suggestion,
    }
}

impl Rule for UnknownConditionKey {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some(key) = &condition.key else { return };
        let catalog = cx.catalog();
        if catalog.is_condition_key(key.as_str()) || key.is_well_known() || key.tag().is_some() {
            return;
        }
        let name = key.as_str();
        let space = name.split_once(':').map(|(space, _)| space);
        let is_of_space =
            |own: &&str| own.split_once(':').is_some_and(|(own, _)| Some(own) == space);
        let close = catalog.close_condition_key(key.as_str()).filter(is_of_space);
        let is_guess = match space {
            Some("qcs") => false,
            Some(_) if close.is_none() => return,
            Some(_) => false,
            // A fill-in mark is another slip.
            None if name.contains(['<', '>', '[', '$', '*']) => return,
            // Few keys are known that name no service; others may have more.
            None => true,
        };
        let string = condition.key_string();
        let is_null =
            condition.operator.is_some_and(|own| own.base().family() == OperatorFamily::Null);
        let what = if is_null {
            "missing from every request"
        } else if condition.operator.is_some_and(Operator::if_exist) {
            "the condition always holds"
        } else if statement.is_deny() {
            "this deny never applies because of it"
        } else {
            "never holds"
        };
        let level = if is_guess { Level::Info } else { Level::Warning };
        let help = close.map_or_else(
            || "look the key up in the list of condition keys".to_owned(),
            |close| format!("did you mean `{close}`"),
        );
        let edit = close.map(|close| string.replace_with(close));
        cx.report(&string, format!("there is no condition key `{}`", quote(name)))
            .label(what)
            .help(help)
            .at_most(level)
            .suggestion(format!("write `{}`", close.unwrap_or_default()), edit);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn keys_of_the_platform_and_slips() {
        check(
            "CAM5012",
            r#"{"effect": "deny", "action": "cos:*", "resource": "*", "condition": {"string_equal": {
            «"qcs:user_type"»: "a", "qcs:uin": "1", "qcs:resource_tag/env": "a", «"cos:prefx"»: "a",
            "tke:region": "a", "own:thing": "a", "mfa": "1", "vpc:something": "a", «"product"»: "a", "<KeyName>": "a"}}}"#,
        );
    }
}
