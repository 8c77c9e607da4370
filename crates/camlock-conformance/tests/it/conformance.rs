//! Every case on both evaluators.

use std::collections::BTreeSet;

use camlock_conformance::{Report, for_each, run};
use camlock_engine::CompiledLayers;
use camlock_policy::Deployment;

#[track_caller]
fn assert_all_met(report: &Report) {
    assert!(report.total >= 1_900, "only {} cases ran", report.total);
    assert!(
        report.failures.is_empty(),
        "{} of {} cases failed:\n{}",
        report.failures.len(),
        report.total,
        report.failures.join("\n")
    );
}

#[test]
fn the_reference_meets_every_case() {
    assert_all_met(&run(|request, layers| {
        camlock_reference::decide(request, layers, &Deployment::default())
    }));
}

#[test]
fn the_engine_meets_every_case() {
    assert_all_met(&run(|request, layers| {
        CompiledLayers::new(layers).decide(request, &Deployment::default())
    }));
}

#[test]
fn both_evaluators_report_the_same_outcome_and_explanation() {
    let report = run(|request, layers| {
        let deployment = Deployment::default();
        let reference = camlock_reference::decide(request, layers, &deployment);
        let compiled = CompiledLayers::new(layers);
        let engine = compiled.decide(request, &deployment);
        assert_eq!(engine, reference, "{request:?}\n{layers:?}");
        assert_eq!(compiled.explain(request, &deployment).outcome, engine);
        engine
    });
    assert_all_met(&report);
}

#[test]
fn case_names_are_unique() {
    let mut names = BTreeSet::new();
    for_each(|case| assert!(names.insert(case.id.clone()), "{} twice", case.id)).unwrap();
}
