//! Finds tags whose key and value are not joined by `&`.

use camlock_policy::ConditionKey;
use camlock_source::quote;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement, StringElement, ValueElement};
use crate::rule::{Level, Rule};
use crate::rules::correctness::html_escape;

declare_rule! {
    /// ## What it finds
    ///
    /// A value of `qcs:resource_tag` or `qcs:request_tag` that joins key and value with `:`, `=` or
    /// `/`, or has a second `&`.
    ///
    /// ## Why it matters
    ///
    /// A tag is written `key&value`, and CAM refuses a value without `&`. Keys and values of tags have no
    /// `&` themselves, so that a value with two of them meets no tag.
    ///
    /// ## Example
    ///
    /// ```json,CAM3092
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*",
    ///     "condition": { "for_any_value:string_equal": { "qcs:resource_tag": "env:prod" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*",
    ///     "condition": { "for_any_value:string_equal": { "qcs:resource_tag": "env&prod" } } }
    /// ] }
    /// ```
    pub(crate) TagSeparator = {
        code: "CAM3092",
        name: "tag-separator",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "a tag whose key and value are not joined by `&`",
        spec: ["CND-26"],
        fix: Suggestion,
        supersedes: ["CAM2156"],
    }
}

impl Rule for TagSeparator {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let is_set = condition
            .key
            .as_ref()
            .and_then(ConditionKey::tag)
            .is_some_and(|tag| tag.name().is_none());
        for value in condition.values.iter().filter_map(ValueElement::string).filter(|_| is_set) {
            let text = value.decoded();
            // What HTML writes, like blanks, is said by a rule of its own.
            if html_escape::has_escape(text) {
                continue;
            }
            if text.contains('&') {
                never_met(&value, cx);
                continue;
            }
            let pair =
                ["=", ":", "/", "＆"].iter().find_map(|separator| text.split_once(separator));
            let Some((key, tag)) = pair else { continue };
            let right = format!("{}&{}", key.trim(), tag.trim());
            cx.report(&value, format!("the tag `{}` has no `&`", quote(text)))
                .help(format!("write `{}`", quote(&right)))
                .suggestion(format!("write `{}`", quote(&right)), [value.replace_with(&right)]);
        }
    }
}

/// Reports a value that CAM accepts and no tag is equal to: neither keys nor values have an `&`.
fn never_met(value: &StringElement<'_>, cx: &mut Context<'_>) {
    let text = value.decoded();
    if text.split_once('&').is_some_and(|(_, tag)| tag.contains('&')) {
        cx.report(value, format!("no tag is `{}`", quote(text)))
            .label("never met")
            .help("give each tag an entry of its own, `key&value`")
            .at_most(Level::Warning);
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn only_keys_that_read_all_tags() {
        check(
            "CAM3092",
            r#"{"effect": "allow", "action": "*", "resource": "*", "condition": {
            "string_equal": {"qcs:resource_tag": [«"env=prod"», «"Environment:production"», "env&a:b", "proj-a"],
                "qcs:resource_tag/env": "a:b"}}}"#,
        );
    }

    #[test]
    fn tags_that_nothing_has() {
        check(
            "CAM3092",
            r#"{"effect": "allow", "action": "*", "resource": "*", "condition": {
            "string_equal": {"qcs:resource_tag": [«"env&p&q"», "env & p", "env&amp;p", "env&p q", "env&",
                "my env&p", "env&${qcs:principal_tag_value}"], "qcs:resource_tag/env": "a"}}}"#,
        );
    }

    #[test]
    fn the_ampersand_is_written() {
        let text = |value: &str| {
            format!(
                r#"{{"effect": "deny", "action": "*", "resource": "*",
                "condition": {{"for_any_value:string_equal": {{"qcs:request_tag": "{value}"}}}}}}"#
            )
        };
        check_fix("CAM3092", Grade::Suggestion, &text("env: prod"), &text("env&prod"));
    }
}
