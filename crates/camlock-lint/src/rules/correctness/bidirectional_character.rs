//! Finds characters that turn the direction of the text around.

use camlock_source::quote;

use crate::context::Context;
use crate::element::StringElement;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A control character for the direction of text, U+202A to U+202E, U+2066 to U+2069, U+200E or
    /// U+200F.
    ///
    /// ## Why it matters
    ///
    /// The text is shown in another order than it is read: a reviewer sees another policy than CAM
    /// does. No name and no value needs one.
    ///
    /// ## Example
    ///
    /// ```json,CAM3043
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/\u202etxt.exe" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    pub(crate) BidirectionalCharacter = {
        code: "CAM3043",
        name: "bidirectional-character",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "a character that turns the direction of the text around",
        spec: ["RES-14"],
        fix: Suggestion,
        supersedes: [
            "CAM2003", "CAM2011", "CAM2102", "CAM2104", "CAM2105", "CAM2108", "CAM2109", "CAM2113",
            "CAM2114", "CAM2116", "CAM2117", "CAM2118", "CAM2120", "CAM2123", "CAM2130", "CAM2131",
            "CAM2132", "CAM2133", "CAM2135", "CAM2136", "CAM2140",
        ],
    }
}

impl Rule for BidirectionalCharacter {
    fn check_string(&self, string: &StringElement<'_>, cx: &mut Context<'_>) {
        let text = string.decoded();
        if text.is_ascii() {
            return;
        }
        let Some((at, c)) = text.char_indices().find(|(_, c)| turns(*c)) else { return };
        let right: String = text.chars().filter(|c| !turns(*c)).collect();
        let place = string.span_of(at..at + c.len_utf8());
        cx.report(
            &place,
            format!("the character U+{:04X} turns the direction of the text around", u32::from(c)),
        )
        .label("what follows is shown in another order")
        .help(format!("write `{}`", quote(&right)))
        .suggestion("remove it", [string.replace_with(&right)]);
    }
}

fn turns(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn one_finding_a_string() {
        check(
            "CAM3043",
            r#"{"effect": "deny", "action": "cos:«\u202e»tc\u202cejbO", "resource": "*",
            "condition": {"string_equal": {"«\u2067»a": "b"}}}"#,
        );
    }

    #[test]
    fn they_go() {
        let text = |path: &str| {
            format!(r#"{{"effect": "deny", "action": "*", "resource": "qcs::cos:::{path}"}}"#)
        };
        check_fix("CAM3043", Grade::Suggestion, &text("a\u{202e}b\u{202c}"), &text("ab"));
    }
}
