//! One caller sees every statement.

use camlock_policy::Deployment;

use crate::compare::candidate::Candidate;
use crate::compare::clock::time;
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

pub(crate) fn measure(size: usize, options: &Options, setup: &Setup) -> Vec<Row> {
    progress(&format!("all-visible, {size} statements: making the workload"));
    let workload = &Workload::new(&Shape::MIXED, size, options.requests());
    let deployment = &Deployment::default();
    let (set, mut built) = own::built(setup, || own::compile(workload));
    built.bytes = set.memory_usage();
    let names = Names::new(size, options.requests());
    let globs = (size <= LARGEST_FOR_GLOBS).then(|| own::built(setup, || Globs::new(workload)));

    let mut candidates = vec![
        own::camlock(workload, &set, deployment, built),
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
        candidates.extend((setup.peers)(workload));
    }
    check(workload, &candidates);
    progress(&format!("all-visible, {size} statements: {} candidates", candidates.len()));
    let times = time(&candidates, options, setup.allocated);
    let rows = candidates.iter().zip(times);
    rows.map(|(candidate, timed)| Row::new("all-visible", size, candidate, timed)).collect()
}

/// Every candidate answers as the judge.
pub(crate) fn check(workload: &Workload, candidates: &[Candidate<'_>]) {
    for candidate in candidates {
        let mut worker = (candidate.worker)();
        for (number, asked) in workload.asked().iter().take(candidate.requests).enumerate() {
            let reply = worker.answer(number);
            assert!(
                reply.agrees(asked.expected),
                "{} answers {reply:?}, the judge {:?}: {:?}",
                candidate.name,
                asked.expected,
                asked.question
            );
        }
    }
}
