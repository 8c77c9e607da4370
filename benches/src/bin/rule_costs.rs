//! Prints what each lint rule costs on a thousand documents of 4 KiB, the dearest first: the time with
//! the rule alone, less the time with none.
//!
//! `cargo run --release -p camlock-benches --bin rule_costs`

#![expect(clippy::print_stdout, reason = "this is a program")]
#![expect(clippy::disallowed_methods, reason = "it measures time")]

use std::time::{Duration, Instant};

use camlock_benches::documents;
use camlock_lint::{Level, LevelError, Levels, Linter, Settings, rules};
use camlock_source::SourceText;

const ROUNDS: usize = 3;

fn main() -> Result<(), LevelError> {
    let texts = documents(1_000, 4_096).into_iter();
    let sources: Vec<SourceText> = texts.map(|text| SourceText::new("a.json", text)).collect();
    let off = || Levels::default().with("all", Level::Off);
    let base = measured(off()?, &sources).0;
    let mut costs = Vec::new();
    for rule in rules() {
        let rule = rule.meta();
        let on = off()?.with(rule.name, rule.level.max(Level::Info))?;
        let (time, findings) = measured(on, &sources);
        costs.push((time.saturating_sub(base), findings, rule));
    }
    costs.sort_by_key(|(time, _, _)| std::cmp::Reverse(*time));
    println!("{base:>10.2?}  no rule at all");
    for (time, findings, rule) in costs {
        println!("{time:>10.2?}  {} {} ({findings} findings)", rule.code, rule.name);
    }
    Ok(())
}

/// The shortest of a few rounds, and the number of findings.
fn measured(levels: Levels, sources: &[SourceText]) -> (Duration, usize) {
    let linter = Linter::new(Settings { levels, ..Settings::default() });
    let round = || {
        let start = Instant::now();
        let findings = sources.iter().map(|source| linter.lint(source, None).findings.len()).sum();
        (start.elapsed(), findings)
    };
    (0..ROUNDS).map(|_| round()).min().unwrap_or_default()
}
