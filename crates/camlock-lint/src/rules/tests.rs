//! What holds for every rule.

use std::collections::BTreeSet;
use std::path::Path;

use super::*;
use crate::faults;
use crate::rule::Group;
use crate::testing;

#[test]
fn codes_rise_and_stand_in_the_range_of_their_group() {
    let codes: Vec<&str> = rules().iter().map(|rule| rule.meta().code.as_str()).collect();
    for pair in codes.windows(2) {
        assert!(pair[0] < pair[1], "{} stands before {}", pair[0], pair[1]);
    }
    for rule in rules() {
        let rule = rule.meta();
        let range = match rule.group {
            Group::Correctness => "CAM3",
            Group::Catalogue => "CAM5",
            Group::Security => "CAM6",
            Group::Redundancy => "CAM7",
            Group::Style => "CAM9",
        };
        let digits = rule.code.as_str().strip_prefix("CAM").unwrap_or_default();
        assert!(rule.code.as_str().starts_with(range), "{} is of {}", rule.code, rule.group);
        assert!(digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()), "{}", rule.code);
    }
}

#[test]
fn names_are_kebab_case_unique_and_those_of_the_files() {
    let mut names = BTreeSet::new();
    for rule in rules() {
        let rule = rule.meta();
        let path = Path::new(rule.file);
        let file = path.file_stem().unwrap().to_string_lossy().replace('_', "-");
        assert_eq!(file, rule.name, "{} stands in {}", rule.code, rule.file);
        let folder = path.parent().unwrap().file_name().unwrap();
        assert_eq!(folder.to_string_lossy(), rule.group.as_str(), "{}", rule.code);
    }
    for rule in rules().iter().map(|rule| rule.meta()).chain(fault_rules()) {
        assert!(
            rule.name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        );
        assert!(names.insert(rule.name), "two rules are called {}", rule.name);
    }
}

#[test]
fn summaries_and_pages_have_their_form() {
    for rule in rules() {
        let rule = rule.meta();
        let summary = rule.summary;
        assert!(!summary.ends_with('.') && !summary.is_empty(), "{}: {summary}", rule.code);
        assert!(summary.len() <= 100, "{}: {summary}", rule.code);
        let first = summary.chars().next().unwrap();
        assert!(!first.is_uppercase() || summary.starts_with("COS"), "{}: {summary}", rule.code);
        let headings = rule.page.lines().filter_map(|line| line.trim().strip_prefix("## "));
        let headings: Vec<&str> = headings.take(3).collect();
        assert_eq!(headings, ["What it finds", "Why it matters", "Example"], "{}", rule.code);
    }
}

#[test]
fn what_a_rule_supersedes_exists_and_is_another() {
    for rule in rules() {
        let rule = rule.meta();
        for code in rule.supersedes {
            let other = explain(code).unwrap_or_else(|| panic!("{}: {code} is no code", rule.code));
            assert_ne!(other.code, rule.code);
        }
    }
}

#[test]
fn the_examples_of_faults_give_what_they_say() {
    for rule in fault_rules().iter().filter(|rule| !rule.page.is_empty()) {
        testing::check_page(rule);
    }
}

#[test]
fn every_page_of_a_fault_is_of_a_code_that_the_front_end_has() {
    for page in faults::pages() {
        assert!(explain(page.code).is_some_and(|rule| rule.page == page.page), "{}", page.code);
    }
}
