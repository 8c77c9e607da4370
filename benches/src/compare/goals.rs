//! What the project wants to reach, beside what this run reached.

use std::fmt::Write as _;

use crate::compare::numbers::{duration, significant};
use crate::compare::own::{CAMLOCK, LOOK_UP, SCAN};
use crate::compare::special::{EXPLAIN, OUTCOMES};
use crate::compare::table::{Facts, Row};
use crate::compare::visible::GROUP;
use crate::hostile::Hostile;

/// Nanoseconds of a decision of `MinIO`'s policy package at 10 000 statements, as measured earlier on
/// the same kind of work: its Go package cannot be fetched everywhere, so it is quoted.
pub(crate) const MINIO: f64 = 1_430_000.0;

/// Share of statements below which an index has to be worth its while.
const FEW: f64 = 0.01;

enum Limit {
    AtLeast(f64),
    AtMost(f64),
}

struct Goal {
    what: String,
    limit: Limit,
    measured: Option<f64>,
}

/// Everything that was measured.
pub(crate) struct Measured<'a> {
    pub(crate) rows: &'a [Row],
    pub(crate) facts: &'a Facts,
}

impl Measured<'_> {
    fn row(&self, group: &str, size: usize, name: &str) -> Option<&Row> {
        let mut rows = self.rows.iter();
        rows.find(|row| row.group == group && row.size == size && row.name == name)
    }

    /// Median of one candidate over that of Camlock, all statements visible.
    fn over(&self, name: &str, size: usize) -> Option<f64> {
        let own = self.row(GROUP, size, CAMLOCK)?;
        Some(self.row(GROUP, size, name)?.timed.median / own.timed.median)
    }

    fn growth(&self, from: usize, to: usize) -> Option<f64> {
        let (from, to) = (self.row(GROUP, from, CAMLOCK)?, self.row(GROUP, to, CAMLOCK)?);
        Some(to.timed.median / from.timed.median)
    }

    /// Median of a candidate in one group over that in another, whatever the sizes.
    fn between(&self, group: &str, name: &str, other: &str, by: &str) -> Option<f64> {
        let of = |group: &str, name: &str| {
            let mut rows = self.rows.iter();
            rows.find(|row| row.group == group && row.name == name).map(|row| row.timed.median)
        };
        Some(of(group, name)? / of(other, by)?)
    }

    fn facts(&self, above: &str, below: &str) -> Option<f64> {
        Some(self.facts.get(above)? / self.facts.get(below)?)
    }

    fn goals(&self) -> Vec<Goal> {
        let mut goals = self.decisions();
        goals.extend(self.hostile());
        goals.extend(self.around());
        goals
    }

    fn decisions(&self) -> Vec<Goal> {
        use Limit::{AtLeast, AtMost};
        let own = self.row(GROUP, 10_000, CAMLOCK);
        let peers = [
            (SCAN, 10, 1.0),
            (SCAN, 100, 8.0),
            (SCAN, 10_000, 400.0),
            ("regorus, indexed", 10_000, 100.0),
            ("casbin", 10_000, 30_000.0),
            ("Cedar", 10_000, 40_000.0),
        ];
        let mut goals: Vec<Goal> = peers
            .into_iter()
            .map(|(name, size, least)| {
                let measured = self.over(name, size);
                goal(format!("{name} ÷ Camlock at {size} statements"), AtLeast(least), measured)
            })
            .collect();
        goals.extend([
            goal(
                format!("MinIO (quoted: {}) ÷ Camlock at 10000 statements", duration(MINIO)),
                AtLeast(3_000.0),
                own.map(|own| MINIO / own.timed.median),
            ),
            goal("growth of the median, 100 → 100000", AtMost(2.5), self.growth(100, 100_000)),
            goal("growth of the median, 100 → 1000000", AtMost(4.0), self.growth(100, 1_000_000)),
            goal(
                "99th percentile ÷ median at 10000 statements",
                AtMost(4.0),
                own.map(|own| own.timed.p99 / own.timed.median),
            ),
            goal(
                "median at 100000 ÷ one dependent look-up among 100000 names",
                AtMost(3.5),
                self.over(LOOK_UP, 100_000).map(f64::recip),
            ),
            goal(
                "five layers ÷ identity alone",
                AtMost(2.5),
                self.between("layers/five layers", CAMLOCK, "layers/identity alone", CAMLOCK),
            ),
        ]);
        goals.extend(OUTCOMES.map(|(name, _)| {
            let group = format!("explain/{name}");
            let measured = self.between(&group, EXPLAIN, &group, CAMLOCK);
            goal(format!("explain ÷ decide, {name}"), AtMost(10.0), measured)
        }));
        goals
    }

    fn hostile(&self) -> Vec<Goal> {
        let shapes = Hostile::ALL.into_iter().map(|shape| {
            let name = shape.name();
            let group = format!("hostile/{name}");
            let share = self.facts.get(&format!("applying/{name}"));
            let few = share.is_some_and(|share| share < FEW);
            let share =
                share.map_or(String::new(), |share| format!(" ({:.3} % apply)", share * 100.0));
            goal(
                format!("linear scan ÷ Camlock, {name}{share}"),
                Limit::AtLeast(if few { 10.0 } else { 1.0 }),
                self.between(&group, SCAN, &group, CAMLOCK),
            )
        });
        shapes.collect()
    }

    fn around(&self) -> Vec<Goal> {
        use Limit::{AtLeast, AtMost};
        let own = self.rows.iter().filter(|row| row.name == CAMLOCK);
        let most = own.clone().map(|row| row.timed.allocations).reduce(f64::max);
        let bytes = self.row(GROUP, 10_000, CAMLOCK).map(Row::bytes_a_statement);
        let two = |name: &str| self.facts.get(&format!("threads/ratio/{name}"));
        let control = two("spin")
            .map_or(String::new(), |spin| format!(" (two that spin: {})", significant(spin)));
        // Where spinning does not scale either, there was no second CPU to be had.
        let scaled = two(CAMLOCK).filter(|_| two("spin").is_some_and(|spin| spin >= 1.9));
        vec![
            goal("allocations per decision, the most anywhere", AtMost(0.0), most),
            goal(format!("two threads ÷ one{control}"), AtLeast(1.9), scaled),
            goal(
                "speed of text to set ÷ serde_json text to values, 10000 statements",
                AtLeast(0.5),
                self.facts("build/serde_json/10000", "build/text/10000"),
            ),
            goal(
                "growth of building, 10000 → 100000",
                AtMost(12.0),
                self.facts("build/text/100000", "build/text/10000"),
            ),
            goal("bytes a statement at 10000", AtMost(400.0), bytes),
            goal(
                "building all of 10000 statements ÷ changing one policy",
                AtLeast(20.0),
                self.facts("edit/full", "edit/one"),
            ),
        ]
    }

    /// The goals as a table.
    pub(crate) fn table(&self) -> String {
        let mut text =
            "## Goals\n\n| Goal | Wanted | Measured | |\n| --- | ---: | ---: | --- |\n".to_owned();
        for Goal { what, limit, measured } in self.goals() {
            let wanted = match limit {
                Limit::AtLeast(limit) => format!("≥ {}", plain(limit)),
                Limit::AtMost(limit) => format!("≤ {}", plain(limit)),
            };
            let (value, verdict) = match (measured, limit) {
                (None, _) => ("–".to_owned(), "not judged"),
                (Some(value), Limit::AtLeast(limit)) if value >= limit => {
                    (significant(value), "met")
                }
                (Some(value), Limit::AtMost(limit)) if value <= limit => {
                    (significant(value), "met")
                }
                (Some(value), _) => (significant(value), "**missed**"),
            };
            let _ = writeln!(text, "| {what} | {wanted} | {value} | {verdict} |");
        }
        text
    }
}

fn goal(what: impl Into<String>, limit: Limit, measured: Option<f64>) -> Goal {
    Goal { what: what.into(), limit, measured }
}

/// A limit, without digits that say nothing.
fn plain(limit: f64) -> String {
    if limit.fract() == 0.0 && limit < 10.0 { format!("{limit}") } else { significant(limit) }
}
