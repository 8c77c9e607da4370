//! Finds effects that are almost `allow` or `deny`.

use camlock_catalog::closest;
use camlock_source::quote;

use crate::context::Context;
use crate::element::{StatementElement, StringElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An effect that is almost `allow` or `deny`: with a blank, a slip of a letter, a word of
    /// another system, or a word in Chinese.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the document. Nothing is trimmed or translated, and there is no default.
    ///
    /// ## Example
    ///
    /// ```json,CAM3011
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow ", "action": "cvm:StartInstances", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*" }
    /// ] }
    /// ```
    pub(crate) MisspeltEffect = {
        code: "CAM3011",
        name: "misspelt-effect",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "an effect in words that CAM does not have",
        spec: ["SYN-6", "SYN-17"],
        fix: Suggestion,
        supersedes: ["CAM2011"],
    }
}

impl Rule for MisspeltEffect {
    fn check_effect(
        &self,
        effect: &StringElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        if statement.effect.is_some() {
            return;
        }
        let Some(meant) = meant(effect.decoded()) else { return };
        cx.report(effect, format!("the effect `{}` is not `{meant}`", quote(effect.decoded())))
            .label("not a word that CAM has")
            .help(format!("write `{meant}`"))
            .suggestion(format!("write `{meant}`"), [effect.replace_with(meant)]);
    }
}

/// The effect that a word stands for.
fn meant(text: &str) -> Option<&'static str> {
    let word = text.trim().to_lowercase();
    let is = |words: &[&str]| words.contains(&word.as_str());
    if is(&["allow", "allows", "allowed", "permit", "grant", "accept", "允许"]) {
        return Some("allow");
    }
    if is(&["deny", "denies", "denied", "forbid", "reject", "refuse", "block", "拒绝", "禁止"])
    {
        return Some("deny");
    }
    closest(&word, ["allow", "deny"])
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn what_is_far_from_both_is_left_to_the_front_end() {
        for effect in ["allow ", "Permit", "alow", "允许", "拒绝", "DENNY"] {
            let text = format!(r#"{{"effect": «"{effect}"», "action": "cos:*", "resource": "*"}}"#);
            check("CAM3011", &text);
        }
        for effect in ["Allow", "${effect}", "Effect", "maybe", ""] {
            let text = format!(r#"{{"effect": "{effect}", "action": "cos:*", "resource": "*"}}"#);
            check("CAM3011", &text);
        }
    }

    #[test]
    fn the_word_is_written() {
        let text = |effect: &str| {
            format!(r#"{{"effect": "{effect}", "action": "cos:*", "resource": "*"}}"#)
        };
        check_fix("CAM3011", Grade::Suggestion, &text(" Denied"), &text("deny"));
    }
}
