//! How rules are tested: by their pages, and by documents with marks in them.

use camlock_policy::{AccountIds, AppId, PolicyKind, Uin};
use camlock_source::{Diagnostic, Grade, Severity, SourceText, Span};
use camlock_syntax::parse;

use crate::companions::{Companion, Companions};
use crate::finding::Finding;
use crate::levels::Levels;
use crate::linter::Linter;
use crate::mend::mend;
use crate::page::Expectation;
use crate::rule::{Level, RuleMeta};
use crate::settings::{Options, Settings};

/// A linter with the default levels, the rule on even where its default is off.
fn linter(rule: &RuleMeta, level: Level, companions: Companions) -> Linter {
    let levels = Levels::default().with(rule.code.as_str(), level).expect("the rule is registered");
    Linter::new(Settings { levels, companions, ..Settings::default() })
}

fn on(rule: &RuleMeta) -> Level {
    rule.level.max(Level::Info)
}

fn findings(linter: &Linter, text: &str, kind: Option<PolicyKind>) -> Vec<Finding> {
    linter.lint(&SourceText::new("policy.json", text), kind).findings
}

/// The findings of the rule, and those of others that weigh.
fn telling(rule: &RuleMeta, findings: Vec<Finding>) -> Vec<Finding> {
    let tells = |finding: &Finding| {
        finding.rule.code == rule.code || finding.diagnostic.severity >= Severity::Warning
    };
    findings.into_iter().filter(tells).collect()
}

fn shown(findings: &[Finding]) -> String {
    let line = |finding: &Finding| {
        let own = &finding.diagnostic;
        format!("{} at {}: {}", own.code, own.pointer.as_deref().unwrap_or("?"), own.message)
    };
    findings.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Calls `check` with each example that expects something, and what stands beside it.
fn for_each_example(
    rule: &RuleMeta,
    mut check: impl FnMut(&Expectation, &str, Option<PolicyKind>, Companions),
) {
    let mut beside: Vec<Companion> = Vec::new();
    for example in rule.examples() {
        if example.expectation == Expectation::Companion {
            let kind = example.kind.unwrap_or(PolicyKind::Identity);
            let policy = parse(&example.text, kind).policy.expect("a companion is a policy");
            beside.push(Companion { name: "companion".into(), policy });
            continue;
        }
        let companions = Companions::new(std::mem::take(&mut beside));
        check(&example.expectation, &example.text, example.kind, companions);
    }
}

/// The examples of a page give what they say: a bad one the code of the rule and nothing else that
/// weighs, a clean one neither.
pub(crate) fn check_page(rule: &RuleMeta) {
    let (mut bad, mut clean) = (0, 0);
    for_each_example(rule, |expectation, text, kind, companions| {
        let found = telling(rule, findings(&linter(rule, on(rule), companions), text, kind));
        if let Expectation::Code(code) = expectation {
            bad += 1;
            assert_eq!(code, rule.code.as_str(), "an example of another rule");
            // A rule that says a fault in better words stands in its place.
            let says = |own: &Finding| {
                own.rule.code == rule.code || own.rule.supersedes.contains(&rule.code.as_str())
            };
            let only = !found.is_empty() && found.iter().all(says);
            assert!(only, "{} expected, found:\n{}\nin\n{text}", rule.code, shown(&found));
        } else {
            clean += 1;
            assert!(found.is_empty(), "nothing expected, found:\n{}\nin\n{text}", shown(&found));
        }
    });
    // What is found by size alone has no example that anyone would read.
    let has_none =
        rule.page.contains("An example would be long") || rule.page.contains("Not shown: ");
    assert!(
        (bad > 0 || has_none) && clean > 0,
        "{} needs an example that it finds and a clean one",
        rule.name
    );
}

/// Without the rule, nothing that weighs is found in its bad examples, but for what it says in better
/// words.
pub(crate) fn check_matters(rule: &RuleMeta) {
    for_each_example(rule, |expectation, text, kind, companions| {
        if matches!(expectation, Expectation::Code(_)) {
            let mut found =
                telling(rule, findings(&linter(rule, Level::Off, companions), text, kind));
            found.retain(|own| !rule.supersedes.contains(&own.rule.code.as_str()));
            assert!(found.is_empty(), "the rule is off, found:\n{}\nin\n{text}", shown(&found));
        }
    });
}

/// The rule finds exactly the places between `«` and `»`; none where there are no marks.
///
/// The text may be a whole document, or a statement, which is put into one.
#[track_caller]
pub(crate) fn check(code: &str, marked: &str) {
    check_as(code, None, marked);
}

/// The same, for a document of a kind that is not inferred.
#[track_caller]
pub(crate) fn check_as(code: &str, kind: Option<PolicyKind>, marked: &str) {
    check_beside(code, kind, Companions::default(), marked);
}

/// The same, with companions.
#[track_caller]
pub(crate) fn check_beside(
    code: &str,
    kind: Option<PolicyKind>,
    companions: Companions,
    marked: &str,
) {
    let rule = crate::rules::explain(code).expect("a registered code");
    let marked = document(marked);
    let (text, expected) = without_marks(&marked);
    let found = findings(&linter(rule, on(rule), companions), &text, kind);
    let own: Vec<&Finding> = found.iter().filter(|own| own.rule.code == rule.code).collect();
    let spans: Vec<Span> = own.iter().map(|own| own.diagnostic.span).collect();
    assert_eq!(spans, expected, "found:\n{}\nin\n{marked}", shown(&found));
    for finding in own {
        check_words(finding);
    }
}

/// A document of one statement about an action on everything; the effect with its quotes, and marks
/// where the statement is to be found.
pub(crate) fn about(effect: &str, action: &str) -> String {
    let rest = format!("\"action\": \"{action}\", \"resource\": \"*\"");
    format!("{{\"version\": \"2.0\", \"statement\": [{{\"effect\": {effect}, {rest}}}]}}")
}

/// Companions of a kind, each of one statement with an effect and an action.
pub(crate) fn beside(kind: PolicyKind, all: &[(&str, &str)]) -> Companions {
    let companion = |(effect, action): &(&str, &str)| {
        let policy = parse(&about(&format!("\"{effect}\""), action), kind).policy;
        Companion { name: "companion".into(), policy: policy.expect("a companion is a policy") }
    };
    Companions::new(all.iter().map(companion).collect())
}

/// The message of each finding of the rule, in order.
pub(crate) fn messages(code: &str, text: &str) -> Vec<String> {
    of_rule(code, text).map(|own| own.diagnostic.message).collect()
}

/// The help of each finding of the rule that has one, in order.
pub(crate) fn helps(code: &str, text: &str) -> Vec<String> {
    of_rule(code, text).filter_map(|own| own.diagnostic.help).collect()
}

/// The findings of the rule in an account with these ids, uin and APPID.
pub(crate) fn found_in_account(
    code: &str,
    (uin, app_id): (&str, &str),
    text: &str,
) -> Vec<Diagnostic> {
    let account = AccountIds::new(Uin::parse(uin), AppId::parse(app_id));
    let options = Options { account, ..Options::default() };
    let linter = Linter::new(Settings { options, ..Settings::default() });
    let found = findings(&linter, &document(text), None).into_iter();
    found.filter(|own| own.rule.code.as_str() == code).map(|own| own.diagnostic).collect()
}

/// How much each finding of the rule weighs, in order.
pub(crate) fn severities(code: &str, text: &str) -> Vec<Severity> {
    of_rule(code, text).map(|own| own.diagnostic.severity).collect()
}

fn of_rule(code: &str, text: &str) -> impl Iterator<Item = Finding> {
    let rule = crate::rules::explain(code).expect("a registered code");
    let found = findings(&linter(rule, on(rule), Companions::default()), &document(text), None);
    found.into_iter().filter(|own| own.rule.code == rule.code)
}

/// Repairs of the rule alone, which somebody wants, of `grade` and better, turn one text into the other;
/// twice is as once.
#[track_caller]
pub(crate) fn check_fix(code: &str, grade: Grade, before: &str, after: &str) {
    let levels = Levels::default().with("all", Level::Off);
    let levels = levels.and_then(|own| own.with(code, Level::Error));
    let settings = Settings { levels: levels.expect("a registered code"), ..Settings::default() };
    let linter = Linter::new(settings);
    let (before, after) = (document(before), document(after));
    let mended = mend(&linter, &SourceText::new("policy.json", before), None, grade);
    assert_eq!(mended.text, after, "refused:\n{}", shown(&mended.refused));
    assert!(mended.refused.is_empty(), "refused:\n{}", shown(&mended.refused));
    let again = mend(&linter, &SourceText::new("policy.json", after.as_str()), None, grade);
    assert_eq!(again.text, after, "a second time");
}

/// A statement becomes a document.
fn document(text: &str) -> String {
    let text = text.trim();
    if text.to_ascii_lowercase().contains("\"statement\"") || !text.starts_with('{') {
        return text.to_owned();
    }
    format!("{{\"version\": \"2.0\", \"statement\": [{text}]}}")
}

fn without_marks(marked: &str) -> (String, Vec<Span>) {
    let mut text = String::new();
    let (mut open, mut spans) = (Vec::new(), Vec::new());
    for c in marked.chars() {
        let at = u32::try_from(text.len()).expect("a short text");
        match c {
            '«' => open.push(at),
            '»' => spans.push(Span::new(open.pop().expect("an opening mark"), at)),
            c => text.push(c),
        }
    }
    spans.sort_unstable();
    (text, spans)
}

/// The grammar of messages (see `CONTRIBUTING.md`).
#[track_caller]
fn check_words(finding: &Finding) {
    let own = &finding.diagnostic;
    let message = &own.message;
    assert!(!message.ends_with(['.', '!']), "a full stop: {message}");
    assert!(!message.contains('\n'), "more than one line: {message}");
    let first = message.chars().next().expect("a message");
    assert!(
        !first.is_uppercase() || message.starts_with("CAM") || message.starts_with("COS"),
        "{message}"
    );
    assert!(own.help.is_some() || own.fix.is_some(), "neither help nor fix: {message}");
}
