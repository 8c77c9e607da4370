//! The findings of a run in each format.

use std::fmt;

use camlock::PolicyKind;
use camlock::source::Severity;
use camlock_report::{Finding, Ink, Style, github, json, sarif, text};

use super::{Checked, Format, explain};

/// What a run found.
pub(super) struct Report<'a> {
    pub(super) checked: &'a [Checked],
    /// Whether nobody said which kind the documents have.
    pub(super) inferred: bool,
}

impl Report<'_> {
    pub(super) fn render(&self, format: Format, quiet: bool, style: Style) -> String {
        let mut out = String::new();
        let written = match format {
            Format::Human => self.human(&mut out, quiet, style),
            Format::Json => self.json(&mut out),
            Format::Sarif => sarif::write(&mut out, &explain::rules(), &self.findings()),
            Format::Github => {
                self.findings().into_iter().try_for_each(|finding| github::write(&mut out, finding))
            }
        };
        debug_assert!(written.is_ok(), "a string takes everything");
        out
    }

    fn human(&self, out: &mut String, quiet: bool, style: Style) -> fmt::Result {
        for Finding { source, diagnostic } in self.findings() {
            text::write(out, source, diagnostic, style)?;
            out.push('\n');
        }
        if !quiet {
            self.summary(out, style)?;
        }
        Ok(())
    }

    fn summary(&self, out: &mut impl fmt::Write, style: Style) -> fmt::Result {
        let findings = self.findings();
        let count = |severity| {
            findings.iter().filter(|finding| finding.diagnostic.severity == severity).count()
        };
        let found: Vec<String> = [
            (count(Severity::Error), "error", Ink::Error),
            (count(Severity::Warning), "warning", Ink::Warning),
        ]
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, word, ink)| style.paint(ink, counted(count, word)).to_string())
        .collect();
        let files = counted(self.checked.len(), "file");
        if found.is_empty() {
            writeln!(out, "{} in {files}", style.paint(Ink::Good, "no findings"))
        } else {
            writeln!(out, "{} in {files}", found.join(", "))
        }
    }

    fn json(&self, out: &mut String) -> fmt::Result {
        let inputs: Vec<json::Input<'_>> = self
            .checked
            .iter()
            .map(|file| json::Input {
                file: file.source.name(),
                kind: file.kind.map_or("mixed", PolicyKind::as_str),
                inferred: self.inferred,
                documents: file.documents,
            })
            .collect();
        let findings = self.findings();
        let files = self.checked.len();
        json::write(out, &json::Report { files, inputs: &inputs, findings: &findings })
    }

    fn findings(&self) -> Vec<Finding<'_>> {
        self.checked.iter().flat_map(Checked::findings).collect()
    }
}

impl Checked {
    fn findings(&self) -> impl Iterator<Item = Finding<'_>> {
        self.diagnostics.iter().map(|diagnostic| Finding { source: &self.source, diagnostic })
    }
}

/// `3 errors`
pub(crate) fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
