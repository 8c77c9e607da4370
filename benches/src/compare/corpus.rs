//! Policies that people wrote, asked with requests made to hit and to nearly miss them.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use camlock_engine::PolicySet;
use camlock_policy::{
    Deployment, IdentifiedPolicy, Policy, PolicyId, PolicyKind, PolicyLayers, Request,
    ResourcePattern, Statement,
};
use camlock_syntax::parse;
use serde_json::Value;

use crate::compare::candidate::{Built, Reply, Worker, fresh};
use crate::compare::clock::rows;
use crate::compare::own::{self, CAMLOCK, REFERENCE};
use crate::compare::table::Row;
use crate::compare::{Options, Setup, progress};

pub(crate) const GROUP: &str = "corpus";

/// Requests at most; the reference judges each.
const REQUESTS: usize = 4_096;

/// Measures the policies of identities in the folder; nothing where it is missing.
pub(crate) fn measure(folder: &Path, options: &Options, setup: &Setup) -> Vec<Row> {
    let policies = read(folder);
    if policies.is_empty() {
        progress(&format!("corpus: skipped, there are no policies in {}", folder.display()));
        return Vec::new();
    }
    let policies = (0..).zip(policies);
    let mut layers = PolicyLayers::default();
    layers.identity =
        policies.map(|(id, policy)| IdentifiedPolicy { id: PolicyId(id), policy }).collect();
    let statements: Vec<&Statement> =
        layers.identity.iter().flat_map(|own| own.policy.statements()).collect();
    let size = statements.len();
    progress(&format!("corpus, {} policies, {size} statements", layers.identity.len()));
    let requests = if options.quick { 256 } else { REQUESTS };
    let requests: Vec<Request> = statements.iter().flat_map(|own| of(own)).take(requests).collect();
    let deployment = Deployment::default();
    let (set, mut built) = own::built(setup, || {
        let mut builder = PolicySet::builder();
        for IdentifiedPolicy { id, policy } in &layers.identity {
            builder.push(*id, policy);
        }
        builder.build()
    });
    built.told = set.memory_usage();
    built.nanoseconds = 0.0;
    let compiled = camlock_engine::CompiledLayers::new(&layers);
    for request in &requests {
        let expected = camlock_reference::decide(request, &layers, &deployment);
        assert_eq!(compiled.decide(request, &deployment), expected, "{request:?}");
    }
    progress(&format!("  {} outcomes compared with the reference", requests.len()));
    let (requests, compiled, deployment, layers) = (&requests, &compiled, &deployment, &layers);
    let copies: Arc<[Request]> = requests.iter().cloned().collect();
    let camlock = move || {
        fresh(&copies, |request| Reply::Decision(compiled.decide(request, deployment).decision))
    };
    let reference = move || -> Box<dyn Worker + '_> {
        Box::new(move |request: usize| {
            let outcome = camlock_reference::decide(&requests[request], layers, deployment);
            Reply::Decision(outcome.decision)
        })
    };
    let candidates = [
        own::candidate(CAMLOCK, built, requests.len(), camlock),
        own::candidate(REFERENCE, Built::default(), requests.len(), reference),
    ];
    rows(GROUP, size, &candidates, options, setup)
}

/// The policies that the index calls fine ones of identities.
fn read(folder: &Path) -> Vec<Policy> {
    let Ok(index) = fs::read_to_string(folder.join("expected.json")) else { return Vec::new() };
    let index: Value = serde_json::from_str(&index).expect("the index is JSON");
    let index = index.as_object().expect("the index is an object");
    let fine =
        index.iter().filter(|(_, entry)| entry["kind"] == "identity" && entry["outcome"] == "ok");
    let mut names: Vec<&String> = fine.map(|(name, _)| name).collect();
    names.sort();
    let texts = names
        .into_iter()
        .filter_map(|name| fs::read_to_string(folder.join("policies").join(name)).ok());
    texts.filter_map(|text| parse(&text, PolicyKind::Identity).policy).collect()
}

/// Requests that a statement is about, and some that it is just not about.
fn of(statement: &Statement) -> Vec<Request> {
    let mut requests = Vec::new();
    for action in statement.actions().iter().take(3) {
        let action = match action.to_string() {
            any if any == "*" || any == "*:*" => "cvm:DescribeInstances".to_owned(),
            pattern => pattern.replace('*', "Any"),
        };
        for resource in statement.resources().iter().take(3) {
            let names = match resource {
                ResourcePattern::Any => ["*".to_owned(), "qcs::cvm:::instance/ins-1".to_owned()],
                pattern @ ResourcePattern::Segments(_) => {
                    let name = pattern.to_string().replace('*', "any");
                    let near = format!("{}~", name.strip_suffix('y').unwrap_or(&name));
                    [name, near]
                }
            };
            let other = format!("{action}2");
            for (action, name) in [(&action, &names[0]), (&action, &names[1]), (&other, &names[0])]
            {
                let request = Request::builder()
                    .principal("qcs::cam::uin/100000000001:uin/100000000011")
                    .action(action)
                    .resource(name)
                    .context("qcs:ip", "10.1.2.3")
                    .context("qcs:current_time", "2026-06-01T12:00:00Z");
                // Some patterns have no name that a request may state.
                requests.extend(request.build());
            }
        }
    }
    requests
}
