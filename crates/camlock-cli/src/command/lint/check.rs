//! A file and what is found in it.

use std::io;

use camlock::PolicyKind;
use camlock::source::{Diagnostic, Fix, Grade, SourceText, apply_fixes};
use camlock_extract::{Embedded, Extracted, extract};
use camlock_lint::{Finding, KindSource, Linted, Linter, mend, repair};

use super::session::Job;
use super::setup::Setup;
use crate::files::{Content, leave_out_the_rest};

/// A file that was read.
pub(super) struct Checked {
    pub(super) source: SourceText,
    /// The documents: what each was read as, and who said so.
    pub(super) kinds: Vec<(PolicyKind, KindSource)>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// What is accepted, and why.
    pub(super) suppressed: Vec<(Diagnostic, String)>,
}

/// A file with its safe repairs.
pub(super) struct Repaired {
    /// The text before.
    pub(super) before: SourceText,
    /// The text after, where it differs.
    pub(super) after: Option<String>,
    pub(super) count: usize,
    /// The codes of repairs that were left out because they would have changed a decision.
    pub(super) refused: Vec<&'static str>,
}

impl Checked {
    /// The kind of all documents, where they agree.
    pub(super) fn kind(&self) -> Option<PolicyKind> {
        let ((first, _), rest) = self.kinds.split_first()?;
        rest.iter().all(|(own, _)| own == first).then_some(*first)
    }

    /// Whether some document was taken for what it looks like.
    pub(super) fn is_inferred(&self) -> bool {
        self.kinds.iter().any(|(_, source)| *source == KindSource::Inferred)
    }
}

/// Reads and checks a file.
pub(super) fn check(
    job: &Job,
    setup: &Setup,
    kind: Option<PolicyKind>,
    max_bytes: usize,
) -> io::Result<Checked> {
    Ok(match job.input.read(max_bytes)? {
        Content::Text(source) => text(job, setup, kind, source),
        Content::Faulty(source, fault) => {
            Checked { source, kinds: Vec::new(), diagnostics: vec![*fault], suppressed: Vec::new() }
        }
    })
}

/// Checks a text.
pub(super) fn text(
    job: &Job,
    setup: &Setup,
    kind: Option<PolicyKind>,
    source: SourceText,
) -> Checked {
    let linter = setup.linter(&job.input);
    let mut checked =
        Checked { kinds: Vec::new(), diagnostics: Vec::new(), suppressed: Vec::new(), source };
    match extract(&job.path, checked.source.text()) {
        Extracted::Embedded(all) => {
            for own in &all {
                let linted = linter.lint_one(&inner(job, own), kind.or(own.kind()));
                checked.take(linted, linter, |diagnostic| own.outer_diagnostic(diagnostic));
            }
            checked.diagnostics.sort_by_key(|own| (own.span.start, own.code));
        }
        Extracted::Unreadable(fault) => {
            checked.take(linter.take(&job.path, vec![*fault]), linter, Some);
        }
        _ => {
            let source = SourceText::new(job.path.as_str(), checked.source.text());
            checked.take(linter.lint(&source, kind), linter, Some);
        }
    }
    leave_out_the_rest(&mut checked.diagnostics);
    checked
}

/// A document as a text with the name of its file.
fn inner(job: &Job, own: &Embedded) -> SourceText {
    SourceText::new(job.path.as_str(), own.text())
}

impl Checked {
    fn take(
        &mut self,
        linted: Linted,
        linter: &Linter,
        outer: impl Fn(Diagnostic) -> Option<Diagnostic>,
    ) {
        self.kinds.extend(linted.documents.iter().map(|own| (own.kind, own.kind_source)));
        let found = linted.findings.into_iter().filter_map(|own| outer(own.diagnostic));
        self.diagnostics.extend(found);
        for own in linted.suppressed {
            let suppression = linter.settings().suppressions.get(own.suppression);
            let reason = suppression.map_or_else(String::new, |own| own.reason.clone());
            self.suppressed.extend(outer(own.finding.diagnostic).map(|found| (found, reason)));
        }
    }
}

/// Rounds of repairing documents in a file.
const MOST_ROUNDS: usize = 32;

/// Carries out the safe repairs of a text.
pub(super) fn repaired(
    job: &Job,
    setup: &Setup,
    kind: Option<PolicyKind>,
    before: SourceText,
) -> Repaired {
    let linter = setup.linter(&job.input);
    let mut result = Repaired { before, after: None, count: 0, refused: Vec::new() };
    let mut current = result.before.text().to_owned();
    for _ in 0..MOST_ROUNDS {
        let all = match extract(&job.path, &current) {
            Extracted::Embedded(all) => all,
            Extracted::Unreadable(_) => break,
            _ => {
                let source = SourceText::new(job.path.as_str(), current);
                let mended = mend(linter, &source, kind, Grade::Safe);
                result.count += mended.applied.len();
                result.refused.extend(mended.refused.iter().map(|own| own.rule.code.as_str()));
                current = mended.text;
                break;
            }
        };
        let mut fixes: Vec<Fix> = Vec::new();
        for own in &all {
            embedded(job, linter, kind, own, &mut fixes, &mut result.refused);
        }
        let rewrite = apply_fixes(&current, &fixes);
        if rewrite.applied.is_empty() {
            break;
        }
        result.count += rewrite.applied.len();
        current = rewrite.text;
    }
    result.refused.sort_unstable();
    result.refused.dedup();
    result.after = (current != result.before.text()).then_some(current);
    result
}

/// The repairs of a document in a file that can be carried out there.
fn embedded(
    job: &Job,
    linter: &Linter,
    kind: Option<PolicyKind>,
    own: &Embedded,
    fixes: &mut Vec<Fix>,
    refused: &mut Vec<&'static str>,
) {
    let source = inner(job, own);
    let linted = linter.lint_one(&source, kind.or(own.kind()));
    let fits = |finding: &&Finding| {
        let fix = finding.diagnostic.fix.as_ref();
        fix.is_some_and(|fix| fix.grade >= Grade::Safe && own.outer_fix(fix).is_some())
            && !own.is_unknown(finding.diagnostic.span)
    };
    let wanted: Vec<&Finding> = linted.findings.iter().filter(fits).collect();
    let Some(step) = repair(&source, &linted, &wanted) else { return };
    let at = |place: &usize| wanted.get(*place).copied();
    refused.extend(step.refused.iter().filter_map(at).map(|own| own.rule.code.as_str()));
    for finding in step.applied.iter().filter_map(at) {
        fixes.extend(finding.diagnostic.fix.as_ref().and_then(|fix| own.outer_fix(fix)));
    }
}
