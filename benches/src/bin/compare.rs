//! Compares Camlock with simpler designs on the same work:
//!
//! ```sh
//! cargo run --release -p camlock-benches --bin compare
//! ```
//!
//! With other policy engines beside it, run the package in `benches/peers`.

use std::error::Error;
use std::io::{self, Write as _};

use camlock_benches::compare::{Allocated, Options, Setup, USAGE, run};

const SETUP: Setup = Setup {
    allocated,
    peers: |_, _| Vec::new(),
    scoped_peers: |_, _, _| Vec::new(),
    versions: "Without other policy engines.",
};

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout().lock();
    let Some(options) = Options::parse(std::env::args().skip(1))? else {
        writeln!(out, "{USAGE}")?;
        return Ok(());
    };
    run(&options, &SETUP, &mut out)?;
    Ok(())
}

fn allocated(run: &mut dyn FnMut()) -> Allocated {
    let info = allocation_counter::measure(run);
    Allocated { count: info.count_total, held: info.bytes_current }
}
