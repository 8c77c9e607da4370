//! Repairs: what is carried out, what is refused, and that twice is as once.

use camlock_lint::{Linter, Settings, mend};
use camlock_source::{Grade, SourceText};

fn mended(text: &str, least: Grade) -> (String, usize) {
    let linter = Linter::new(Settings::default());
    let once = mend(&linter, &SourceText::new("a.json", text), None, least);
    assert!(once.refused.is_empty(), "{:?}", once.refused);
    let twice = mend(&linter, &SourceText::new("a.json", once.text.as_str()), None, least);
    assert_eq!((twice.text.as_str(), twice.applied.len()), (once.text.as_str(), 0));
    (once.text, once.applied.len())
}

const TEXT: &str = r#"{
  "Version": "2.0",
  "statement": [ {"effect": "allow", "action": ["cos:Get*", "cos:GetObject", "cos:GetObject"],
                  "resource": "qcs::cos:gz:uid/1250000001:a-1250000000/*"} ]
}
"#;

#[test]
fn safe_repairs_go_together_and_keep_the_layout() {
    let expected = r#"{
  "version": "2.0",
  "statement": [ {"effect": "allow", "action": ["cos:Get*"],
                  "resource": "qcs::cos:ap-guangzhou:uid/1250000001:a-1250000000/*"} ]
}
"#;
    let (text, _) = mended(TEXT, Grade::Safe);
    assert_eq!(text, expected);
}

#[test]
fn suggestions_are_carried_out_only_when_they_are_asked_for() {
    let (text, _) = mended(TEXT, Grade::Suggestion);
    assert!(text.contains("uid/1250000000:a-1250000000"), "{text}");
}

#[test]
fn a_list_of_documents_is_mended_one_by_one() {
    let text = format!("[{TEXT}, {TEXT}]");
    let (text, _) = mended(&text, Grade::Safe);
    assert_eq!(text.matches("\"version\"").count(), 2);
}

#[test]
fn a_document_that_is_no_policy_keeps_its_reading() {
    // The dot is a fault; only what reads the same is mended.
    let text = TEXT.replace("cos:Get*", "cos.GetObject");
    let (after, _) = mended(&text, Grade::Safe);
    assert!(after.contains("cos.GetObject"), "{after}");
}
