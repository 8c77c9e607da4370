//! What every file has to have, and what none may.

use std::path::Path;

use crate::tree::Tree;

pub(crate) fn check(tree: &Tree) -> Vec<String> {
    let mut faults = Vec::new();
    for (path, text) in tree.rust() {
        if !text.starts_with("//!") && !text.starts_with("#!") {
            faults.push(format!("{path}: begins without a `//!` line that says what it is for"));
        }
        // Written apart, so that this file does not find itself.
        if text.contains(concat!("#[", "ignore")) {
            faults.push(format!("{path}: a test is ignored; assert what happens today instead"));
        }
    }
    for (path, text) in &tree.files {
        if path == "Cargo.lock" {
            continue;
        }
        for word in places_of_one_machine() {
            if text.contains(&word) {
                faults.push(format!("{path}: holds `{word}`, a place of one machine"));
            }
        }
    }
    faults.extend(pages(tree));
    faults
}

/// Absolute paths that mean something on one machine only; put together, so that this file is clean.
fn places_of_one_machine() -> Vec<String> {
    ["home", "work", "root", "Users"].iter().map(|folder| format!("/{folder}/")).collect()
}

/// Every page that the table of contents names is there, and every page is named.
fn pages(tree: &Tree) -> Vec<String> {
    let summary = tree.text("docs/src/SUMMARY.md").unwrap_or_default();
    let links = summary.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
    let links: Vec<&str> = links.map(|(link, _)| link.trim_start_matches("./")).collect();
    let mut faults = Vec::new();
    for link in &links {
        // A chapter without a page of its own is a heading only.
        if !link.is_empty() && tree.text(&format!("docs/src/{link}")).is_none() {
            faults.push(format!("docs/src/SUMMARY.md: there is no page {link}"));
        }
    }
    for (path, _) in &tree.files {
        let Some(page) = path.strip_prefix("docs/src/") else { continue };
        if Path::new(page).extension().is_some_and(|own| own == "md")
            && page != "SUMMARY.md"
            && !links.contains(&page)
        {
            faults.push(format!("{path}: is not in docs/src/SUMMARY.md"));
        }
    }
    faults
}
