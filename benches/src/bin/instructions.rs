//! Fixed operations for counting instructions; `benches/guard` runs them.
//!
//! `instructions` lists the cases. `instructions CASE` sets one up, runs it once and prints how many
//! operations that were. Only what happens inside [`measured_operations`] is meant to be counted: it
//! and what it calls directly are never inlined, so that the counts do not depend on what the compiler
//! makes of this program.

#![expect(clippy::print_stdout, reason = "the program talks to the script that runs it")]

use std::error::Error;
use std::hint::black_box;

use camlock_benches::{Asked, Shape, Workload, policy};
use camlock_engine::{CompiledLayers, PolicySet};
use camlock_policy::{
    Decision, Deployment, IdentifiedPolicy, Outcome, Policy, PolicyId, PolicyKind, PolicyLayers,
    Request,
};
use camlock_syntax::{json, limits::Limits, parse, parse_faultless};

/// Each case with what is set up and counted.
const CASES: [(&str, Setup); 17] = [
    ("hit-10", || of_outcome(10, Decision::Allow)),
    ("hit-1000", || of_outcome(1_000, Decision::Allow)),
    ("hit-10000", || of_outcome(10_000, Decision::Allow)),
    ("miss-1000", || of_outcome(1_000, Decision::ImplicitDeny)),
    ("miss-10000", || of_outcome(10_000, Decision::ImplicitDeny)),
    ("deny-10", || of_outcome(10, Decision::ExplicitDeny)),
    ("deny-10000", || of_outcome(10_000, Decision::ExplicitDeny)),
    ("layers-1000", || of_shape(&Shape::ALL_LAYERS)),
    ("conditions-1000", || of_shape(&Shape::CONDITION_HEAVY)),
    ("wildcards-1000", || of_shape(&Shape::WILDCARD_HEAVY)),
    ("any-resource-1000", any_resource),
    ("foreign-user-1000", foreign_user),
    ("parse-faultless", parse_faultless_policies),
    ("parse-policy", parse_policies),
    ("parse-tree", parse_trees),
    ("build-1000", build),
    ("edit-1000", edit),
];
/// How many requests a case of deciding goes through: enough for the random seed of the hashes, which
/// moves single look-ups, to even out.
const REQUESTS: usize = 512;
const EDITS: u32 = 16;

type Setup = fn() -> Result<usize, Box<dyn Error>>;

/// The name that the counting is switched on by.
#[inline(never)]
fn measured_operations(run: &mut dyn FnMut()) {
    run();
}

fn main() -> Result<(), Box<dyn Error>> {
    let Some(name) = std::env::args().nth(1) else {
        for (case, _) in CASES {
            println!("{case}");
        }
        return Ok(());
    };
    let found = CASES.iter().find(|(case, _)| *case == name);
    let (_, setup) = found.ok_or_else(|| format!("no case is called `{name}`"))?;
    println!("{}", setup()?);
    Ok(())
}

fn of_outcome(size: usize, outcome: Decision) -> Result<usize, Box<dyn Error>> {
    decide_asked(&Workload::of_outcome(&Shape::MIXED, size, REQUESTS, outcome))
}

fn of_shape(shape: &Shape) -> Result<usize, Box<dyn Error>> {
    decide_asked(&Workload::new(shape, 1_000, REQUESTS))
}

fn decide_asked(workload: &Workload) -> Result<usize, Box<dyn Error>> {
    let compiled = CompiledLayers::new(workload.layers());
    for Asked { question, request, expected } in workload.asked() {
        let decision = decide_one(&compiled, request, &Deployment::default()).decision;
        if decision != *expected {
            return Err(format!("{decision} instead of {expected} for {question:?}").into());
        }
    }
    let requests: Vec<&Request> = workload.asked().iter().map(|asked| &asked.request).collect();
    Ok(decide_all(&compiled, &requests))
}

/// Operations that know no resource, which every statement without a path might match.
fn any_resource() -> Result<usize, Box<dyn Error>> {
    let workload = Workload::new(&Shape::MIXED, 1_000, REQUESTS);
    let compiled = CompiledLayers::new(workload.layers());
    let requests = workload.asked().iter().map(|Asked { request, .. }| {
        let builder = Request::builder()
            .principal_facts(request.principal().clone())
            .action(&request.action().to_string())
            .resource("*");
        builder.context("qcs:ip", "10.1.2.3").build()
    });
    let requests = requests.collect::<Result<Vec<_>, _>>()?;
    let allowed = count_allowed(&compiled, &requests);
    assert!((1..REQUESTS).contains(&allowed), "{allowed} are allowed");
    Ok(decide_all(&compiled, &requests.iter().collect::<Vec<_>>()))
}

/// Users of a foreign account, each with bucket policies that name it, half of them on other buckets.
fn foreign_user() -> Result<usize, Box<dyn Error>> {
    let mut layers = PolicyLayers::default();
    let own =
        r#"{"version":"2.0","statement":[{"effect":"allow","action":"cos:*","resource":"*"}]}"#;
    layers.push(policy(own, PolicyKind::Identity), 0);
    for number in 0..1_000 {
        let effect = if number % 10 == 9 { "deny" } else { "allow" };
        let text = format!(
            r#"{{"version":"2.0","statement":[{{"effect":"{effect}",
                "principal":{{"qcs":["qcs::cam::uin/2:uin/{}"]}},
                "action":["cos:GetObject","cos:Put*"],
                "resource":"qcs::cos:ap-guangzhou:uid/1250000001:b{}-1250000001/team-{}/*"}}]}}"#,
            100 + number % 50,
            number % 20,
            number % 7,
        );
        layers.push(policy(&text, PolicyKind::Resource), 0);
    }
    let compiled = CompiledLayers::new(&layers);
    let requests = (0..REQUESTS).map(|number| {
        let (user, bucket, team) = (100 + number % 50, number * 7 % 20, number % 9);
        Request::builder()
            .principal(&format!("qcs::cam::uin/2:uin/{user}"))
            .action(if number % 3 == 0 { "cos:PutObject" } else { "cos:GetObject" })
            .resource(&format!(
                "qcs::cos:ap-guangzhou:uid/1250000001:b{bucket}-1250000001/team-{team}/{number}.log"
            ))
            .build()
    });
    let requests = requests.collect::<Result<Vec<_>, _>>()?;
    let allowed = count_allowed(&compiled, &requests);
    assert!((1..REQUESTS).contains(&allowed), "{allowed} are allowed");
    Ok(decide_all(&compiled, &requests.iter().collect::<Vec<_>>()))
}

fn count_allowed(compiled: &CompiledLayers, requests: &[Request]) -> usize {
    let deployment = Deployment::default();
    requests.iter().filter(|one| decide_one(compiled, one, &deployment).is_allowed()).count()
}

fn decide_all(compiled: &CompiledLayers, requests: &[&Request]) -> usize {
    let deployment = Deployment::default();
    measured_operations(&mut || {
        for request in requests {
            let _outcome = black_box(decide_one(compiled, request, &deployment));
        }
    });
    requests.len()
}

#[inline(never)]
fn decide_one(compiled: &CompiledLayers, request: &Request, deployment: &Deployment) -> Outcome {
    compiled.decide(request, deployment)
}

/// The way of accounts that are in order.
fn parse_faultless_policies() -> Result<usize, Box<dyn Error>> {
    each_text(|text| read_faultless(text).is_some())
}

#[inline(never)]
fn read_faultless(text: &str) -> Option<Policy> {
    parse_faultless(text, PolicyKind::Identity)
}

/// Operations are bytes.
fn parse_policies() -> Result<usize, Box<dyn Error>> {
    each_text(|text| parse_policy(text).is_some())
}

#[inline(never)]
fn parse_policy(text: &str) -> Option<Policy> {
    parse(text, PolicyKind::Identity).policy
}

/// Operations are bytes.
fn parse_trees() -> Result<usize, Box<dyn Error>> {
    each_text(parse_tree)
}

#[inline(never)]
fn parse_tree(text: &str) -> bool {
    black_box(json::parse(text, &Limits::policy())).diagnostics.is_empty()
}

fn each_text(read: impl Fn(&str) -> bool) -> Result<usize, Box<dyn Error>> {
    let workload = Workload::new(&Shape::MIXED, 1_000, 0);
    let texts: Vec<&str> = workload.texts().map(|(_, text)| text).collect();
    let mut readable = 0;
    measured_operations(&mut || readable = texts.iter().filter(|text| read(text)).count());
    if readable != texts.len() {
        return Err("a generated policy is refused".into());
    }
    Ok(texts.iter().map(|text| text.len()).sum())
}

/// Operations are statements.
fn build() -> Result<usize, Box<dyn Error>> {
    let workload = Workload::new(&Shape::MIXED, 1_000, 0);
    let mut built = None;
    measured_operations(&mut || built = Some(build_set(&workload.layers().identity)));
    Ok(built.ok_or("nothing was built")?.statement_count())
}

#[inline(never)]
fn build_set(policies: &[IdentifiedPolicy]) -> PolicySet {
    let mut builder = PolicySet::builder();
    for IdentifiedPolicy { id, policy } in policies {
        builder.push(*id, policy);
    }
    builder.build()
}

/// Operations are edits, each of the set as it was built.
fn edit() -> Result<usize, Box<dyn Error>> {
    let workload = Workload::new(&Shape::MIXED, 1_000, 0);
    let policies = &workload.layers().identity;
    let set = build_set(policies);
    let one = &policies.first().ok_or("there are no policies")?.policy;
    let mut changes: Vec<(PolicyId, Policy)> =
        (0..EDITS).map(|number| (PolicyId(number * 11), one.clone())).collect();
    let mut edited = Vec::with_capacity(changes.len());
    measured_operations(&mut || {
        edited.extend(changes.drain(..).map(|(id, policy)| put_one(&set, id, policy)));
    });
    Ok(edited.len())
}

#[inline(never)]
fn put_one(set: &PolicySet, id: PolicyId, policy: Policy) -> PolicySet {
    set.edit().put(id, policy).finish()
}
