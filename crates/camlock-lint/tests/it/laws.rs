//! What has to hold for every document; each law panics where it does not. The bounded tests beside this
//! and the fuzzer share them.

use std::sync::LazyLock;

use arbitrary::Unstructured;
use camlock_engine::CompiledLayers;
use camlock_lint::{Companions, Level, Levels, Linter, RuleMeta, Settings, mend, rules};
use camlock_policy::{Decision, Policy, PolicyKind, PolicyLayers, Request};
use camlock_source::{Fix, Grade, Rewrite, SourceText, apply_fixes};
use camlock_syntax::parse;

use crate::near::{self, Near};
use crate::spelt::Spelt;

/// A linter in which every rule runs and is wanted, also those that are off unless asked for.
pub(crate) fn strict(companions: Companions) -> Linter {
    linter(companions, |_| true)
}

fn linter(companions: Companions, runs: impl Fn(&RuleMeta) -> bool) -> Linter {
    let set = |levels: Levels, rule: &RuleMeta| {
        let level = if runs(rule) { Level::Error } else { Level::Off };
        levels.with(rule.code.as_str(), level).expect("a code")
    };
    let levels = rules().iter().map(|rule| rule.meta()).fold(Levels::default(), set);
    Linter::new(Settings { levels, companions, ..Settings::default() })
}

static STRICT: LazyLock<Linter> = LazyLock::new(|| strict(Companions::default()));

/// A linter of the rules that offer more than suggestions; the others would take most of the time.
static REPAIRING: LazyLock<Linter> = LazyLock::new(|| {
    linter(Companions::default(), |rule| rule.fix.is_some_and(|own| own > Grade::Suggestion))
});

/// Whatever the bytes are, linting ends with findings that lie in the text and are not many.
pub(crate) fn any_text_is_linted(text: &str) {
    for name in ["a.json", "a.jsonl"] {
        for kind in [None, Some(PolicyKind::Trust), Some(PolicyKind::Resource)] {
            let source = SourceText::new(name, text);
            let linted = STRICT.lint(&source, kind);
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

/// Repairs of a policy keep what their grade promises, each alone and all together, and come to an end.
///
/// No repair is held back here by the engine, as [`mend`] would: a rule has to be right by itself.
pub(crate) fn repairs_keep_their_promise(u: &mut Unstructured<'_>) {
    let Ok(document) = u.arbitrary::<Spelt>() else { return };
    let Some(before) = parse(&document.text, document.kind).policy else { return };
    let grade = if u.ratio(2, 3).unwrap_or(true) { Grade::Safe } else { Grade::Narrowing };
    let (after, fixes) = repaired(&document, grade);
    let Some(first) = fixes.first().filter(|_| after != document.text) else { return };
    let after = read(&after, document.kind, &document.text);
    let one = u.choose(&fixes).unwrap_or(first);
    let alone = apply_fixes(&document.text, [one]).text;
    let alone = read(&alone, document.kind, &document.text);
    for (after, grade) in [(after, grade), (alone, one.grade)] {
        if after == before {
            continue;
        }
        let trial = Trial::new(&before, &after, grade);
        for _ in 0..48 {
            let Ok(request) = trial.near.some(u) else { break };
            trial.hold(request.as_ref(), &document.text);
        }
    }
    // That the engine refuses none takes longer, and is asked of some. Bytes that have run out choose the
    // first, which is the usual case.
    if !u.ratio(31, 32).unwrap_or(true) {
        mending_refuses_nothing(&document, grade);
    }
}

/// The policy that a repaired text is.
pub(crate) fn read(text: &str, kind: PolicyKind, from: &str) -> Policy {
    parse(text, kind).policy.unwrap_or_else(|| panic!("no policy any more:\n{text}\nfrom\n{from}"))
}

/// A text with every repair of a grade or a better one carried out, and the repairs of the first round.
pub(crate) fn repaired(document: &Spelt, grade: Grade) -> (String, Vec<Fix>) {
    let (mut text, mut first) = (document.text.clone(), Vec::new());
    for round in 0..32 {
        let fixes = fixes(&text, Some(document.kind), grade);
        let next = apply_fixes(&text, &fixes);
        only_edits_change_a_text(&text, &next, &fixes);
        if round == 0 {
            first = fixes;
        }
        if next.applied.is_empty() {
            return (text, first);
        }
        text = next.text;
    }
    panic!("repairs of this come to no end:\n{}\nlast:\n{text}", document.text);
}

/// The repairs that rules offer, of a grade or a better one.
pub(crate) fn fixes(text: &str, kind: Option<PolicyKind>, grade: Grade) -> Vec<Fix> {
    let linted = REPAIRING.lint(&SourceText::new("a.json", text), kind);
    let fixes = linted.findings.into_iter().filter_map(|own| own.diagnostic.fix);
    fixes.filter(|own| own.grade >= grade).collect()
}

/// What lies between the edits that were carried out stands in the new text as it was.
pub(crate) fn only_edits_change_a_text(before: &str, after: &Rewrite, fixes: &[Fix]) {
    let applied = after.applied.iter().filter_map(|place| fixes.get(*place));
    let mut edits: Vec<_> = applied.flat_map(|fix| &fix.edits).collect();
    edits.sort_by_key(|edit| edit.span);
    let (mut rest, mut at) = (after.text.as_str(), 0);
    for edit in edits {
        let kept = before.get(at..edit.span.start as usize).expect("edits lie apart");
        let here = rest.strip_prefix(kept).and_then(|own| own.strip_prefix(&*edit.replacement));
        rest = here.unwrap_or_else(|| panic!("{edit:?} changed more:\n{before}\n{}", after.text));
        at = edit.span.end as usize;
    }
    assert_eq!(Some(rest), before.get(at..), "the end of\n{before}");
}

/// The engine, asked as `--fix` asks it, refuses no repair, and a second time nothing changes.
pub(crate) fn mending_refuses_nothing(document: &Spelt, grade: Grade) {
    let text = &document.text;
    let once =
        mend(&REPAIRING, &SourceText::new("a.json", text.as_str()), Some(document.kind), grade);
    let refused: Vec<_> = once.refused.iter().map(|own| &own.diagnostic.message).collect();
    assert!(refused.is_empty(), "{refused:?} in\n{text}");
    let again = SourceText::new("a.json", once.text.as_str());
    let again = mend(&REPAIRING, &again, Some(document.kind), grade);
    assert_eq!(again.text, once.text, "twice is not as once, from\n{text}");
}

/// Two policies, of which the second is to decide as the first as far as a grade says so.
pub(crate) struct Trial {
    pub(crate) near: Near,
    /// Both with the same policies around them.
    pairs: Vec<[CompiledLayers; 2]>,
    grade: Grade,
}

impl Trial {
    pub(crate) fn new(before: &Policy, after: &Policy, grade: Grade) -> Self {
        let kind = before.kind();
        // What counts with it: nothing, or what lets its denies and what it lets through show.
        let alone = matches!(kind, PolicyKind::Identity | PolicyKind::Resource).then(Vec::new);
        let beside = near::allow_all(PolicyKind::Identity).map(|own| vec![own]);
        let pairs = alone.into_iter().chain(beside).map(|around| {
            [before, after].map(|own| {
                let mut layers = PolicyLayers::default();
                layers.push(own.clone(), 0);
                for own in &around {
                    layers.push(own.clone(), 0);
                }
                CompiledLayers::new(&layers)
            })
        });
        Self { near: Near::new(before, after), pairs: pairs.collect(), grade }
    }

    /// The promise holds for a request.
    pub(crate) fn hold(&self, request: Option<&Request>, text: &str) {
        let Some(request) = request else { return };
        for [before, after] in &self.pairs {
            for deployment in &self.near.deployments {
                let old = before.decide(request, deployment).decision;
                let new = after.decide(request, deployment).decision;
                let kept = match self.grade {
                    Grade::Safe => old == new,
                    _ => new != Decision::Allow || old == Decision::Allow,
                };
                let grade = self.grade.as_str();
                assert!(kept, "{grade}: {old:?} before, {new:?} after:\n{text}\n{request:#?}");
            }
        }
    }
}
