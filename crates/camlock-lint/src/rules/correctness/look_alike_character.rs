//! Finds letters of other scripts in Latin words.

use std::ops::Range;

use camlock_source::quote;

use crate::context::Context;
use crate::element::StringElement;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A word in which Latin letters stand beside Cyrillic or Greek ones that look the same.
    ///
    /// ## Why it matters
    ///
    /// The word reads as one thing and is another: it equals nothing that a request brings, or it
    /// names what somebody else made to look like yours. It comes from copied pages, or from
    /// someone who wants it overlooked.
    ///
    /// ## Example
    ///
    /// ```json,CAM3041
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:St\u0430rtInstances", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*" }
    /// ] }
    /// ```
    pub(crate) LookAlikeCharacter = {
        code: "CAM3041",
        name: "look-alike-character",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "a letter of another script that looks like a Latin one",
        spec: ["ACT-6", "RES-14"],
        fix: Suggestion,
        supersedes: [
            "CAM2003", "CAM2011", "CAM2102", "CAM2104", "CAM2105", "CAM2108", "CAM2109", "CAM2113",
            "CAM2114", "CAM2116", "CAM2117", "CAM2118", "CAM2120", "CAM2123", "CAM2130", "CAM2131",
            "CAM2132", "CAM2133", "CAM2135", "CAM2136", "CAM5001",
        ],
    }
}

impl Rule for LookAlikeCharacter {
    fn check_string(&self, string: &StringElement<'_>, cx: &mut Context<'_>) {
        let text = string.decoded();
        if text.is_ascii() {
            return;
        }
        let Some(range) = mixed_word(text) else { return };
        let right: String = text.chars().map(|c| latin(c).unwrap_or(c)).collect();
        let word = text.get(range.clone()).unwrap_or(text);
        let strange = word.chars().find(|c| latin(*c).is_some()).unwrap_or('?');
        let script = if strange < '\u{400}' { "Greek" } else { "Cyrillic" };
        let place = string.span_of(range);
        cx.report(
            &place,
            format!("`{}` has the {script} letter U+{:04X}", quote(word), u32::from(strange)),
        )
        .label("looks like a Latin letter")
        .help(format!("write `{}` in Latin letters", quote(&right)))
        .suggestion("write it in Latin letters", [string.replace_with(&right)]);
    }
}

/// The first word in which a Latin letter stands beside one that only looks like one.
fn mixed_word(text: &str) -> Option<Range<usize>> {
    let mut start = 0;
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        let range = start..start + word.len();
        let separator = text.get(range.end..).and_then(|rest| rest.chars().next());
        start = range.end + separator.map_or(0, char::len_utf8);
        let has_latin = word.contains(|c: char| c.is_ascii_alphabetic());
        if has_latin && word.contains(|c: char| latin(c).is_some()) {
            return Some(range);
        }
    }
    None
}

/// The Latin letter that a letter of another script looks like.
fn latin(c: char) -> Option<char> {
    const CYRILLIC: &str = "аaеeоoрpсcуyхxіiјjѕsһhԁdԛqԝwАAВBЕEКKМMНHОOРPСCТTХXІIЈJЅS";
    const GREEK: &str = "οoνvαaιiρpυuκkΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX";
    if c.is_ascii() {
        return None;
    }
    let table = if c < '\u{400}' { GREEK } else { CYRILLIC };
    let mut letters = table.chars();
    while let (Some(strange), Some(latin)) = (letters.next(), letters.next()) {
        if strange == c {
            return Some(latin);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn words_of_one_script_are_left_alone() {
        check(
            "CAM3041",
            r#"{"effect": "deny", "action": "cos:«G\u0435tObject»", "resource": [
            "qcs::cos:::a-1250000000/отчёт-2026.txt", "qcs::cos:::a-1250000000/«l\u03bfgs»/*", "qcs::cos:::中文/a"]}"#,
        );
    }

    #[test]
    fn latin_letters_are_written() {
        let text = |action: &str| {
            format!(r#"{{"effect": "deny", "action": "{action}", "resource": "*"}}"#)
        };
        check_fix("CAM3041", Grade::Suggestion, &text("cоs:Gеt*"), &text("cos:Get*"));
    }
}
