//! The two forms of a suite, in JSON or YAML.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use camlock::{CompiledLayers, Deployment};
use camlock_wire::{Case, Expectation, WireError, WireRequest, for_each_case};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::report::CaseResult;
use crate::authority::{Authority, RuleArgs};
use crate::files::Named;
use crate::problem::Problem;

/// Bytes of a suite that is read as a whole: an object, or YAML.
const MAX_SUITE: u64 = 64 << 20;

/// Runs a suite and gives each result; `give` answers whether to go on.
pub(super) fn run(
    path: &Path,
    rules: &RuleArgs,
    mut give: impl FnMut(CaseResult) -> bool,
) -> Result<(), Problem> {
    let unreadable = |error| Problem::unreadable(path, error);
    let mut file = BufReader::new(File::open(path).map_err(unreadable)?);
    let first = first_character(&mut file).map_err(unreadable)?;
    file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    let yaml = path.extension().is_some_and(|ext| ext == "yaml" || ext == "yml");
    match first {
        Some(b'[') if !yaml => cases(path, file, rules, &mut give),
        Some(b'{') if !yaml => {
            let text = read_whole(path, file)?;
            account_suite(path, &text, rules, &mut give)
        }
        _ => {
            let text = read_whole(path, file)?;
            let json = yaml_to_json(path, &text)?;
            if json.starts_with('[') {
                cases(path, json.as_bytes(), rules, &mut give)
            } else {
                account_suite(path, &json, rules, &mut give)
            }
        }
    }
}

fn first_character(file: &mut impl BufRead) -> std::io::Result<Option<u8>> {
    loop {
        let buffer = file.fill_buf()?;
        if buffer.is_empty() {
            return Ok(None);
        }
        if let Some(byte) = buffer.iter().find(|byte| !byte.is_ascii_whitespace()) {
            return Ok(Some(*byte));
        }
        let used = buffer.len();
        file.consume(used);
    }
}

fn read_whole(path: &Path, file: impl Read) -> Result<String, Problem> {
    let mut text = String::new();
    file.take(MAX_SUITE + 1)
        .read_to_string(&mut text)
        .map_err(|error| Problem::unreadable(path, error))?;
    if text.len() as u64 > MAX_SUITE {
        return Err(Problem::unreadable(path, format!("it is larger than {MAX_SUITE} bytes")));
    }
    Ok(text)
}

/// YAML as the JSON it stands for; numbers are as YAML reads them, so quote what has to stay text.
fn yaml_to_json(path: &Path, text: &str) -> Result<String, Problem> {
    let value: serde_json::Value = serde_saphyr::from_str(text)
        .map_err(|error| Problem::new(format!("{}: CAM4006: {error}", path.display())))?;
    Ok(value.to_string())
}

/// The array form: each case has its own policies.
fn cases(
    path: &Path,
    reader: impl Read,
    rules: &RuleArgs,
    give: &mut impl FnMut(CaseResult) -> bool,
) -> Result<(), Problem> {
    let deployment = rules.deployment();
    let mut stopped = false;
    let result = for_each_case(reader, |case| {
        stopped = !give(run_case(&case, &deployment));
        if stopped { Err(WireError::stop()) } else { Ok(()) }
    });
    match result {
        Err(_) if stopped => Ok(()),
        Err(error) => Err(Problem::new(format!("{}: {}: {error}", path.display(), error.code()))),
        Ok(()) => Ok(()),
    }
}

fn run_case(case: &Case, deployment: &Deployment) -> CaseResult {
    let verdict =
        case.run(|request, layers| CompiledLayers::new(layers).decide(request, deployment));
    CaseResult {
        id: case.id.clone(),
        expect: case.expect,
        expect_error_code: case.expect_error_code.clone(),
        passed: verdict.as_ref().is_ok_and(|verdict| case.is_met_by(verdict)),
        got: verdict,
        why: case.why.clone(),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AccountSuite {
    account: String,
    tests: Vec<BTreeMap<String, Box<RawValue>>>,
}

/// The object form: one account for all tests.
fn account_suite(
    path: &Path,
    text: &str,
    rules: &RuleArgs,
    give: &mut impl FnMut(CaseResult) -> bool,
) -> Result<(), Problem> {
    let malformed = |error: String| Problem::new(format!("{}: CAM4006: {error}", path.display()));
    let suite: AccountSuite =
        serde_json::from_str(text).map_err(|error| malformed(error.to_string()))?;
    let account = path.parent().unwrap_or(Path::new("")).join(&suite.account);
    let authority = Authority::load_account(&account, Named::ByDocument, rules)?;
    for (index, test) in suite.tests.into_iter().enumerate() {
        let result = run_test(&authority, index, test)
            .map_err(|error| malformed(format!("test {index}: {error}")))?;
        if !give(result) {
            break;
        }
    }
    Ok(())
}

/// A test is a request with a name and an expectation besides.
fn run_test(
    authority: &Authority,
    index: usize,
    mut test: BTreeMap<String, Box<RawValue>>,
) -> Result<CaseResult, String> {
    let mut string = |name: &str| -> Result<Option<String>, String> {
        let raw = test.remove(name);
        let parsed = raw.map(|raw| serde_json::from_str::<String>(raw.get()));
        parsed.transpose().map_err(|_| format!("`{name}` is a string"))
    };
    let name = string("name")?;
    let why = string("why")?.unwrap_or_default();
    let raw = test.remove("expect").ok_or("`expect` is missing")?;
    let expect: Expectation = serde_json::from_str(raw.get())
        .map_err(|_| "`expect` is allow, explicit_deny or implicit_deny".to_owned())?;
    // Put together again from the texts, so that numbers stay as written.
    let members = test
        .iter()
        .map(|(key, value)| format!("{}:{}", serde_json::Value::from(key.as_str()), value.get()));
    let request = format!("{{{}}}", members.collect::<Vec<_>>().join(","));
    let got = WireRequest::parse(&request).and_then(|request| {
        let outcome = authority
            .decide(&request)
            .map_err(|problem| WireError::unresolved(problem.to_string()))?;
        Ok(camlock_wire::Verdict { got: (&outcome).into(), error_code: None })
    });
    Ok(CaseResult {
        id: name.unwrap_or_else(|| format!("test {index}")),
        expect,
        expect_error_code: None,
        passed: got.as_ref().is_ok_and(|verdict| verdict.got == expect),
        got,
        why,
    })
}
