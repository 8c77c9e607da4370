//! `camlock lint --explain`: what a code means, and what CAM answers.

use std::io::{self, Write};

use camlock::policy::ApiCode;
use camlock_report::{harmless, sarif};
use serde::Serialize;

use crate::exit::Exit;

/// A code of any stage.
#[derive(Clone, Copy)]
struct Row {
    code: &'static str,
    name: &'static str,
    summary: &'static str,
}

/// Faults of bytes, which no later stage sees.
const BYTES: [Row; 2] = [
    Row { code: "CAM1001", name: "file-too-large", summary: "a file is longer than is read" },
    Row { code: "CAM1002", name: "not-utf8", summary: "a file is not UTF-8" },
];

#[derive(Serialize)]
struct Explained<'a> {
    version: u32,
    code: &'a str,
    name: &'a str,
    summary: &'a str,
    api_codes: Vec<&'a str>,
}

/// Explains a code or the name of one.
pub(super) fn run(
    asked: &str,
    as_json: bool,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<Exit> {
    let found =
        rows().find(|row| [row.code, row.name].iter().any(|n| n.eq_ignore_ascii_case(asked)));
    let Some(Row { code, name, summary }) = found else {
        writeln!(err, "error: `{}` is no code; codes look like CAM2103", harmless(asked))?;
        return Ok(Exit::Failure);
    };
    let api_codes: Vec<&str> = answers(code).iter().map(|code| code.as_str()).collect();
    if as_json {
        let explained = Explained { version: 1, code, name, summary, api_codes };
        serde_json::to_writer_pretty(&mut *out, &explained)?;
        writeln!(out)?;
        return Ok(Exit::Success);
    }
    writeln!(out, "{code}: {name}\n\n{summary}")?;
    match api_codes.split_last() {
        None => {}
        Some((only, [])) => writeln!(out, "\nCAM answers {only}.")?,
        Some((last, others)) => {
            writeln!(out, "\nCAM answers {} or {last}, as the place may be.", others.join(", "))?;
        }
    }
    Ok(Exit::Success)
}

/// The codes of documents, for the table of a log.
pub(super) fn rules() -> Vec<sarif::Rule<'static>> {
    let of_documents = rows().filter(|row| row.code < "CAM8");
    let rule = |Row { code, name, summary }| sarif::Rule { code, name, summary };
    of_documents.map(rule).collect()
}

fn rows() -> impl Iterator<Item = Row> {
    use camlock::syntax::codes::{CodeInfo, LOWERING, TEXT};

    let of_syntax = |info: &CodeInfo| {
        let CodeInfo { code, name, summary } = *info;
        Row { code: code.as_str(), name, summary }
    };
    let of_account = |row: &camlock::AccountCode| {
        let camlock::AccountCode { code, name, summary } = *row;
        Row { code: code.as_str(), name, summary }
    };
    let syntax = TEXT.iter().chain(LOWERING).map(of_syntax);
    BYTES.into_iter().chain(syntax).chain(camlock::ACCOUNT_CODES.iter().map(of_account))
}

/// What CAM's interface answers where a code applies; nothing for warnings and account files.
fn answers(code: &str) -> &'static [ApiCode] {
    use ApiCode as A;

    let number = code.strip_prefix("CAM").and_then(|digits| digits.parse().ok()).unwrap_or(0_u32);
    match number {
        1010 => &[A::PolicyDocumentEmpty],
        1001..=1999 | 2001 | 2005 | 2024 => &[A::PolicyDocumentError],
        2002 => &[A::PolicyDocumentLengthOverLimit, A::PolicyTooLong],
        2003 | 2004 => &[A::PolicyDocumentError, A::StatementError],
        2007 | 2008 => &[A::VersionError],
        2009 | 2010 => &[A::StatementError],
        2011 | 2012 => &[A::EffectError],
        2014 => &[A::ActionMiss],
        2013 | 2101..=2112 => &[A::ActionError],
        2015..=2017 => &[A::ResourceError],
        2018..=2021 => &[A::PrincipalError],
        2022 | 2023 | 2144 | 2145 => &[A::ConditionError],
        2113..=2115 => &[A::ResourceQcsError],
        2116 => &[A::ResourceProjectError],
        2118 | 2119 => &[A::ResourceRegionError],
        2120 | 2121 => &[A::ResourceUinError],
        // The segment decides.
        2122 | 2123 => &[
            A::ResourceProjectError,
            A::ResourceContentError,
            A::ResourceRegionError,
            A::ResourceUinError,
        ],
        2117 | 2124..=2126 => &[A::ResourceContentError],
        2133 => &[A::PrincipalServiceNotExist],
        2127..=2134 => &[A::PrincipalQcsError],
        2135..=2138 => &[A::ConditionTypeError],
        2139..=2143 | 2146..=2156 => &[A::ConditionContentError],
        _ => &[],
    }
}

#[cfg(test)]
mod tests;
