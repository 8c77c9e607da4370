//! Finds versions that CAM does not accept.

use camlock_source::Edit;
use camlock_syntax::json::{Kind, Value};

use crate::context::Context;
use crate::rule::Rule;
use crate::tree;

declare_rule! {
    /// ## What it finds
    ///
    /// A `version` that is a date, a number, or a version other than `"2.0"`.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the document. A date is what AWS writes there: look for more that came with it.
    /// `1.0` stands on one old page; nothing accepts it any more.
    ///
    /// ## Example
    ///
    /// ```json,CAM3012
    /// { "version": "2012-10-17", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*" }
    /// ] }
    /// ```
    pub(crate) WrongVersion = {
        code: "CAM3012",
        name: "wrong-version",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "a version of another language, or one that is no longer accepted",
        spec: ["SYN-3"],
        fix: Suggestion,
        supersedes: ["CAM2007"],
    }
}

impl Rule for WrongVersion {
    fn check_tree(&self, root: &Value<'_>, cx: &mut Context<'_>) {
        let Some(member) = tree::member(root, "version") else { return };
        let what = match &member.value.kind {
            Kind::String(text) if text.decoded == "2.0" => return,
            Kind::String(text) if is_date(&text.decoded) => "is a date, as another cloud has it",
            Kind::String(text) if text.decoded.trim() == "2.0" => "has a blank",
            Kind::String(_) => "is one that CAM does not accept",
            Kind::Number(_) => "is a number",
            _ => return,
        };
        let edit = Edit::replace(member.value.span, "\"2.0\"");
        cx.report(&member.value, format!("the version {what}"))
            .help("write `\"2.0\"`, with the quotes")
            .suggestion("write `\"2.0\"`", [edit]);
    }
}

fn is_date(text: &str) -> bool {
    text.len() == 10 && text.split('-').count() == 3
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn only_the_string_is_a_version() {
        for version in ["2.0", "\"1.0\"", "\"2012-10-17\"", "\"2.0 \"", "3"] {
            check("CAM3012", &format!("{{\"version\": «{version}», \"statement\": []}}"));
        }
        check("CAM3012", r#"{"version": "2.0", "statement": []}"#);
        check("CAM3012", r#"{"version": null, "statement": []}"#);
    }

    #[test]
    fn the_string_is_written() {
        let text = |version: &str| {
            format!(
                "{{\"version\": {version}, \"statement\": {{\"effect\": \"deny\", \"action\": \"*\", \"resource\": \"*\"}}}}"
            )
        };
        check_fix("CAM3012", Grade::Suggestion, &text("2.0"), &text("\"2.0\""));
    }
}
