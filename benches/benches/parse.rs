//! What does reading policies cost, byte by byte? All policies of a workload, one after the other.

mod support;

use camlock_benches::{Shape, Workload, policy};
use camlock_engine::PolicySet;
use camlock_policy::{PolicyId, PolicyKind};
use camlock_syntax::limits::Limits;
use camlock_syntax::{json, parse};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

fn read(criterion: &mut Criterion) {
    for size in support::sizes() {
        let workload = Workload::new(&Shape::MIXED, size, 0);
        let texts: Vec<&str> = workload.texts().map(|(_, text)| text).collect();
        let mut group = criterion.benchmark_group(format!("parse/mixed/{size}"));
        group.throughput(Throughput::Bytes(workload.text_bytes()));

        let read: usize = texts.iter().map(|text| statements(text)).sum();
        assert_eq!(read, size);
        group.bench_function("camlock", |bencher| {
            bencher.iter(|| texts.iter().map(|text| statements(text)).sum::<usize>());
        });
        // The stage that compares with the baseline: the tree, with the place of every value.
        let limits = Limits::policy();
        group.bench_function("camlock-tree", |bencher| {
            bencher.iter(|| {
                let trees = texts.iter().map(|text| json::parse(text, &limits));
                trees.filter(|tree| tree.root.is_some()).count()
            });
        });
        group.bench_function("camlock-to-set", |bencher| {
            bencher.iter(|| {
                let mut builder = PolicySet::builder();
                for (id, text) in (0..).map(PolicyId).zip(&texts) {
                    builder.push(id, &policy(text, PolicyKind::Identity));
                }
                builder.build()
            });
        });
        group.bench_function("serde_json", |bencher| {
            bencher.iter(|| {
                let values = texts.iter().map(|text| serde_json::from_str(text));
                values.filter_map(|value: Result<serde_json::Value, _>| value.ok()).count()
            });
        });
        group.finish();
    }
}

fn statements(text: &str) -> usize {
    let parsed = parse(text, PolicyKind::Identity);
    parsed.policy.map_or(0, |policy| policy.statements().len())
}

criterion_group! {
    name = benches;
    config = support::criterion();
    targets = read
}
criterion_main!(benches);
