//! What grades promise is held.

use super::*;
use crate::settings::Settings;

fn holds(before: &str, after: &str, grade: Grade) -> bool {
    let linter = Linter::new(Settings::default());
    let linted = linter.lint(&SourceText::new("a.json", before), None);
    keeps("a.json", &linted, before, after, grade)
}

fn text(action: &str) -> String {
    format!(
        r#"{{"version": "2.0", "statement": {{"effect": "allow", "action": {action}, "resource": "*"}}}}"#
    )
}

#[test]
fn a_safe_repair_decides_the_same() {
    let before = text(r#"["cos:*", "cos:GetObject"]"#);
    assert!(holds(&before, &text(r#""name/cos:*""#), Grade::Safe));
    assert!(!holds(&before, &text(r#""cos:Get*""#), Grade::Safe));
    assert!(!holds(&before, &text(r#""*""#), Grade::Safe));
}

#[test]
fn a_narrowing_repair_allows_no_more() {
    let before = text(r#""cos:*""#);
    assert!(holds(&before, &text(r#""cos:Get*""#), Grade::Narrowing));
    assert!(!holds(&before, &text(r#""*""#), Grade::Narrowing));
    assert!(holds(&before, &text(r#""*""#), Grade::Suggestion));
}

#[test]
fn a_policy_stays_a_policy_and_a_document_a_document() {
    let before = text(r#""cos:*""#);
    for grade in [Grade::Safe, Grade::Narrowing, Grade::Suggestion] {
        assert!(!holds(&before, &text(r#""cos.Get""#), grade));
        assert!(!holds(&before, "", grade));
        assert!(!holds(&before, &format!("[{before}, {before}]"), grade));
    }
}

#[test]
fn what_is_no_policy_keeps_what_cannot_be_read_word_for_word() {
    let before = text(r#"["cos:*", "cos.Get", "cos:Get*"]"#);
    assert!(holds(&before, &text(r#"["cos:*", "cos.Get"]"#), Grade::Safe));
    assert!(!holds(&before, &text(r#"["cos:*", "cos:Get"]"#), Grade::Safe));
    assert!(!holds(&before, &text(r#"["cos:Put*", "cos.Get"]"#), Grade::Safe));
    assert!(holds(&before.replace(']', ",]"), &before, Grade::Safe), "a comma too many");
    let unknown = before.replace("\"effect\"", "\"sid\": \"a\", \"efect\": 1, \"effect\"");
    assert!(!holds(&unknown, &unknown.replace("\"efect\": 1, ", ""), Grade::Safe));
}

#[test]
fn labels_go_with_what_they_stand_in() {
    let statement = |label: &str| {
        format!(r#"{{"sid": "{label}", "effect": "allow", "action": "*", "resource": "*"}}"#)
    };
    let text = |statements: &str| format!(r#"{{"version": "2.0", "statement": [{statements}]}}"#);
    let both = format!("{}, {}", statement("a"), statement("b"));
    assert!(holds(&text(&both), &text(&statement("a")), Grade::Safe));
    assert!(holds(&text(&both), &text(&statement("a")), Grade::Narrowing));
}
