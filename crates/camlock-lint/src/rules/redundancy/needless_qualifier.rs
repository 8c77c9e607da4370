//! Finds qualifiers on keys that have one value.

use camlock_policy::Qualifier;
use camlock_source::Grade;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// `for_any_value` on a positive operator, or `for_all_value` on a negated one, where the key has
    /// one value at most, such as `qcs:ip`.
    ///
    /// ## Why it matters
    ///
    /// The operator means the same without it. Readers look for the several values that the qualifier
    /// speaks of.
    ///
    /// ## Example
    ///
    /// ```json,CAM7022
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "for_any_value:ip_equal": { "qcs:ip": "10.0.0.0/8" } } } ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "qcs:ip": "10.0.0.0/8" } } } ] }
    /// ```
    pub(crate) NeedlessQualifier = {
        code: "CAM7022",
        name: "needless-qualifier",
        group: Redundancy,
        level: Info,
        since: "0.2.0",
        summary: "a qualifier on a key that has one value",
        spec: ["CND-9", "CND-13"],
        fix: Safe,
    }
}

impl Rule for NeedlessQualifier {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some((operator, key)) = condition.operator.zip(condition.key.as_ref()) else { return };
        let usual = if operator.base().is_negated() {
            Qualifier::ForAllValue
        } else {
            Qualifier::ForAnyValue
        };
        if operator.qualifier() != Some(usual) || !cx.analysis().has_single_value(key) {
            return;
        }
        let Some((qualifier, bare)) = condition.operator_name().split_once(':') else { return };
        let string = condition.operator_string();
        let edit = cx.operator_edit(condition, bare);
        cx.report(
            &string,
            format!("`{}` has one value, so `{qualifier}` changes nothing", key.as_str()),
        )
        .help(format!("write `{bare}`"))
        .fix(Grade::Safe, format!("write `{bare}`"), edit);
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    fn text(effect: &str, condition: &str) -> String {
        format!(
            r#"{{"effect": "{effect}", "action": "cos:*", "resource": "*", "condition": {{{condition}}}}}"#
        )
    }

    #[test]
    fn tags_and_keys_that_are_not_known_have_several() {
        check(
            "CAM7022",
            &text(
                "deny",
                r#"«"for_all_value:string_not_equal"»: {"cos:prefix": "a"},
            "for_all_value:string_equal": {"cos:prefix": "b"}, "for_any_value:string_not_equal": {"cos:prefix": "c"},
            "for_any_value:string_equal": {"qcs:resource_tag": "a&b", "x:one": "a"}"#,
            ),
        );
    }

    #[test]
    fn the_qualifier_goes_where_the_operator_is_free() {
        let with = |before: &str, qualifier: &str| {
            text(
                "deny",
                &format!(r#"{before}"{qualifier}string_like_if_exist": {{"cos:prefix": "a*"}}"#),
            )
        };
        check_fix("CAM7022", Grade::Safe, &with("", "for_any_value:"), &with("", ""));
        let taken = with(r#""string_like_if_exist": {"x:one": "a"}, "#, "for_any_value:");
        check_fix("CAM7022", Grade::Safe, &taken, &taken);
    }
}
