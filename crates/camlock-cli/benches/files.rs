//! How long does `camlock lint` take over a folder of files of 4 KiB? The real binary as a whole process:
//! files are found, read, linted with every rule, and the findings written.
//!
//! `cargo bench -p camlock-cli --bench files`, with a number for other files than 10,000; with `--test` a
//! small folder once.

#![expect(clippy::print_stdout, reason = "this is a program")]
#![expect(clippy::disallowed_methods, reason = "it measures time")]

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use camlock_catalog::{ActionEntry, Catalog, Granularity, Service};

/// Files of one folder.
const A_FOLDER: usize = 100;
/// Bytes of a file, about.
const BYTES: usize = 4_096;

fn main() -> Result<(), Box<dyn Error>> {
    let is_trial = std::env::args().any(|argument| argument == "--test");
    let asked = std::env::args().find_map(|argument| argument.parse().ok());
    let (files, rounds) = if is_trial { (200, 1) } else { (asked.unwrap_or(10_000), 7) };
    let folder = tempfile::tempdir()?;
    let services: Vec<Service<'_>> =
        Catalog::builtin().services().filter(|own| of_resources(*own).count() > 12).collect();
    let mut bytes = 0;
    for number in 0..files {
        let place = folder.path().join(format!("d{}", number / A_FOLDER));
        fs::create_dir_all(&place)?;
        let text = policy(&services, number);
        bytes += text.len();
        fs::write(place.join(format!("p{number}.json")), text)?;
    }
    let findings = findings(folder.path())?;
    for format in ["compact", "human", "sarif"] {
        let mut times = Vec::new();
        for _ in 0..rounds {
            let start = Instant::now();
            let status = Command::new(env!("CARGO_BIN_EXE_camlock"))
                .args(["lint", ".", "--format", format])
                .current_dir(folder.path())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()?;
            times.push(start.elapsed());
            if status.code().is_none_or(|code| code > 1) {
                return Err(format!("the command ended with {status}").into());
            }
        }
        times.sort_unstable();
        let median = times.get(times.len() / 2).copied().unwrap_or_default();
        let least = times.first().copied().unwrap_or_default();
        println!(
            "files/{format}/{files}: median {:.2} s, least {:.2} s of {rounds} runs, {} bytes a file, \
             {findings} findings",
            seconds(median),
            seconds(least),
            bytes / files.max(1),
        );
    }
    Ok(())
}

/// How many findings there are, which is not timed: a run that finds nothing would measure nothing.
fn findings(folder: &Path) -> Result<usize, Box<dyn Error>> {
    let output = Command::new(env!("CARGO_BIN_EXE_camlock"))
        .args(["lint", ".", "--format", "compact"])
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()?;
    let text = String::from_utf8(output.stdout)?;
    // The actions that are written in small letters are in each file.
    match text.lines().filter(|line| line.contains("[CAM5003]")).count() {
        0 => Err(format!("nothing was found: {}", String::from_utf8_lossy(&output.stderr)).into()),
        _ => Ok(text.lines().filter(|line| line.contains("[CAM")).count()),
    }
}

fn seconds(time: Duration) -> f64 {
    time.as_secs_f64()
}

/// The actions of a service whose resources are known.
fn of_resources(service: Service<'_>) -> impl Iterator<Item = ActionEntry<'_>> {
    service.actions().filter(|action| {
        action.granularity() == Some(Granularity::Resource)
            && action.resource_forms().next().is_some()
    })
}

/// A policy with actions on resources that they take, and in one statement a slip of the hand.
fn policy(services: &[Service<'_>], number: usize) -> String {
    let mut statements: Vec<String> = Vec::new();
    let mut length = 60;
    for place in 0.. {
        // A number that looks like chance, the same in each run.
        let chance = (number * 7_919 + place * 104_729).wrapping_mul(2_654_435_761) >> 7;
        let Some(service) = services.get(chance % services.len().max(1)) else { break };
        let first = chance % of_resources(*service).count().max(1);
        let actions: Vec<ActionEntry<'_>> =
            of_resources(*service).skip(first).take(2 + chance % 5).collect();
        let mut names: Vec<String> =
            actions.iter().map(|own| format!("\"{}:{}\"", service.name(), own.name())).collect();
        if place == number % 5 {
            names.extend(names.first().map(|own| own.to_lowercase()));
        }
        let resources: Vec<String> = actions
            .iter()
            .filter_map(|own| own.resource_forms().next())
            .enumerate()
            .map(|(index, form)| {
                let name = form.to_string();
                let name = name.replace("$region", "ap-guangzhou").replace("$uin", "100000000001");
                let name = name.replace("$appid", "1250000000");
                format!("\"{}\"", name.replace('*', &format!("x{:04}", (chance + index) % 9_973)))
            })
            .collect();
        let text = format!(
            "    {{\n      \"effect\": \"allow\",\n      \"action\": [\n        {}\n      ],\n      \"resource\": [\n        {}\n      ]\n    }}",
            names.join(",\n        "),
            resources.join(",\n        "),
        );
        if length + text.len() > BYTES && !statements.is_empty() {
            break;
        }
        length += text.len() + 2;
        statements.push(text);
    }
    format!(
        "{{\n  \"version\": \"2.0\",\n  \"statement\": [\n{}\n  ]\n}}\n",
        statements.join(",\n")
    )
}
