//! Finds condition operators of other clouds.

use camlock_policy::{ConditionKey, Operator, OperatorFamily};
use camlock_source::quote;
use camlock_syntax::json::Member;

use super::foreign_condition_key;
use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;
use crate::tree;

declare_rule! {
    /// ## What it finds
    ///
    /// A condition operator as AWS and others write it: `StringNotEquals`,
    /// `ForAllValues:StringLike`, `IpAddress`.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the document. The relative here is spelt in lower case with underscores, and
    /// absent keys read differently: where AWS lets a negated operator and `ForAllValues` hold when
    /// the key is missing, CAM lets them fail. The suffix `_if_exist` brings the reading back, and
    /// the repair adds it where it is needed. Where the key holds an address, a time or a number, it writes
    /// the operator that compares these.
    ///
    /// ## Example
    ///
    /// ```json,CAM3015
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "action": "cos:PutObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "StringNotEquals": { "cos:x-cos-acl": "private" } } }
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
    pub(crate) ForeignOperator = {
        code: "CAM3015",
        name: "foreign-operator",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "a condition operator of another cloud",
        spec: ["CND-6", "CND-11"],
        fix: Suggestion,
        supersedes: ["CAM2136"],
    }
}

impl Rule for ForeignOperator {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let name = condition.operator_name();
        if condition.operator.is_some() || !support::is_first_of_operator(condition) {
            return;
        }
        let Some((here, reads_absent)) = translate(name) else { return };
        let here = of_keys(condition, &here).unwrap_or(here);
        let operator = condition.operator_string();
        let edit = cx.operator_edit(condition, &here);
        let report = cx
            .report(&operator, format!("`{}` is an operator of another cloud", quote(name)))
            .help(format!("write `{here}`"))
            .suggestion(format!("write `{here}`"), edit);
        if reads_absent {
            report.note("[CND-11] without `_if_exist` a missing key makes it fail");
        }
    }
}

const RELATIVES: [(&str, &str); 25] = [
    ("StringEquals", "string_equal"),
    ("StringNotEquals", "string_not_equal"),
    ("StringEqualsIgnoreCase", "string_equal_ignore_case"),
    ("StringNotEqualsIgnoreCase", "string_not_equal_ignore_case"),
    ("StringLike", "string_like"),
    ("StringNotLike", "string_not_like"),
    ("NumericEquals", "numeric_equal"),
    ("NumericNotEquals", "numeric_not_equal"),
    ("NumericLessThan", "numeric_less_than"),
    ("NumericLessThanEquals", "numeric_less_than_equal"),
    ("NumericGreaterThan", "numeric_greater_than"),
    ("NumericGreaterThanEquals", "numeric_greater_than_equal"),
    ("DateEquals", "date_equal"),
    ("DateNotEquals", "date_not_equal"),
    ("DateLessThan", "date_less_than"),
    ("DateLessThanEquals", "date_less_than_equal"),
    ("DateGreaterThan", "date_greater_than"),
    ("DateGreaterThanEquals", "date_greater_than_equal"),
    ("Bool", "bool_equal"),
    ("BinaryEquals", "binary_equal"),
    ("IpAddress", "ip_equal"),
    ("NotIpAddress", "ip_not_equal"),
    ("Null", "null_equal"),
    ("ArnEquals", "string_equal"),
    ("ArnLike", "string_like"),
];

/// The operator that compares alike, of the types that all keys take; theirs tells texts from addresses,
/// times and numbers by its name as well, and is often wrong about them.
fn of_keys(condition: &ConditionElement<'_>, here: &str) -> Option<String> {
    use OperatorFamily::{Date, Numeric, String as Text};
    let operator = Operator::parse(here).ok()?;
    // Truth values and presence are asked for on purpose.
    let may_differ = matches!(operator.base().family(), Text | Numeric | Date);
    let of_key = |member: &Member<'_>| {
        let name = &*member.name.decoded;
        let key = foreign_condition_key::key_here(name).unwrap_or_else(|| name.to_owned());
        support::operator_for(operator, &ConditionKey::parse(&key).ok()?)
    };
    let keys = tree::members(&condition.operator_member.value);
    let (first, rest) = keys.split_first().filter(|_| may_differ)?;
    let right = of_key(first)?;
    rest.iter().take(64).all(|own| of_key(own).as_ref() == Some(&right)).then_some(right)
}

/// The operator here, and whether theirs holds where the key is missing.
fn translate(name: &str) -> Option<(String, bool)> {
    let (qualifier, base) = match name.split_once(':') {
        Some(("ForAnyValue" | "ForAnyValues", base)) => ("for_any_value:", base),
        Some(("ForAllValue" | "ForAllValues", base)) => ("for_all_value:", base),
        Some(_) => return None,
        None => ("", name),
    };
    let plain = base.strip_suffix("IfExists").unwrap_or(base);
    let (theirs, ours) = RELATIVES.iter().find(|(theirs, _)| *theirs == plain)?;
    let holds = plain != base || theirs.contains("Not") || qualifier == "for_all_value:";
    let suffix = if holds && *ours != "null_equal" { "_if_exist" } else { "" };
    Some((format!("{qualifier}{ours}{suffix}"), holds))
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, helps};

    #[test]
    fn every_part_of_a_name_is_translated() {
        for (theirs, ours) in [
            ("StringEquals", "string_equal"),
            ("StringNotEqualsIfExists", "string_not_equal_if_exist"),
            ("ForAnyValue:StringLike", "for_any_value:string_like"),
            ("ForAllValues:StringEquals", "for_all_value:string_equal_if_exist"),
            ("NotIpAddress", "ip_not_equal_if_exist"),
            ("Null", "null_equal"),
        ] {
            assert_eq!(
                super::translate(theirs).map(|own| own.0).as_deref(),
                Some(ours),
                "{theirs}"
            );
        }
        assert!(super::translate("string_equals").is_none());
        assert!(super::translate("StringContains").is_none());
    }

    #[test]
    fn the_key_says_what_is_compared() {
        for (theirs, key, ours) in [
            ("StringEquals", "qcs:ip", "ip_equal"),
            ("StringNotLike", "qcs:ip", "ip_not_equal_if_exist"),
            ("StringEquals", "aws:SourceIp", "ip_equal"),
            ("StringEquals", "qcs:current_time", "date_equal"),
            ("NumericLessThan", "qcs:current_time", "date_less_than"),
            ("StringEquals", "cos:content-length", "numeric_equal"),
            ("StringEquals", "cos:secure-transport", "bool_equal"),
            ("StringEquals", "aws:SecureTransport", "bool_equal"),
            ("StringLike", "cos:prefix", "string_like"),
            ("ForAnyValue:StringLike", "qcs:resource_tag", "for_any_value:string_like"),
            ("StringEquals", "x:one", "string_equal"),
            (
                "ForAllValues:StringEquals",
                "cos:content-length",
                "for_all_value:numeric_equal_if_exist",
            ),
        ] {
            let text = |operator: &str| {
                format!(
                    r#"{{"effect": "deny", "action": "cos:*", "resource": "*",
                    "condition": {{"{operator}": {{"{key}": "true"}}}}}}"#
                )
            };
            let found = helps("CAM3015", &text(theirs));
            assert_eq!(found, [format!("write `{ours}`")], "{theirs} {key}");
        }
    }

    #[test]
    fn an_operator_is_named_once() {
        check(
            "CAM3015",
            r#"{"effect": "allow", "action": "cos:*", "resource": "*", "condition": {
            «"StringEquals"»: {"cos:prefix": "a", "cos:versionid": "b"}, "string_equals": {"cos:prefix": "a"}}}"#,
        );
    }
}
