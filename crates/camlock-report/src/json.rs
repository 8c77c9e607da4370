//! For programs: one object with every finding.

use std::fmt;

use camlock_source::{Fix, SourceText};
use serde::Serialize;

use crate::{Finding, Region};

/// The version of the format; it grows when a reader would have to change.
const VERSION: u32 = 1;

/// What was checked, and the findings.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "plain report data")]
pub struct Report<'a> {
    /// How many files were checked.
    pub files: usize,
    /// What each file was read as.
    pub inputs: &'a [Input<'a>],
    /// The findings, in the order of the files.
    pub findings: &'a [Finding<'a>],
}

/// A file and what it was read as.
#[derive(Clone, Copy, Debug, Serialize)]
#[expect(clippy::exhaustive_structs, reason = "plain report data")]
pub struct Input<'a> {
    /// The name.
    pub file: &'a str,
    /// The kind of policy, or `mixed` where documents of one file differ.
    pub kind: &'a str,
    /// Whether the kind is a guess.
    pub inferred: bool,
    /// How many documents the file holds.
    pub documents: usize,
}

/// Writes a report as one JSON object.
///
/// # Errors
///
/// Those of `out`.
///
/// # Examples
///
/// ```
/// use camlock_report::json::{self, Report};
///
/// let mut out = String::new();
/// json::write(&mut out, &Report { files: 3, inputs: &[], findings: &[] })?;
/// assert_eq!(out, r#"{
///   "version": 1,
///   "files": 3,
///   "inputs": [],
///   "findings": []
/// }
/// "#);
/// # Ok::<(), std::fmt::Error>(())
/// ```
pub fn write(out: &mut impl fmt::Write, report: &Report<'_>) -> fmt::Result {
    let object = Object {
        version: VERSION,
        files: report.files,
        inputs: report.inputs,
        findings: report.findings.iter().map(Entry::new).collect(),
    };
    write_object(out, &object)
}

/// Writes a value and ends the line.
pub(crate) fn write_object(out: &mut impl fmt::Write, object: &impl Serialize) -> fmt::Result {
    out.write_str(&to_pretty(object)?)?;
    out.write_char('\n')
}

/// A value as indented text.
pub(crate) fn to_pretty(object: &impl Serialize) -> Result<String, fmt::Error> {
    serde_json::to_string_pretty(object).map_err(|_| fmt::Error)
}

#[derive(Serialize)]
struct Object<'a> {
    version: u32,
    files: usize,
    inputs: &'a [Input<'a>],
    findings: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    code: &'a str,
    api_code: Option<&'a str>,
    severity: &'a str,
    file: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    pointer: Option<&'a str>,
    message: &'a str,
    help: Option<&'a str>,
    fix: Option<FixEntry<'a>>,
}

#[derive(Serialize)]
struct FixEntry<'a> {
    title: &'a str,
    grade: &'a str,
    edits: Vec<EditEntry<'a>>,
}

#[derive(Serialize)]
struct EditEntry<'a> {
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    replacement: &'a str,
}

impl<'a> FixEntry<'a> {
    fn new(source: &SourceText, fix: &'a Fix) -> Self {
        let edits = fix.edits.iter().map(|edit| {
            let Region { line, column, end_line, end_column } = Region::of(source, edit.span);
            EditEntry { line, column, end_line, end_column, replacement: &edit.replacement }
        });
        Self { title: &fix.title, grade: fix.grade.as_str(), edits: edits.collect() }
    }
}

impl<'a> Entry<'a> {
    fn new(finding: &Finding<'a>) -> Self {
        let Finding { source, diagnostic } = *finding;
        let region = Region::of(source, diagnostic.span);
        Self {
            code: diagnostic.code.as_str(),
            api_code: diagnostic.api_code,
            severity: diagnostic.severity.as_str(),
            file: source.name(),
            line: region.line,
            column: region.column,
            end_line: region.end_line,
            end_column: region.end_column,
            pointer: diagnostic.pointer.as_deref(),
            message: &diagnostic.message,
            help: diagnostic.help.as_deref(),
            fix: diagnostic.fix.as_ref().map(|fix| FixEntry::new(source, fix)),
        }
    }
}

#[cfg(test)]
mod tests;
