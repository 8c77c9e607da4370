//! Texts that were damaged at random: what is repaired keeps its promise, and repairing comes to an end.

use camlock_lint::{Level, Levels, Linter, Settings, fault_rules, mend};
use camlock_source::{Grade, SourceText};
use proptest::prelude::*;

const TEXT: &str = r#"{
  "version": "2.0",
  "statement": [
    { "effect": "allow", "action": ["cos:GetObject", "name/cos:PutObject"],
      "resource": ["qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*"],
      "condition": { "ip_equal": { "qcs:ip": ["10.0.0.0/8", "192.0.2.1"] } } },
    { "effect": "deny", "action": "cos:DeleteObject", "resource": "*" }
  ]
}
"#;

/// What people leave behind, or put in the place of something.
const DEBRIS: [&str; 32] = [
    "", ",", ",,", "，", "、", ";", ":", "：", "=", "\"", "“", "”", "'", "‘", "’", "`", "\\",
    "\\d", "// x\n", "# x\n", "/* x */", "/*", "[", "]", "{", "}", "［", "\u{a0}", "\u{feff}",
    "<ID>", "word", "\t",
];

/// Replaces up to two characters at each of some places.
fn damaged(places: &[(usize, usize, &str)]) -> String {
    let mut text: Vec<char> = TEXT.chars().collect();
    for (at, gone, debris) in places {
        let at = at % text.len();
        let end = (at + gone).min(text.len());
        text.splice(at..end, debris.chars());
    }
    text.into_iter().collect()
}

/// A linter that finds faults of reading only.
fn linter() -> Linter {
    let off = Levels::default().with("all", Level::Off);
    let levels = fault_rules().iter().fold(off, |levels, rule| {
        levels.and_then(|levels| levels.with(rule.code.as_str(), rule.level))
    });
    Linter::new(Settings { levels: levels.unwrap(), ..Settings::default() })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn repairs_of_damaged_texts_hold(
        places in proptest::collection::vec((0..2_000_usize, 0..3_usize, proptest::sample::select(&DEBRIS[..])), 1..5)
    ) {
        let linter = linter();
        let text = damaged(&places);
        for grade in [Grade::Safe, Grade::Suggestion] {
            let once = mend(&linter, &SourceText::new("a.json", text.as_str()), None, grade);
            prop_assert!(once.refused.is_empty(), "{:?}\n{}\n{:?}", grade, text, once.refused);
            let again = SourceText::new("a.json", once.text.as_str());
            let again = mend(&linter, &again, None, grade);
            prop_assert_eq!(&again.text, &once.text, "{:?} {}", grade, text);
        }
    }
}
