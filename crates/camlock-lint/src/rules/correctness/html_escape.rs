//! Finds texts with the escapes of HTML.

use camlock_source::quote;

use crate::context::Context;
use crate::element::StringElement;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A text with `&amp;`, `&lt;`, `&gt;`, `&quot;`, `&#39;` or `&nbsp;` in it.
    ///
    /// ## Why it matters
    ///
    /// The text was taken from the source of a page. CAM takes it as it stands: a tag `team&amp;blue` is the
    /// tag `team` with the value `amp;blue`, which nothing has.
    ///
    /// ## Example
    ///
    /// ```json,CAM3150
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*",
    ///     "condition": { "for_any_value:string_equal": { "qcs:resource_tag": "team&amp;blue" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*",
    ///     "condition": { "for_any_value:string_equal": { "qcs:resource_tag": "team&blue" } } }
    /// ] }
    /// ```
    pub(crate) HtmlEscape = {
        code: "CAM3150",
        name: "html-escape",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "a text with an escape of HTML",
        spec: ["SYN-17"],
        fix: Suggestion,
    }
}

const ESCAPES: [(&str, &str); 6] = [
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&#39;", "'"),
    ("&nbsp;", " "),
    // The last one, as what it stands for begins the others.
    ("&amp;", "&"),
];

/// Whether a text has an escape of HTML.
pub(super) fn has_escape(text: &str) -> bool {
    ESCAPES.iter().any(|(escape, _)| text.contains(escape))
}

impl Rule for HtmlEscape {
    fn check_string(&self, string: &StringElement<'_>, cx: &mut Context<'_>) {
        let text = string.decoded();
        let Some((escape, _)) = ESCAPES.iter().find(|(escape, _)| text.contains(escape)) else {
            return;
        };
        let right = ESCAPES.iter().fold(text.to_owned(), |all, (own, sign)| all.replace(own, sign));
        cx.report(string, format!("`{}` has an escape of HTML, `{escape}`", quote(text)))
            .label("taken as it stands")
            .help(format!("write `{}`", quote(&right)))
            .suggestion("write the sign", [string.replace_with(&right)]);
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn wherever_it_stands() {
        check(
            "CAM3150",
            r#"{"effect": "allow", "action": "cvm:*", "resource": ["*", «"qcs::cvm:::instance/&lt;id&gt;"»], "condition": {
            "for_any_value:string_equal": {"qcs:resource_tag": ["a&b", "amp&b;", «"a&amp;b"»]}}}"#,
        );
    }

    #[test]
    fn the_sign_is_written() {
        let text = |tag: &str| {
            format!(
                r#"{{"effect": "deny", "action": "cvm:*", "resource": "*",
                "condition": {{"for_any_value:string_equal": {{"qcs:resource_tag": "{tag}"}}}}}}"#
            )
        };
        check_fix("CAM3150", Grade::Suggestion, &text("a&amp;b"), &text("a&b"));
    }
}
