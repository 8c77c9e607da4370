//! Finds several entries in one string.

use camlock_policy::{ActionPattern, IpRange, OperatorFamily};
use camlock_source::{Edit, quote};

use crate::context::Context;
use crate::edits;
use crate::element::{
    ActionElement, ConditionElement, ResourceElement, StatementElement, StringElement, ValueElement,
};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// An action, a resource or an address range that is several ones with commas, semicolons or
    /// blanks between them: `"cos:GetObject,cos:PutObject"`.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the document. Several entries are a list of strings.
    ///
    /// ## Example
    ///
    /// ```json,CAM3106
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances,cvm:StopInstances", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cvm:StartInstances", "cvm:StopInstances"], "resource": "*" }
    /// ] }
    /// ```
    pub(crate) SeveralInOneString = {
        code: "CAM3106",
        name: "several-in-one-string",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "several entries in one string",
        spec: ["SYN-7", "SYN-8", "CND-1"],
        fix: Suggestion,
        supersedes: [
            "CAM2101", "CAM2102", "CAM2104", "CAM2105", "CAM2106", "CAM2108", "CAM2109", "CAM2113",
            "CAM2151",
        ],
    }
}

impl Rule for SeveralInOneString {
    fn check_action(
        &self,
        action: &ActionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let is_action = |text: &str| ActionPattern::parse(text).is_ok();
        if action.pattern.is_none() {
            check(&action.string, is_action, cx);
        }
    }

    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        if resource.pattern.is_none() || resource.text().contains(",qcs:") {
            check(&resource.string, |text| support::is_resource(text) && !text.contains(','), cx);
        }
    }

    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let is_ip = condition.operator.is_some_and(|own| own.base().family() == OperatorFamily::Ip);
        for value in condition.values.iter().filter_map(ValueElement::string).filter(|_| is_ip) {
            check(&value, |text| IpRange::parse(text).is_some(), cx);
        }
    }
}

fn check(string: &StringElement<'_>, is_entry: impl Fn(&str) -> bool, cx: &mut Context<'_>) {
    let text = string.decoded();
    let between = |c: char| matches!(c, ',' | ';' | '，' | '、' | '；' | '|') || c.is_whitespace();
    if !text.contains(between) {
        return;
    }
    let parts: Vec<&str> = text.split(between).filter(|part| !part.is_empty()).collect();
    if parts.len() < 2 || !parts.iter().all(|part| is_entry(part)) {
        return;
    }
    let list = parts.iter().map(|part| edits::quoted(part)).collect::<Vec<_>>().join(", ");
    let list = if string.list.is_some() { list } else { format!("[{list}]") };
    cx.report(string, format!("`{}` is {} entries in one string", quote(text), parts.len()))
        .help("write a list of strings")
        .suggestion("write a list", [Edit::replace(string.span(), list)]);
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn every_part_has_to_be_an_entry() {
        check(
            "CAM3106",
            r#"{"effect": "allow", "action": [«"cos:GetObject,cos:PutObject"», "cos:Get,", "cos:a,b"],
            "resource": ["qcs::cos:::a-1250000000/x,y", «"qcs::cvm:::a/*,qcs::cvm:::b/*"», «"*;*"»],
            "condition": {"ip_equal": {"qcs:ip": [«"10.0.0.1, 10.0.0.2"», "10.0.0.3"]}}}"#,
        );
    }

    #[test]
    fn they_become_a_list() {
        let text =
            |action: &str| format!(r#"{{"effect": "deny", "action": {action}, "resource": "*"}}"#);
        let (before, after) = (r#""cos:a; cos:b""#, r#"["cos:a", "cos:b"]"#);
        check_fix("CAM3106", Grade::Suggestion, &text(before), &text(after));
        let (before, after) = (r#"["*", "cos:a、cos:b"]"#, r#"["*", "cos:a", "cos:b"]"#);
        check_fix("CAM3106", Grade::Suggestion, &text(before), &text(after));
    }
}
