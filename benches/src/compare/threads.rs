//! How much two threads decide on the same engine, beside how much they spin.

use std::hint::black_box;
use std::sync::Barrier;
use std::thread;
use std::time::Duration;

use crate::compare::candidate::{Candidate, Reply, Worker};
use crate::compare::clock::{check, now};
use crate::compare::numbers::{median, size_float};
use crate::compare::table::Facts;
use crate::compare::{Options, Setup, own, progress};
use crate::shape::Shape;
use crate::workload::Workload;

/// Adds decisions a second on one and on two threads.
pub(crate) fn measure(options: &Options, setup: &Setup, facts: &mut Facts) {
    let size = if options.quick { 100 } else { 10_000 };
    progress(&format!("threads, {size} statements"));
    let workload = &Workload::new(&Shape::MIXED, size, options.requests());
    let (engine, built) = own::engine(workload, setup);
    let spin = || -> Box<dyn Worker> {
        Box::new(|request: usize| {
            for step in 0..256_usize {
                black_box(step ^ request);
            }
            Reply::Nothing
        })
    };
    let mut candidates = vec![
        own::candidate("spin", built, 16_384, spin),
        own::camlock(&engine, workload.asked(), built),
        own::scan(workload, built),
    ];
    if options.peers {
        candidates.extend((setup.peers)(workload, setup));
    }
    check(workload.asked(), &candidates);
    let mut measured = vec![(Vec::new(), Vec::new(), Vec::new()); candidates.len()];
    for _ in 0..options.rounds().max(3) {
        for (candidate, (one, two, ratio)) in candidates.iter().zip(&mut measured) {
            let single = throughput(candidate, 1, options.budget());
            let double = throughput(candidate, 2, options.budget());
            one.push(single);
            two.push(double);
            ratio.push(double / single);
        }
    }
    for (candidate, (mut one, mut two, mut ratio)) in candidates.iter().zip(measured) {
        facts.add(format!("threads/1/{}", candidate.name), median(&mut one));
        facts.add(format!("threads/2/{}", candidate.name), median(&mut two));
        facts.add(format!("threads/ratio/{}", candidate.name), median(&mut ratio));
    }
}

/// Decisions a second, all threads together.
fn throughput(candidate: &Candidate<'_>, threads: usize, budget: Duration) -> f64 {
    let barrier = Barrier::new(threads);
    thread::scope(|scope| {
        let running = (0..threads).map(|thread| {
            let barrier = &barrier;
            scope.spawn(move || {
                let mut worker = (candidate.worker)();
                let batch = candidate.requests.min(64);
                // Each thread begins at another request.
                let mut next = thread * candidate.requests / threads;
                let mut decided = 0;
                barrier.wait();
                let start = now();
                while start.elapsed() < budget {
                    if next + batch > candidate.requests {
                        next = 0;
                    }
                    let step = if decided < 64 { 1 } else { batch };
                    worker.run(next..next + step);
                    next += step;
                    decided += step;
                }
                size_float(decided) / start.elapsed().as_secs_f64()
            })
        });
        let running: Vec<_> = running.collect();
        running.into_iter().map(|thread| thread.join().unwrap_or_default()).sum()
    })
}
