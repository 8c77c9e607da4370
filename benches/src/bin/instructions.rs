//! Fixed situations for counting instructions; `benches/count-instructions` runs them.
//!
//! `instructions` lists the cases. `instructions CASE DECIDER` sets one up, runs it a fixed number of
//! times and prints how many operations that were; DECIDER is `camlock` or `baseline`. Only what happens inside
//! [`measured_operations`] is meant to be counted.

#![expect(clippy::print_stdout, reason = "the program talks to the script that runs it")]

use std::error::Error;
use std::hint::black_box;

use camlock_benches::{Asked, Shape, Workload};
use camlock_engine::{CompiledLayers, PolicySet};
use camlock_policy::{Decision, Deployment, IdentifiedPolicy, PolicyKind};
use camlock_syntax::parse;

const CASES: [&str; 17] = [
    "decide-hit-10",
    "decide-hit-100",
    "decide-hit-1000",
    "decide-hit-10000",
    "decide-miss-10",
    "decide-miss-100",
    "decide-miss-1000",
    "decide-miss-10000",
    "decide-deny-10",
    "decide-deny-100",
    "decide-deny-1000",
    "decide-deny-10000",
    "all-layers-1000",
    "explain-hit-1000",
    "explain-miss-1000",
    "parse-1000",
    "compile-1000",
];
const REQUESTS: usize = 256;
const ROUNDS: usize = 4;

/// The name that the counting is switched on by.
#[inline(never)]
fn measured_operations(run: &mut dyn FnMut()) {
    for _ in 0..ROUNDS {
        run();
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [case, decider] = &*arguments else {
        for case in CASES {
            println!("{case}");
        }
        return Ok(());
    };
    let baseline = match &**decider {
        "camlock" => false,
        "baseline" => true,
        _ => return Err("the decider is `camlock` or `baseline`".into()),
    };
    if !CASES.contains(&&**case) {
        return Err(format!("no case is called `{case}`").into());
    }
    let (what, number) = case.rsplit_once('-').ok_or("a case ends in a number")?;
    let statements: usize = number.parse()?;
    let outcome = match what.rsplit_once('-').map(|(_, outcome)| outcome) {
        Some("hit") => Some(Decision::Allow),
        Some("miss") => Some(Decision::ImplicitDeny),
        Some("deny") => Some(Decision::ExplicitDeny),
        _ => None,
    };
    let operations = match what {
        "parse" => parse_all(statements, baseline),
        "compile" if baseline => return Err("compiling has no baseline".into()),
        "compile" => compile_all(statements),
        _ => decide_all(what, statements, outcome, baseline),
    };
    println!("{}", operations * ROUNDS);
    Ok(())
}

fn decide_all(what: &str, size: usize, outcome: Option<Decision>, baseline: bool) -> usize {
    let shape = if what == "all-layers" { Shape::ALL_LAYERS } else { Shape::MIXED };
    let workload = match outcome {
        Some(outcome) => Workload::of_outcome(&shape, size, REQUESTS, outcome),
        None => Workload::new(&shape, size, REQUESTS),
    };
    let deployment = Deployment::default();
    let compiled = CompiledLayers::new(workload.layers());
    for Asked { question, request, expected } in workload.asked() {
        assert_eq!(compiled.decide(request, &deployment).decision, *expected, "{question:?}");
        assert_eq!(workload.scan(question), *expected, "{question:?}");
    }
    let explain = what.starts_with("explain");
    measured_operations(&mut || {
        for asked in workload.asked() {
            if baseline {
                black_box(workload.scan(&asked.question));
            } else if explain {
                black_box(compiled.explain(&asked.request, &deployment));
            } else {
                let _outcome = black_box(compiled.decide(&asked.request, &deployment));
            }
        }
    });
    workload.asked().len()
}

/// Operations are bytes.
fn parse_all(size: usize, baseline: bool) -> usize {
    let workload = Workload::new(&Shape::MIXED, size, 0);
    measured_operations(&mut || {
        for (_, text) in workload.texts() {
            if baseline {
                black_box(serde_json::from_str::<serde_json::Value>(text).is_ok());
            } else {
                let parsed = parse(text, PolicyKind::Identity);
                assert!(parsed.policy.is_some(), "a generated policy is refused");
            }
        }
    });
    workload.texts().map(|(_, text)| text.len()).sum()
}

/// Operations are statements.
fn compile_all(size: usize) -> usize {
    let workload = Workload::new(&Shape::MIXED, size, 0);
    measured_operations(&mut || {
        let mut builder = PolicySet::builder();
        for IdentifiedPolicy { id, policy } in &workload.layers().identity {
            builder.push(*id, policy);
        }
        assert_eq!(builder.build().statement_count(), size);
    });
    size
}
