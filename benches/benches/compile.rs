//! What does compiling cost, and what does the result weigh? All policies of a workload into one set.

mod support;

use std::cell::LazyCell;

use camlock_benches::{Globs, Shape, Workload};
use camlock_engine::PolicySet;
use camlock_policy::IdentifiedPolicy;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

fn compile(criterion: &mut Criterion) {
    for shape in [Shape::MIXED, Shape::CONDITION_HEAVY, Shape::WILDCARD_HEAVY] {
        for size in support::sizes() {
            let workload = LazyCell::new(|| {
                let workload = Workload::new(&shape, size, 0);
                let set = build(&workload.layers().identity);
                assert_eq!(set.statement_count(), size);
                report(&shape, &workload, &set);
                workload
            });
            let elements = u64::try_from(size).unwrap_or(u64::MAX);
            let mut group = criterion.benchmark_group(format!("compile/{}/{size}", shape.name));
            group.throughput(Throughput::Elements(elements));
            group.bench_function("camlock", |bencher| {
                let policies = &workload.layers().identity;
                bencher.iter(|| build(policies));
            });
            if size <= 1_000 {
                group.bench_function("globset", |bencher| {
                    let workload = &*workload;
                    bencher.iter(|| Globs::new(workload));
                });
            }
            group.finish();
        }
    }
}

fn build(policies: &[IdentifiedPolicy]) -> PolicySet {
    let mut builder = PolicySet::builder();
    for IdentifiedPolicy { id, policy } in policies {
        builder.push(*id, policy);
    }
    builder.build()
}

#[expect(clippy::print_stderr, reason = "memory is reported next to time")]
fn report(shape: &Shape, workload: &Workload, set: &PolicySet) {
    let (size, bytes) = (set.statement_count(), set.memory_usage());
    eprintln!(
        "compile/{}/{size}: {bytes} bytes, {} a statement, of {} bytes of text",
        shape.name,
        bytes / size,
        workload.text_bytes()
    );
}

criterion_group! {
    name = benches;
    config = support::criterion();
    targets = compile
}
criterion_main!(benches);
