//! The findings of a run in each format.

use std::collections::HashSet;
use std::fmt::{self, Write as _};

use camlock::PolicyKind;
use camlock::source::{Grade, Severity};
use camlock_lint::explain as rule_of;
use camlock_report::{Finding, Ink, Style, compact, github, gitlab, json, junit, sarif, text};

use super::args::Format;
use super::check::Checked;
use super::explain;
use crate::parallel::in_parallel;
use crate::problem::Problem;

/// What a run found.
pub(super) struct Report<'a> {
    pub(super) checked: &'a [Checked],
    /// What kept files from being looked at, or written.
    pub(super) problems: &'a [Problem],
    /// From which severity on a finding fails the run.
    pub(super) least: Severity,
}

impl Report<'_> {
    /// The report in pieces, to be written one behind the other.
    pub(super) fn render(
        &self,
        format: Format,
        quiet: bool,
        style: Style,
    ) -> Result<Vec<String>, fmt::Error> {
        let mut out = String::new();
        match format {
            Format::Human => {
                let mut pieces = self.each(|out, finding| human(out, finding, style))?;
                if !quiet {
                    self.summary(&mut out, style)?;
                }
                pieces.push(out);
                return Ok(pieces);
            }
            Format::Compact => {
                return self.each(|out, finding| compact::write(out, finding, style));
            }
            Format::Github => return self.each(github::write),
            Format::Sarif => return self.sarif(),
            Format::Json => self.json(&mut out)?,
            Format::Gitlab => gitlab::write(&mut out, &self.findings())?,
            Format::Junit => self.junit(&mut out)?,
        }
        Ok(vec![out])
    }

    /// The findings one behind the other, the files side by side.
    fn each(
        &self,
        write: impl Fn(&mut String, Finding<'_>) -> fmt::Result + Sync,
    ) -> Result<Vec<String>, fmt::Error> {
        let files = in_parallel(self.checked, |file| {
            let mut out = String::new();
            file.findings().try_for_each(|finding| write(&mut out, finding))?;
            Ok(out)
        });
        files.into_iter().collect()
    }

    fn summary(&self, out: &mut impl fmt::Write, style: Style) -> fmt::Result {
        let findings = self.findings();
        let count = |severity| {
            findings.iter().filter(|finding| finding.diagnostic.severity == severity).count()
        };
        let found: Vec<String> = [
            (count(Severity::Error), "error", Ink::Error),
            (count(Severity::Warning), "warning", Ink::Warning),
            (count(Severity::Note), "note", Ink::Note),
        ]
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, word, ink)| style.paint(ink, counted(count, word)).to_string())
        .collect();
        let files = counted(self.files().count(), "file");
        let others = match self.checked.iter().filter(|file| file.is_other).count() {
            0 => String::new(),
            1 => "; 1 other file is no policy".to_owned(),
            count => format!("; {count} other files are no policies"),
        };
        let suppressed: usize = self.checked.iter().map(|file| file.suppressed.len()).sum();
        let suppressed =
            if suppressed > 0 { format!(", {suppressed} suppressed") } else { String::new() };
        if found.is_empty() {
            return writeln!(
                out,
                "{} in {files}{suppressed}{others}",
                style.paint(Ink::Good, "no findings")
            );
        }
        let is_safe = |finding: &&Finding<'_>| {
            finding.diagnostic.fix.as_ref().is_some_and(|fix| fix.grade == Grade::Safe)
        };
        let fixable = findings.iter().filter(is_safe).count();
        let fixable =
            if fixable > 0 { format!("; --fix repairs {fixable}") } else { String::new() };
        writeln!(out, "{} in {files}{suppressed}{fixable}{others}", found.join(", "))
    }

    fn json(&self, out: &mut String) -> fmt::Result {
        let inputs: Vec<json::Input<'_>> = self
            .files()
            .map(|file| json::Input {
                file: file.source.name(),
                kind: file.kind().map_or(file.no_kind(), PolicyKind::as_str),
                inferred: file.is_inferred(),
                documents: file.kinds.len(),
            })
            .collect();
        let findings = self.findings();
        json::write(
            out,
            &json::Report { files: inputs.len(), inputs: &inputs, findings: &findings },
        )
    }

    fn sarif(&self) -> Result<Vec<String>, fmt::Error> {
        let held = explain::log_rules();
        let rules: Vec<sarif::Rule<'_>> = held.iter().map(explain::LogRule::row).collect();
        let table = sarif::Table::new(&rules);
        let results = |files: &[Checked]| {
            let findings: Vec<Finding<'_>> = files.iter().flat_map(Checked::findings).collect();
            let suppressed: Vec<_> = files.iter().flat_map(Checked::suppressed).collect();
            table.results(&findings, &suppressed)
        };
        // Standard input may go by the name of a file; findings of one name are told apart together.
        let names: HashSet<&str> = self.checked.iter().map(|file| file.source.name()).collect();
        let all = if names.len() == self.checked.len() {
            in_parallel(self.checked, |file| results(std::slice::from_ref(file)))
        } else {
            vec![results(self.checked)]
        };
        let failures: Vec<String> = self.problems.iter().map(ToString::to_string).collect();
        sarif::pieces(&rules, &failures, all.into_iter().collect::<Result<_, _>>()?)
    }

    fn junit(&self, out: &mut String) -> fmt::Result {
        let cases: Vec<junit::Case<'_>> = self
            .files()
            .map(|file| junit::Case {
                file: file.source.name(),
                findings: file.findings().collect(),
            })
            .collect();
        let failures: Vec<String> = self.problems.iter().map(ToString::to_string).collect();
        junit::write(out, &cases, &failures, self.least)
    }

    /// The files in which there was something to look at: many a page of Markdown has no policy.
    fn files(&self) -> impl Iterator<Item = &Checked> {
        self.checked.iter().filter(|file| !file.kinds.is_empty() || !file.diagnostics.is_empty())
    }

    fn findings(&self) -> Vec<Finding<'_>> {
        self.checked.iter().flat_map(Checked::findings).collect()
    }
}

impl Checked {
    fn findings(&self) -> impl Iterator<Item = Finding<'_>> {
        self.diagnostics.iter().map(|diagnostic| Finding { source: &self.source, diagnostic })
    }

    /// The findings that are accepted, and why.
    fn suppressed(&self) -> impl Iterator<Item = (Finding<'_>, &str)> {
        self.suppressed
            .iter()
            .map(|(diagnostic, why)| (Finding { source: &self.source, diagnostic }, why.as_str()))
    }

    /// The word for the kind where documents have none or several.
    fn no_kind(&self) -> &'static str {
        if self.kinds.is_empty() { PolicyKind::Identity.as_str() } else { "mixed" }
    }
}

/// Writes a finding for people to read.
fn human(out: &mut String, finding: Finding<'_>, style: Style) -> fmt::Result {
    let Finding { source, diagnostic } = finding;
    let rule = rule_of(diagnostic.code.as_str());
    let page = rule.filter(|rule| !rule.page.is_empty()).map(explain::uri);
    text::write_linked(out, source, diagnostic, page.as_deref(), style)?;
    out.write_char('\n')
}

/// `3 errors`
pub(crate) fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
