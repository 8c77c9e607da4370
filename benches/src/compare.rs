//! The comparison: the same work for Camlock and for its peers, in one run, as tables.
//!
//! Candidates answer before they are timed, and a wrong answer stops the run. They are timed in turn,
//! in rounds. Another package can bring more of them: see [`Peers`].

mod candidate;
mod clock;
mod corpus;
mod engine;
mod goals;
mod numbers;
mod options;
mod own;
mod page;
mod plot;
mod scoped;
mod special;
mod table;
mod threads;
mod visible;

use std::io::{self, Write as _};

pub use candidate::{Built, Candidate, Reply, Worker};
pub use options::{Options, USAGE};
pub use own::{built, candidate as new_candidate};

use crate::company::Company;
use crate::hostile::Hostile;
use crate::workload::{Asked, Workload};
use goals::Measured;
use table::{Facts, Row};

/// What the program brings along: how it counts allocations, and peers.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "filled in by the programs of this repository")]
pub struct Setup {
    /// Runs something and says what it allocated: a counter belongs to the program, since it replaces
    /// the allocator of the whole.
    pub allocated: fn(&mut dyn FnMut()) -> Allocated,
    /// Peers where one caller sees everything.
    pub peers: Peers,
    /// Peers where each user sees its own.
    pub scoped_peers: ScopedPeers,
    /// The versions of the peers, in a sentence.
    pub versions: &'static str,
}

/// More candidates for a workload, each made only where it decides fast enough.
pub type Peers = for<'a> fn(&'a Workload, &Setup) -> Vec<Candidate<'a>>;

/// The same for the users of an account.
pub type ScopedPeers = for<'a> fn(&'a Company, &'a [Asked], &Setup) -> Vec<Candidate<'a>>;

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
    let (mut rows, mut facts): (Vec<Row>, Facts) = Default::default();
    if options.covers("all-visible") {
        for size in options.sizes() {
            rows.extend(visible::measure(*size, options, setup));
        }
    }
    if options.covers("scoped") {
        for size in options.sizes().iter().filter(|size| scoped::SIZES.contains(size)) {
            rows.extend(scoped::measure(*size, options, setup));
        }
    }
    if options.covers("corpus") {
        rows.extend(corpus::measure(options.corpus(), options, setup));
    }
    if options.covers("layers") {
        rows.extend(special::layers(options, setup));
    }
    if options.covers("hostile") {
        for shape in Hostile::ALL {
            rows.extend(special::hostile(shape, options, setup, &mut facts));
        }
    }
    if options.covers("explain") {
        rows.extend(special::explain(options, setup));
    }
    if options.covers("build") {
        special::build(options, &mut facts);
        special::requests(options, &mut facts);
        special::edit(options, &mut facts);
    }
    if options.covers("threads") {
        threads::measure(options, setup, &mut facts);
    }
    let mut text = tables(&rows, &facts);
    if options.quick {
        text.push_str("All decide alike. Times of a quick run mean nothing.\n");
    } else {
        text.push_str(&Measured { rows: &rows, facts: &facts }.table());
    }
    if options.write {
        let visible = rows.iter().filter(|row| row.group == visible::GROUP);
        page::write(&text, &plot::svg(&visible.collect::<Vec<_>>()), setup.versions)?;
    }
    out.write_all(text.as_bytes())
}

fn tables(rows: &[Row], facts: &Facts) -> String {
    let mut text = String::new();
    let titles = [
        ("all-visible", "All statements visible"),
        ("scoped", "Two hundred users, each sees its own"),
        ("layers", "Layers"),
        ("hostile", "Hostile shapes"),
        ("corpus", "Policies found in the wild"),
        ("explain", "Explanations"),
    ];
    for (group, title) in titles {
        let own = rows.iter().filter(|row| row.group.split('/').next() == Some(group));
        let own: Vec<&Row> = own.collect();
        if !own.is_empty() {
            text.push_str(&table::decisions(title, &own));
            text.push('\n');
        }
    }
    text.push_str(&table::around(facts));
    text.push('\n');
    text
}

/// Says on the standard error stream how far the run is.
fn progress(what: &str) {
    // Nobody has to listen.
    let _ = writeln!(io::stderr(), "{what}");
}
