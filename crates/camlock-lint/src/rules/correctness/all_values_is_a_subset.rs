//! Finds `for_all_value` with several tags.

use camlock_policy::{Qualifier, TagSide};
use camlock_source::quote;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A `for_all_value` operator on tags with two values or more.
    ///
    /// ## Why it matters
    ///
    /// It holds if every tag of the request is one of the values, and one of them suffices. It does
    /// not ask that all of them are there, as a page that circulates says. To ask for several tags,
    /// write a condition each in the per-key form; keys under one operator must all hold.
    ///
    /// ## Example
    ///
    /// ```json,CAM3098
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:RunInstances", "resource": "*",
    ///     "condition": { "for_all_value:string_equal": { "qcs:request_tag": ["env&dev", "team&game"] } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:RunInstances", "resource": "*",
    ///     "condition": { "string_equal": { "qcs:request_tag/env": "dev", "qcs:request_tag/team": "game" } } }
    /// ] }
    /// ```
    pub(crate) AllValuesIsASubset = {
        code: "CAM3098",
        name: "all-values-is-a-subset",
        group: Correctness,
        level: Info,
        since: "0.2.0",
        summary: "`for_all_value` with several values, which does not ask for all of them",
        spec: ["CND-3", "CND-10"],
    }
}

impl Rule for AllValuesIsASubset {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some(read) = condition.condition.as_ref() else { return };
        let operator = read.operator();
        let is_all =
            operator.qualifier() == Some(Qualifier::ForAllValue) && !operator.base().is_negated();
        // Values of one tag key are alternatives, and nobody expects a tag to have them all.
        let mut keys = condition.values.iter().filter_map(|value| value.text()?.split_once('&'));
        let first = keys.next().map(|(key, _)| key);
        let differ = first.is_some_and(|first| keys.any(|(key, _)| key != first));
        let Some(tag) = read.key().tag().filter(|_| is_all && differ) else { return };
        let own =
            if tag.side() == TagSide::Request { "qcs:request_tag" } else { "qcs:resource_tag" };
        let key = first.unwrap_or_default();
        cx.report(condition, "one of these tags suffices")
            .label("every tag of the request has to be among them")
            .help(format!(
                "to ask for all of them, write a key each, such as `{own}/{}`",
                quote(key)
            ));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, helps};

    #[test]
    fn only_tags_of_several_keys() {
        check(
            "CAM3098",
            r#"{"effect": "allow", "action": "*", "resource": "*", "condition": {
            "for_all_value:string_equal": {«"qcs:request_tag"»: ["a&b", "c&d"], "qcs:resource_tag": ["a&b", "a&c"],
                "a:b": ["c&d", "e&f"]}, "for_any_value:string_equal": {"qcs:request_tag": ["a&b", "c&d"]}}}"#,
        );
    }

    #[test]
    fn the_help_names_the_same_side_and_a_tag_of_the_condition() {
        for (key, expected) in [
            ("qcs:resource_tag", "qcs:resource_tag/team"),
            ("qcs:tag", "qcs:resource_tag/team"),
            ("qcs:request_tag", "qcs:request_tag/team"),
        ] {
            let text = format!(
                r#"{{"effect": "allow", "action": "*", "resource": "*", "condition": {{
                    "for_all_value:string_equal": {{"{key}": ["team&b", "c&d"]}}}}}}"#
            );
            let help = format!("to ask for all of them, write a key each, such as `{expected}`");
            assert_eq!(helps("CAM3098", &text), [help]);
        }
    }
}
