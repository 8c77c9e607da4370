//! A finding as a result of a log.

use std::borrow::Cow;

use camlock_source::{Edit, Fix, SourceText, Span};
use serde::Serialize;

use super::{Message, level};
use crate::{Finding, Region};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Entry<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'a str,
    message: Message<'a>,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
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
    description: Message<'a>,
    artifact_changes: [ArtifactChange<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange<'a> {
    artifact_location: ArtifactLocation<'a>,
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
struct Location<'a> {
    #[serde(rename = "physicalLocation")]
    physical: PhysicalLocation<'a>,
    #[serde(rename = "logicalLocations", skip_serializing_if = "Vec::is_empty")]
    logical: Vec<LogicalLocation<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation<'a> {
    artifact_location: ArtifactLocation<'a>,
    region: RegionEntry,
}

#[derive(Serialize)]
struct ArtifactLocation<'a> {
    uri: Cow<'a, str>,
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
struct LogicalLocation<'a> {
    fully_qualified_name: &'a str,
}

#[derive(Serialize)]
struct Properties<'a> {
    api_code: &'a str,
}

impl<'a> Entry<'a> {
    pub(super) fn new(
        finding: Finding<'a>,
        rule_index: Option<usize>,
        reason: Option<&'a str>,
        print: String,
    ) -> Self {
        let Finding { source, diagnostic } = finding;
        let code = diagnostic.code.as_str();
        let text = match &diagnostic.help {
            Some(help) => Cow::Owned(format!("{}; {help}", diagnostic.message)),
            None => Cow::Borrowed(diagnostic.message.as_str()),
        };
        let mut place = Location::new(source, diagnostic.span);
        // The pointer of the document itself is empty, which would name nothing.
        let pointer = diagnostic.pointer.iter().filter(|pointer| !pointer.is_empty());
        place.logical =
            pointer.map(|pointer| LogicalLocation { fully_qualified_name: pointer }).collect();
        let related = diagnostic.secondary.iter().map(|label| Location {
            message: Some(Message { text: Cow::Borrowed(&label.message) }),
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
    fn new(source: &'a SourceText, fix: &'a Fix) -> Self {
        let replacement = |edit: &'a Edit| Replacement {
            deleted_region: RegionEntry::new(source, edit.span),
            inserted_content: Content { text: &edit.replacement },
        };
        Self {
            description: Message { text: Cow::Borrowed(&fix.title) },
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

impl<'a> Location<'a> {
    fn new(source: &'a SourceText, span: Span) -> Self {
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
pub(super) fn uri(name: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte);
    let is_absolute = name.starts_with('/');
    if !is_absolute && name.bytes().all(is_plain) {
        return Cow::Borrowed(name);
    }
    let mut uri = String::from(if is_absolute { "file://" } else { "" });
    for byte in name.bytes() {
        if is_plain(byte) {
            uri.push(char::from(byte));
        } else {
            let digit = |value: u8| {
                let digit = char::from_digit(u32::from(value), 16).unwrap_or('0');
                digit.to_ascii_uppercase()
            };
            uri.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    Cow::Owned(uri)
}
