//! How often each code was found.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use camlock_lint::explain;
use serde::Serialize;

use super::check::Checked;

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    files: usize,
    statistics: Vec<Count<'a>>,
}

#[derive(Serialize)]
struct Count<'a> {
    code: &'a str,
    name: &'a str,
    severity: &'a str,
    #[serde(rename = "count")]
    findings: usize,
    files: usize,
    /// How many have a safe repair.
    fixable: usize,
}

/// The counts, the highest first.
pub(super) fn render(checked: &[Checked], as_json: bool) -> String {
    let mut counts: BTreeMap<&str, Count<'_>> = BTreeMap::new();
    for file in checked {
        let mut seen = BTreeSet::new();
        for own in &file.diagnostics {
            let code = own.code.as_str();
            let count = counts.entry(code).or_insert_with(|| Count {
                code,
                name: explain(code).map_or("", |rule| rule.name),
                severity: own.severity.as_str(),
                findings: 0,
                files: 0,
                fixable: 0,
            });
            count.findings += 1;
            count.files += usize::from(seen.insert(code));
            let fix = own.fix.as_ref().map(|fix| fix.grade);
            count.fixable += usize::from(fix == Some(camlock::source::Grade::Safe));
        }
    }
    let mut statistics: Vec<Count<'_>> = counts.into_values().collect();
    statistics.sort_by_key(|own| std::cmp::Reverse(own.findings));
    let mut out = String::new();
    if as_json {
        let report = Report { version: 1, files: checked.len(), statistics };
        // Counts and names cannot fail to be written.
        out = serde_json::to_string_pretty(&report).unwrap_or_default();
        out.push('\n');
        return out;
    }
    for Count { code, name, severity, findings, files, fixable } in statistics {
        let fixable = if fixable > 0 { format!(", {fixable} fixable") } else { String::new() };
        let files = super::counted(files, "file");
        _ = writeln!(out, "{findings:6}  {code}  {severity:7}  {name} (in {files}{fixable})");
    }
    out
}
