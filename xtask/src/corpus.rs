//! What the linter finds in real documents, as a page of the book.
//!
//! The documents are of others and stand beside the project; the page has numbers, codes and counts only.

mod classes;
mod lists;
mod page;
mod places;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use camlock_lint::{Finding, Linter, Settings, explain};
use camlock_source::{Severity, SourceText};

use classes::{CLASSES, Class, EXPLAINED};
use lists::{Document, Lists};

/// Where the page stands.
pub(crate) const PAGE: &str = "docs/src/lint-corpus.md";

/// The documents and the lists about them, beside the root of the project.
const CORPUS: &str = "../shared/corpus";

/// How many of the cleanest documents are looked at one by one.
const CLEANEST: usize = 30;

/// What linting the documents gave.
#[derive(Default)]
struct Report {
    documents: usize,
    /// Documents with the outcome that is expected of them, and those with another one.
    agree: usize,
    differ: Vec<String>,
    classes: Vec<ClassReport>,
    /// How many documents are official and clean, and the first of them.
    clean: usize,
    cleanest: Vec<String>,
    /// What weighs in the clean documents, by code and number.
    weighing: BTreeMap<(String, String), Weighing>,
}

/// What was found of one class of mistakes.
struct ClassReport {
    class: &'static Class,
    /// Numbers of the documents that show it.
    documents: Vec<String>,
    missed: Vec<String>,
    /// In how many documents each code was the one.
    codes: BTreeMap<String, usize>,
}

/// Findings of one code above info in one of the clean documents.
#[derive(Default)]
struct Weighing {
    lines: BTreeSet<u32>,
    /// Whether the document is one of the cleanest.
    is_cleanest: bool,
    reason: Option<&'static str>,
}

/// A linted document.
struct Linted {
    text: String,
    findings: Vec<Found>,
}

/// A finding and the lines on which it stands.
struct Found {
    code: String,
    /// The codes that it is found in the place of.
    supersedes: &'static [&'static str],
    api_code: Option<&'static str>,
    severity: Severity,
    first: u32,
    last: u32,
}

/// The page, or nothing where the documents are not at hand.
///
/// # Errors
///
/// What is wrong with the lists or the documents.
pub(crate) fn text(root: &Path) -> Result<Option<String>, String> {
    let corpus = root.join(CORPUS);
    if !corpus.is_dir() {
        return Ok(None);
    }
    let lists = Lists::read(&corpus)?;
    Ok(Some(page::text(&report(&lists, &corpus)?)))
}

fn report(lists: &Lists, corpus: &Path) -> Result<Report, String> {
    let linter = Linter::new(Settings::default());
    let mut linted = BTreeMap::new();
    let mut report = Report { documents: lists.documents.len(), ..Report::default() };
    for document in &lists.documents {
        let own = lint(&linter, document, corpus)?;
        if is_as_expected(document, &own) {
            report.agree += 1;
        } else {
            report.differ.push(document.number().to_owned());
        }
        linted.insert(document.number(), own);
    }
    report.classes = CLASSES.iter().map(|class| of_class(class, lists, &linted)).collect();
    clean(lists, &linted, &mut report);
    Ok(report)
}

fn lint(linter: &Linter, document: &Document, corpus: &Path) -> Result<Linted, String> {
    let path = corpus.join("policies").join(&document.file);
    let bytes = fs::read(&path).map_err(|error| format!("{}: {error}", document.file))?;
    let source = SourceText::from_bytes(document.file.as_str(), bytes, 1 << 20)
        .map_err(|error| format!("{}: {error}", document.file))?;
    let found = linter.lint(&source, Some(document.kind));
    let findings = found.findings.iter().map(|finding| shown(finding, &source)).collect();
    Ok(Linted { text: source.text().to_owned(), findings })
}

fn shown(finding: &Finding, source: &SourceText) -> Found {
    let own = &finding.diagnostic;
    Found {
        code: own.code.to_string(),
        supersedes: finding.rule.supersedes,
        api_code: own.api_code,
        severity: own.severity,
        first: source.line_column(own.span.start).line,
        last: source.line_column(own.span.end).line,
    }
}

/// Whether a document that CAM accepts has no fault, and one that it refuses has the one that it names.
fn is_as_expected(document: &Document, linted: &Linted) -> bool {
    let mut faults = linted.findings.iter().filter_map(|found| found.api_code);
    match document.outcome.as_str() {
        "ok" => !linted.findings.iter().any(is_fault),
        outcome => faults.any(|code| code == outcome),
    }
}

/// Whether a finding keeps the document from being a policy; rules that say a fault in better words
/// take over its answer.
fn is_fault(found: &Found) -> bool {
    found.severity == Severity::Error && found.api_code.is_some()
}

fn of_class(class: &'static Class, lists: &Lists, linted: &BTreeMap<&str, Linted>) -> ClassReport {
    let mut report =
        ClassReport { class, documents: Vec::new(), missed: Vec::new(), codes: BTreeMap::new() };
    for (number, details) in lists.of_class(class.key) {
        let Some(own) = linted.get(number) else { continue };
        report.documents.push(number.to_owned());
        let mut codes: BTreeSet<&str> = BTreeSet::new();
        let mut all = true;
        for detail in details {
            let lines = places::lines(class.place, detail, &own.text);
            let there = own.findings.iter().filter(|found| {
                class.accepts(found)
                    && lines.as_ref().is_none_or(|lines| {
                        lines.iter().any(|line| (found.first..=found.last).contains(line))
                    })
            });
            let there: Vec<&str> = there.map(|found| found.code.as_str()).collect();
            all &= !there.is_empty();
            codes.extend(there);
        }
        if !all {
            report.missed.push(number.to_owned());
        }
        for code in codes {
            *report.codes.entry(code.to_owned()).or_default() += 1;
        }
    }
    report
}

impl Class {
    fn accepts(&self, found: &Found) -> bool {
        let is = |code: &str| self.codes.contains(&code);
        is(&found.code) || found.supersedes.iter().any(|code| is(code))
    }
}

fn clean(lists: &Lists, linted: &BTreeMap<&str, Linted>, report: &mut Report) {
    let clean = lists.clean();
    report.clean = clean.len();
    for (place, document) in clean.iter().enumerate() {
        let Some(own) = linted.get(document.number()) else { continue };
        if place < CLEANEST {
            report.cleanest.push(document.number().to_owned());
        }
        for found in own.findings.iter().filter(|found| found.severity > Severity::Note) {
            let key = (found.code.clone(), document.number().to_owned());
            let weighing = report.weighing.entry(key).or_default();
            weighing.lines.insert(found.first);
            weighing.is_cleanest = place < CLEANEST;
            weighing.reason = reason(document.number(), &found.code);
        }
    }
}

/// Why a finding in a clean document is right.
fn reason(number: &str, code: &str) -> Option<&'static str> {
    let mut rows = EXPLAINED.iter();
    rows.find(|(of, own, _)| (*of == number || *of == "*") && *own == code).map(|row| row.2)
}

/// The name of a code, for people.
fn name_of(code: &str) -> &'static str {
    explain(code).map_or("?", |rule| rule.name)
}

#[cfg(test)]
mod tests;
