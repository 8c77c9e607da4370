//! Every code is explained once, and answers what findings say.

use camlock::PolicyKind;

use super::{answers, rows};

#[test]
fn no_code_or_name_stands_twice() {
    let mut words: Vec<&str> = rows().flat_map(|row| [row.code, row.name]).collect();
    let count = words.len();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), count);
}

#[test]
fn every_error_of_a_document_has_an_answer() {
    // What CAM accepts, and faults of files that it never sees.
    let unanswered = ["CAM1003", "CAM1004", "CAM1005", "CAM2006", "CAM2025"];
    for row in rows().filter(|row| row.code < "CAM3") {
        assert_eq!(answers(row.code).is_empty(), unanswered.contains(&row.code), "{}", row.code);
    }
}

#[test]
fn findings_carry_an_answer_of_their_code() {
    let texts = [
        "",
        "[1,]",
        "{\"version\": 2, \"Statement\": {}, \"other\": 1}",
        "{\"statement\": [1]}",
        r#"{"version": "2.0", "statement": [
            {"effect": "maybe", "action": [], "resource": "arn:aws:s3:::x", "notaction": "*"},
            {"effect": "deny", "action": ["cos.Get", "a:b:c", ""], "resource": [],
             "principal": {"qcs": "*", "service": "x", "other": 1}},
            {"effect": "allow", "action": "*:Get", "resource":
                ["qcs::cos:ap-*:uid/x:y", "qcs:1:cos:::y", "qcs::cos:${a}::y", "qcs::COS:::${b}"],
             "condition": {"string_equals": {"": 1}, "ip_equal": {"qcs:ip": "x", "Qcs:ip": []},
                "numeric_equal": {"a b": "c"}, "string_equal": 3, "null_equal_if_exist": {}}}]}"#,
    ];
    let mut found = 0;
    for text in texts {
        for kind in PolicyKind::ALL {
            for diagnostic in camlock::parse(text, kind).diagnostics {
                let Some(api_code) = diagnostic.api_code else { continue };
                let answers = answers(diagnostic.code.as_str());
                assert!(
                    answers.iter().any(|answer| answer.as_str() == api_code),
                    "{}: {api_code}: {text}",
                    diagnostic.code,
                );
                found += 1;
            }
        }
    }
    assert!(found > 100, "{found}");
}
