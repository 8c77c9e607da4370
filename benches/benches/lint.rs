//! What does linting cost? A document of 4 KiB with every rule, with none, and ten thousand of them one
//! after the other.

mod support;

use camlock_benches::documents;
use camlock_lint::{Level, Levels, Linter, Settings};
use camlock_source::SourceText;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

const BYTES: usize = 4_096;

/// How many findings there are in all, with every rule at its default or with none.
fn findings(linter: &Linter, sources: &[SourceText]) -> usize {
    sources.iter().map(|source| linter.lint(source, None).findings.len()).sum()
}

fn lint(criterion: &mut Criterion) {
    let rules = Linter::new(Settings::default());
    #[expect(clippy::expect_used, reason = "without the group there is nothing to measure")]
    let none = Levels::default().with("all", Level::Off).expect("`all` is a group");
    let none = Linter::new(Settings { levels: none, ..Settings::default() });
    let mut group = criterion.benchmark_group("lint/4k");
    for count in support::sizes().into_iter().filter(|count| *count >= 100) {
        let texts = documents(count, BYTES);
        let bytes: usize = texts.iter().map(String::len).sum();
        let sources: Vec<SourceText> =
            texts.into_iter().map(|text| SourceText::new("a.json", text)).collect();
        assert!(findings(&rules, &sources) > count, "the documents have mistakes");
        assert_eq!(findings(&none, &sources), 0);
        group.throughput(Throughput::Bytes(u64::try_from(bytes).unwrap_or_default()));
        for (name, linter) in [("rules", &rules), ("no-rules", &none)] {
            group.bench_with_input(BenchmarkId::new(name, count), &sources, |bencher, sources| {
                bencher.iter(|| findings(linter, sources));
            });
        }
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = support::criterion();
    targets = lint
}
criterion_main!(benches);
