//! What programs read.

use camlock_source::{Code, Diagnostic, Edit, Fix, Grade, SourceText, Span};

use super::{Input, Report, write};
use crate::Finding;

#[test]
fn a_finding_has_every_member_of_the_format() {
    let source = SourceText::new("a.json", "{\n  \"漢\": \"cos.Get\"\n}");
    let diagnostic = Diagnostic::error(Code::new("CAM2103"), Span::new(11, 20), "a \"dot\"")
        .with_api_code("InvalidParameter.ActionError")
        .with_pointer("/statement/0/action")
        .with_help("write a colon");
    let inputs = [Input { file: "a.json", kind: "identity", inferred: true, documents: 1 }];
    let findings = [Finding { source: &source, diagnostic: &diagnostic }];
    let mut out = String::new();
    write(&mut out, &Report { files: 1, inputs: &inputs, findings: &findings }).unwrap();
    assert_eq!(
        out,
        r#"{
  "version": 1,
  "files": 1,
  "inputs": [
    {
      "file": "a.json",
      "kind": "identity",
      "inferred": true,
      "documents": 1
    }
  ],
  "findings": [
    {
      "code": "CAM2103",
      "api_code": "InvalidParameter.ActionError",
      "severity": "error",
      "file": "a.json",
      "line": 2,
      "column": 8,
      "end_line": 2,
      "end_column": 17,
      "pointer": "/statement/0/action",
      "message": "a \"dot\"",
      "help": "write a colon",
      "fix": null
    }
  ]
}
"#
    );
}

#[test]
fn what_is_unknown_is_null() {
    let source = SourceText::new("a.json", "");
    let diagnostic = Diagnostic::warning(Code::new("CAM1010"), Span::empty(0), "empty");
    let findings = [Finding { source: &source, diagnostic: &diagnostic }];
    let mut out = String::new();
    write(&mut out, &Report { files: 1, inputs: &[], findings: &findings }).unwrap();
    for member in ["api_code", "pointer", "help", "fix"] {
        assert!(out.contains(&format!("\"{member}\": null")), "{member}: {out}");
    }
    assert!(out.contains("\"severity\": \"warning\""), "{out}");
}

#[test]
fn a_repair_is_edits_with_places() {
    let source = SourceText::new("a.json", "{\n x\n}");
    let fix = Fix {
        title: "write `y`".to_owned(),
        edits: vec![Edit::replace(Span::new(3, 4), "y")],
        grade: Grade::Narrowing,
    };
    let diagnostic = Diagnostic::note(Code::new("CAM7001"), Span::new(3, 4), "x").with_fix(fix);
    let findings = [Finding { source: &source, diagnostic: &diagnostic }];
    let mut out = String::new();
    write(&mut out, &Report { files: 1, inputs: &[], findings: &findings }).unwrap();
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        report["findings"][0]["fix"],
        serde_json::json!({ "title": "write `y`", "grade": "narrowing", "edits": [
            { "line": 2, "column": 2, "end_line": 2, "end_column": 3, "replacement": "y" } ] })
    );
}
