//! Finds a condition on tags of the resource for actions that have none.

use camlock_catalog::{AccessLevel, ActionEntry, Granularity};
use camlock_policy::{ConditionKey, OperatorFamily, TagKey, TagSide};
use camlock_source::quote;

use super::forms;
use crate::context::Context;
use crate::element::{ActionElement, ConditionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A condition on `qcs:resource_tag` in a statement whose actions are all authorized at the level of
    /// operations or services, so for `*` alone. Lists are left alone, as the platform may filter them by
    /// tag.
    ///
    /// ## Why it matters
    ///
    /// Where there is no resource there are no tags, and the key is missing from every request: an allow
    /// grants nothing, and a deny that was meant to protect tagged resources stops nothing.
    ///
    /// ## Example
    ///
    /// ```json,CAM5024
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "action": "cam:CreateGroup", "resource": "*",
    ///     "condition": { "for_any_value:string_equal": { "qcs:resource_tag": "env&production" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "action": "cvm:RebootInstances", "resource": "*",
    ///     "condition": { "for_any_value:string_equal": { "qcs:resource_tag": "env&production" } } }
    /// ] }
    /// ```
    pub(crate) TagOfNoResource = {
        code: "CAM5024",
        name: "tag-of-no-resource",
        group: Catalogue,
        level: Warning,
        since: "0.2.0",
        summary: "a condition on tags of the resource for actions that have none",
        spec: ["RES-18", "CND-11", "CND-28"],
    }
}

impl Rule for TagOfNoResource {
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
        if !is_strict || side != Some(TagSide::Resource) || statement.actions.is_empty() {
            return;
        }
        let has_none = |own: &ActionElement<'_>| {
            let lists = |own: ActionEntry<'_>| own.access_level() == AccessLevel::List;
            let granularity = forms::granularity(own, cx.catalog());
            matches!(granularity, Some(Granularity::Operation | Granularity::Service))
                && !forms::known(own, cx.catalog()).is_some_and(lists)
        };
        if !statement.actions.iter().all(has_none) {
            return;
        }
        let what = if statement.is_deny() {
            "this deny never applies"
        } else {
            "this allow never applies"
        };
        let first = statement.actions.first().map_or("", ActionElement::bare);
        cx.report(
            condition,
            format!("`{}` is asked for no resource, so there are no tags", quote(first)),
        )
        .label(what)
        .help("leave the condition out, or ask for something else");
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn one_action_with_resources_is_enough() {
        let text = |actions: &str, operator: &str, key: &str| {
            format!(
                r#"{{"effect": "allow", "action": [{actions}], "resource": "*", "condition": {{"{operator}": {{{key}: "a&b"}}}}}}"#
            )
        };
        let (found, quiet) = (r#"«"qcs:tag"»"#, r#""qcs:tag""#);
        check("CAM5024", &text(r#""cam:CreateGroup", "ocr:*""#, "string_equal", found));
        check("CAM5024", &text(r#""cam:CreateGroup", "cam:GetUser""#, "string_equal", quiet));
        check("CAM5024", &text(r#""cos:GetService""#, "string_equal", quiet));
        check("CAM5024", &text(r#""cam:List*""#, "string_equal", quiet));
        check("CAM5024", &text(r#""cam:CreateGroup""#, "string_equal_if_exist", quiet));
        check("CAM5024", &text(r#""cam:CreateGroup""#, "string_equal", r#""qcs:request_tag""#));
    }
}
