//! The results of a log, which may be made in parts.

use std::collections::HashMap;
use std::fmt;

use serde::Serialize as _;
use serde_json::Serializer;
use serde_json::ser::{Formatter as _, PrettyFormatter};

use super::Rule;
use super::entry::Entry;
use crate::{Finding, fingerprints};

/// Objects and lists around a result.
const DEPTH: usize = 4;
/// What stands between two results.
const BETWEEN: &str = ",\n        ";

/// The table of codes, ready to be asked for each finding.
#[derive(Clone, Debug)]
pub struct Table<'a> {
    places: HashMap<&'a str, usize>,
}

/// Some results as text.
///
/// The findings of one file belong together: what tells equal ones apart is their order.
#[derive(Clone, Debug, Default)]
pub struct Results {
    /// What was found.
    found: String,
    /// What is accepted; it stands behind everything that was found.
    accepted: String,
}

impl<'a> Table<'a> {
    /// A table of these codes.
    pub fn new(rules: &[Rule<'a>]) -> Self {
        let places = rules.iter().enumerate();
        Self { places: places.map(|(place, rule)| (rule.code, place)).collect() }
    }

    /// Findings as results, and those that are accepted, with the reasons.
    ///
    /// # Errors
    ///
    /// Where a text cannot be written as JSON, which none is.
    pub fn results(
        &self,
        findings: &[Finding<'_>],
        suppressed: &[(Finding<'_>, &str)],
    ) -> Result<Results, fmt::Error> {
        let all: Vec<Finding<'_>> = findings
            .iter()
            .copied()
            .chain(suppressed.iter().map(|(finding, _)| *finding))
            .collect();
        let mut prints = fingerprints(&all).into_iter();
        let place = |own: &Finding<'_>| self.places.get(own.diagnostic.code.as_str()).copied();
        let found = findings.iter().zip(&mut prints);
        let found = found.map(|(own, print)| Entry::new(*own, place(own), None, print));
        let found = listed(found)?;
        let accepted = suppressed.iter().zip(&mut prints);
        let accepted =
            accepted.map(|((own, why), print)| Entry::new(*own, place(own), Some(*why), print));
        Ok(Results { found, accepted: listed(accepted)? })
    }
}

/// The pieces of a log: what stands before and behind the list of results, and the list.
pub(super) fn put_between(head: &str, all: Vec<Results>, tail: &str) -> Vec<String> {
    let (found, accepted): (Vec<_>, Vec<_>) =
        all.into_iter().map(|own| (own.found, own.accepted)).unzip();
    let mut pieces = vec![head.to_owned(), "[".to_owned()];
    let mut is_empty = true;
    for text in found.into_iter().chain(accepted).filter(|text| !text.is_empty()) {
        // The first one follows no other.
        let between = if is_empty { BETWEEN.trim_start_matches(',') } else { BETWEEN };
        pieces.extend([between.to_owned(), text]);
        is_empty = false;
    }
    let end = if is_empty { "]" } else { "\n      ]" };
    pieces.push(format!("{end}{tail}\n"));
    pieces
}

/// Results as they stand in the list.
fn listed<'a>(entries: impl Iterator<Item = Entry<'a>>) -> Result<String, fmt::Error> {
    let mut text = Vec::new();
    for entry in entries {
        if !text.is_empty() {
            text.extend_from_slice(BETWEEN.as_bytes());
        }
        let mut formatter = PrettyFormatter::new();
        for _ in 0..DEPTH {
            // Each list that is open moves what is in it to the right.
            formatter.begin_array(&mut std::io::sink()).map_err(|_| fmt::Error)?;
        }
        let mut serializer = Serializer::with_formatter(&mut text, formatter);
        entry.serialize(&mut serializer).map_err(|_| fmt::Error)?;
    }
    String::from_utf8(text).map_err(|_| fmt::Error)
}
