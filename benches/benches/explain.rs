//! What does a reason cost on top of a decision? The same requests, decided and explained.

mod support;

use std::cell::LazyCell;

use camlock_benches::{Shape, Workload};
use camlock_engine::CompiledLayers;
use camlock_policy::{Decision, Deployment};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// How many different requests a measurement goes through.
const REQUESTS: usize = 1_024;

const OUTCOMES: [(&str, Decision); 3] = [
    ("allow", Decision::Allow),
    ("deny", Decision::ExplicitDeny),
    ("no-match", Decision::ImplicitDeny),
];

fn explain(criterion: &mut Criterion) {
    for size in support::sizes().into_iter().filter(|size| *size >= 100) {
        for (name, outcome) in OUTCOMES {
            compare(criterion, size, name, outcome);
        }
    }
}

fn compare(criterion: &mut Criterion, size: usize, name: &str, wanted: Decision) {
    let deployment = Deployment::default();
    let setup = LazyCell::new(|| {
        let workload = Workload::of_outcome(&Shape::MIXED, size, REQUESTS, wanted);
        let compiled = CompiledLayers::new(workload.layers());
        for asked in workload.asked() {
            let outcome = compiled.decide(&asked.request, &deployment);
            assert_eq!(outcome.decision, wanted, "{:?}", asked.question);
            assert_eq!(compiled.explain(&asked.request, &deployment).outcome, outcome);
        }
        (workload, compiled)
    });
    let mut group = criterion.benchmark_group(format!("explain/mixed/{size}/{name}"));
    group.throughput(Throughput::Elements(1));
    let mut next = 0;
    group.bench_function("decide", |bencher| {
        let (workload, compiled) = &*setup;
        bencher.iter(|| {
            next = (next + 1) % workload.asked().len();
            workload.asked().get(next).map(|a| compiled.decide(&a.request, &deployment))
        });
    });
    group.bench_function("explain", |bencher| {
        let (workload, compiled) = &*setup;
        bencher.iter(|| {
            next = (next + 1) % workload.asked().len();
            workload.asked().get(next).map(|a| compiled.explain(&a.request, &deployment))
        });
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = support::criterion();
    targets = explain
}
criterion_main!(benches);
