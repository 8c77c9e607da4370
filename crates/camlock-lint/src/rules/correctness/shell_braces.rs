//! Finds alternatives in braces.

use camlock_source::Edit;

use crate::context::Context;
use crate::edits;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A resource with alternatives in braces, `instance/{ins-1,ins-2}`, as shells have them.
    ///
    /// ## Why it matters
    ///
    /// Braces are ordinary characters, so that the name matches nothing: an allow grants nothing, a
    /// deny stops nothing. Each alternative needs an entry of its own.
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
        spec: ["RES-10"],
        fix: Suggestion,
    }
}

impl Rule for ShellBraces {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let text = resource.text();
        if resource.pattern.is_none() {
            return;
        }
        let Some((before, rest)) = text.split_once('{').filter(|(own, _)| !own.ends_with('$'))
        else {
            return;
        };
        let Some((inner, after)) = rest.split_once('}').filter(|(own, _)| own.contains(',')) else {
            return;
        };
        let all: Vec<String> = inner
            .split(',')
            .map(|own| edits::quoted(&format!("{before}{}{after}", own.trim())))
            .collect();
        let list = all.join(", ");
        let list = if resource.string.list.is_some() { list } else { format!("[{list}]") };
        let place = resource.string.span_of(before.len()..before.len() + inner.len() + 2);
        cx.report(&place, "braces are ordinary characters, this matches nothing")
            .label(support::without_effect(statement))
            .help("give each alternative an entry of its own")
            .suggestion("give each an entry", [Edit::replace(resource.string.span(), list)]);
    }
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
    fn each_gets_an_entry() {
        let before = r#"{"effect": "deny", "action": "*", "resource": "qcs::cvm:::{a,b}/*"}"#;
        let after = r#"{"effect": "deny", "action": "*", "resource": ["qcs::cvm:::a/*", "qcs::cvm:::b/*"]}"#;
        check_fix("CAM3056", Grade::Suggestion, before, after);
    }
}
