//! Camlock, from texts to decisions, the way that a caller with policies by layer does it.

use std::collections::BTreeMap;

use camlock_engine::{Explanation, Layers, PolicySet, PolicySetBuilder, View, decide, explain};
use camlock_policy::{Deployment, Outcome, PolicyId, PolicyKind, Request};

use crate::workload::{Workload, policy};

/// The sets of every layer.
#[derive(Debug)]
pub(crate) struct Engine {
    scp: Vec<PolicySet>,
    identity: Option<PolicySet>,
    resource: Option<PolicySet>,
    boundary: Option<PolicySet>,
    session: Option<PolicySet>,
    deployment: Deployment,
}

impl Engine {
    /// Reads and compiles the texts of a workload.
    pub(crate) fn new(workload: &Workload) -> Self {
        let mut builders: BTreeMap<(usize, usize), PolicySetBuilder> = BTreeMap::new();
        for (id, (kind, level, text)) in (0..).zip(workload.leveled_texts()) {
            let builder = builders.entry((place(kind), level)).or_default();
            builder.push(PolicyId(id), &policy(text, kind));
        }
        let mut scp = Vec::new();
        let mut others = [None, None, None, None];
        for ((place, _), builder) in builders {
            match others.get_mut(place) {
                Some(other) => *other = Some(builder.build()),
                None => scp.push(builder.build()),
            }
        }
        let [identity, resource, boundary, session] = others;
        Self { scp, identity, resource, boundary, session, deployment: Deployment::default() }
    }

    pub(crate) fn decide(&self, request: &Request) -> Outcome {
        let layers = self.layers();
        decide(request, request.principal(), &self.deployment, |_| layers)
    }

    pub(crate) fn explain(&self, request: &Request) -> Explanation {
        let layers = self.layers();
        explain(request, request.principal(), &self.deployment, |_| layers)
    }

    /// Bytes of heap that the sets say they hold.
    pub(crate) fn bytes(&self) -> usize {
        let sets = [&self.identity, &self.resource, &self.boundary, &self.session];
        let sets = self.scp.iter().chain(sets.into_iter().flatten());
        sets.map(PolicySet::memory_usage).sum()
    }

    fn layers<'a>(&'a self) -> Layers<'a> {
        let view = |set: &'a Option<PolicySet>| set.as_ref().map(View::all);
        Layers {
            scp: &self.scp,
            identity: view(&self.identity),
            resource: view(&self.resource),
            boundary: view(&self.boundary),
            session: view(&self.session),
            trust: None,
        }
    }
}

fn place(kind: PolicyKind) -> usize {
    match kind {
        PolicyKind::Identity => 0,
        PolicyKind::Resource => 1,
        PolicyKind::Boundary => 2,
        PolicyKind::Session => 3,
        _ => 4,
    }
}
