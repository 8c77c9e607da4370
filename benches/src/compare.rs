//! The comparison: the same work for Camlock and for its peers, in one run, as tables.
//!
//! Candidates answer before they are timed, and a wrong answer stops the run. They are timed in turn,
//! in rounds. Another package can bring more of them: see [`Peers`].

mod candidate;
mod clock;
mod numbers;
mod options;
mod own;
mod table;
mod visible;

use std::io::{self, Write as _};

pub use candidate::{Built, Candidate, Reply, Worker};
pub use options::{Options, USAGE};

use crate::workload::Workload;
use table::Row;

/// What the program brings along: how it counts allocations, and peers.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "filled in by the programs of this repository")]
pub struct Setup {
    /// Runs something and says what it allocated: a counter belongs to the program, since it replaces
    /// the allocator of the whole.
    pub allocated: fn(&mut dyn FnMut()) -> Allocated,
    /// Peers that decide what one caller sees.
    pub peers: Peers,
}

/// More candidates for a workload, each made only where it decides fast enough.
pub type Peers = for<'a> fn(&'a Workload) -> Vec<Candidate<'a>>;

/// What something allocated.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "filled in by the programs of this repository")]
pub struct Allocated {
    /// How often.
    pub count: u64,
    /// Bytes that are still held.
    pub held: i64,
}

/// Runs the comparison and writes the tables to `out`.
///
/// # Errors
///
/// That of the writer.
///
/// # Panics
///
/// Where a candidate decides otherwise than the judge.
pub fn run(options: &Options, setup: &Setup, out: &mut dyn io::Write) -> io::Result<()> {
    let mut rows: Vec<Row> = Vec::new();
    if options.covers("all-visible") {
        for size in options.sizes() {
            rows.extend(visible::measure(*size, options, setup));
        }
    }
    out.write_all(table::decisions("All statements visible", &rows).as_bytes())
}

/// Says on the standard error stream how far the run is.
fn progress(what: &str) {
    // Nobody has to listen.
    let _ = writeln!(io::stderr(), "{what}");
}
