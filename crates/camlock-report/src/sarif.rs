//! For code scanning services: a SARIF 2.1.0 log.

use std::collections::HashMap;
use std::fmt;

use camlock_source::{Edit, Fix, Severity, SourceText, Span};
use serde::Serialize;

use crate::json::write_object;
use crate::{Finding, Region, fingerprints};

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
/// sarif::write(&mut out, &Report { rules: &[], findings: &[], suppressed: &[] })?;
/// assert!(out.contains(r#""version": "2.1.0""#));
/// # Ok::<(), std::fmt::Error>(())
/// ```
pub fn write(out: &mut impl fmt::Write, report: &Report<'_>) -> fmt::Result {
    let Report { rules, findings, suppressed } = *report;
    let driver = Driver {
        name: "camlock",
        version: env!("CARGO_PKG_VERSION"),
        semantic_version: env!("CARGO_PKG_VERSION"),
        information_uri: env!("CARGO_PKG_REPOSITORY"),
        rules: rules.iter().map(RuleEntry::new).collect(),
    };
    let places: HashMap<&str, usize> =
        rules.iter().enumerate().map(|(place, rule)| (rule.code, place)).collect();
    let all: Vec<Finding<'_>> =
        findings.iter().copied().chain(suppressed.iter().map(|(finding, _)| *finding)).collect();
    let reasons = findings.iter().map(|_| None).chain(suppressed.iter().map(|own| Some(own.1)));
    let prints = fingerprints(&all);
    let entries = all.iter().zip(reasons).zip(prints);
    let results = entries.map(|((finding, reason), print)| {
        let index = places.get(finding.diagnostic.code.as_str()).copied();
        Entry::new(*finding, index, reason, print)
    });
    let run =
        Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results: results.collect() };
    write_object(out, &Log { schema: SCHEMA, version: "2.1.0", runs: [run] })
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
    column_kind: &'a str,
    results: Vec<Entry<'a>>,
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
    short_description: Message,
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
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'a str,
    message: Message,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: Fingerprints,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<FixEntry<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressions: Vec<Suppression<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Properties<'a>>,
}

#[derive(Serialize)]
struct Fingerprints {
    #[serde(rename = "camlock/v1")]
    own: String,
}

#[derive(Serialize)]
struct Suppression<'a> {
    kind: &'a str,
    justification: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FixEntry<'a> {
    description: Message,
    artifact_changes: [ArtifactChange<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange<'a> {
    artifact_location: ArtifactLocation,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: RegionEntry,
    inserted_content: Content<'a>,
}

#[derive(Serialize)]
struct Content<'a> {
    text: &'a str,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
struct Location {
    #[serde(rename = "physicalLocation")]
    physical: PhysicalLocation,
    #[serde(rename = "logicalLocations", skip_serializing_if = "Vec::is_empty")]
    logical: Vec<LogicalLocation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: RegionEntry,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RegionEntry {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation {
    fully_qualified_name: String,
}

#[derive(Serialize)]
struct Properties<'a> {
    api_code: &'a str,
}

impl<'a> RuleEntry<'a> {
    fn new(rule: &Rule<'a>) -> Self {
        Self {
            id: rule.code,
            name: rule.name,
            short_description: Message { text: rule.summary.to_owned() },
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

impl<'a> Entry<'a> {
    fn new(
        finding: Finding<'a>,
        rule_index: Option<usize>,
        reason: Option<&'a str>,
        print: String,
    ) -> Self {
        let Finding { source, diagnostic } = finding;
        let code = diagnostic.code.as_str();
        let text = match &diagnostic.help {
            Some(help) => format!("{}; {help}", diagnostic.message),
            None => diagnostic.message.clone(),
        };
        let mut place = Location::new(source, diagnostic.span);
        // The pointer of the document itself is empty, which would name nothing.
        let pointer = diagnostic.pointer.iter().filter(|pointer| !pointer.is_empty());
        place.logical = pointer
            .map(|pointer| LogicalLocation { fully_qualified_name: pointer.clone() })
            .collect();
        let related = diagnostic.secondary.iter().map(|label| Location {
            message: Some(Message { text: label.message.clone() }),
            ..Location::new(source, label.span)
        });
        Self {
            rule_id: code,
            rule_index,
            level: level(diagnostic.severity),
            message: Message { text },
            locations: [place],
            related_locations: related.collect(),
            partial_fingerprints: Fingerprints { own: print },
            fixes: diagnostic.fix.iter().map(|fix| FixEntry::new(source, fix)).collect(),
            suppressions: reason
                .map(|justification| Suppression { kind: "external", justification })
                .into_iter()
                .collect(),
            properties: diagnostic.api_code.map(|api_code| Properties { api_code }),
        }
    }
}

impl<'a> FixEntry<'a> {
    fn new(source: &SourceText, fix: &'a Fix) -> Self {
        let replacement = |edit: &'a Edit| Replacement {
            deleted_region: RegionEntry::new(source, edit.span),
            inserted_content: Content { text: &edit.replacement },
        };
        Self {
            description: Message { text: fix.title.clone() },
            artifact_changes: [ArtifactChange {
                artifact_location: ArtifactLocation { uri: uri(source.name()) },
                replacements: fix.edits.iter().map(replacement).collect(),
            }],
        }
    }
}

impl RegionEntry {
    fn new(source: &SourceText, span: Span) -> Self {
        let Region { line, column, end_line, end_column } = Region::of(source, span);
        Self { start_line: line, start_column: column, end_line, end_column }
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        _ => "note",
    }
}

impl Location {
    fn new(source: &SourceText, span: Span) -> Self {
        let region = RegionEntry::new(source, span);
        let artifact_location = ArtifactLocation { uri: uri(source.name()) };
        Self {
            physical: PhysicalLocation { artifact_location, region },
            logical: Vec::new(),
            message: None,
        }
    }
}

/// A file name as a URI reference (RFC 3986): relative as it is, absolute with a scheme.
fn uri(name: &str) -> String {
    let mut uri = String::from(if name.starts_with('/') { "file://" } else { "" });
    for byte in name.bytes() {
        let plain = byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte);
        if plain {
            uri.push(char::from(byte));
        } else {
            let digit = |value: u8| {
                let digit = char::from_digit(u32::from(value), 16).unwrap_or('0');
                digit.to_ascii_uppercase()
            };
            uri.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    uri
}

#[cfg(test)]
mod tests;
