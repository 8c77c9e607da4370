//! Finds alternatives in braces.

use std::ops::Range;

use camlock_policy::ActionPattern;
use camlock_source::Edit;

use crate::context::Context;
use crate::edits;
use crate::element::{ActionElement, ResourceElement, StatementElement, StringElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// An action or a resource with alternatives in braces, `instance/{ins-1,ins-2}`, as shells have them.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses such an action. In a resource braces are ordinary characters, so that the name matches
    /// nothing: an allow grants nothing, a deny stops nothing. Each alternative needs an entry of its own.
    ///
    /// ## Example
    ///
    /// ```json,CAM3056
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou::instance/{ins-1,ins-2}" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": ["qcs::cvm:ap-guangzhou::instance/ins-1", "qcs::cvm:ap-guangzhou::instance/ins-2"] }
    /// ] }
    /// ```
    pub(crate) ShellBraces = {
        code: "CAM3056",
        name: "shell-braces",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "alternatives in braces",
        spec: ["ACT-1", "RES-10"],
        fix: Suggestion,
        supersedes: ["CAM2108", "CAM2109", "CAM3079"],
    }
}

impl Rule for ShellBraces {
    fn check_action(
        &self,
        action: &ActionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some((range, all)) = alternatives(action.text()) else { return };
        if action.pattern.is_none() && all.iter().all(|own| ActionPattern::parse(own).is_ok()) {
            let place = action.string.span_of(range);
            let edit = Edit::replace(action.string.span(), list(&action.string, &all));
            cx.report(&place, "actions have no alternatives in braces")
                .help("give each alternative an entry of its own")
                .suggestion("give each an entry", [edit]);
        }
    }

    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        if resource.pattern.is_none() {
            return;
        }
        let Some((range, all)) = alternatives(resource.text()) else { return };
        let place = resource.string.span_of(range);
        let edit = Edit::replace(resource.string.span(), list(&resource.string, &all));
        cx.report(&place, "braces are ordinary characters, this matches nothing")
            .label(support::without_effect(statement))
            .help("give each alternative an entry of its own")
            .suggestion("give each an entry", [edit]);
    }
}

/// Where the first braces with a comma in them stand, and the texts that a shell would make of them.
fn alternatives(text: &str) -> Option<(Range<usize>, Vec<String>)> {
    let (before, rest) = text.split_once('{').filter(|(own, _)| !own.ends_with('$'))?;
    let (inner, after) = rest.split_once('}').filter(|(own, _)| own.contains(','))?;
    // The texts together would be long otherwise.
    let words: Vec<&str> = inner.split(',').collect();
    let all = || words.iter().map(|own| format!("{before}{}{after}", own.trim())).collect();
    let range = before.len()..before.len() + inner.len() + 2;
    (words.len() <= MOST).then(|| (range, all()))
}

/// More alternatives are no work of a person.
const MOST: usize = 64;

/// What stands in the place of a string that becomes several.
fn list(string: &StringElement<'_>, all: &[String]) -> String {
    let all: Vec<String> = all.iter().map(|own| edits::quoted(own)).collect();
    let list = all.join(", ");
    if string.list.is_some() { list } else { format!("[{list}]") }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn variables_and_single_words_are_no_alternatives() {
        check(
            "CAM3056",
            r#"{"effect": "deny", "action": "cos:*", "resource": [
            "qcs::cos:::a-1250000000/«{x,y}»/*", "qcs::cos:::a-1250000000/{x}", "qcs::cam:::uin/${uin}"]}"#,
        );
    }

    #[test]
    fn actions_have_no_braces() {
        let text =
            |action: &str| format!(r#"{{"effect": "allow", "action": {action}, "resource": "*"}}"#);
        check("CAM3056", &text(r#"["cos:«{Get,Put}»Object", "cos:{Get}Object", "cos:${a,b}"]"#));
        let (before, after) = (r#""cos:{Get,Put}Object""#, r#"["cos:GetObject", "cos:PutObject"]"#);
        check_fix("CAM3056", Grade::Suggestion, &text(before), &text(after));
        check("CAM3079", &text(before));
    }

    #[test]
    fn each_gets_an_entry() {
        let before = r#"{"effect": "deny", "action": "*", "resource": "qcs::cvm:::{a,b}/*"}"#;
        let after = r#"{"effect": "deny", "action": "*", "resource": ["qcs::cvm:::a/*", "qcs::cvm:::b/*"]}"#;
        check_fix("CAM3056", Grade::Suggestion, before, after);
    }
}
