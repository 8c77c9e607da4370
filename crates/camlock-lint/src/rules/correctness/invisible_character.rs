//! Finds characters that nobody sees.

use camlock_source::quote;

use crate::context::Context;
use crate::element::StringElement;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A zero-width space, a word joiner, a soft hyphen or a byte order mark within a string.
    ///
    /// ## Why it matters
    ///
    /// The text reads as one thing and is another: it equals nothing that a request brings. Copying
    /// from web pages and chats brings such characters along. In words of scripts that join their
    /// letters a zero-width joiner is left alone.
    ///
    /// ## Example
    ///
    /// ```json,CAM3042
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:\u200bStartInstances", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*" }
    /// ] }
    /// ```
    pub(crate) InvisibleCharacter = {
        code: "CAM3042",
        name: "invisible-character",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "a character that nobody sees",
        spec: ["ACT-1", "RES-14"],
        fix: Suggestion,
        supersedes: [
            "CAM2003", "CAM2011", "CAM2102", "CAM2104", "CAM2105", "CAM2108", "CAM2109", "CAM2113",
            "CAM2114", "CAM2116", "CAM2117", "CAM2118", "CAM2120", "CAM2123", "CAM2130", "CAM2131",
            "CAM2132", "CAM2133", "CAM2135", "CAM2136", "CAM2140", "CAM5001",
        ],
    }
}

impl Rule for InvisibleCharacter {
    fn check_string(&self, string: &StringElement<'_>, cx: &mut Context<'_>) {
        let text = string.decoded();
        if text.is_ascii() {
            return;
        }
        let Some((at, c)) = text.char_indices().find(|(at, c)| is_stray(text, *at, *c)) else {
            return;
        };
        let kept = text.char_indices().filter(|(at, c)| !is_stray(text, *at, *c));
        let right: String = kept.map(|(_, c)| c).collect();
        let place = string.span_of(at..at + c.len_utf8());
        cx.report(
            &place,
            format!("an invisible character, U+{:04X}, in `{}`", u32::from(c), quote(text)),
        )
        .help(format!("write `{}`", quote(&right)))
        .suggestion("remove what cannot be seen", [string.replace_with(&right)]);
    }
}

/// Whether a character is invisible and of no use where it stands.
fn is_stray(text: &str, at: usize, c: char) -> bool {
    match c {
        '\u{ad}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{180e}' => true,
        '\u{200c}' | '\u{200d}' => {
            let before = text.get(..at).and_then(|text| text.chars().next_back());
            let after = text.get(at + c.len_utf8()..).and_then(|text| text.chars().next());
            // They join letters and pictures, never ASCII.
            before.is_none_or(|c| c.is_ascii()) || after.is_none_or(|c| c.is_ascii())
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn joiners_between_letters_of_other_scripts_belong_there() {
        check(
            "CAM3042",
            r#"{"effect": "deny", "action": "cos:«\u200b»Get\u200bObject", "resource": [
            "qcs::cos:::a-1250000000/می\u200cخواهم.txt", "qcs::cos:::a-1250000000/l«\u200d»ogs"]}"#,
        );
    }

    #[test]
    fn they_go() {
        let text = |action: &str| {
            format!(r#"{{"effect": "deny", "action": "{action}", "resource": "*"}}"#)
        };
        check_fix("CAM3042", Grade::Suggestion, &text("cos\u{feff}:Get\u{ad}*"), &text("cos:Get*"));
    }
}
