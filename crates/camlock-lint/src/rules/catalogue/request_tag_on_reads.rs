//! Finds a condition on tags of the request for actions that only read.

use camlock_catalog::{AccessLevel, ActionEntry};
use camlock_policy::{ConditionKey, OperatorFamily, TagKey, TagSide};
use camlock_source::quote;

use super::forms;
use crate::context::Context;
use crate::element::{ActionElement, ConditionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A condition on `qcs:request_tag` in a statement whose actions all read or list.
    ///
    /// ## Why it matters
    ///
    /// Tags come with requests that create or tag something. Here the key is missing from every request: an
    /// allow grants nothing, a deny stops nothing. The tags that a resource has are `qcs:resource_tag`;
    /// neither stands in for the other.
    ///
    /// ## Example
    ///
    /// ```json,CAM5025
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*",
    ///     "condition": { "for_any_value:string_equal": { "qcs:request_tag": "env&test" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*",
    ///     "condition": { "for_any_value:string_equal": { "qcs:resource_tag": "env&test" } } }
    /// ] }
    /// ```
    pub(crate) RequestTagOnReads = {
        code: "CAM5025",
        name: "request-tag-on-reads",
        group: Catalogue,
        level: Warning,
        since: "0.2.0",
        summary: "a condition on tags of the request for actions that only read",
        spec: ["CND-28", "CND-11"],
    }
}

impl Rule for RequestTagOnReads {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let is_strict = condition
            .operator
            .is_some_and(|own| !own.if_exist() && own.base().family() != OperatorFamily::Null);
        let side = condition.key.as_ref().and_then(ConditionKey::tag).map(TagKey::side);
        if !is_strict || side != Some(TagSide::Request) || statement.actions.is_empty() {
            return;
        }
        let reads = |own: &ActionElement<'_>| {
            let level = forms::known(own, cx.catalog()).map(ActionEntry::access_level);
            matches!(level, Some(AccessLevel::Read | AccessLevel::List))
        };
        if !statement.actions.iter().all(reads) {
            return;
        }
        let what = if statement.is_deny() {
            "this deny never applies"
        } else {
            "this allow never applies"
        };
        let first = statement.actions.first().map_or("", ActionElement::bare);
        cx.report(condition, format!("requests for `{}` bring no tags", quote(first)))
            .label(what)
            .help("did you mean `qcs:resource_tag`");
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn one_action_that_writes_is_enough() {
        let text = |actions: &str, operator: &str, key: &str| {
            format!(
                r#"{{"effect": "deny", "action": [{actions}], "resource": "*", "condition": {{"{operator}": {{{key}: "a&b"}}}}}}"#
            )
        };
        let (found, quiet) = (r#"«"qcs:request_tag"»"#, r#""qcs:request_tag""#);
        check(
            "CAM5025",
            &text(r#""cvm:DescribeInstances", "cam:ListUsers""#, "string_equal", found),
        );
        check(
            "CAM5025",
            &text(r#""cvm:DescribeInstances", "cvm:RunInstances""#, "string_equal", quiet),
        );
        check("CAM5025", &text(r#""cvm:Describe*""#, "string_equal", quiet));
        check("CAM5025", &text(r#""cvm:DescribeInstances""#, "string_equal_if_exist", quiet));
    }
}
