//! Real documents, where they are at hand.

use std::fs;
use std::path::Path;

use camlock_lint::{Linter, Settings, mend};
use camlock_source::{Grade, Severity, SourceText};

/// Calls `check` with each real document.
fn for_each(mut check: impl FnMut(&SourceText)) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/policies");
    let Ok(entries) = fs::read_dir(&folder) else {
        println!("skipped: no corpus at {}", folder.display());
        return;
    };
    let mut count = 0;
    for path in entries.map(|entry| entry.unwrap().path()) {
        let bytes = fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if let Ok(source) = SourceText::from_bytes(name, bytes, 1 << 20) {
            check(&source);
            count += 1;
        }
    }
    assert!(count > 500, "{count} documents");
}

#[test]
fn every_place_of_a_finding_is_in_its_text() {
    let linter = Linter::new(Settings::default());
    for_each(|source| {
        for finding in linter.lint(source, None).findings {
            let own = &finding.diagnostic;
            let fixes = own.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
            let labels = own.secondary.iter().map(|label| label.span);
            for span in labels.chain(fixes).chain([own.span]) {
                let range = span.start as usize..span.end as usize;
                assert!(source.text().get(range).is_some(), "{} {}", source.name(), own.code);
            }
            assert!(own.help.is_some() || own.fix.is_some(), "{} {}", source.name(), own.code);
        }
    });
}

#[test]
fn safe_repairs_hold_what_they_promise_and_twice_is_as_once() {
    let linter = Linter::new(Settings::default());
    let mut applied = 0;
    for_each(|source| {
        let once = mend(&linter, source, None, Grade::Safe);
        assert!(once.refused.is_empty(), "{}: {:?}", source.name(), once.refused);
        let again = SourceText::new(source.name(), once.text.as_str());
        assert_eq!(mend(&linter, &again, None, Grade::Safe).text, once.text, "{}", source.name());
        applied += once.applied.len();
    });
    println!("{applied} repairs");
}

#[test]
fn suggestions_leave_no_text_worse_and_come_to_an_end() {
    let linter = Linter::new(Settings::default());
    let faults = |source: &SourceText| {
        let findings = linter.lint(source, None).findings;
        findings.iter().filter(|own| own.diagnostic.severity == Severity::Error).count()
    };
    let (mut applied, mut policies) = (0, 0);
    for_each(|source| {
        let once = mend(&linter, source, None, Grade::Suggestion);
        let after = SourceText::new(source.name(), once.text.as_str());
        assert!(once.refused.is_empty(), "{}: {:?}", source.name(), once.refused);
        assert_eq!(mend(&linter, &after, None, Grade::Suggestion).text, once.text);
        assert!(faults(&after) <= faults(source), "{}", source.name());
        let is_policy = |source: &SourceText| {
            let documents = linter.lint(source, None).documents;
            !documents.is_empty() && documents.iter().all(|document| document.is_policy)
        };
        policies += usize::from(is_policy(&after) && !is_policy(source));
        applied += once.applied.len();
    });
    println!("{applied} repairs, {policies} texts became policies");
}
