//! Situations of one size: hostile shapes, layers, explanations, one edited policy, building.

use camlock_engine::PolicySet;
use camlock_policy::{Decision, IdentifiedPolicy, Policy, Request};
use serde_json::Value;

use crate::compare::candidate::{Built, Reply, fresh};
use crate::compare::clock::{check, nanoseconds, now, rows};
use crate::compare::engine::Engine;
use crate::compare::numbers::{median, size_float};
use crate::compare::own;
use crate::compare::table::{Facts, Row};
use crate::compare::{Options, Setup, progress};
use crate::hostile::Hostile;
use crate::shape::Shape;
use crate::workload::{Asked, Workload};

pub(crate) const EXPLAIN: &str = "explain";

/// Outcomes by the names in the tables.
pub(crate) const OUTCOMES: [(&str, Decision); 3] =
    [("hit", Decision::Allow), ("deny", Decision::ExplicitDeny), ("miss", Decision::ImplicitDeny)];

/// A hostile shape, against the scan; the fact is the share of statements that apply to a request.
pub(crate) fn hostile(
    shape: Hostile,
    options: &Options,
    setup: &Setup,
    facts: &mut Facts,
) -> Vec<Row> {
    let name = shape.name();
    let size = if options.quick { 300 } else { shape.size() };
    progress(&format!("hostile, {name}, {size} statements"));
    let requests = if options.quick { 128 } else { 2_048 };
    let workload = &Workload::hostile(shape, size, requests);
    let (engine, built) = own::engine(workload, setup);
    let candidates = [
        own::camlock(&engine, workload.asked(), built),
        own::scan(workload, own::held(setup, || workload.rules.clone())),
    ];
    check(workload.asked(), &candidates);
    let sample = workload.asked().iter().take(32);
    let applying: usize = sample.map(|asked| workload.applying(&asked.question)).sum();
    let part = size_float(applying) / 32.0 / size_float(workload.statements());
    facts.add(format!("applying/{name}"), part);
    rows(&format!("hostile/{name}"), workload.statements(), &candidates, options, setup)
}

/// Every layer has policies, around the same statements of the identity as without.
pub(crate) fn layers(options: &Options, setup: &Setup) -> Vec<Row> {
    let size = if options.quick { 300 } else { 10_000 };
    let mut all = Vec::new();
    for (name, shape) in [("identity alone", Shape::MIXED), ("five layers", Shape::ALL_LAYERS)] {
        progress(&format!("layers, {name}"));
        let workload = &Workload::new(&shape, size, options.requests());
        let (engine, built) = own::engine(workload, setup);
        let candidates = [own::camlock(&engine, workload.asked(), built)];
        check(workload.asked(), &candidates);
        all.extend(rows(&format!("layers/{name}"), size, &candidates, options, setup));
    }
    all
}

/// The same requests decided and explained, by outcome.
pub(crate) fn explain(options: &Options, setup: &Setup) -> Vec<Row> {
    let size = if options.quick { 300 } else { 10_000 };
    let requests = if options.quick { 64 } else { 1_024 };
    let mut all = Vec::new();
    for (name, wanted) in OUTCOMES {
        progress(&format!("explain, {name}"));
        let workload = &Workload::of_outcome(&Shape::MIXED, size, requests, wanted);
        let engine = &Engine::new(workload);
        let asked = workload.asked();
        for Asked { request, .. } in asked {
            assert_eq!(engine.explain(request).outcome, engine.decide(request), "{request:?}");
        }
        let copies = own::requests(asked);
        let worker = move || {
            fresh(&copies, |request| Reply::Decision(engine.explain(request).outcome.decision))
        };
        let candidates = [
            own::camlock(engine, asked, Built::default()),
            own::candidate(EXPLAIN, Built::default(), asked.len(), worker),
        ];
        check(asked, &candidates);
        all.extend(rows(&format!("explain/{name}"), size, &candidates, options, setup));
    }
    all
}

/// Requests from the texts that a gateway has.
pub(crate) fn requests(options: &Options, facts: &mut Facts) {
    progress("requests from text");
    let workload = Workload::new(&Shape::MIXED, 100, options.requests().min(4_096));
    let texts: Vec<_> = workload.asked().iter().map(|asked| asked.question.texts()).collect();
    let mut medians = Vec::new();
    for _ in 0..options.rounds() {
        let mut samples = Vec::new();
        for batch in texts.chunks(64) {
            let start = now();
            let built: Vec<Request> = batch.iter().map(crate::question::Texts::request).collect();
            samples.push(nanoseconds(start.elapsed()) / size_float(built.len()));
        }
        medians.push(median(&mut samples));
    }
    facts.add("request", median(&mut medians));
}

/// Text to a compiled set beside `serde_json`, which only reads the text into values.
pub(crate) fn build(options: &Options, facts: &mut Facts) {
    let sizes: &[usize] = if options.quick { &[300] } else { &[1_000, 10_000, 100_000] };
    for size in sizes {
        progress(&format!("build, {size} statements"));
        let workload = Workload::new(&Shape::MIXED, *size, 0);
        let (mut own, mut values, mut compile) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..options.rounds().max(3) {
            let start = now();
            let engine = Engine::new(&workload);
            own.push(nanoseconds(start.elapsed()));
            drop(engine);
            let start = now();
            let read: Vec<Value> = workload
                .texts()
                .map(|(_, text)| serde_json::from_str(text).expect("generated texts are JSON"))
                .collect();
            values.push(nanoseconds(start.elapsed()));
            drop(read);
            let start = now();
            let set = full(&workload.layers().identity);
            compile.push(nanoseconds(start.elapsed()));
            drop(set);
        }
        facts.add(format!("build/text/{size}"), median(&mut own));
        facts.add(format!("build/serde_json/{size}"), median(&mut values));
        facts.add(format!("build/policies/{size}"), median(&mut compile));
        let bytes = usize::try_from(workload.text_bytes()).unwrap_or_default();
        facts.add(format!("build/bytes/{size}"), size_float(bytes));
    }
}

/// One policy of an account changed, beside building all of it.
pub(crate) fn edit(options: &Options, facts: &mut Facts) {
    let size = if options.quick { 300 } else { 10_000 };
    progress("edit");
    let workload = Workload::new(&Shape::MIXED, size, 64);
    let policies = &workload.layers().identity;
    let set = full(policies);
    let (mut edits, mut builds) = (Vec::new(), Vec::new());
    for round in 0..options.rounds().max(3) * 8 {
        let IdentifiedPolicy { id, .. } = policies[round * 7 % policies.len()];
        let policy: Policy = policies[round * 5 % policies.len()].policy.clone();
        let start = now();
        let edited = set.edit().put(id, policy).finish();
        edits.push(nanoseconds(start.elapsed()));
        drop(edited);
        if round.is_multiple_of(4) {
            let start = now();
            let whole = full(policies);
            builds.push(nanoseconds(start.elapsed()));
            drop(whole);
        }
    }
    facts.add("edit/one", median(&mut edits));
    facts.add("edit/full", median(&mut builds));
}

fn full(policies: &[IdentifiedPolicy]) -> PolicySet {
    let mut builder = PolicySet::builder();
    for IdentifiedPolicy { id, policy } in policies {
        builder.push(*id, policy);
    }
    builder.build()
}
