//! Tables in Markdown.

use std::fmt::Write as _;

use crate::compare::candidate::{Built, Candidate};
use crate::compare::clock::Timed;
use crate::compare::numbers::{count, duration, significant, size_float};
use crate::compare::own::CAMLOCK;

/// What was measured of one candidate at one size.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) group: &'static str,
    pub(crate) size: usize,
    pub(crate) name: &'static str,
    pub(crate) built: Built,
    pub(crate) timed: Timed,
}

impl Row {
    pub(crate) fn new(
        group: &'static str,
        size: usize,
        candidate: &Candidate<'_>,
        timed: Timed,
    ) -> Self {
        Self { group, size, name: candidate.name, built: candidate.built, timed }
    }
}

/// Decisions of one group, every candidate at every size.
pub(crate) fn decisions(title: &str, rows: &[Row]) -> String {
    let mut text = format!(
        "## {title}\n\n\
         | Statements | Candidate | Median | 99th percentile | ÷ Camlock | Allocations | Bytes a statement | Build |\n\
         | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n"
    );
    for row in rows {
        let own = rows
            .iter()
            .find(|own| own.group == row.group && own.size == row.size && own.name == CAMLOCK);
        let ratio =
            own.map_or(String::new(), |own| significant(row.timed.median / own.timed.median));
        let bytes = match row.built.bytes {
            0 => "–".to_owned(),
            bytes => significant(size_float(bytes) / size_float(row.size)),
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
            "| {} | {} | {} | {} | {ratio} | {allocations} | {bytes} | {build} |",
            count(row.size),
            row.name,
            duration(row.timed.median),
            duration(row.timed.p99),
        );
    }
    text
}
