//! Results of a run, for people and machines, without keeping them in memory.

use std::fs::File;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};

use camlock_report::junit::escape_xml;
use camlock_wire::{Expectation, Verdict, WireError};
use serde::Serialize;

use super::TestFormat;
use crate::exit::Exit;

/// What came of one case.
pub(super) struct CaseResult {
    pub(super) id: String,
    pub(super) expect: Expectation,
    pub(super) expect_error_code: Option<String>,
    pub(super) got: Result<Verdict, WireError>,
    pub(super) passed: bool,
    pub(super) why: String,
}

#[derive(Serialize)]
struct JsonCase<'a> {
    id: &'a str,
    expect: &'static str,
    got: Option<&'static str>,
    error_code: Option<&'a str>,
    passed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

/// Writes results as they come.
pub(super) struct Reporter<'o> {
    out: &'o mut dyn Write,
    /// For a format whose counts stand before the cases: the cases, until the counts are known.
    spool: Option<BufWriter<File>>,
    format: TestFormat,
    passed: u64,
    failed: u64,
    unusable: u64,
}

impl<'o> Reporter<'o> {
    pub(super) fn new(format: TestFormat, out: &'o mut dyn Write) -> io::Result<Self> {
        let spool = match format {
            TestFormat::Human => None,
            TestFormat::Json | TestFormat::Junit => Some(BufWriter::new(tempfile::tempfile()?)),
        };
        Ok(Self { out, spool, format, passed: 0, failed: 0, unusable: 0 })
    }

    pub(super) fn case(&mut self, case: &CaseResult) -> io::Result<()> {
        let first = self.passed + self.failed == 0;
        if case.passed {
            self.passed += 1;
        } else {
            self.failed += 1;
        }
        self.unusable += u64::from(case.got.is_err());
        let spool: &mut dyn Write = match &mut self.spool {
            Some(spool) => spool,
            None => self.out,
        };
        match self.format {
            TestFormat::Human if case.passed => Ok(()),
            TestFormat::Human => write_human(spool, case),
            TestFormat::Json => {
                if !first {
                    spool.write_all(b",")?;
                }
                write_json(spool, case)
            }
            TestFormat::Junit => write_junit(spool, case),
        }
    }

    /// The counts, with everything that had to wait for them.
    pub(super) fn finish(mut self) -> io::Result<Exit> {
        let (passed, failed) = (self.passed, self.failed);
        match self.format {
            TestFormat::Human if failed == 0 => writeln!(self.out, "{passed} passed")?,
            TestFormat::Human => writeln!(self.out, "{passed} passed, {failed} failed")?,
            TestFormat::Json => {
                write!(
                    self.out,
                    "{{\"version\":1,\"passed\":{passed},\"failed\":{failed},\"cases\":["
                )?;
                self.copy_spool()?;
                writeln!(self.out, "]}}")?;
            }
            TestFormat::Junit => {
                let total = passed + failed;
                writeln!(self.out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
                writeln!(self.out, "<testsuites tests=\"{total}\" failures=\"{failed}\">")?;
                writeln!(
                    self.out,
                    "<testsuite name=\"camlock\" tests=\"{total}\" failures=\"{failed}\">"
                )?;
                self.copy_spool()?;
                writeln!(self.out, "</testsuite>\n</testsuites>")?;
            }
        }
        Ok(match (self.unusable, failed) {
            (0, 0) => Exit::Success,
            (0, _) => Exit::Negative,
            _ => Exit::Failure,
        })
    }

    fn copy_spool(&mut self) -> io::Result<()> {
        let Some(spool) = self.spool.take() else { return Ok(()) };
        let mut file = spool.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.seek(SeekFrom::Start(0))?;
        io::copy(&mut file, self.out)?;
        Ok(())
    }
}

fn expected(case: &CaseResult) -> String {
    match &case.expect_error_code {
        Some(code) => format!("{} {code}", case.expect.as_str()),
        None => case.expect.as_str().to_owned(),
    }
}

fn got(case: &CaseResult) -> String {
    match &case.got {
        Ok(Verdict { got, error_code: Some(code) }) => format!("{} {code}", got.as_str()),
        Ok(Verdict { got, error_code: None }) => got.as_str().to_owned(),
        Err(error) => format!("error {}: {error}", error.code()),
    }
}

fn write_human(out: &mut dyn Write, case: &CaseResult) -> io::Result<()> {
    writeln!(out, "FAILED {}: expected {}, got {}", case.id, expected(case), got(case))?;
    if case.why.is_empty() { Ok(()) } else { writeln!(out, "       {}", case.why) }
}

fn write_json(out: &mut dyn Write, case: &CaseResult) -> io::Result<()> {
    let verdict = case.got.as_ref().ok();
    let json = JsonCase {
        id: &case.id,
        expect: case.expect.as_str(),
        got: verdict.map(|verdict| verdict.got.as_str()),
        error_code: verdict.and_then(|verdict| verdict.error_code.as_deref()),
        passed: case.passed,
        error: case.got.as_ref().err().map(|error| format!("{}: {error}", error.code())),
    };
    serde_json::to_writer(out, &json)?;
    Ok(())
}

fn write_junit(out: &mut dyn Write, case: &CaseResult) -> io::Result<()> {
    let name = escape_xml(&case.id);
    if case.passed {
        return writeln!(out, "<testcase name=\"{name}\"/>");
    }
    let message = escape_xml(&format!("expected {}, got {}", expected(case), got(case)));
    let why = escape_xml(&case.why);
    writeln!(
        out,
        "<testcase name=\"{name}\"><failure message=\"{message}\">{why}</failure></testcase>"
    )
}
