//! Each numbered rule has a paragraph and a case, and each citation leads to a paragraph.

use std::collections::BTreeSet;

use camlock_conformance::{UNTESTABLE, for_each};

use crate::tree::Tree;

/// The page with one paragraph a rule.
const PAGE: &str = "docs/src/semantics.md";

/// The families of rules.
const FAMILIES: [&str; 8] = ["SYN", "PRN", "ACT", "RES", "VAR", "CND", "EVL", "RD"];

pub(crate) fn check(tree: &Tree) -> Vec<String> {
    let mut faults = Vec::new();
    let rules = paragraphs(tree.text(PAGE).unwrap_or_default());
    if rules.len() < 150 {
        faults.push(format!("{PAGE}: only {} rules have a paragraph", rules.len()));
    }
    faults.extend(without_case(&rules));
    for (path, text) in tree.rust() {
        for cited in citations(text) {
            if !rules.contains(&cited) {
                faults.push(format!("{path}: cites [{cited}], which has no paragraph in {PAGE}"));
            }
        }
    }
    faults
}

/// The rules with a paragraph: `**[SYN-1]**`.
fn paragraphs(page: &str) -> BTreeSet<String> {
    let starts = page.split("**[").skip(1);
    starts.filter_map(|rest| rest.split_once("]**")).map(|(rule, _)| rule.to_owned()).collect()
}

fn without_case(rules: &BTreeSet<String>) -> Vec<String> {
    let mut shown = BTreeSet::new();
    if let Err(error) = for_each(|case| shown.extend(case.rule_ids)) {
        return vec![format!("the conformance cases cannot be read: {error}")];
    }
    let untestable: serde_json::Map<String, serde_json::Value> =
        match serde_json::from_str(UNTESTABLE) {
            Ok(untestable) => untestable,
            Err(error) => return vec![format!("untestable.json: {error}")],
        };
    let missing =
        rules.iter().filter(|rule| !shown.contains(*rule) && !untestable.contains_key(*rule));
    let mut faults: Vec<String> =
        missing.map(|rule| format!("[{rule}] has no conformance case")).collect();
    for rule in untestable.keys().filter(|rule| !rules.contains(*rule)) {
        faults.push(format!("untestable.json: [{rule}] is no rule"));
    }
    faults
}

/// Rules cited in brackets: `[SYN-1]`, `[SYN-1, RD-2]`, `[CND-15 to CND-23]`.
fn citations(text: &str) -> BTreeSet<String> {
    let brackets = text.split('[').skip(1).filter_map(|rest| rest.split_once(']'));
    let words = brackets.flat_map(|(inside, _)| inside.split([',', ' ', '\n', '/']));
    words.filter(|word| is_rule(word)).map(ToOwned::to_owned).collect()
}

fn is_rule(word: &str) -> bool {
    word.split_once('-').is_some_and(|(family, number)| {
        FAMILIES.contains(&family)
            && !number.is_empty()
            && number.bytes().all(|b| b.is_ascii_digit())
    })
}
