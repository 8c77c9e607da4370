//! What does a decision cost where the principal has to be looked up too? One account, its users.

mod support;

use camlock_benches::Company;
use camlock_directory::{Account, Authorizer};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};

/// How many different requests a measurement goes through.
const REQUESTS: usize = 4_096;
const USERS: usize = 200;

fn account(criterion: &mut Criterion) {
    let statements = support::sizes().into_iter().max().unwrap_or_default();
    let company = Company::new(statements, USERS, 42);
    let authorizer = Authorizer::new(read(&text_of(&company)));
    let desk = company.desk();
    let asked = desk.asked(REQUESTS, 43);
    for asked in &asked {
        let outcome = authorizer.decide(&asked.request);
        let decision = outcome.ok().map(|outcome| outcome.decision);
        assert_eq!(decision, Some(asked.expected), "{:?}", asked.question);
        assert_eq!(desk.scan(&asked.question), asked.expected);
    }

    let name = name(statements);
    let mut group = criterion.benchmark_group(format!("account/{name}/decide"));
    group.throughput(Throughput::Elements(1));
    let mut next = asked.iter().cycle();
    group.bench_function("camlock", |bencher| {
        bencher.iter(|| next.next().map(|asked| authorizer.decide(&asked.request)));
    });
    let mut next = asked.iter().cycle();
    group.bench_function("linear-scan", |bencher| {
        bencher.iter(|| next.next().map(|asked| desk.scan(&asked.question)));
    });
    group.finish();
}

/// What does an account cost before the first decision?
fn load(criterion: &mut Criterion) {
    for statements in support::sizes() {
        let text = text_of(&Company::new(statements, USERS, 42));
        let mut group = criterion.benchmark_group(format!("account/{}/load", name(statements)));
        group.throughput(Throughput::Bytes(u64::try_from(text.len()).unwrap_or_default()));
        group.bench_function("read", |bencher| bencher.iter(|| read(&text)));
        group.bench_function("compile", |bencher| {
            bencher.iter_batched(|| read(&text), Authorizer::new, BatchSize::PerIteration);
        });
        group.bench_function("serde_json", |bencher| {
            bencher.iter(|| serde_json::from_str::<serde_json::Value>(&text).is_ok());
        });
        group.finish();
    }
}

fn name(statements: usize) -> String {
    format!("{statements}-statements-{USERS}-users")
}

fn text_of(company: &Company) -> String {
    let mut text = Vec::new();
    let written = company.write(&mut text);
    String::from_utf8(text).ok().filter(|_| written.is_ok()).unwrap_or_default()
}

fn read(text: &str) -> Account {
    Account::from_json(text).unwrap_or_else(|error| refuse(&error.to_string()))
}

#[expect(clippy::panic, reason = "without its account there is nothing to measure")]
fn refuse(why: &str) -> ! {
    panic!("the generated account is refused: {why}")
}

criterion_group! {
    name = benches;
    config = support::criterion();
    targets = account, load
}
criterion_main!(benches);
