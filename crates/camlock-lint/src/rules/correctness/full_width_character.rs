//! Finds full-width characters in names.

use camlock_source::quote;

use crate::context::Context;
use crate::element::{
    ActionElement, ConditionElement, PrincipalElement, ResourceElement, StatementElement,
    StringElement,
};
use crate::rule::Rule;
use crate::rules::correctness::support;
use crate::tree;

declare_rule! {
    /// ## What it finds
    ///
    /// A full-width letter, digit or mark (`：`, `＊`, `ａ`) in an action, the first segments of a
    /// resource, a principal, an operator, a condition key or the name of an element.
    ///
    /// ## Why it matters
    ///
    /// They look like their ASCII relatives and are others. CAM refuses the name; where it is a
    /// part of a key of an object it names another object. An input method left on is how it
    /// happens.
    ///
    /// ## Example
    ///
    /// ```json,CAM3040
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm：StartInstances", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*" }
    /// ] }
    /// ```
    pub(crate) FullWidthCharacter = {
        code: "CAM3040",
        name: "full-width-character",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "a full-width character in a name",
        spec: ["ACT-1", "RES-2"],
        fix: Suggestion,
        supersedes: [
            "CAM2003", "CAM2011", "CAM2102", "CAM2104", "CAM2105", "CAM2108", "CAM2109", "CAM2113",
            "CAM2114", "CAM2116", "CAM2117", "CAM2118", "CAM2120", "CAM2123", "CAM2130", "CAM2131",
            "CAM2132", "CAM2133", "CAM2135", "CAM2136",
        ],
    }
}

impl Rule for FullWidthCharacter {
    fn check_document(&self, cx: &mut Context<'_>) {
        let top = tree::members(cx.document().root());
        for member in top {
            check(&StringElement::name(&member.name), cx);
        }
    }

    fn check_statement(&self, statement: &StatementElement<'_>, cx: &mut Context<'_>) {
        for member in statement.members() {
            check(&StringElement::name(&member.name), cx);
        }
        if let Some(effect) = &statement.effect_text {
            check(effect, cx);
        }
    }

    fn check_action(
        &self,
        action: &ActionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        check(&action.string, cx);
    }

    fn check_principal(&self, principal: &PrincipalElement<'_>, cx: &mut Context<'_>) {
        check(&principal.string, cx);
    }

    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        if support::is_first_of_operator(condition) {
            check(&condition.operator_string(), cx);
        }
        check(&condition.key_string(), cx);
    }

    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let before = resource.parts().map_or(usize::MAX, |parts| {
            resource.text().len() - parts.last().map_or(0, |path| path.text.len())
        });
        // A key of an object may have any character.
        let head = resource.text().get(..before).unwrap_or(resource.text());
        if head.contains(is_full_width) || matches!(resource.text(), "＊") {
            report(&resource.string, cx);
        }
    }
}

fn check(string: &StringElement<'_>, cx: &mut Context<'_>) {
    if string.decoded().contains(is_full_width) {
        report(string, cx);
    }
}

fn report(string: &StringElement<'_>, cx: &mut Context<'_>) {
    let text = string.decoded();
    let right: String = text.chars().map(narrow).collect();
    let wide: String = text.chars().filter(|c| is_full_width(*c)).take(8).collect();
    cx.report(string, format!("`{}` has full-width characters: `{wide}`", quote(text)))
        .help(format!("write `{}`", quote(&right)))
        .suggestion("write them in ASCII", [string.replace_with(&right)]);
}

fn is_full_width(c: char) -> bool {
    matches!(c, '\u{ff01}'..='\u{ff5e}' | '\u{3000}')
}

/// The ASCII relative of a full-width character.
fn narrow(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => {
            u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c)
        }
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn names_are_looked_at_and_texts_are_not() {
        check(
            "CAM3040",
            r#"{"effect": "allow", "action": [«"cos：Get＊"», "cos:*"],
            "resource": [«"qcs：：cos:::a-1250000000/*"», "qcs::cos:::a-1250000000/（新）.txt", «"＊"»],
            "condition": {«"ip＿equal"»: {"qcs:ip": "10.0.0.1"}, "string_equal": {"qcs:resource_tag": "环境：＆测试"}}}"#,
        );
        check("CAM3040", r#"{"ｖersion": "2.0", "statement": {"effect": «"ａllow"», "action": "*", "resource": "*"}}"#
            .replace("\"ｖersion\"", "«\"ｖersion\"»").as_str());
    }

    #[test]
    fn the_relatives_are_written() {
        let text = |action: &str| {
            format!(r#"{{"effect": "deny", "action": "{action}", "resource": "*"}}"#)
        };
        check_fix("CAM3040", Grade::Suggestion, &text("ｃos：＊"), &text("cos:*"));
    }
}
