//! Carries repairs out until nothing is left to repair, and holds each to its grade.

use std::collections::BTreeSet;

use camlock_policy::PolicyKind;
use camlock_source::{Fix, Grade, SourceText, apply_fixes};

use crate::equivalence::{allows_no_more, same_decisions};
use crate::finding::Finding;
use crate::linter::{Linted, Linter};
use crate::texts::Texts;
use crate::tree;

/// A text with its repairs carried out.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Mended {
    /// The text as it is now.
    pub text: String,
    /// The findings that were repaired, each as it was in the text of its round.
    pub applied: Vec<Finding>,
    /// Repairs that did not keep what their grade promises, and were left out. Each is a fault of its
    /// rule.
    pub refused: Vec<Finding>,
}

/// Rounds of repairing; one repair may uncover another, but none should need many.
const MOST_ROUNDS: usize = 32;

/// Carries out every repair of a grade or a better one until none is left.
///
/// What is graded safe has to decide the same before and after, what is graded narrowing must not allow
/// more: the engine is asked about both. A repair that fails is left out and reported.
///
/// # Examples
///
/// ```
/// use camlock_lint::{Linter, Settings, mend};
/// use camlock_source::{Grade, SourceText};
///
/// let text = r#"{"Version": "2.0", "statement": {"effect": "allow", "action": "cos:*", "resource": "*"}}"#;
/// let linter = Linter::new(Settings::default());
/// let mended = mend(&linter, &SourceText::new("a.json", text), None, Grade::Safe);
/// assert_eq!(mended.text, text.replace("Version", "version"));
/// ```
pub fn mend(
    linter: &Linter,
    source: &SourceText,
    kind: Option<PolicyKind>,
    least: Grade,
) -> Mended {
    let mut mended =
        Mended { text: source.text().to_owned(), applied: Vec::new(), refused: Vec::new() };
    let mut refused = BTreeSet::new();
    for _ in 0..MOST_ROUNDS {
        let current = SourceText::new(source.name(), mended.text.as_str());
        let linted = linter.lint(&current, kind);
        let wanted = linted.findings.iter().filter(|finding| {
            let fix = finding.diagnostic.fix.as_ref();
            fix.is_some_and(|fix| fix.grade >= least) && !refused.contains(&identity(finding))
        });
        let wanted: Vec<&Finding> = wanted.collect();
        let Some(step) = repair(&current, &linted, &wanted) else { break };
        for place in step.refused {
            if let Some(finding) = wanted.get(place) {
                refused.insert(identity(finding));
                mended.refused.push((*finding).clone());
            }
        }
        let applied = step.applied.iter().filter_map(|place| wanted.get(*place));
        mended.applied.extend(applied.map(|finding| (*finding).clone()));
        mended.text = step.text;
    }
    mended
}

/// One round of repairs, for whoever has the text in another one and goes on there.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Repaired {
    /// The text as it is now.
    pub text: String,
    /// Which of the findings were repaired, by their place in what was given.
    pub applied: Vec<usize>,
    /// Which repairs did not keep what their grade promises.
    pub refused: Vec<usize>,
}

/// Carries out as many repairs as go together and keep what they promise; nothing where none is left.
///
/// `linted` is what linting the text gave, and `wanted` some of its findings.
pub fn repair(source: &SourceText, linted: &Linted, wanted: &[&Finding]) -> Option<Repaired> {
    let text = source.text();
    let fixes: Vec<&Fix> = wanted.iter().filter_map(|own| own.diagnostic.fix.as_ref()).collect();
    let all = apply_fixes(text, fixes.iter().copied());
    if all.applied.is_empty() {
        return None;
    }
    let grade_of = |applied: &[usize]| {
        applied.iter().filter_map(|place| fixes.get(*place)).map(|fix| fix.grade).min()
    };
    let holds = |after: &str, grade: Option<Grade>| {
        grade.is_some_and(|grade| keeps(source.name(), linted, text, after, grade))
    };
    if holds(&all.text, grade_of(&all.applied)) {
        return Some(Repaired { text: all.text, applied: all.applied, refused: Vec::new() });
    }
    // Some repair breaks its promise: each is tried alone, and the first good one carried out.
    let mut refused = Vec::new();
    for (place, fix) in fixes.iter().enumerate() {
        let one = apply_fixes(text, [*fix]);
        if !one.applied.is_empty() && holds(&one.text, Some(fix.grade)) {
            return Some(Repaired { text: one.text, applied: vec![place], refused });
        }
        refused.push(place);
    }
    Some(Repaired { text: text.to_owned(), applied: Vec::new(), refused })
}

/// Whether a text keeps what a grade promises, document by document.
fn keeps(name: &str, linted: &Linted, before: &str, after: &str, grade: Grade) -> bool {
    let read = |text| if linted.is_one { Texts::read_one(text) } else { Texts::read(name, text) };
    let (before, after) = (read(before), read(after));
    let (mut old, mut new) = (before.documents(), after.documents());
    for own in &linted.documents {
        let (Some(old), Some(new)) = (old.next(), new.next()) else { return false };
        let policies = own.is_policy.then(|| old.lower(own.kind).0.zip(new.lower(own.kind).0));
        // What was a policy stays one, whatever the grade.
        if policies.as_ref().is_some_and(Option::is_none) {
            return false;
        }
        if grade == Grade::Suggestion || tree::same(old.root, new.root) {
            continue;
        }
        let kept = if let Some((old, new)) = policies.flatten() {
            // Labels and what else has no meaning may change with what they stand in.
            match grade {
                Grade::Safe => same_decisions(&old, &new).is_ok(),
                Grade::Narrowing | Grade::Suggestion => allows_no_more(&old, &new).is_ok(),
            }
        } else {
            let (old, new) = (old.reading(own.kind), new.reading(own.kind));
            match grade {
                Grade::Safe => old.is_same(&new),
                Grade::Narrowing | Grade::Suggestion => old.allows_all_of(&new),
            }
        };
        if !kept {
            return false;
        }
    }
    new.next().is_none()
}

/// What a repair is known by from round to round, while the bytes around it move.
fn identity(finding: &Finding) -> (camlock_source::Code, Option<String>, String) {
    let own = &finding.diagnostic;
    (own.code, own.pointer.clone(), own.message.clone())
}

#[cfg(test)]
mod tests;
