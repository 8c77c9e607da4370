//! Finds conditions on tags under the name of a service.

use camlock_source::quote;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A condition key such as `cvm:ResourceTag/env`, which reads a tag under the name of a
    /// service.
    ///
    /// ## Why it matters
    ///
    /// Tags are read by `qcs:resource_tag` and `qcs:request_tag` whatever the service. A key under
    /// the name of a service is supplied by nobody, so the condition never holds: an allow grants
    /// nothing, a deny stops nothing.
    ///
    /// ## Example
    ///
    /// ```json,CAM3017
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*",
    ///     "condition": { "string_equal": { "cvm:ResourceTag/env": "prod" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*",
    ///     "condition": { "for_any_value:string_equal": { "qcs:resource_tag": "env&prod" } } }
    /// ] }
    /// ```
    pub(crate) TagKeyOfService = {
        code: "CAM3017",
        name: "tag-key-of-service",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "a condition on a tag under the name of a service",
        spec: ["CND-27", "CND-32"],
        fix: Suggestion,
        supersedes: ["CAM5012", "CAM5013", "CAM5014"],
    }
}

impl Rule for TagKeyOfService {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let name = condition.key_name();
        let Some(here) = tag_key(name) else { return };
        let key = condition.key_string();
        let edit = cx.key_edit(condition, &here);
        cx.report(&key, format!("no service supplies `{}`", quote(name)))
            .label(support::without_effect(statement))
            .help("read the tag with `qcs:resource_tag` or `qcs:request_tag`, as `key&value`")
            .suggestion(format!("write `{}`", quote(&here)), edit);
    }
}

/// The key that reads the tag.
fn tag_key(name: &str) -> Option<String> {
    let (service, rest) = name.split_once(':')?;
    if matches!(service, "qcs" | "aws" | "acs") {
        return None;
    }
    let (base, tag) = rest.rsplit_once('/')?;
    let base: String = base.chars().filter(char::is_ascii_alphabetic).collect();
    let side = match base.to_ascii_lowercase().as_str() {
        "resourcetag" => "resource_tag",
        "requesttag" => "request_tag",
        _ => return None,
    };
    (!tag.is_empty()).then(|| format!("qcs:{side}/{tag}"))
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn keys_that_exist_are_left_alone() {
        check(
            "CAM3017",
            r#"{"effect": "allow", "action": "cvm:*", "resource": "*", "condition": {"string_equal": {
            «"cvm:ResourceTag/env"»: "a", «"vpc:resource/tag/env"»: "a", "qcs:resource_tag/env": "a",
            "aws:ResourceTag/env": "a", "cvm:ResourceTag": "a"}}}"#,
        );
    }

    #[test]
    fn the_key_of_the_platform_is_written() {
        let text = |key: &str| {
            format!(
                r#"{{"effect": "deny", "action": "cvm:*", "resource": "*",
                "condition": {{"string_equal": {{"{key}": "a"}}}}}}"#
            )
        };
        let (before, after) = (text("cas:RequestTag/Env"), text("qcs:request_tag/Env"));
        check_fix("CAM3017", Grade::Suggestion, &before, &after);
    }
}
