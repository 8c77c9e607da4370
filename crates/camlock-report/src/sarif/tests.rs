//! What code scanning services read.

use camlock_source::{Code, Diagnostic, Edit, Fix, Grade, Severity, SourceText, Span};
use serde_json::{Value, json};

use super::entry::uri;
use super::{Report, Rule, write};
use crate::Finding;

fn rule(code: &'static str, name: &'static str, summary: &'static str) -> Rule<'static> {
    let (page, uri) = ("# page", "https://example.com/page");
    Rule { code, name, summary, severity: Some(Severity::Error), page, uri }
}

fn log(report: &Report<'_>) -> Value {
    let mut out = String::new();
    write(&mut out, report).unwrap();
    serde_json::from_str(&out).unwrap()
}

#[test]
fn what_is_accepted_and_what_repairs_are_said() {
    let source = SourceText::new("a.json", "{\n x\n}");
    let fix = Fix {
        title: "write `y`".to_owned(),
        edits: vec![Edit::replace(Span::new(3, 4), "y")],
        grade: Grade::Safe,
    };
    let diagnostic = Diagnostic::note(Code::new("CAM7001"), Span::new(3, 4), "x").with_fix(fix);
    let finding = Finding { source: &source, diagnostic: &diagnostic };
    let log = log(&Report {
        rules: &[],
        findings: &[],
        suppressed: &[(finding, "known")],
        failures: &[],
    });
    let result = &log["runs"][0]["results"][0];
    assert_eq!(result["suppressions"], json!([{ "kind": "external", "justification": "known" }]));
    assert_eq!(
        result["fixes"],
        json!([{
            "description": { "text": "write `y`" },
            "artifactChanges": [{
                "artifactLocation": { "uri": "a.json" },
                "replacements": [{
                    "deletedRegion": { "startLine": 2, "startColumn": 2, "endLine": 2, "endColumn": 3 },
                    "insertedContent": { "text": "y" },
                }],
            }],
        }])
    );
}

#[test]
fn a_log_has_the_shape_of_the_standard() {
    let source = SourceText::new("policies/a b.json", "{\n  \"漢\": 1, \"漢\": 2\n}");
    let diagnostic = Diagnostic::error(Code::new("CAM1015"), Span::new(14, 19), "given twice")
        .with_help("remove one")
        .with_pointer("/漢")
        .with_api_code("InvalidParameter.PolicyDocumentError")
        .with_secondary(Span::new(4, 9), "first here");
    let rules =
        [rule("CAM1010", "empty-text", "nothing"), rule("CAM1015", "duplicate-name", "twice")];
    let finding = Finding { source: &source, diagnostic: &diagnostic };
    let log = log(&Report { rules: &rules, findings: &[finding], suppressed: &[], failures: &[] });
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "camlock");
    assert_eq!(driver["rules"][1]["id"], "CAM1015");
    assert_eq!(driver["rules"][1]["shortDescription"]["text"], "twice");
    assert_eq!(driver["rules"][1]["helpUri"], "https://example.com/page");
    assert_eq!(driver["rules"][1]["help"]["markdown"], "# page");
    assert_eq!(
        driver["rules"][1]["defaultConfiguration"],
        json!({ "enabled": true, "level": "error" })
    );
    let print = run["results"][0]["partialFingerprints"]["camlock/v1"].as_str().unwrap();
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
            "partialFingerprints": { "camlock/v1": print },
            "properties": { "api_code": "InvalidParameter.PolicyDocumentError" },
        }])
    );
}

#[test]
fn an_unlisted_code_has_no_index() {
    let source = SourceText::new("a.json", "{");
    let diagnostic = Diagnostic::warning(Code::new("CAM1015"), Span::new(0, 1), "twice");
    let finding = Finding { source: &source, diagnostic: &diagnostic };
    let log = log(&Report { rules: &[], findings: &[finding], suppressed: &[], failures: &[] });
    assert!(log["runs"][0]["results"][0].get("ruleIndex").is_none(), "{log}");
}

#[test]
fn file_names_are_uri_references() {
    assert_eq!(uri("a/b.json"), "a/b.json");
    assert_eq!(uri("/a/ü%.json"), "file:///a/%C3%BC%25.json");
    assert_eq!(uri("a:b#c?.json"), "a%3Ab%23c%3F.json");
}
