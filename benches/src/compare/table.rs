//! Tables in Markdown.

use std::fmt::Write as _;

use crate::compare::candidate::{Built, Candidate};
use crate::compare::clock::Timed;
use crate::compare::numbers::{count, duration, significant, size_float};
use crate::compare::own::CAMLOCK;

/// What was measured of one candidate at one size.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) group: String,
    pub(crate) size: usize,
    pub(crate) name: &'static str,
    pub(crate) built: Built,
    pub(crate) timed: Timed,
}

impl Row {
    pub(crate) fn new(
        group: impl Into<String>,
        size: usize,
        candidate: &Candidate<'_>,
        timed: Timed,
    ) -> Self {
        Self { group: group.into(), size, name: candidate.name, built: candidate.built, timed }
    }
}

impl Row {
    /// Bytes that a statement takes: what the candidate tells, or else what the allocator counted.
    pub(crate) fn bytes_a_statement(&self) -> f64 {
        let Built { bytes, told, .. } = self.built;
        size_float(if told > 0 { told } else { bytes }) / size_float(self.size)
    }
}

/// Single numbers by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts(Vec<(String, f64)>);

impl Facts {
    pub(crate) fn add(&mut self, name: impl Into<String>, value: f64) {
        self.0.push((name.into(), value));
    }

    pub(crate) fn get(&self, name: &str) -> Option<f64> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| *value)
    }
}

/// Decisions, every candidate at every size.
pub(crate) fn decisions(title: &str, rows: &[&Row]) -> String {
    let mut text = format!(
        "## {title}\n\n\
         | | Statements | Candidate | Median | 99th percentile | ÷ Camlock | Allocations | Bytes a statement | Build |\n\
         | --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n"
    );
    for row in rows {
        let own = rows
            .iter()
            .find(|own| own.group == row.group && own.size == row.size && own.name == CAMLOCK);
        let ratio =
            own.map_or(String::new(), |own| significant(row.timed.median / own.timed.median));
        let bytes = match (row.built.bytes, row.built.told) {
            (0, 0) => "–".to_owned(),
            (bytes, 0) => significant(size_float(bytes) / size_float(row.size)),
            (bytes, told) => format!(
                "{} ({} told)",
                significant(size_float(bytes) / size_float(row.size)),
                significant(size_float(told) / size_float(row.size))
            ),
        };
        let build = if row.built.nanoseconds > 0.0 {
            duration(row.built.nanoseconds)
        } else {
            "–".to_owned()
        };
        let allocations = match row.timed.allocations {
            0.0 => "0".to_owned(),
            some => significant(some),
        };
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {ratio} | {allocations} | {bytes} | {build} |",
            row.group,
            count(row.size),
            row.name,
            duration(row.timed.median),
            duration(row.timed.p99),
        );
    }
    text
}

/// Numbers that are no decisions: requests, building, changing, threads.
pub(crate) fn around(facts: &Facts) -> String {
    let mut text = String::new();
    if let Some(request) = facts.get("request") {
        let _ = writeln!(text, "Making a request from texts takes {}.\n", duration(request));
    }
    if let (Some(one), Some(full)) = (facts.get("edit/one"), facts.get("edit/full")) {
        let _ = writeln!(
            text,
            "One policy changed: {}; all of the policies compiled: {}.\n",
            duration(one),
            duration(full)
        );
    }
    let sizes = facts.0.iter().filter_map(|(name, _)| name.strip_prefix("build/text/"));
    let sizes: Vec<&str> = sizes.collect();
    if !sizes.is_empty() {
        text.push_str(
            "| Statements | Text | Text to set | Text to `serde_json` values | Policies to set |\n\
             | ---: | ---: | ---: | ---: | ---: |\n",
        );
    }
    for size in sizes {
        let get = |what: &str| facts.get(&format!("build/{what}/{size}")).unwrap_or_default();
        let bytes = get("bytes");
        let speed = |what: &str| {
            let spent = get(what);
            format!("{} ({} MB/s)", duration(spent), significant(bytes / spent * 1e3))
        };
        let _ = writeln!(
            text,
            "| {size} | {} MB | {} | {} | {} |",
            significant(bytes / 1e6),
            speed("text"),
            speed("serde_json"),
            duration(get("policies"))
        );
    }
    let threads = facts.0.iter().filter_map(|(name, _)| name.strip_prefix("threads/1/"));
    let threads: Vec<&str> = threads.collect();
    if !threads.is_empty() {
        text.push_str(
            "\n| 10 000 statements | One thread, a second | Two threads, a second | Ratio |\n\
             | --- | ---: | ---: | ---: |\n",
        );
    }
    for name in threads {
        let get = |what: &str| facts.get(&format!("threads/{what}/{name}")).unwrap_or_default();
        let _ = writeln!(
            text,
            "| {name} | {} | {} | {} |",
            significant(get("1")),
            significant(get("2")),
            significant(get("ratio"))
        );
    }
    if text.is_empty() { text } else { format!("## Around decisions\n\n{text}") }
}
