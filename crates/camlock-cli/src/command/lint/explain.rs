//! `camlock lint --explain` and `--rules`: what codes mean, and what CAM answers.

use std::io::{self, Write};

use camlock::policy::ApiCode;
use camlock_lint::{Level, RuleMeta, fault_rules, rules};
use camlock_report::{harmless, sarif};
use serde::Serialize;

use crate::exit::Exit;

/// A code of any stage.
#[derive(Clone, Copy)]
struct Row {
    code: &'static str,
    name: &'static str,
    summary: &'static str,
    /// The rule, where it is one.
    rule: Option<&'static RuleMeta>,
}

/// Faults of bytes, which no later stage sees.
const BYTES: [Row; 3] = [
    Row {
        code: "CAM1001",
        name: "file-too-large",
        summary: "a file is longer than is read",
        rule: None,
    },
    Row { code: "CAM1002", name: "not-utf8", summary: "a file is not UTF-8", rule: None },
    Row {
        code: "CAM1003",
        name: "source-not-a-file",
        summary: "a document names something that is not a file",
        rule: None,
    },
];

#[derive(Serialize)]
struct Explained<'a> {
    version: u32,
    code: &'a str,
    name: &'a str,
    summary: &'a str,
    group: Option<&'a str>,
    level: Option<&'a str>,
    fix: Option<&'a str>,
    uri: Option<String>,
    page: Option<String>,
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
    let Some(row @ Row { code, name, summary, rule }) = found else {
        writeln!(err, "error: `{}` is no code; --rules lists them", harmless(asked))?;
        return Ok(Exit::Failure);
    };
    let api_codes: Vec<&str> = answers(code).iter().map(|code| code.as_str()).collect();
    if as_json {
        let explained = Explained {
            version: 1,
            code,
            name,
            summary,
            group: rule.map(|rule| rule.group.as_str()),
            level: rule.map(|rule| rule.level.as_str()),
            fix: rule.and_then(|rule| rule.fix).map(camlock::source::Grade::as_str),
            uri: row.rule.map(uri),
            page: rule.filter(|rule| !rule.page.is_empty()).map(RuleMeta::to_markdown),
            api_codes,
        };
        serde_json::to_writer_pretty(&mut *out, &explained)?;
        writeln!(out)?;
        return Ok(Exit::Success);
    }
    match rule.filter(|rule| !rule.page.is_empty()) {
        Some(rule) => write!(out, "{}", rule.to_markdown())?,
        None => writeln!(out, "{code}: {name}\n\n{summary}")?,
    }
    match api_codes.split_last() {
        None => {}
        Some((only, [])) => writeln!(out, "\nCAM answers {only}.")?,
        Some((last, others)) => {
            writeln!(out, "\nCAM answers {} or {last}, as the place may be.", others.join(", "))?;
        }
    }
    if let Some(rule) = rule {
        writeln!(out, "\n{}", uri(rule))?;
    }
    Ok(Exit::Success)
}

#[derive(Serialize)]
struct Listed {
    version: u32,
    rules: Vec<ListedRule>,
}

#[derive(Serialize)]
struct ListedRule {
    code: &'static str,
    name: &'static str,
    group: &'static str,
    level: &'static str,
    fix: Option<&'static str>,
    summary: &'static str,
}

/// Lists every rule.
pub(super) fn list(as_json: bool, out: &mut dyn Write) -> io::Result<Exit> {
    let row = |rule: &'static RuleMeta| ListedRule {
        code: rule.code.as_str(),
        name: rule.name,
        group: rule.group.as_str(),
        level: rule.level.as_str(),
        fix: rule.fix.map(camlock::source::Grade::as_str),
        summary: rule.summary,
    };
    let rules: Vec<ListedRule> = all().into_iter().map(row).collect();
    if as_json {
        serde_json::to_writer_pretty(&mut *out, &Listed { version: 1, rules })?;
        writeln!(out)?;
        return Ok(Exit::Success);
    }
    let width = rules.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    writeln!(out, "{:7}  {:width$}  {:11}  {:7}  {:10}", "code", "name", "group", "level", "fix")?;
    for rule in &rules {
        let ListedRule { code, name, group, level, fix, .. } = rule;
        let fix = fix.unwrap_or("-");
        writeln!(out, "{code:7}  {name:width$}  {group:11}  {level:7}  {fix}")?;
    }
    Ok(Exit::Success)
}

/// Every rule, in the order of codes.
fn all() -> Vec<&'static RuleMeta> {
    let mut all: Vec<&RuleMeta> =
        rules().iter().map(|rule| rule.meta()).chain(fault_rules()).collect();
    all.sort_by_key(|rule| rule.code);
    all
}

/// Where the page of a rule can be read.
pub(super) fn uri(rule: &RuleMeta) -> String {
    format!("{}/blob/main/docs/src/rules/{}.md", env!("CARGO_PKG_REPOSITORY"), rule.name)
}

/// A row of the table of a log, whose texts somebody has to hold.
pub(super) struct LogRule {
    rule: Row,
    page: String,
    uri: String,
}

/// The codes of documents, for the table of a log.
pub(super) fn log_rules() -> Vec<LogRule> {
    let of_documents = rows().filter(|row| row.code < "CAM8" || row.code > "CAM9");
    let rule = |rule: Row| LogRule {
        page: rule.rule.map_or_else(String::new, RuleMeta::to_markdown),
        uri: rule.rule.map_or_else(String::new, uri),
        rule,
    };
    of_documents.map(rule).collect()
}

impl LogRule {
    pub(super) fn row(&self) -> sarif::Rule<'_> {
        use camlock::source::Severity as S;
        let Row { code, name, summary, rule } = self.rule;
        let severity = match rule.map_or(Level::Error, |rule| rule.level) {
            Level::Off => None,
            Level::Info => Some(S::Note),
            Level::Warning => Some(S::Warning),
            Level::Error => Some(S::Error),
        };
        sarif::Rule { code, name, summary, severity, page: &self.page, uri: &self.uri }
    }
}

fn rows() -> impl Iterator<Item = Row> {
    let of_rule = |rule: &'static RuleMeta| Row {
        code: rule.code.as_str(),
        name: rule.name,
        summary: rule.summary,
        rule: Some(rule),
    };
    let of_account = |row: &camlock::AccountCode| {
        let camlock::AccountCode { code, name, summary } = *row;
        Row { code: code.as_str(), name, summary, rule: None }
    };
    let of_config = |row: &camlock_config::ConfigCode| {
        let camlock_config::ConfigCode { code, name, summary } = *row;
        Row { code: code.as_str(), name, summary, rule: None }
    };
    let accounts = camlock::ACCOUNT_CODES.iter().map(of_account);
    let configs = camlock_config::CODES.iter().map(of_config);
    BYTES.into_iter().chain(all().into_iter().map(of_rule)).chain(accounts).chain(configs)
}

/// What CAM's interface answers where a code applies; nothing for warnings and account files.
fn answers(code: &str) -> &'static [ApiCode] {
    use ApiCode as A;

    let number = code.strip_prefix("CAM").and_then(|digits| digits.parse().ok()).unwrap_or(0_u32);
    match number {
        // What CAM never sees.
        1003..=1005 => &[],
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
