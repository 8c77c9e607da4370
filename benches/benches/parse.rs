//! What does reading policies cost, byte by byte? All policies of a workload, one after the other.

mod support;

use camlock_benches::{Shape, Workload};
use camlock_engine::PolicySet;
use camlock_policy::{Policy, PolicyId, PolicyKind};
use camlock_syntax::limits::Limits;
use camlock_syntax::{json, parse, parse_faultless};
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
        // The same policies without tree and spans, which is how accounts are loaded.
        let faultless: usize = texts.iter().map(|text| statements_faultless(text)).sum();
        assert_eq!(faultless, size);
        group.bench_function("camlock-faultless", |bencher| {
            bencher.iter(|| texts.iter().map(|text| statements_faultless(text)).sum::<usize>());
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
                    builder.push(id, &policy(text));
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

fn statements_faultless(text: &str) -> usize {
    policy(text).statements().len()
}

#[expect(clippy::expect_used, reason = "without its policies there is nothing to measure")]
fn policy(text: &str) -> Policy {
    parse_faultless(text, PolicyKind::Identity).expect("a generated policy is without a fault")
}

/// Texts that somebody may send: what a byte costs hardly depends on how many there are.
fn hostile(criterion: &mut Criterion) {
    let limits = Limits::policy();
    for (name, begin, piece) in HOSTILE {
        let mut group = criterion.benchmark_group(format!("parse/hostile/{name}"));
        for kibibytes in [64, 256, 1_024] {
            let room = (kibibytes << 10) - begin.len();
            let text = format!("{begin}{}", piece.repeat(room / piece.len()));
            group.throughput(Throughput::Bytes(u64::try_from(text.len()).unwrap_or_default()));
            group.bench_function(format!("camlock-tree/{kibibytes}k"), |bencher| {
                bencher.iter(|| json::parse(&text, &limits).diagnostics.len());
            });
            group.bench_function(format!("camlock-faultless/{kibibytes}k"), |bencher| {
                bencher.iter(|| parse_faultless(&text, PolicyKind::Identity).is_some());
            });
        }
        group.finish();
    }
}

/// What a text begins with, and what is repeated behind it.
const HOSTILE: [(&str, &str, &str); 6] = [
    ("deep", "", "[{\"a\":"),
    ("strings", "", "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\","),
    ("escapes", "", "\"\\u00e9\\n\\ud83d\\ude00\","),
    ("open-strings", "", "\"“,"),
    ("faults", "", "\"a\" b;"),
    // In order up to its very end, where it is not closed.
    (
        "endless",
        "{\"version\":\"2.0\",\"statement\":[",
        "{\"effect\":\"allow\",\"action\":\"*\",\"resource\":\"*\"},",
    ),
];

criterion_group! {
    name = benches;
    config = support::criterion();
    targets = read, hostile
}
criterion_main!(benches);
