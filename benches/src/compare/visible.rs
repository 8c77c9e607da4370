//! One caller sees every statement.

use camlock_policy::Deployment;

use crate::compare::clock::{check, rows};
use crate::compare::own::{self, Names};
use crate::compare::table::Row;
use crate::compare::{Options, Setup, progress};
use crate::globs::Globs;
use crate::shape::Shape;
use crate::workload::Workload;

/// Building a `GlobSet` of more takes minutes and gigabytes.
const LARGEST_FOR_GLOBS: usize = 10_000;

/// The reference is quadratic in places.
const LARGEST_FOR_REFERENCE: usize = 1_000;

pub(crate) const GROUP: &str = "all-visible";

pub(crate) fn measure(size: usize, options: &Options, setup: &Setup) -> Vec<Row> {
    progress(&format!("{GROUP}, {size} statements"));
    let workload = &Workload::new(&Shape::MIXED, size, options.requests());
    let deployment = &Deployment::default();
    let (engine, built) = own::engine(workload, setup);
    let names = Names::new(size, options.requests());
    let globs = (size <= LARGEST_FOR_GLOBS).then(|| own::built(setup, || Globs::new(workload)));

    let mut candidates = vec![
        own::camlock(&engine, workload.asked(), built),
        own::scan(workload, own::held(setup, || workload.rules.clone())),
        names.candidate(),
    ];
    if let Some((globs, built)) = &globs {
        candidates.push(own::globs(workload, globs, *built));
    }
    if size <= LARGEST_FOR_REFERENCE {
        candidates.push(own::reference(workload, deployment));
    }
    if options.peers {
        candidates.extend((setup.peers)(workload, setup));
    }
    check(workload.asked(), &candidates);
    rows(GROUP, size, &candidates, options, setup)
}
