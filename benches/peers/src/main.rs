//! Compares Camlock with other policy engines on the same work, in one run:
//!
//! ```sh
//! cargo run --release --manifest-path benches/peers/Cargo.toml -- --help
//! ```

mod casbin;
mod cedar;
mod rego;

use std::error::Error;
use std::io::{self, Write as _};

use camlock_benches::Workload;
use camlock_benches::compare::{Allocated, Candidate, Options, Setup, USAGE, run};

/// Statements up to which a decision takes less than a second.
const LARGEST: usize = 100_000;

/// The naive rules take milliseconds at 1 000.
const LARGEST_NAIVE: usize = 1_000;

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout().lock();
    let Some(options) = Options::parse(std::env::args().skip(1))? else {
        writeln!(out, "{USAGE}")?;
        return Ok(());
    };
    run(&options, &Setup { allocated, peers }, &mut out)?;
    Ok(())
}

fn peers<'a>(workload: &'a Workload, setup: &Setup) -> Vec<Candidate<'a>> {
    let (rules, asked) = (workload.rules(), workload.asked());
    let mut peers = Vec::new();
    if rules.len() <= LARGEST {
        peers.push(rego::indexed(rules, asked, setup));
        peers.push(cedar::candidate(rules, asked, setup));
        peers.push(casbin::candidate(rules, asked, setup));
    }
    if rules.len() <= LARGEST_NAIVE {
        peers.push(rego::naive(rules, asked, setup));
    }
    peers
}

fn allocated(run: &mut dyn FnMut()) -> Allocated {
    let info = allocation_counter::measure(run);
    Allocated { count: info.count_total, held: info.bytes_current }
}
