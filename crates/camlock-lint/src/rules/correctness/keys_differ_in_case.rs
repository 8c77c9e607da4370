//! Finds condition keys that differ in letter case alone.

use camlock_source::quote;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;
use crate::tree;

declare_rule! {
    /// ## What it finds
    ///
    /// Two keys or two operators of one condition that are the same but for the letter case.
    ///
    /// ## Why it matters
    ///
    /// Names are compared letter by letter, so these are two conditions, and both have to hold. One
    /// of them names a key that no request carries, and then neither counts.
    ///
    /// ## Example
    ///
    /// ```json,CAM3123
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_equal": { "cos:object-lock": "on", "cos:Object-Lock": "on" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_equal": { "cos:object-lock": "on" } } }
    /// ] }
    /// ```
    pub(crate) KeysDifferInCase = {
        code: "CAM3123",
        name: "keys-differ-in-case",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "two condition keys that differ in letter case alone",
        spec: ["CND-4", "CND-24"],
    }
}

impl Rule for KeysDifferInCase {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        // Each key looks back at a bounded number of others.
        let keys = tree::members(&condition.operator_member.value);
        let before = keys.get(..condition.index).unwrap_or_default();
        let name = condition.key_name();
        let twin = before.iter().take(64).find(|other| {
            other.name.decoded != name && other.name.decoded.eq_ignore_ascii_case(name)
        });
        if let Some(twin) = twin {
            let first = quote(&twin.name.decoded);
            cx.report(condition, format!("`{}` and `{first}` are two keys", quote(name)))
                .secondary(twin, "the other one")
                .help("keep the one that requests carry");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn only_letter_case_counts() {
        check(
            "CAM3123",
            r#"{"effect": "deny", "action": "*", "resource": "*", "condition": {
            "string_equal": {"a:b": "c", «"a:B"»: "c", "a:c": "d"}, "string_like": {"a:B": "c*"}}}"#,
        );
    }
}
