//! A file and what is found in it.

use std::io;

use camlock::PolicyKind;
use camlock::source::{Diagnostic, Fix, Grade, SourceText, apply_fixes};
use camlock_extract::{Embedded, Extracted, Role, extract, may_be_ours, role};
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
    /// Whether it is JSON that neither is a policy nor holds one.
    pub(super) is_other: bool,
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
            let mut checked = Checked::new(source);
            checked.is_other =
                job.is_searched && !has_kind(job, setup) && !looks_like_ours(job, &checked.source)?;
            checked.diagnostics.extend((!checked.is_other).then_some(*fault));
            checked
        }
    })
}

/// Bytes at the beginning of a file that say what a file is that cannot be read as a whole.
const HEAD: usize = 1 << 16;

/// Whether a file that is no text, or too long, may be one of ours.
fn looks_like_ours(job: &Job, source: &SourceText) -> io::Result<bool> {
    if !source.text().is_empty() {
        return Ok(may_be_ours(&job.path, source.text()));
    }
    let head = job.input.head(HEAD)?;
    Ok(may_be_ours(&job.path, &head))
}

/// Whether the settings say of what kind a file is.
fn has_kind(job: &Job, setup: &Setup) -> bool {
    let kinds = &setup.linter(&job.input).settings().kinds;
    kinds.iter().any(|(paths, _)| paths.is_match(&job.path))
}

/// Whether a text that holds no policy is not to be read as one: it is an account file, or nobody said that
/// it was a policy and it does not look like one.
fn is_other(job: &Job, setup: &Setup, kind: Option<PolicyKind>, source: &SourceText) -> bool {
    if has_kind(job, setup) {
        return false;
    }
    match role(&job.path, source.text()) {
        Role::Policy => false,
        Role::Account => kind.is_none() || job.is_searched,
        Role::Other => job.is_searched,
    }
}

/// Checks a text.
pub(super) fn text(
    job: &Job,
    setup: &Setup,
    kind: Option<PolicyKind>,
    source: SourceText,
) -> Checked {
    let linter = setup.linter(&job.input);
    let mut checked = Checked::new(source);
    match extract(&job.path, checked.source.text()) {
        Extracted::Embedded(all) => {
            for own in &all {
                let linted = linter.lint_one(&inner(job, own), kind.or(own.kind()));
                checked.take(linted, linter, |diagnostic| own.outer_diagnostic(diagnostic));
            }
            checked.diagnostics.sort_by_key(|own| (own.span.start, own.code));
            // What stands at an anchor of YAML is read wherever an alias names it.
            checked
                .diagnostics
                .dedup_by(|a, b| (a.span, a.code, &a.message) == (b.span, b.code, &b.message));
        }
        Extracted::Unreadable(fault) => {
            checked.take(linter.take(&job.path, vec![*fault]), linter, Some);
        }
        Extracted::Whole if is_other(job, setup, kind, &checked.source) => checked.is_other = true,
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
    fn new(source: SourceText) -> Self {
        let (kinds, diagnostics, suppressed) = (Vec::new(), Vec::new(), Vec::new());
        Self { source, kinds, diagnostics, suppressed, is_other: false }
    }

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
            Extracted::Whole if is_other(job, setup, kind, &result.before) => break,
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
