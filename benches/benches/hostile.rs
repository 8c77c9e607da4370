//! Does the index hold where shapes are made against it? Each beside the linear scan.

mod support;

use std::cell::LazyCell;

use camlock_benches::{Hostile, Workload};
use camlock_engine::CompiledLayers;
use camlock_policy::Deployment;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// How many different requests a measurement goes through.
const REQUESTS: usize = 1_024;

fn hostile(criterion: &mut Criterion) {
    // One size: the larger of the usual ones.
    let size = support::sizes().into_iter().filter(|size| *size <= 10_000).max().unwrap_or(100);
    let deployment = Deployment::default();
    for shape in Hostile::ALL {
        let setup = LazyCell::new(|| {
            let workload = Workload::hostile(shape, size, REQUESTS);
            let compiled = CompiledLayers::new(workload.layers());
            for asked in workload.asked() {
                let outcome = compiled.decide(&asked.request, &deployment);
                assert_eq!(outcome.decision, asked.expected, "{:?}", asked.question);
            }
            (workload, compiled)
        });
        let mut group = criterion.benchmark_group(format!("hostile/{}/{size}", shape.name()));
        group.throughput(Throughput::Elements(1));
        let mut next = 0;
        group.bench_function("camlock", |bencher| {
            let (workload, compiled) = &*setup;
            bencher.iter(|| {
                next = (next + 1) % workload.asked().len();
                workload.asked().get(next).map(|a| compiled.decide(&a.request, &deployment))
            });
        });
        group.bench_function("linear-scan", |bencher| {
            let (workload, _) = &*setup;
            bencher.iter(|| {
                next = (next + 1) % workload.asked().len();
                workload.asked().get(next).map(|a| workload.scan(&a.question))
            });
        });
        group.finish();
    }
}

criterion_group! {
    name = benches;
    config = support::criterion();
    targets = hostile
}
criterion_main!(benches);
