//! What code scanning services read.

use camlock_source::{Code, Diagnostic, SourceText, Span};
use serde_json::{Value, json};

use super::{Rule, uri, write};
use crate::Finding;

#[test]
fn a_log_has_the_shape_of_the_standard() {
    let source = SourceText::new("policies/a b.json", "{\n  \"漢\": 1, \"漢\": 2\n}");
    let diagnostic = Diagnostic::error(Code::new("CAM1015"), Span::new(14, 19), "given twice")
        .with_help("remove one")
        .with_pointer("/漢")
        .with_api_code("InvalidParameter.PolicyDocumentError")
        .with_secondary(Span::new(4, 9), "first here");
    let rules = [
        Rule { code: "CAM1010", name: "empty-text", summary: "nothing" },
        Rule { code: "CAM1015", name: "duplicate-name", summary: "a name stands twice" },
    ];
    let mut out = String::new();
    write(&mut out, &rules, &[Finding { source: &source, diagnostic: &diagnostic }]).unwrap();
    let log: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "camlock");
    assert_eq!(driver["rules"][1]["id"], "CAM1015");
    assert_eq!(driver["rules"][1]["shortDescription"]["text"], "a name stands twice");
    let place = |line: u32, start: u32, end: u32| {
        json!({
            "artifactLocation": { "uri": "policies/a%20b.json" },
            "region": { "startLine": line, "startColumn": start, "endLine": line, "endColumn": end },
        })
    };
    assert_eq!(
        run["results"],
        json!([{
            "ruleId": "CAM1015",
            "ruleIndex": 1,
            "level": "error",
            "message": { "text": "given twice; remove one" },
            "locations": [{
                "physicalLocation": place(2, 11, 14),
                "logicalLocations": [{ "fullyQualifiedName": "/漢" }],
            }],
            "relatedLocations": [{
                "physicalLocation": place(2, 3, 6),
                "message": { "text": "first here" },
            }],
            "properties": { "api_code": "InvalidParameter.PolicyDocumentError" },
        }])
    );
}

#[test]
fn an_unlisted_code_has_no_index() {
    let source = SourceText::new("a.json", "{");
    let diagnostic = Diagnostic::warning(Code::new("CAM1015"), Span::new(0, 1), "twice");
    let mut out = String::new();
    write(&mut out, &[], &[Finding { source: &source, diagnostic: &diagnostic }]).unwrap();
    assert!(!out.contains("ruleIndex"), "{out}");
}

#[test]
fn file_names_are_uri_references() {
    assert_eq!(uri("a/b.json"), "a/b.json");
    assert_eq!(uri("/a/ü%.json"), "file:///a/%C3%BC%25.json");
    assert_eq!(uri("a:b#c?.json"), "a%3Ab%23c%3F.json");
}
