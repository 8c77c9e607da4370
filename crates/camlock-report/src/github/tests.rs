//! What workflow logs show.

use camlock_source::{Code, Diagnostic, SourceText, Span};

use super::write;
use crate::Finding;

fn annotation(name: &str, diagnostic: &Diagnostic) -> String {
    let source = SourceText::new(name, "{\n}\n");
    let mut out = String::new();
    write(&mut out, Finding { source: &source, diagnostic }).unwrap();
    out
}

#[test]
fn an_annotation_is_one_line_whatever_it_says() {
    let diagnostic =
        Diagnostic::warning(Code::new("CAM2025"), Span::new(0, 1), "50%\r\n::error::x")
            .with_help("a: b, c")
            .with_api_code("InvalidParameter.ActionError");
    assert_eq!(
        annotation("d:1,\n%.json", &diagnostic),
        "::warning file=d%3A1%2C%0A%25.json,line=1,col=1,endLine=1,endColumn=2,title=CAM2025::\
         50%25%0D%0A::error::x%0Ahelp: a: b, c%0Anote: InvalidParameter.ActionError\n",
    );
}

#[test]
fn a_place_of_several_lines_has_both_ends() {
    let diagnostic = Diagnostic::error(Code::new("CAM2001"), Span::new(0, 3), "wrong");
    let line = annotation("a.json", &diagnostic);
    assert!(line.contains("line=1,col=1,endLine=2,endColumn=2,"), "{line}");
}
