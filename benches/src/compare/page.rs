//! The page of the book that one run writes.

use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

const BOOK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/src");
const PAGE: &str = "comparison-measured.md";
const PLOT: &str = "comparison-measured.svg";

/// Writes the page and its picture; `versions` names the candidates that are not ours.
pub(crate) fn write(tables: &str, plot: &str, versions: &str) -> io::Result<()> {
    let rounds = "Candidates answer before they are timed, a wrong answer stops the run; they are timed in \
                  turn, in rounds,\nand the tables give the median of the rounds.";
    let text = format!(
        "# Measured comparison\n\n\
         Written by `{}`, on {}, at revision `{}`, with {} on {}. {rounds} Decisions that take\nless than 4 µs are \
         timed 64 at a time, so that their 99th percentile is one of batches; slower ones each, and\nfrom 20 µs in CPU time of \
         the thread. Bytes are those that the allocator counted; where Camlock tells its own count, that stands\nbehind \
         it. {versions}\n\n\
         ![Median time of a decision over the number of statements]({PLOT})\n\n{tables}",
        command(),
        output("date", &["-u", "+%Y-%m-%d"]),
        output("git", &["rev-parse", "--short", "HEAD"]),
        output("rustc", &["--version"]),
        machine(),
    );
    fs::write(Path::new(BOOK).join(PAGE), text)?;
    fs::write(Path::new(BOOK).join(PLOT), plot)
}

/// How the run was started, as somebody else would.
fn command() -> String {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let program = std::env::args().next().unwrap_or_default();
    let program = if program.ends_with("camlock-peers") {
        "cargo run --release --manifest-path benches/peers/Cargo.toml --"
    } else {
        "cargo run --release -p camlock-benches --bin compare --"
    };
    format!("{program} {}", arguments.join(" "))
}

fn machine() -> String {
    let cpus = std::thread::available_parallelism().map_or(0, usize::from);
    let facts = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let kind = facts.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or_default().to_owned();
    format!(
        "{cpus} CPUs ({}), load average {load} at the end",
        kind.map_or("kind unknown", |(_, kind)| kind)
    )
}

fn output(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(BOOK).output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    text.ok().filter(|text| !text.is_empty()).unwrap_or_else(|| "unknown".to_owned())
}
