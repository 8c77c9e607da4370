//! Texts in, findings out.

use std::borrow::Cow;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};

use camlock_catalog::Catalog;
use camlock_policy::PolicyKind;
use camlock_source::{Code, Diagnostic, Severity, SourceText, Span};
use camlock_syntax::infer_kind;
use camlock_syntax::json::Value;

use crate::context::{Facts, MAX_FINDINGS};
use crate::document::{Document, KindSource};
use crate::faults;
use crate::finding::Finding;
use crate::levels::Levels;
use crate::rule::{Level, Rule, RuleMeta};
use crate::rules::rules;
use crate::settings::Settings;
use crate::suppression::Suppression;
use crate::texts::{Found, Texts};
use crate::walk;

/// A linter with its settings; made once, shared between threads.
pub struct Linter {
    settings: Settings,
    /// Which suppressions covered something.
    used: Vec<AtomicBool>,
    /// The rules that run on texts whose paths have no levels of their own.
    usual: Vec<Running>,
}

impl fmt::Debug for Linter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Linter").field("settings", &self.settings).finish_non_exhaustive()
    }
}

/// What linting a text gave.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Linted {
    /// The documents in order.
    pub documents: Vec<LintedDocument>,
    /// What was found, in the order of the text.
    pub findings: Vec<Finding>,
    /// What was found and is accepted.
    pub suppressed: Vec<Suppressed>,
    /// Whether the text was taken for one, whatever its name says.
    pub(crate) is_one: bool,
}

/// A document of a text.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LintedDocument {
    /// The kind that it was read as.
    pub kind: PolicyKind,
    /// Who said so.
    pub kind_source: KindSource,
    /// The bytes of the document.
    pub span: Span,
    /// Its JSON pointer, `/3` in a list.
    pub pointer: String,
    /// Whether it is a policy.
    pub is_policy: bool,
}

/// A finding that is accepted.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Suppressed {
    /// The finding.
    pub finding: Finding,
    /// The index of the suppression in the settings.
    pub suppression: usize,
}

impl Linted {
    /// The kind of all documents, where they agree.
    pub fn kind(&self) -> Option<PolicyKind> {
        let (first, rest) = self.documents.split_first()?;
        rest.iter().all(|own| own.kind == first.kind).then_some(first.kind)
    }

    /// The most severe finding.
    pub fn severity(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.diagnostic.severity).max()
    }
}

/// A rule that runs, and how much its findings weigh.
type Running = (&'static dyn Rule, Severity);

/// The rules that run on a text, and the levels of all.
struct Active<'s> {
    path: &'s str,
    levels: Chosen<'s>,
    rules: Cow<'s, [Running]>,
}

/// The levels that count for a text.
struct Chosen<'s> {
    /// Those of its path, the last ones first.
    special: Vec<&'s Levels>,
    usual: &'s Levels,
}

impl Linter {
    /// A linter that is told these settings.
    pub fn new(settings: Settings) -> Self {
        let used = settings.suppressions.iter().map(|_| AtomicBool::new(false)).collect();
        let usual = Chosen { special: Vec::new(), usual: &settings.levels }.rules();
        Self { settings, used, usual }
    }

    /// What the linter is told.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Lints every document of a file: one, a list of documents, or the
    /// [pieces](camlock_syntax::pieces()) that it has, a line each or one behind another.
    ///
    /// `kind` is what the caller knows the documents to be; without it the settings say so by path, and
    /// without that the documents do.
    pub fn lint(&self, source: &SourceText, kind: Option<PolicyKind>) -> Linted {
        self.texts(source, kind, &Texts::read(source.name(), source.text()), false)
    }

    /// Lints a text that was taken out of a file and has its name: it is a document or a list of them, and
    /// what the name says about the texts in the file does not go for it.
    pub fn lint_one(&self, source: &SourceText, kind: Option<PolicyKind>) -> Linted {
        self.texts(source, kind, &Texts::read_one(source.text()), true)
    }

    fn texts(
        &self,
        source: &SourceText,
        kind: Option<PolicyKind>,
        texts: &Texts<'_>,
        is_one: bool,
    ) -> Linted {
        let active = Active::new(self, source.name());
        let mut linted = Linted { is_one, ..Linted::default() };
        linted.findings.extend(texts.fault.clone().and_then(|fault| active.fault(fault)));
        for tree in &texts.trees {
            let outside = tree.faults_outside();
            let repairs = faults::Repairs::new(tree.text, &outside);
            let mended = outside.iter().map(|fault| repairs.add(fault.clone(), None));
            let found = mended.filter_map(|fault| active.fault(fault));
            linted.findings.extend(found.map(|finding| finding.moved_by(tree.offset)));
            for found in tree.documents() {
                if linted.findings.len() > MAX_FINDINGS {
                    break;
                }
                self.document(&found, kind, &active, &mut linted);
            }
        }
        // The sort is stable, and what is found at one place is told apart by code.
        linted.findings.sort_by_key(|finding| {
            let own = &finding.diagnostic;
            (own.span.start, own.code)
        });
        self.suppress(source.name(), &mut linted);
        linted
    }

    /// Takes what somebody else found in a file as its findings, at the levels of the settings and
    /// without what is suppressed: that a file around documents cannot be taken apart.
    ///
    /// Only codes of [`fault_rules`](crate::fault_rules) are taken.
    pub fn take(&self, path: &str, faults: Vec<Diagnostic>) -> Linted {
        let active = Active::new(self, path);
        let findings = faults.into_iter().filter_map(|fault| active.fault(fault)).collect();
        let mut linted = Linted { findings, ..Linted::default() };
        self.suppress(path, &mut linted);
        linted
    }

    /// The suppressions that covered nothing in all that was linted so far.
    pub fn unused_suppressions(&self) -> impl Iterator<Item = &Suppression> {
        let all = self.settings.suppressions.iter().zip(&self.used);
        all.filter(|(_, used)| !used.load(Ordering::Relaxed)).map(|(suppression, _)| suppression)
    }

    fn document(
        &self,
        found: &Found<'_, '_>,
        kind: Option<PolicyKind>,
        active: &Active<'_>,
        linted: &mut Linted,
    ) {
        let kind = self.kind(kind, active.path, found.root);
        let number = linted.documents.len();
        let offset = found.tree.offset;
        let lowered = found.lower(kind.0);
        linted.documents.push(LintedDocument {
            kind: kind.0,
            kind_source: kind.1,
            span: Span::new(
                found.root.span.start.saturating_add(offset),
                found.root.span.end.saturating_add(offset),
            ),
            pointer: found.pointer.clone(),
            is_policy: lowered.0.is_some(),
        });
        let document = Document::new(found.tree.text, found.root, kind, lowered);
        let catalog = self.settings.catalog.as_deref();
        let facts = Facts {
            catalog: catalog.unwrap_or_else(|| Catalog::builtin()),
            companions: &self.settings.companions,
            options: &self.settings.options,
        };
        let repairs = faults::Repairs::new(document.text(), document.faults());
        let faults =
            document.faults().iter().map(|fault| repairs.add(fault.clone(), Some(&document)));
        let mut findings: Vec<Finding> = faults.filter_map(|fault| active.fault(fault)).collect();
        let capitals = faults::rule_of(Code::new("CAM2006"));
        let is_set = capitals.is_some_and(|rule| active.levels.level(rule).is_some());
        faults::fold(&mut findings, kind.0, is_set);
        let mut of_rules = walk::walk(&document, &facts, &active.rules);
        for finding in &mut of_rules {
            let own = &mut finding.diagnostic;
            own.pointer = own.pointer.take().map(|inner| format!("{}{inner}", found.pointer));
        }
        findings.append(&mut of_rules);
        walk::supersede(&mut findings);
        linted.findings.extend(findings.into_iter().map(|finding| {
            let mut finding = finding.moved_by(offset);
            finding.document = number;
            finding
        }));
    }

    fn kind(
        &self,
        given: Option<PolicyKind>,
        path: &str,
        root: &Value<'_>,
    ) -> (PolicyKind, KindSource) {
        if let Some(kind) = given {
            return (kind, KindSource::Given);
        }
        let set = self.settings.kinds.iter().find(|(paths, _)| paths.is_match(path));
        match set {
            Some((_, kind)) => (*kind, KindSource::Settings),
            None => (infer_kind(root), KindSource::Inferred),
        }
    }

    fn suppress(&self, path: &str, linted: &mut Linted) {
        let all = &self.settings.suppressions;
        if all.is_empty() {
            return;
        }
        for finding in std::mem::take(&mut linted.findings) {
            match all.iter().position(|own| own.covers(path, &finding)) {
                Some(suppression) => {
                    if let Some(used) = self.used.get(suppression) {
                        used.store(true, Ordering::Relaxed);
                    }
                    linted.suppressed.push(Suppressed { finding, suppression });
                }
                None => linted.findings.push(finding),
            }
        }
    }
}

impl Chosen<'_> {
    /// The level of a rule, where the settings have one.
    fn level(&self, rule: &RuleMeta) -> Option<Level> {
        let special = self.special.iter().find_map(|own| own.of(rule));
        special.or_else(|| self.usual.of(rule))
    }

    fn rules(&self) -> Vec<Running> {
        let severity = |rule: &RuleMeta| self.level(rule).unwrap_or(rule.level).severity();
        let running = |rule: &&'static dyn Rule| Some((*rule, severity(rule.meta())?));
        rules().iter().filter_map(running).collect()
    }
}

impl<'s> Active<'s> {
    fn new(linter: &'s Linter, path: &'s str) -> Self {
        let Settings { levels: usual, overrides, .. } = &linter.settings;
        let fitting = overrides.iter().rev().filter(|own| own.paths.is_match(path));
        let levels = Chosen { special: fitting.map(|own| &own.levels).collect(), usual };
        let rules = if levels.special.is_empty() {
            Cow::Borrowed(linter.usual.as_slice())
        } else {
            Cow::Owned(levels.rules())
        };
        Self { path, levels, rules }
    }

    /// A fault of the front end as a finding, at the level that the settings give it.
    fn fault(&self, mut fault: Diagnostic) -> Option<Finding> {
        let rule = faults::rule_of(fault.code)?;
        if let Some(level) = self.levels.level(rule) {
            fault.severity = level.severity()?;
        }
        Some(Finding { rule, diagnostic: fault, document: 0 })
    }
}
