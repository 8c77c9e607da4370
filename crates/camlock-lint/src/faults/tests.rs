//! Every fault has its page, and every page what it promises.

use camlock_policy::{Action, NameFault, PolicyKind};
use camlock_source::SourceText;

use super::*;
use crate::finding::Finding;
use crate::levels::Levels;
use crate::linter::Linter;
use crate::page::Expectation;
use crate::settings::Settings;
use crate::testing;

/// What the front end finds, without what rules do.
fn findings(text: &str, kind: Option<PolicyKind>) -> Vec<Finding> {
    let off = Levels::default().with("all", Level::Off).unwrap();
    let on = |levels: Levels, rule: &RuleMeta| levels.with(rule.code.as_str(), rule.level).unwrap();
    let levels = fault_rules().iter().fold(off, on);
    let linter = Linter::new(Settings { levels, ..Settings::default() });
    linter.lint(&SourceText::new("policy.json", text), kind).findings
}

fn is_hidden(rule: &RuleMeta) -> bool {
    rule.page.contains("Not shown: ")
}

/// Documents with the faults that no page shows.
fn hidden() -> Vec<(&'static str, String)> {
    let with_actions = |actions: &str| {
        format!(
            r#"{{"version": "2.0", "statement": {{"effect": "allow", "action": [{actions}], "resource": "*"}}}}"#
        )
    };
    let good = with_actions("\"cvm:DescribeInstances\"");
    let statement = r#"{"effect": "allow", "action": "cvm:DescribeInstances", "resource": "*"}"#;
    let statements = vec![statement; 1_001].join(",");
    vec![
        ("CAM1011", format!("{good}{}", " ".repeat(1 << 20))),
        ("CAM1012", with_actions(&"1,,".repeat(10_001))),
        ("CAM1014", with_actions(&vec!["\"a:b\""; 10_001].join(","))),
        ("CAM1027", format!("\u{feff}{good}")),
        ("CAM1029", with_actions("\"cvm:DescribeInstances\t\"")),
        ("CAM2002", with_actions(&vec!["\"cvm:DescribeInstances\""; 300].join(","))),
        ("CAM2024", format!(r#"{{"version": "2.0", "statement": [{statements}]}}"#)),
    ]
}

#[test]
fn every_fault_has_a_page_with_a_bad_example_or_says_why_not() {
    for rule in fault_rules() {
        let headings = rule.page.lines().filter_map(|line| line.trim().strip_prefix("## "));
        let headings: Vec<&str> = headings.take(3).collect();
        assert_eq!(headings, ["What it finds", "Why it matters", "Example"], "{}", rule.code);
        testing::check_page(rule);
        let examples = rule.examples();
        let is_bad = |own: &Expectation| matches!(own, Expectation::Code(_));
        let shows = examples.iter().any(|own| is_bad(&own.expectation));
        assert!(shows != is_hidden(rule), "{} is shown, or says why it is not", rule.code);
    }
}

#[test]
fn what_no_page_shows_is_found_all_the_same() {
    let hidden = hidden();
    for (code, text) in &hidden {
        let found = findings(text, None);
        assert!(found.iter().any(|own| own.rule.code.as_str() == *code), "{code}");
    }
    // The only faults that no document can have: of actions in requests, and of files around documents.
    assert_eq!(Action::parse("cos:*").unwrap_err().fault(), NameFault::ActionNotConcrete);
    let mut shown: Vec<&str> = hidden.into_iter().map(|(code, _)| code).collect();
    shown.push("CAM2112");
    shown.extend(codes::FILES.iter().map(|info| info.code.as_str()));
    shown.sort_unstable();
    let said = fault_rules().iter().filter(|rule| is_hidden(rule));
    assert_eq!(shown, said.map(|rule| rule.code.as_str()).collect::<Vec<_>>());
}

/// The answer of CAM stands on the page; where it depends on the place the page has one of them.
#[test]
fn a_page_names_the_answer_of_cam() {
    let hidden = hidden();
    for rule in fault_rules() {
        let bad = rule.examples().into_iter().map(|own| (own.text, own.kind));
        let of_rule = hidden.iter().filter(|(code, _)| *code == rule.code.as_str());
        for (text, kind) in bad.chain(of_rule.map(|(_, text)| (text.clone(), None))) {
            let found = findings(&text, kind);
            for finding in found.iter().filter(|own| own.rule.code == rule.code) {
                let Some(answer) = finding.diagnostic.api_code else { continue };
                assert!(rule.page.contains(answer), "{} does not name {answer}", rule.code);
            }
        }
    }
}

#[test]
fn warnings_are_what_cam_accepts() {
    for rule in fault_rules() {
        for example in rule.examples() {
            for finding in findings(&example.text, example.kind) {
                if finding.rule.code == rule.code {
                    let answer = finding.diagnostic.api_code;
                    assert_eq!(rule.level == Level::Error, answer.is_some(), "{}", rule.code);
                }
            }
        }
    }
}
