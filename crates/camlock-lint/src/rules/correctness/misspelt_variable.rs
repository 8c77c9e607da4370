//! Finds policy variables in other spellings.

use camlock_source::{Edit, quote};

use crate::context::Context;
use crate::element::{
    ConditionElement, ResourceElement, StatementElement, StringElement, ValueElement,
};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A variable that is almost one that CAM knows: `${OwnerUin}`, `${appid}`, `${Uin}`.
    ///
    /// ## Why it matters
    ///
    /// Names of variables are exact, so CAM refuses the document. Pages of products write such
    /// names for text that the reader replaces before use; where CAM shall fill it in for each
    /// request, the exact name is needed.
    ///
    /// ## Example
    ///
    /// ```json,CAM3019
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:GetUser", "resource": "qcs::cam:::uin/${Uin}" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:GetUser", "resource": "qcs::cam:::uin/${uin}" }
    /// ] }
    /// ```
    pub(crate) MisspeltVariable = {
        code: "CAM3019",
        name: "misspelt-variable",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "a policy variable in another spelling",
        spec: ["VAR-1", "VAR-4"],
        fix: Suggestion,
        supersedes: ["CAM2125", "CAM2153"],
    }
}

impl Rule for MisspeltVariable {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some([_, _, service, _, _, path]) = resource.parts() else { return };
        // COS paths take no variables, however they are spelt [VAR-3].
        if service.text != "cos" {
            let start = resource.text().len() - path.text.len();
            check(&resource.string, start, cx);
        }
    }

    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        for value in condition.values.iter().filter_map(ValueElement::string) {
            check(&value, 0, cx);
        }
    }
}

fn check(string: &StringElement<'_>, from: usize, cx: &mut Context<'_>) {
    let text = string.decoded();
    let mut from = from;
    while let Some(start) = text.get(from..).and_then(|rest| rest.find("${")) {
        let start = from + start;
        let Some(length) = text.get(start..).and_then(|rest| rest.find('}')) else { return };
        let end = start + length + 1;
        from = end;
        let name = text.get(start + 2..end - 1).unwrap_or_default();
        let Some(exact) = exact(name).filter(|exact| *exact != name) else { continue };
        let place = string.span_of(start..end);
        let edit = Edit::replace(place, format!("${{{exact}}}"));
        cx.report(&place, format!("`${{{}}}` is not the variable `${{{exact}}}`", quote(name)))
            .help(format!("write `${{{exact}}}` for CAM to fill in, or the value itself"))
            .suggestion(format!("write `${{{exact}}}`"), [edit]);
    }
}

/// The variable of this name, letter case and separators aside.
fn exact(name: &str) -> Option<&'static str> {
    let letters = name.chars().filter(|c| !matches!(c, '_' | '-' | ' '));
    let plain: String = letters.map(|c| c.to_ascii_lowercase()).take(16).collect();
    ["uin", "owner_uin", "app_id"].into_iter().find(|own| own.replace('_', "") == plain)
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn only_in_places_that_take_variables() {
        check(
            "CAM3019",
            r#"{"effect": "allow", "action": "cam:*", "resource": [
            "qcs::cam::uin/${OwnerUin}:uin/«${UIN}»/${owner_uin}", "qcs::cos:::a-1250000000/${Uin}",
            "qcs::cam:::uin/${user}"],
            "condition": {"string_equal": {"qcs:create_uin": ["«${ownerUin}»", "${"]}}}"#,
        );
    }

    #[test]
    fn the_exact_name_is_written() {
        let text = |name: &str| {
            format!(
                r#"{{"effect": "deny", "action": "cam:*", "resource": "qcs::cam:::uin/${{{name}}}"}}"#
            )
        };
        check_fix("CAM3019", Grade::Suggestion, &text("AppId"), &text("app_id"));
    }
}
