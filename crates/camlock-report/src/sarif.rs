//! For code scanning services: a SARIF 2.1.0 log.

mod entry;
mod results;

use std::borrow::Cow;
use std::fmt;

use camlock_source::Severity;
use serde::Serialize;

pub use results::{Results, Table};

use crate::Finding;
use crate::json::to_pretty;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// What a code means, a row of the log's table.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "a row of a table")]
pub struct Rule<'a> {
    /// The code.
    pub code: &'a str,
    /// The name, in kebab case.
    pub name: &'a str,
    /// What it says, in one line.
    pub summary: &'a str,
    /// How much a finding weighs where nobody says otherwise; nothing where the rule is off.
    pub severity: Option<Severity>,
    /// The page about it, in Markdown; may be empty.
    pub page: &'a str,
    /// Where the page can be read.
    pub uri: &'a str,
}

/// What a run found.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "plain report data")]
pub struct Report<'a> {
    /// The table of codes.
    pub rules: &'a [Rule<'a>],
    /// The findings.
    pub findings: &'a [Finding<'a>],
    /// The findings that are accepted, and why.
    pub suppressed: &'a [(Finding<'a>, &'a str)],
    /// What kept the run from looking at everything, such as a file that cannot be read.
    pub failures: &'a [String],
}

/// Writes findings as a SARIF log of one run.
///
/// Columns count code points from 1, the end of a region is the column behind the last.
///
/// # Errors
///
/// Those of `out`.
///
/// # Examples
///
/// ```
/// use camlock_report::sarif::{self, Report};
///
/// let mut out = String::new();
/// let report = Report { rules: &[], findings: &[], suppressed: &[], failures: &[] };
/// sarif::write(&mut out, &report)?;
/// assert!(out.contains(r#""version": "2.1.0""#));
/// # Ok::<(), std::fmt::Error>(())
/// ```
pub fn write(out: &mut impl fmt::Write, report: &Report<'_>) -> fmt::Result {
    let results = Table::new(report.rules).results(report.findings, report.suppressed)?;
    pieces(report.rules, report.failures, vec![results])?
        .iter()
        .try_for_each(|piece| out.write_str(piece))
}

/// A log of one run as pieces of text, to be written one behind the other: the results can be made side
/// by side, and none of them is copied.
///
/// # Errors
///
/// Where a text cannot be written as JSON, which none is.
pub fn pieces(
    rules: &[Rule<'_>],
    failures: &[String],
    all: Vec<Results>,
) -> Result<Vec<String>, fmt::Error> {
    let driver = Driver {
        name: "camlock",
        version: env!("CARGO_PKG_VERSION"),
        semantic_version: env!("CARGO_PKG_VERSION"),
        information_uri: env!("CARGO_PKG_REPOSITORY"),
        rules: rules.iter().map(RuleEntry::new).collect(),
    };
    let notifications = failures
        .iter()
        .map(|text| Notification { level: "error", message: Message { text: text.into() } });
    let invocation = Invocation {
        execution_successful: failures.is_empty(),
        tool_execution_notifications: notifications.collect(),
    };
    let run = Run {
        tool: Tool { driver },
        invocations: [invocation],
        column_kind: "unicodeCodePoints",
        results: [],
    };
    let frame = to_pretty(&Log { schema: SCHEMA, version: "2.1.0", runs: [run] })?;
    // The list of results is the last one that is empty.
    let (head, tail) = frame.rsplit_once("[]").ok_or(fmt::Error)?;
    Ok(results::put_between(head, all, tail))
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'a str,
    version: &'a str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    invocations: [Invocation<'a>; 1],
    column_kind: &'a str,
    /// Where the results go.
    results: [(); 0],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation<'a> {
    execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification<'a>>,
}

#[derive(Serialize)]
struct Notification<'a> {
    level: &'a str,
    message: Message<'a>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'a str,
    version: &'a str,
    semantic_version: &'a str,
    information_uri: &'a str,
    rules: Vec<RuleEntry<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RuleEntry<'a> {
    id: &'a str,
    name: &'a str,
    short_description: Message<'a>,
    default_configuration: Configuration<'a>,
    #[serde(skip_serializing_if = "str::is_empty")]
    help_uri: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Help<'a>>,
}

#[derive(Serialize)]
struct Configuration<'a> {
    enabled: bool,
    level: &'a str,
}

#[derive(Serialize)]
struct Help<'a> {
    text: &'a str,
    markdown: &'a str,
}

#[derive(Serialize)]
struct Message<'a> {
    text: Cow<'a, str>,
}

impl<'a> RuleEntry<'a> {
    fn new(rule: &Rule<'a>) -> Self {
        Self {
            id: rule.code,
            name: rule.name,
            short_description: Message { text: rule.summary.into() },
            default_configuration: Configuration {
                enabled: rule.severity.is_some(),
                level: rule.severity.map_or("note", level),
            },
            help_uri: rule.uri,
            help: (!rule.page.is_empty())
                .then_some(Help { text: rule.summary, markdown: rule.page }),
        }
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        _ => "note",
    }
}

#[cfg(test)]
mod tests;
