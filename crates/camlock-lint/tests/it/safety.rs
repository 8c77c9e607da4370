//! What a rule calls safe decides the same: shown on the examples of its page, for every kind of policy
//! that the document can be, on as many requests near both documents as time allows.

use std::collections::BTreeSet;

use camlock_lint::{Companion, Companions, Expectation, Linter, RuleMeta, fault_rules, rules};
use camlock_policy::{Policy, PolicyKind};
use camlock_source::{Fix, Grade, SourceText, apply_fixes};
use camlock_syntax::parse;

use crate::laws::{self, Trial};
use crate::spelt::Spelt;

/// Requests that are asked of each pair of policies; where there are more, they are spread over all.
const MOST: usize = 1_200;

/// The examples of a rule that it finds, each with the kinds of policy that it is.
fn examples(rule: &RuleMeta) -> Vec<(String, Vec<PolicyKind>, Companions)> {
    let (mut found, mut beside) = (Vec::new(), Vec::new());
    for example in rule.examples() {
        if example.expectation == Expectation::Companion {
            let kind = example.kind.unwrap_or(PolicyKind::Identity);
            let policy = parse(&example.text, kind).policy.expect("a companion is a policy");
            beside.push(Companion { name: "companion".into(), policy });
            continue;
        }
        let companions = Companions::new(std::mem::take(&mut beside));
        if matches!(example.expectation, Expectation::Code(_)) {
            let is = |kind: &PolicyKind| parse(&example.text, *kind).policy.is_some();
            let kinds = PolicyKind::ALL.into_iter().filter(is).collect();
            found.push((example.text, kinds, companions));
        }
    }
    found
}

/// The repairs of a grade or a better one that a rule offers for a text.
fn offered(
    rule: &RuleMeta,
    linter: &Linter,
    text: &str,
    kind: Option<PolicyKind>,
    grade: Grade,
) -> Vec<Fix> {
    let findings = linter.lint(&SourceText::new("a.json", text), kind).findings;
    let own = findings.into_iter().filter(|own| own.rule.code == rule.code);
    let fixes = own.filter_map(|own| own.diagnostic.fix);
    fixes.filter(|fix| fix.grade >= grade).collect()
}

/// The second keeps what the grade promises, on requests spread over all that are near.
pub(crate) fn keeps(before: &Policy, after: &Policy, grade: Grade, text: &str) {
    let trial = Trial::new(before, after, grade);
    let count = trial.near.count();
    // A prime leads from every number to every other one.
    let step = if count <= MOST { 1 } else { 1_000_003 };
    for number in 0..count.min(MOST) {
        let number = number.wrapping_mul(step) % count;
        trial.hold(trial.near.numbered(number).as_ref(), text);
    }
}

#[test]
fn repairs_of_the_examples_of_every_rule_keep_their_promise() {
    let mut silent: BTreeSet<&str> = BTreeSet::new();
    for rule in rules().iter().map(|rule| rule.meta()) {
        let Some(grade) = rule.fix.filter(|own| *own > Grade::Suggestion) else { continue };
        let mut offers = 0;
        for (text, kinds, companions) in examples(rule) {
            let linter = laws::strict(companions);
            for kind in kinds {
                let fixes = offered(rule, &linter, &text, Some(kind), grade);
                let rewrite = apply_fixes(&text, &fixes);
                laws::only_edits_change_a_text(&text, &rewrite, &fixes);
                offers += rewrite.applied.len();
                if rewrite.text != text {
                    let before = laws::read(&text, kind, &text);
                    let after = laws::read(&rewrite.text, kind, &text);
                    keeps(
                        &before,
                        &after,
                        grade,
                        &format!("{}\n{text}\n{}", rule.code, rewrite.text),
                    );
                }
                laws::mending_refuses_nothing(&Spelt { kind, text: text.clone() }, grade);
            }
        }
        if offers == 0 {
            silent.insert(rule.code.as_str());
        }
    }
    assert_eq!(silent, BTreeSet::new(), "no example of these shows their repair");
}

#[test]
fn safe_repairs_of_faults_keep_what_can_be_read() {
    for rule in fault_rules().iter().filter(|own| own.fix == Some(Grade::Safe)) {
        for (text, _, companions) in examples(rule) {
            let linter = laws::strict(companions);
            let fixes = offered(rule, &linter, &text, None, Grade::Safe);
            assert!(!fixes.is_empty(), "{} offers nothing for\n{text}", rule.code);
            laws::only_edits_change_a_text(&text, &apply_fixes(&text, &fixes), &fixes);
            let source = SourceText::new("a.json", text.as_str());
            let kind = linter.lint(&source, None).kind().unwrap_or(PolicyKind::Identity);
            laws::mending_refuses_nothing(&Spelt { kind, text }, Grade::Safe);
        }
    }
}
