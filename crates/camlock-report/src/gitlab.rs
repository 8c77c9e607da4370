//! For GitLab: a Code Quality report, which merge requests show.

use std::fmt;

use camlock_source::Severity;
use serde::Serialize;

use crate::json::write_object;
use crate::{Finding, Region, fingerprints};

/// Writes findings as a list of issues.
///
/// # Errors
///
/// Those of `out`.
///
/// # Examples
///
/// ```
/// let mut out = String::new();
/// camlock_report::gitlab::write(&mut out, &[])?;
/// assert_eq!(out, "[]\n");
/// # Ok::<(), std::fmt::Error>(())
/// ```
pub fn write(out: &mut impl fmt::Write, findings: &[Finding<'_>]) -> fmt::Result {
    let prints = fingerprints(findings);
    let issues: Vec<Issue<'_>> =
        findings.iter().zip(prints).map(|(finding, print)| Issue::new(finding, print)).collect();
    write_object(out, &issues)
}

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'a str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

impl<'a> Issue<'a> {
    fn new(finding: &Finding<'a>, fingerprint: String) -> Self {
        let Finding { source, diagnostic } = *finding;
        let Region { line, end_line, .. } = Region::of(source, diagnostic.span);
        let description = match &diagnostic.help {
            Some(help) => format!("{}; {help}", diagnostic.message),
            None => diagnostic.message.clone(),
        };
        Self {
            description,
            check_name: diagnostic.code.as_str(),
            fingerprint,
            severity: match diagnostic.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                _ => "info",
            },
            location: Location {
                path: source.name().trim_start_matches("./"),
                lines: Lines { begin: line, end: end_line },
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::{Code, Diagnostic, SourceText, Span};

    use crate::Finding;

    #[test]
    fn an_issue_has_every_member_of_the_format() {
        let source = SourceText::new("./p/a.json", "{\n  x\n}");
        let diagnostic = Diagnostic::warning(Code::new("CAM1035"), Span::new(4, 5), "wrong")
            .with_help("mend it");
        let mut out = String::new();
        super::write(&mut out, &[Finding { source: &source, diagnostic: &diagnostic }]).unwrap();
        let fingerprint = "FINGERPRINT";
        let (head, rest) = out.split_once("\"fingerprint\": \"").unwrap();
        let (print, rest) = rest.split_at(32);
        assert!(print.bytes().all(|b| b.is_ascii_hexdigit()), "{print}");
        assert_eq!(
            format!("{head}\"fingerprint\": \"{fingerprint}{rest}"),
            r#"[
  {
    "description": "wrong; mend it",
    "check_name": "CAM1035",
    "fingerprint": "FINGERPRINT",
    "severity": "minor",
    "location": {
      "path": "p/a.json",
      "lines": {
        "begin": 2,
        "end": 2
      }
    }
  }
]
"#
        );
    }
}
