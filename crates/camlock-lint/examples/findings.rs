//! Lints files and prints a line a finding; for looking at what a rule finds in real documents.
//!
//! `cargo run -p camlock-lint --example findings -- CAM5002,unknown-service FOLDER…`; `all` for every code.

#![expect(clippy::print_stdout, reason = "this is a program")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use camlock_lint::{Level, Levels, Linter, Settings, explain};
use camlock_source::SourceText;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let codes = arguments.next().unwrap_or_else(|| "all".into());
    let mut levels = Levels::default();
    for code in codes.split(',').filter(|code| *code != "all") {
        // A rule that is off is on when it is asked for.
        if let Some(rule) = explain(code).filter(|rule| rule.level == Level::Off) {
            levels = levels.with(rule.name, Level::Info)?;
        }
    }
    let linter = Linter::new(Settings { levels, ..Settings::default() });
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut files: Vec<PathBuf> = arguments.flat_map(|path| walk(Path::new(&path))).collect();
    files.sort();
    for path in files {
        let name = path.display().to_string();
        let Ok(source) = SourceText::from_bytes(name, fs::read(&path)?, 1 << 20) else { continue };
        for finding in linter.lint(&source, None).findings {
            let own = &finding.diagnostic;
            let is_wanted = |code: &str| code == own.code.as_str() || code == finding.rule.name;
            if codes == "all" || codes.split(',').any(is_wanted) {
                let place = source.line_column(own.span.start);
                let file = path.file_name().unwrap_or_default().to_string_lossy();
                let severity = own.severity.as_str();
                println!(
                    "{file}:{}:{} {severity} {} {}",
                    place.line, place.column, own.code, own.message
                );
                *counts.entry(format!("{} {}", own.code, finding.rule.name)).or_default() += 1;
            }
        }
    }
    for (code, count) in counts {
        println!("{count:6} {code}");
    }
    Ok(())
}

fn walk(path: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(path) else { return vec![path.to_owned()] };
    entries.flatten().flat_map(|entry| walk(&entry.path())).collect()
}
