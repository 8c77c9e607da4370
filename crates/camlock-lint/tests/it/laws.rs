//! What has to hold for every document; each law panics where it does not. The bounded tests beside this
//! and the fuzzer share them.

use arbitrary::{Result, Unstructured};
use camlock_engine::CompiledLayers;
use camlock_lint::{Level, Levels, Linter, Settings, mend, rules};
use camlock_policy::{Condition, Decision, Policy, PolicyKind, PolicyLayers, Statement};
use camlock_source::{Grade, SourceText};
use camlock_syntax::{parse, print};

use crate::situation::{Situation, layers_of, statement};

/// A linter in which every rule runs, also those that are off unless asked for.
fn strict() -> Linter {
    let on = |levels: Levels, code: &str| levels.with(code, Level::Warning).expect("a code");
    let off = rules().iter().filter(|rule| rule.meta().level == Level::Off);
    let levels = off.fold(Levels::default(), |levels, rule| on(levels, rule.meta().code.as_str()));
    Linter::new(Settings { levels, ..Settings::default() })
}

/// Whatever the bytes are, linting ends with findings that lie in the text and are not many.
pub(crate) fn any_text_is_linted(text: &str) {
    let linter = strict();
    for name in ["a.json", "a.jsonl"] {
        for kind in [None, Some(PolicyKind::Trust), Some(PolicyKind::Resource)] {
            let source = SourceText::new(name, text);
            let linted = linter.lint(&source, kind);
            for finding in &linted.findings {
                let own = &finding.diagnostic;
                let fixes = own.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
                let labels = own.secondary.iter().map(|label| label.span);
                for span in labels.chain(fixes).chain([own.span]) {
                    let range = span.start as usize..span.end as usize;
                    assert!(text.get(range).is_some(), "{} points outside: {text:?}", own.code);
                }
            }
            let most = 64 + 20 * text.len();
            assert!(linted.findings.len() <= most, "{} findings", linted.findings.len());
        }
    }
}

/// Safe repairs of a policy keep every decision and leave nothing to repair; narrowing ones never
/// allow more.
pub(crate) fn repairs_keep_their_promise(u: &mut Unstructured<'_>) {
    let Ok(policy) = repetitive_policy(u) else { return };
    let linter = strict();
    let text = print(&policy);
    for grade in [Grade::Safe, Grade::Narrowing] {
        let mended =
            mend(&linter, &SourceText::new("a.json", text.as_str()), Some(policy.kind()), grade);
        let refused: Vec<_> = mended.refused.iter().map(|own| &own.diagnostic.message).collect();
        assert!(refused.is_empty(), "{refused:?} in\n{text}");
        let after = parse(&mended.text, policy.kind());
        let after = after.policy.unwrap_or_else(|| panic!("no policy any more:\n{}", mended.text));
        let again = SourceText::new("a.json", mended.text.as_str());
        let again = mend(&linter, &again, Some(policy.kind()), grade);
        assert_eq!(again.text, mended.text, "twice is not as once, from\n{text}");
        for _ in 0..8 {
            let Ok(situation) = u.arbitrary::<Situation>() else { return };
            let (old, new) = (decision(&situation, &policy), decision(&situation, &after));
            let kept = match grade {
                Grade::Safe => old == new,
                _ => new != Decision::Allow || old == Decision::Allow,
            };
            assert!(
                kept,
                "{old:?} before, {new:?} after:\n{text}\n{}\n{situation:#?}",
                mended.text
            );
        }
    }
}

fn decision(situation: &Situation, policy: &Policy) -> Decision {
    let mut layers: PolicyLayers = layers_of(&situation.policies);
    layers.push(policy.clone(), 0);
    CompiledLayers::new(&layers).decide(&situation.request, &situation.deployment).decision
}

/// A policy whose statements have much in common.
fn repetitive_policy(u: &mut Unstructured<'_>) -> Result<Policy> {
    let kinds = [PolicyKind::Identity, PolicyKind::Resource, PolicyKind::Trust, PolicyKind::Scp];
    let kind = *u.choose(&kinds)?;
    let mut statements: Vec<Statement> = Vec::new();
    for _ in 0..u.int_in_range(1..=4)? {
        let new = statement(u, kind, None)?;
        let new = match statements.last() {
            Some(old) if u.ratio(3, 4)? => mixed(u, old, &new)?,
            _ => new,
        };
        statements.push(new);
    }
    Policy::new(kind, statements).map_err(|_| arbitrary::Error::IncorrectFormat)
}

/// A statement with some elements of each of two.
fn mixed(u: &mut Unstructured<'_>, old: &Statement, new: &Statement) -> Result<Statement> {
    let mut pick = || Ok(if u.ratio(2, 3)? { old } else { new });
    let mut own = Statement::new(pick()?.effect());
    own = own.with_actions(pick()?.actions().to_vec());
    own = own.with_resources(pick()?.resources().to_vec());
    for principal in pick()?.principals().unwrap_or_default() {
        own = own.with_principal(principal.clone());
    }
    let conditions: &[Condition] = pick()?.conditions();
    let mut own = own.with_conditions(conditions.to_vec());
    if u.ratio(1, 3)? {
        own = own.with_actions(new.actions().to_vec());
    }
    if u.ratio(1, 3)? {
        own = own.with_resources(new.resources().to_vec());
    }
    Ok(own)
}
