//! How long does `camlock lint --watch` take from a change of a file to its findings? The real binary
//! over a folder of files; each change is timed until the last line about it has come.
//!
//! `cargo bench -p camlock-cli --bench watch`, with a number for other files than 10,000; with `--test`
//! a few changes in a small folder.

#![expect(clippy::print_stdout, reason = "this is a program")]
#![expect(clippy::disallowed_methods, reason = "it measures time")]

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Files of one folder.
const A_FOLDER: usize = 100;
/// Bytes of a file, about.
const BYTES: usize = 4_096;
/// How long a line is waited for, which otherwise might never come.
const DEADLINE: Duration = Duration::from_secs(60);
/// How long the first look at all files may take.
const START: Duration = Duration::from_secs(300);

fn main() -> Result<()> {
    let is_trial = std::env::args().any(|argument| argument == "--test");
    let asked = std::env::args().find_map(|argument| argument.parse().ok());
    let (files, rounds) = if is_trial { (200, 3) } else { (asked.unwrap_or(10_000), 50) };
    let folder = tempfile::tempdir()?;
    for number in 0..files {
        let path = folder.path().join(name(number));
        if number % A_FOLDER == 0 {
            fs::create_dir_all(path.parent().unwrap_or(folder.path()))?;
        }
        fs::write(path, policy(number))?;
    }
    let watching = Watching::start(folder.path())?;
    let of = |what: &str, change: &mut dyn FnMut(usize) -> Result<String>| -> Result<()> {
        let mut times = Vec::new();
        for round in 0..rounds {
            let start = Instant::now();
            let awaited = change(round)?;
            watching.wait_for(&awaited)?;
            times.push(start.elapsed());
        }
        times.sort_unstable();
        let at = |percent: usize| times.get((times.len() - 1) * percent / 100).copied();
        let (median, p99) = (at(50).unwrap_or_default(), at(99).unwrap_or_default());
        println!(
            "watch/{what}/{files}: median {:.1} ms, p99 {:.1} ms, worst {:.1} ms of {rounds} changes",
            ms(median),
            ms(p99),
            ms(times.last().copied().unwrap_or_default()),
        );
        Ok(())
    };
    // A new text each time, so that an answer cannot be one to an earlier change.
    of("written", &mut |round| {
        let number = round * 7 % files;
        fs::write(folder.path().join(name(number)), mistaken(number, round))?;
        Ok(found(number, round))
    })?;
    of("renamed-over", &mut |round| {
        let number = (round * 7 + 3) % files;
        let path = folder.path().join(name(number));
        let beside = path.with_extension("json.tmp");
        fs::write(&beside, mistaken(number, round))?;
        fs::rename(&beside, path)?;
        Ok(found(number, round))
    })?;
    of("new", &mut |round| {
        let number = files + round;
        let path = folder.path().join(format!("d0/new{number:05}.json"));
        fs::write(path, mistaken(number, round))?;
        Ok(format!("new{number:05}.json:{}:", line_of_mistake(round)))
    })?;
    Ok(())
}

/// A running `camlock lint --watch`, which has looked at everything once.
struct Watching {
    child: Child,
    lines: mpsc::Receiver<String>,
}

impl Watching {
    fn start(folder: &Path) -> Result<Self> {
        let mut child = Command::new(env!("CARGO_BIN_EXE_camlock"))
            .args(["lint", ".", "--watch", "--format", "compact"])
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let out = child.stdout.take().ok_or("no standard output")?;
        let err = child.stderr.take().ok_or("no standard error")?;
        let watching = Self { child, lines: lines(out) };
        // Who stops waiting lets go of what is said later; it is read nevertheless.
        let said = lines(err);
        wait_for(&said, "watching ", START)?;
        Ok(watching)
    }

    /// Reads up to the line about a place.
    fn wait_for(&self, place: &str) -> Result<()> {
        wait_for(&self.lines, place, DEADLINE)
    }
}

/// The lines of a stream. All are read, whether somebody waits for them or not: the command must not wait
/// for a reader.
fn lines(stream: impl Read + Send + 'static) -> mpsc::Receiver<String> {
    let (send, lines) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(std::io::Result::ok) {
            // Nobody may listen any longer.
            _ = send.send(line);
        }
    });
    lines
}

/// Reads up to the line with a text, for so long at most.
fn wait_for(lines: &mpsc::Receiver<String>, text: &str, patience: Duration) -> Result<()> {
    let until = Instant::now() + patience;
    loop {
        let left = until.saturating_duration_since(Instant::now());
        let line = lines
            .recv_timeout(left)
            .map_err(|why| format!("no line with `{text}` in {patience:?}: {why}"))?;
        if line.contains(text) {
            return Ok(());
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        // It may have ended, which was told.
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

fn name(number: usize) -> String {
    format!("d{}/p{number:05}.json", number / A_FOLDER)
}

/// A policy in which nothing is wrong.
fn policy(number: usize) -> String {
    let mut text = String::from("{\n  \"version\": \"2.0\",\n  \"statement\": [");
    let mut statement = 0;
    while text.len() + 200 < BYTES {
        let comma = if statement == 0 { "" } else { "," };
        // Writing to a string cannot fail.
        _ = write!(
            text,
            "{comma}\n    {{\n      \"effect\": \"allow\",\n      \"action\": [\"cos:GetObject\"],\n      \
             \"resource\": [\"qcs::cos:ap-guangzhou:uid/1250000000:b{number}-1250000000/p{statement}/*\"]\n    }}"
        );
        statement += 1;
    }
    text.push_str("\n  ]\n}\n");
    text
}

/// The same with a mistake in a line that depends on the round.
fn mistaken(number: usize, round: usize) -> String {
    let text = policy(number).replacen("cos:GetObject", "cos.GetObject", 1);
    format!("{}{text}", "\n".repeat(round + 1))
}

fn line_of_mistake(round: usize) -> usize {
    // The mistake is in the sixth line of the policy.
    round + 1 + 6
}

fn found(number: usize, round: usize) -> String {
    format!("{}:{}:", name(number), line_of_mistake(round))
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
