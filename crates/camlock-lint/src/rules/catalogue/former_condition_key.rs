//! Finds a condition key by its former name.

use camlock_source::{Grade, quote};

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// The condition keys `qcs:tag`, which is called `qcs:resource_tag` today, and `cos:content_length`,
    /// which is written with a hyphen.
    ///
    /// ## Why it matters
    ///
    /// Readers look for the current name. `qcs:tag` reads the same data; the former spelling of the other
    /// one may not be supplied any more.
    ///
    /// ## Example
    ///
    /// ```json,CAM5022
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:RebootInstances", "resource": "*",
    ///     "condition": { "for_any_value:string_equal": { "qcs:tag": "env&test" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:RebootInstances", "resource": "*",
    ///     "condition": { "for_any_value:string_equal": { "qcs:resource_tag": "env&test" } } }
    /// ] }
    /// ```
    pub(crate) FormerConditionKey = {
        code: "CAM5022",
        name: "former-condition-key",
        group: Catalogue,
        level: Info,
        since: "0.2.0",
        summary: "a condition key by its former name",
        spec: ["CND-27"],
        fix: Safe,
    }
}

impl Rule for FormerConditionKey {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let name = condition.key_name();
        let (current, grade) = match name.strip_prefix("qcs:tag") {
            Some(rest) if rest.is_empty() || rest.starts_with('/') => {
                (format!("qcs:resource_tag{rest}"), Grade::Safe)
            }
            _ if name == "cos:content_length" => {
                ("cos:content-length".to_owned(), Grade::Suggestion)
            }
            _ => return,
        };
        let is_taken = |own: &ConditionElement<'_>| {
            own.operator_name() == condition.operator_name() && own.key_name() == current
        };
        let is_free = !statement.conditions.iter().any(is_taken);
        let edit = is_free.then(|| condition.key_string().replace_with(&current));
        cx.report(condition, format!("`{}` is called `{}` today", quote(name), quote(&current)))
            .help(format!("write `{}`", quote(&current)))
            .fix(grade, format!("write `{}`", quote(&current)), edit);
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn former_names_with_and_without_a_tag() {
        let text = |keys: &str| {
            format!(
                r#"{{"effect": "allow", "action": "cvm:*", "resource": "*", "condition": {{"string_equal": {{{keys}}}}}}}"#
            )
        };
        check(
            "CAM5022",
            &text(r#"«"qcs:tag/env"»: "a", "qcs:resource_tag/env": "a", "qcs:tagged": "a""#),
        );
        check_fix(
            "CAM5022",
            Grade::Safe,
            &text(r#""qcs:tag/env": "a""#),
            &text(r#""qcs:resource_tag/env": "a""#),
        );
        check_fix(
            "CAM5022",
            Grade::Safe,
            &text(r#""qcs:tag": "a&b""#),
            &text(r#""qcs:resource_tag": "a&b""#),
        );
        let both = text(r#""qcs:tag/env": "a", "qcs:resource_tag/env": "b""#);
        check_fix("CAM5022", Grade::Safe, &both, &both);
    }
}
