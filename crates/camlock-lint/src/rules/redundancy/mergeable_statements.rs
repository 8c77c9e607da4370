//! Finds statements that could be one.

use std::collections::HashSet;

use camlock_policy::Statement;
use camlock_source::{Edit, Grade, Span};
use camlock_syntax::json::{Kind, Value};

use crate::context::Context;
use crate::document::Document;
use crate::element::StatementElement;
use crate::rule::Rule;
use crate::tree;

declare_rule! {
    /// ## What it finds
    ///
    /// Statements that differ in their actions only, or in their resources only.
    ///
    /// ## Why it matters
    ///
    /// As one statement they mean the same, take less of the 6144 characters that a policy may have,
    /// and are changed in one place.
    ///
    /// They may stand apart for the sake of readers, though. So the repair is a suggestion, unless the
    /// settings raise the level of the rule: then `--fix` merges. Statements with labels are left alone.
    ///
    /// ## Example
    ///
    /// ```json,CAM7023
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject", "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" },
    ///   { "effect": "allow", "action": "cos:HeadObject", "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" } ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cos:GetObject", "cos:HeadObject"],
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" } ] }
    /// ```
    pub(crate) MergeableStatements = {
        code: "CAM7023",
        name: "mergeable-statements",
        group: Redundancy,
        level: Info,
        since: "0.2.0",
        summary: "statements that could be one",
        spec: ["EVL-2"],
        fix: Safe,
    }
}

/// Statements that are compared with each other, and elements of one; more are not looked at.
const MOST: usize = 100;

/// What statements of a group differ in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Differ {
    Actions,
    Resources,
}

impl Rule for MergeableStatements {
    fn check_document(&self, cx: &mut Context<'_>) {
        let Some(policy) = cx.policy() else { return };
        let all = policy.statements();
        if !(2..=MOST).contains(&all.len()) {
            return;
        }
        // What goes as a whole or in part is not merged before.
        let redundancy = cx.analysis().redundancy();
        // A label would go, and tells that somebody wants them apart.
        let is_labelled =
            |own: &StatementElement<'_>| own.member("sid").is_some() || own.member("id").is_some();
        let labelled: Vec<bool> = cx.statements().iter().map(is_labelled).collect();
        let is_free = |at: &usize| redundancy.is_needed(*at) && labelled.get(*at) == Some(&false);
        let mut free: Vec<bool> = (0..all.len()).map(|at| is_free(&at)).collect();
        for (first, statement) in all.iter().enumerate() {
            if free.get(first) != Some(&true) {
                continue;
            }
            let group = [Differ::Actions, Differ::Resources].into_iter().find_map(|differ| {
                let later = all.iter().enumerate().skip(first + 1);
                let fits = later.filter(|(at, own)| {
                    free.get(*at) == Some(&true) && merges(statement, own, differ)
                });
                let group: Vec<usize> = fits.map(|(at, _)| at).collect();
                (!group.is_empty()).then_some((differ, group))
            });
            let Some((differ, group)) = group else { continue };
            for at in &group {
                free.get_mut(*at).into_iter().for_each(|own| *own = false);
            }
            report(cx, first, differ, &group);
        }
    }
}

fn merges(a: &Statement, b: &Statement, differ: Differ) -> bool {
    a.effect() == b.effect()
        && match differ {
            Differ::Actions => same(a.resources(), b.resources()),
            Differ::Resources => !a.resources().is_empty() && same(a.actions(), b.actions()),
        }
        && same(a.conditions(), b.conditions())
        && a.principals().is_some() == b.principals().is_some()
        && same(a.principals().unwrap_or_default(), b.principals().unwrap_or_default())
}

/// Whether two lists hold the same, in any order.
fn same<T: PartialEq>(a: &[T], b: &[T]) -> bool {
    let within = |few: &[T], many: &[T]| few.iter().all(|own| many.contains(own));
    a.len() <= MOST && b.len() <= MOST && within(a, b) && within(b, a)
}

fn report(cx: &mut Context<'_>, first: usize, differ: Differ, group: &[usize]) {
    let statements = cx.statements();
    let Some(own) = statements.get(first) else { return };
    let name = match differ {
        Differ::Actions => "action",
        Differ::Resources => "resource",
    };
    let edits = edits(cx, own, name, group);
    let grade = if cx.is_raised() { Grade::Safe } else { Grade::Suggestion };
    let count = group.len() + 1;
    let mut report = cx
        .report(own, format!("{count} statements differ in `{name}` only"))
        .help("put them into one statement")
        .fix(grade, "merge the statements", edits.unwrap_or_default());
    for other in group.iter().filter_map(|at| statements.get(*at)).take(4) {
        report = report.secondary(other, "could be merged with the first");
    }
}

/// The edits that add the elements of the others to the first statement, and take the others out.
fn edits(
    cx: &Context<'_>,
    own: &StatementElement<'_>,
    name: &str,
    group: &[usize],
) -> Option<Vec<Edit>> {
    let mut seen = HashSet::new();
    let target = &own.member(name)?.value;
    let texts = |value| tree::items(value).iter().map(|item| cx.document().slice(item.span));
    seen.extend(texts(target));
    let mut added = Vec::new();
    for at in group {
        let value = &cx.statements().get(*at)?.member(name)?.value;
        added.extend(texts(value).filter(|text| seen.insert(text)));
    }
    let mut edits = own.list?.removal_of(|index| group.contains(&index))?;
    edits.extend(addition(cx.document(), target, &added));
    Some(edits)
}

/// The edit that adds values to a list, or to a value that becomes one, apart as the last two are.
fn addition(document: &Document<'_>, target: &Value<'_>, added: &[&str]) -> Option<Edit> {
    if added.is_empty() {
        return None;
    }
    let Kind::Array(items) = &target.kind else {
        let all = [&[document.slice(target.span)], added].concat();
        return Some(Edit::replace(target.span, format!("[{}]", all.join(", "))));
    };
    let (gap, last) = match items.as_slice() {
        [.., before, last] => (document.slice(Span::new(before.span.end, last.span.start)), last),
        [last] => (", ", last),
        [] => return None,
    };
    Some(Edit::insert(last.span.end, added.iter().flat_map(|text| [gap, text]).collect::<String>()))
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    fn text(statements: &[&str]) -> String {
        format!(r#"{{"version": "2.0", "statement": [{}]}}"#, statements.join(", "))
    }

    const A: &str =
        r#"{"effect": "deny", "action": "cvm:A", "resource": ["qcs::cvm:::a", "qcs::cvm:::b"]}"#;
    const B: &str =
        r#"{"effect": "deny", "action": ["cvm:B"], "resource": ["qcs::cvm:::b", "qcs::cvm:::a"]}"#;
    const C: &str = r#"{"effect": "deny", "action": "cvm:A", "resource": "qcs::cvm:::c"}"#;

    #[test]
    fn statements_that_differ_in_one_element_are_found() {
        let marked = A.replace("\"deny\"", "«\"deny\"»");
        check("CAM7023", &text(&[&marked, B]));
        check("CAM7023", &text(&[&marked, C]));
        for other in [
            B.replace("deny", "allow"),
            B.replace("{\"effect\"", "{\"sid\": \"b\", \"effect\""),
            B.replace("::b", "::c"),
            B.replace("]}", r#"], "condition": {"null_equal": {"x:one": true}}}"#),
        ] {
            check("CAM7023", &text(&[A, &other]));
        }
    }

    #[test]
    fn all_of_a_group_become_one() {
        let actions = text(&[&A.replace(r#""cvm:A""#, r#"["cvm:A", "cvm:B", "cvm:D"]"#)]);
        check_fix("CAM7023", Grade::Safe, &text(&[A, B, &B.replace("cvm:B", "cvm:D")]), &actions);
        check_fix(
            "CAM7023",
            Grade::Safe,
            &text(&[A, C]),
            &text(&[&A.replace("::b\"]", "::b\", \"qcs::cvm:::c\"]")]),
        );
    }

    #[test]
    fn what_is_added_stands_as_the_rest_does() {
        let list = |list: &str| {
            format!("{{\"effect\": \"deny\", \"action\": [{list}\n], \"resource\": \"*\"}}")
        };
        let (a, b) = (list("\n  \"cvm:A\",\n  \"cvm:B\""), list("\"cvm:C\", \"cvm:D\""));
        let merged = list("\n  \"cvm:A\",\n  \"cvm:B\",\n  \"cvm:C\",\n  \"cvm:D\"");
        check_fix("CAM7023", Grade::Safe, &text(&[&a, &b]), &text(&[&merged]));
    }
}
