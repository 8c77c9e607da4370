//! Real documents, where the corpus lies beside the checkout.

use std::collections::BTreeMap;
use std::path::PathBuf;

use camlock_policy::PolicyKind;
use camlock_source::Severity;
use camlock_syntax::{parse, print};

/// The folder of the corpus; tests say so and pass where it is absent.
#[expect(clippy::print_stderr, reason = "a test that skips has to say so")]
fn corpus() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    if root.join("expected.json").is_file() {
        return Some(root);
    }
    eprintln!("skipped: the corpus does not lie beside the checkout");
    None
}

#[test]
fn every_document_gives_the_expected_outcome() {
    let Some(root) = corpus() else { return };
    let expected = std::fs::read_to_string(root.join("expected.json")).unwrap();
    let expected: BTreeMap<String, BTreeMap<String, String>> =
        serde_json::from_str(&expected).unwrap();
    assert_eq!(expected.len(), 638);
    let mut wrong = Vec::new();
    for (file, expectation) in &expected {
        let text = std::fs::read_to_string(root.join("policies").join(file)).unwrap();
        let kind = PolicyKind::parse(&expectation["kind"]).unwrap();
        let parsed = parse(&text, kind);
        let errors = parsed.diagnostics.iter().filter(|d| d.severity == Severity::Error);
        let codes: Vec<_> = errors.filter_map(|d| d.api_code).collect();
        let outcome = expectation["outcome"].as_str();
        let met = match outcome {
            "ok" => codes.is_empty() && parsed.policy.is_some(),
            code => {
                let first = parsed.first_error().and_then(|fault| fault.api_code);
                first == Some(code) && parsed.policy.is_none()
            }
        };
        if !met {
            wrong.push(format!("{file} as {kind}: expected {outcome}, got {codes:?}"));
        }
        if let Some(policy) = parsed.policy {
            let again = parse(&print(&policy), kind).policy;
            assert_eq!(again.as_ref(), Some(&policy), "{file} changes when printed");
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
