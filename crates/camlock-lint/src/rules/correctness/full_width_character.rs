//! Finds full-width and typographic characters in names.

use camlock_policy::{ConditionKey, OperatorFamily};
use camlock_source::quote;

use crate::context::Context;
use crate::element::{
    ActionElement, ConditionElement, PrincipalElement, ResourceElement, StatementElement,
    StringElement, ValueElement,
};
use crate::rule::{Level, Rule};
use crate::rules::correctness::{support, wide};
use crate::tree;

declare_rule! {
    /// ## What it finds
    ///
    /// A full-width letter, digit or mark (`：`, `＊`, `ａ`), or a dash or quote of a word processor (`–`),
    /// in an action, a resource, a principal, a condition or the name of an element.
    ///
    /// ## Why it matters
    ///
    /// They look like their ASCII relatives and are others. CAM refuses the name; in the last segment
    /// of a resource, or in a value, it names something else, and a `＊` is no wildcard. An input method
    /// left on, or a copy out of a word processor, is how it happens. Keys of objects and values may
    /// have such characters: among letters of other scripts they are left alone, elsewhere it is only
    /// said.
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
        summary: "a full-width or typographic character in a name",
        spec: ["ACT-1", "RES-2", "RES-10"],
        fix: Suggestion,
        supersedes: [
            "CAM2003", "CAM2011", "CAM2102", "CAM2104", "CAM2105", "CAM2108", "CAM2109", "CAM2113",
            "CAM2114", "CAM2116", "CAM2117", "CAM2118", "CAM2120", "CAM2123", "CAM2130", "CAM2131",
            "CAM2132", "CAM2133", "CAM2135", "CAM2136", "CAM2147", "CAM2149", "CAM2150", "CAM2151",
            "CAM3070", "CAM5019", "CAM5020", "CAM5021",
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
        let family = condition.operator.map(|own| own.base().family());
        let is_text =
            family.is_none_or(|own| matches!(own, OperatorFamily::String | OperatorFamily::Binary));
        let is_tag = condition.key.as_ref().and_then(ConditionKey::tag).is_some();
        for value in condition.values.iter().filter_map(ValueElement::string) {
            let text = value.decoded();
            if !is_text {
                check(&value, cx);
            } else if wide::is_wide_ascii(text) && !is_joined_by_wide(text, is_tag) {
                report(&value, &wide::narrowed(text), Level::Info, cx);
            }
        }
    }

    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let text = resource.text();
        if text.is_ascii() {
            return;
        }
        let Some([_, _, service, _, _, path]) = resource.parts() else {
            return check(&resource.string, cx);
        };
        let head = text.strip_suffix(path.text).unwrap_or(text);
        if head.contains(wide::is_wide) {
            let right =
                format!("{}{}", wide::narrowed(head), path_meant(service.text, path.text).0);
            report(&resource.string, &right, Level::Error, cx);
            return;
        }
        let (right, level) = path_meant(service.text, path.text);
        if right != path.text {
            report(&resource.string, &format!("{head}{right}"), level, cx);
        }
    }
}

/// What a last segment is probably meant to be, and how sure that is.
fn path_meant(service: &str, path: &str) -> (String, Level) {
    let marks = |text: &str, marks: &str| {
        let meant = |c: char| if marks.contains(c) { wide::narrow(c).unwrap_or(c) } else { c };
        text.chars().map(meant).collect::<String>()
    };
    if service != "cos" && service != "ci" {
        let is_ascii = wide::is_wide_ascii(path);
        let right = if is_ascii { wide::narrowed(path) } else { marks(path, "＊／：") };
        return (right, Level::Warning);
    }
    // Buckets have ASCII names; objects may be called anything, but nobody calls one after a wildcard.
    let end = path.find('/').unwrap_or(path.len());
    let (bucket, key) = path.split_at_checked(end).unwrap_or((path, ""));
    let has_star = key.contains('＊');
    let level =
        if has_star || bucket.contains(wide::is_wide) { Level::Warning } else { Level::Info };
    let is_ascii = wide::is_wide_ascii(key);
    let key = if is_ascii { wide::narrowed(key) } else { marks(key, "＊") };
    (format!("{}{key}", wide::narrowed(bucket)), level)
}

/// Whether a tag is joined by the full-width relative of `&`, which `tag-separator` tells.
fn is_joined_by_wide(text: &str, is_tag: bool) -> bool {
    is_tag && text.contains('＆') && !text.contains('&')
}

fn check(string: &StringElement<'_>, cx: &mut Context<'_>) {
    let text = string.decoded();
    if text.contains(wide::is_wide) {
        report(string, &wide::narrowed(text), Level::Error, cx);
    }
}

fn report(string: &StringElement<'_>, right: &str, level: Level, cx: &mut Context<'_>) {
    let text = string.decoded();
    let strange: String = text.chars().filter(|c| wide::is_wide(*c)).take(8).collect();
    let is_full_width = strange.contains(|c: char| c == '\u{3000}' || c > '\u{ff00}');
    let sort = if is_full_width { "full-width" } else { "typographic" };
    cx.report(string, format!("`{}` has {sort} characters: `{strange}`", quote(text)))
        .help(format!("write `{}`", quote(right)))
        .at_most(level)
        .suggestion("write them in ASCII", [string.replace_with(right)]);
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix, messages};

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
    fn ids_and_buckets_are_ascii_and_a_wide_star_is_no_wildcard() {
        check(
            "CAM3040",
            r#"{"effect": "deny", "action": "*", "resource": [
            «"qcs::cvm:::instance/＊"», «"qcs::cvm:::instance/ｉns-1"», «"qcs::cvm:::instance／ins-1"»,
            «"qcs::cvm:::instance/ins–1"», «"qcs::cos:::ｂ-1250000000/*"», «"qcs::cos:::b–1250000000/*"»,
            «"qcs::cos:::b-1250000000／*"», «"qcs::cos:::b-1250000000/新（一）/＊"», «"qcs::cvm:ap–guangzhou::*"»,
            «"qcs::cvm::uin/１２５０:*"», «"qcs::cos:::b-1250000000/report－2026"»,
            "qcs::cos:::b-1250000000/新——旧／“一”", "qcs::cls:::topic/日志（新）"]}"#,
        );
        let text = |name: &str| {
            format!(r#"{{"effect": "deny", "action": "*", "resource": "qcs::{name}"}}"#)
        };
        for (before, after) in [
            ("cvm:::instance／ｉns–1", "cvm:::instance/ins-1"),
            ("cos:::b–1250000000/新（一）/＊", "cos:::b-1250000000/新（一）/*"),
            ("cos：：：ｂ-1250000000/新（一）", "cos:::b-1250000000/新(一)"),
        ] {
            check_fix("CAM3040", Grade::Suggestion, &text(before), &text(after));
        }
    }

    #[test]
    fn the_other_words_for_it_are_left_out() {
        let text = r#"{"effect": "deny", "action": "*", "resource": [
            "qcs::cvm:::instance／ins-1", "qcs::cvm:ap–guangzhou::*", "qcs::cvm::uin/１２５０:*"],
            "condition": {"ip_equal": {"qcs:ip": "10．0.0.0／8"}}}"#;
        assert_eq!(messages("CAM3040", text).len(), 4);
        for code in ["CAM5021", "CAM3020", "CAM3027"] {
            assert!(messages(code, text).is_empty(), "{code}");
        }
    }

    #[test]
    fn values_are_looked_at() {
        check(
            "CAM3040",
            r#"{"effect": "deny", "action": "*", "resource": "*", "condition": {
            "ip_equal": {"qcs:ip": [«"１0.0.0.1"», "10.0.0.1"]},
            "string_equal": {"qcs:resource_tag": [«"envｌ&p"», "环境&（一）", "a＆b"], "cos:prefix": «"ａ"»}}}"#,
        );
    }

    #[test]
    fn the_relatives_are_written() {
        let text = |action: &str| {
            format!(r#"{{"effect": "deny", "action": "{action}", "resource": "*"}}"#)
        };
        check_fix("CAM3040", Grade::Suggestion, &text("ｃos：＊"), &text("cos:*"));
    }
}
