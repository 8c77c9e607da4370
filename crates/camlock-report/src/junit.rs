//! For pages of test results: a case a file, so that clean files show as passed.

use std::fmt;

use camlock_source::Severity;

use crate::{Finding, Region};

/// A file that was checked, and what was found in it.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "plain report data")]
pub struct Case<'a> {
    /// The name of the file.
    pub file: &'a str,
    /// What was found.
    pub findings: Vec<Finding<'a>>,
}

/// Writes files as cases of one suite; those with a finding of severity `least` or more have failed. Each of
/// `errors`, such as a file that cannot be read, is a case that could not be run.
///
/// # Errors
///
/// Those of `out`.
///
/// # Examples
///
/// ```
/// use camlock_report::junit::{self, Case};
/// use camlock_source::Severity;
///
/// let mut out = String::new();
/// junit::write(&mut out, &[Case { file: "a.json", findings: vec![] }], &[], Severity::Error)?;
/// assert!(out.contains(r#"<testcase name="a.json" classname="camlock.lint"/>"#));
/// # Ok::<(), std::fmt::Error>(())
/// ```
pub fn write(
    out: &mut impl fmt::Write,
    cases: &[Case<'_>],
    errors: &[String],
    least: Severity,
) -> fmt::Result {
    let failed =
        cases.iter().filter(|case| case.findings.iter().any(|f| f.diagnostic.severity >= least));
    let (tests, failures) = (cases.len() + errors.len(), failed.count());
    let counts = format!(r#"tests="{tests}" failures="{failures}" errors="{}""#, errors.len());
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, "<testsuites {counts}>")?;
    writeln!(out, r#"<testsuite name="camlock lint" {counts}>"#)?;
    for case in cases {
        write_case(out, case, least)?;
    }
    for error in errors {
        // What it is about stands in front.
        let name = escape_xml(error.split(": ").next().unwrap_or_default());
        let message = escape_xml(error);
        writeln!(out, r#"<testcase name="{name}" classname="camlock.lint">"#)?;
        writeln!(out, r#"<error type="unreadable" message="{message}"/>"#)?;
        writeln!(out, "</testcase>")?;
    }
    writeln!(out, "</testsuite>\n</testsuites>")
}

fn write_case(out: &mut impl fmt::Write, case: &Case<'_>, least: Severity) -> fmt::Result {
    let name = escape_xml(case.file);
    write!(out, r#"<testcase name="{name}" classname="camlock.lint""#)?;
    if case.findings.is_empty() {
        return writeln!(out, "/>");
    }
    writeln!(out, ">")?;
    let (failures, rest): (Vec<&Finding<'_>>, Vec<&Finding<'_>>) =
        case.findings.iter().partition(|finding| finding.diagnostic.severity >= least);
    // A case fails once; what was found stands in it line by line.
    for (element, findings) in [("failure", failures), ("system-out", rest)] {
        let Some(first) = findings.first() else { continue };
        match element {
            "failure" => {
                let message = escape_xml(&first.diagnostic.message);
                writeln!(out, r#"<failure type="{}" message="{message}">"#, first.diagnostic.code)?;
            }
            _ => writeln!(out, "<{element}>")?,
        }
        for finding in findings {
            let Finding { source, diagnostic } = finding;
            let Region { line, column, .. } = Region::of(source, diagnostic.span);
            let message = escape_xml(&diagnostic.message);
            writeln!(out, "{line}:{column}: {}: {message}", diagnostic.code)?;
        }
        writeln!(out, "</{element}>")?;
    }
    writeln!(out, "</testcase>")
}

/// Text for XML on one line; characters that XML does not have become question marks.
///
/// # Examples
///
/// ```
/// assert_eq!(camlock_report::junit::escape_xml("a<\n\u{1}"), "a&lt; ?");
/// ```
pub fn escape_xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\r' | '\t' => escaped.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => escaped.push('?'),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use camlock_source::{Code, Diagnostic, Severity, SourceText, Span};

    use super::Case;
    use crate::Finding;

    #[test]
    fn a_file_fails_once_whatever_was_found() {
        let source = SourceText::new("a<b.json", "{\n]");
        let error = Diagnostic::error(Code::new("CAM1035"), Span::new(2, 3), "\"]\" is wrong");
        let warning = Diagnostic::warning(Code::new("CAM2025"), Span::new(0, 1), "odd");
        let finding = |diagnostic| Finding { source: &source, diagnostic };
        let findings = vec![finding(&error), finding(&warning), finding(&error)];
        let clean = Case { file: "b.json", findings: vec![] };
        let mut out = String::new();
        let cases = [Case { file: "a<b.json", findings }, clean];
        let errors = ["c.json: cannot be read: no \"permission\"".to_owned()];
        super::write(&mut out, &cases, &errors, Severity::Error).unwrap();
        assert_eq!(
            out,
            r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="3" failures="1" errors="1">
<testsuite name="camlock lint" tests="3" failures="1" errors="1">
<testcase name="a&lt;b.json" classname="camlock.lint">
<failure type="CAM1035" message="&quot;]&quot; is wrong">
2:1: CAM1035: &quot;]&quot; is wrong
2:1: CAM1035: &quot;]&quot; is wrong
</failure>
<system-out>
1:1: CAM2025: odd
</system-out>
</testcase>
<testcase name="b.json" classname="camlock.lint"/>
<testcase name="c.json" classname="camlock.lint">
<error type="unreadable" message="c.json: cannot be read: no &quot;permission&quot;"/>
</testcase>
</testsuite>
</testsuites>
"#
        );
    }
}
