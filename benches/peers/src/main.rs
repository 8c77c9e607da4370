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

use camlock_benches::compare::{Allocated, Candidate, Options, Setup, USAGE, run};
use camlock_benches::{Asked, Company, Desk, Workload};

/// Statements up to which a decision takes less than a second.
const LARGEST: usize = 100_000;

/// The naive rules take milliseconds at 1 000.
const LARGEST_NAIVE: usize = 1_000;

const SETUP: Setup = Setup {
    allocated,
    peers,
    scoped_peers,
    versions: "Peers: cedar-policy 4.14.1, casbin 2.20.0, regorus 0.14.1, globset 0.4. Since Cedar makes \
               `serde_json` keep\nthe order of members, its speed here is that of its ordered map.",
};

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout().lock();
    let Some(options) = Options::parse(std::env::args().skip(1))? else {
        writeln!(out, "{USAGE}")?;
        return Ok(());
    };
    rego::enlarge_cache();
    run(&options, &SETUP, &mut out)?;
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

fn scoped_peers<'a>(company: &'a Company, asked: &'a [Asked], setup: &Setup) -> Vec<Candidate<'a>> {
    let sets: Vec<Vec<_>> =
        (0..company.users()).map(|user| company.statements(user).collect()).collect();
    vec![cedar::sliced(&sets, asked, Desk::user, setup)]
}

fn allocated(run: &mut dyn FnMut()) -> Allocated {
    let info = allocation_counter::measure(run);
    Allocated { count: info.count_total, held: info.bytes_current }
}
