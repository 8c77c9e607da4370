//! What does a decision cost, and what is the index worth? One request, one decision.

mod support;

use std::cell::LazyCell;

use camlock_benches::{Asked, Globs, Shape, Workload};
use camlock_engine::CompiledLayers;
use camlock_policy::Deployment;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// How many different requests a measurement goes through.
const REQUESTS: usize = 4_096;

/// The reference evaluator is quadratic in places; beyond this it says nothing new.
const LARGEST_FOR_REFERENCE: usize = 1_000;

fn decide(criterion: &mut Criterion) {
    for shape in Shape::ALL {
        for size in support::sizes() {
            compare(criterion, &shape, size);
        }
    }
}

fn compare(criterion: &mut Criterion, shape: &Shape, size: usize) {
    let workload = LazyCell::new(|| Workload::new(shape, size, REQUESTS));
    let deployment = Deployment::default();
    let mut group = criterion.benchmark_group(format!("decide/{}/{size}", shape.name));
    group.throughput(Throughput::Elements(1));

    let compiled = LazyCell::new(|| {
        let compiled = CompiledLayers::new(workload.layers());
        for asked in workload.asked() {
            let outcome = compiled.decide(&asked.request, &deployment);
            assert_eq!(outcome.decision, asked.expected, "{:?}", asked.question);
        }
        compiled
    });
    let mut next = 0;
    group.bench_function("camlock", |bencher| {
        let (asked, compiled) = (workload.asked(), &*compiled);
        bencher.iter(|| one(asked, &mut next).map(|a| compiled.decide(&a.request, &deployment)));
    });

    group.bench_function("linear-scan", |bencher| {
        let workload = &*workload;
        bencher.iter(|| one(workload.asked(), &mut next).map(|a| workload.scan(&a.question)));
    });

    let mut hits = Vec::new();
    let globs = LazyCell::new(|| {
        let globs = Globs::new(&workload);
        let mut hits = Vec::new();
        for asked in workload.asked() {
            assert_eq!(globs.decide(&asked.question, &mut hits), asked.expected);
        }
        globs
    });
    group.bench_function("globset", |bencher| {
        let (asked, globs) = (workload.asked(), &*globs);
        bencher.iter(|| one(asked, &mut next).map(|a| globs.decide(&a.question, &mut hits)));
    });

    if size <= LARGEST_FOR_REFERENCE {
        let checked = LazyCell::new(|| {
            for asked in workload.asked().iter().take(200) {
                let outcome =
                    camlock_reference::decide(&asked.request, workload.layers(), &deployment);
                assert_eq!(outcome.decision, asked.expected);
            }
            (workload.asked(), workload.layers())
        });
        group.bench_function("reference", |bencher| {
            let (asked, layers) = *checked;
            bencher.iter(|| {
                one(asked, &mut next)
                    .map(|a| camlock_reference::decide(&a.request, layers, &deployment))
            });
        });
    }
    group.finish();
}

/// The next request, over and over.
fn one<'a>(asked: &'a [Asked], next: &mut usize) -> Option<&'a Asked> {
    *next = (*next + 1) % asked.len();
    asked.get(*next)
}

criterion_group! {
    name = benches;
    config = support::criterion();
    targets = decide
}
criterion_main!(benches);
