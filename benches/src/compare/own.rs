//! Candidates that need no other policy engine.

use std::collections::HashMap;
use std::sync::Arc;

use camlock_policy::{Deployment, Request};
use foldhash::fast::RandomState;

use crate::compare::candidate::{Built, Candidate, Reply, Worker};
use crate::compare::clock::{nanoseconds, now};
use crate::compare::engine::Engine;
use crate::compare::{Allocated, Setup};
use crate::globs::Globs;
use crate::question::Question;
use crate::random::Random;
use crate::workload::{Asked, Workload};

pub(crate) const CAMLOCK: &str = "Camlock";
pub(crate) const SCAN: &str = "linear scan";
pub(crate) const GLOBSET: &str = "GlobSet";
pub(crate) const REFERENCE: &str = "reference";
pub(crate) const LOOK_UP: &str = "one hash look-up";

/// Builds something twice: once for the time, once for the bytes that it holds.
///
/// # Panics
///
/// Where the counter does not run what it is given.
pub fn built<T>(setup: &Setup, mut build: impl FnMut() -> T) -> (T, Built) {
    let start = now();
    let first = build();
    let spent = nanoseconds(start.elapsed());
    drop(first);
    let mut value = None;
    let Allocated { held, .. } = (setup.allocated)(&mut || value = Some(build()));
    let value = value.expect("the counter runs what it is given");
    (value, Built { nanoseconds: spent, bytes: usize::try_from(held).unwrap_or_default(), told: 0 })
}

/// The bytes that something holds that is not built from text.
pub(crate) fn held<T>(setup: &Setup, build: impl FnMut() -> T) -> Built {
    Built { nanoseconds: 0.0, ..built(setup, build).1 }
}

/// Camlock, asked by who has policies by layer.
pub(crate) fn camlock<'a>(engine: &'a Engine, asked: &'a [Asked], built: Built) -> Candidate<'a> {
    // A request is asked right after it was made; beside each other they are at least near.
    let requests: Arc<[Request]> = asked.iter().map(|asked| asked.request.clone()).collect();
    let worker = move || -> Box<dyn Worker + 'a> {
        let requests = Arc::clone(&requests);
        Box::new(move |request: usize| Reply::Decision(engine.decide(&requests[request]).decision))
    };
    candidate(CAMLOCK, built, asked.len(), worker)
}

/// The engine of a workload, and what it took; the bytes are those that the sets say they hold.
pub(crate) fn engine(workload: &Workload, setup: &Setup) -> (Engine, Built) {
    let (engine, mut built) = built(setup, || Engine::new(workload));
    built.told = engine.bytes();
    (engine, built)
}

/// Every statement, one after the other.
pub(crate) fn scan(workload: &Workload, built: Built) -> Candidate<'_> {
    let questions = workload.asked().iter().map(|asked| asked.question.clone());
    let questions: Arc<[Question]> = questions.collect();
    let worker = move || -> Box<dyn Worker + '_> {
        let questions = Arc::clone(&questions);
        Box::new(move |request: usize| Reply::Decision(workload.scan(&questions[request])))
    };
    candidate(SCAN, built, workload.asked().len(), worker)
}

/// One set of all resource patterns, each hit filtered.
pub(crate) fn globs<'a>(
    workload: &'a Workload,
    globs: &'a Globs<'a>,
    built: Built,
) -> Candidate<'a> {
    let worker = move || -> Box<dyn Worker + 'a> {
        let (asked, mut hits) = (workload.asked(), Vec::new());
        Box::new(move |request: usize| {
            Reply::Decision(globs.decide(&asked[request].question, &mut hits))
        })
    };
    candidate(GLOBSET, built, workload.asked().len(), worker)
}

/// The slow evaluator that tests compare with.
pub(crate) fn reference<'a>(workload: &'a Workload, deployment: &'a Deployment) -> Candidate<'a> {
    let worker = move || -> Box<dyn Worker + 'a> {
        let (asked, layers) = (workload.asked(), workload.layers());
        Box::new(move |request: usize| {
            let request = &asked[request].request;
            Reply::Decision(camlock_reference::decide(request, layers, deployment).decision)
        })
    };
    candidate(REFERENCE, Built::default(), workload.asked().len().min(512), worker)
}

/// A candidate that makes a worker for each thread.
pub fn candidate<'a>(
    name: &'static str,
    built: Built,
    requests: usize,
    worker: impl Fn() -> Box<dyn Worker + 'a> + Sync + 'a,
) -> Candidate<'a> {
    Candidate { name, built, requests, worker: Box::new(worker) }
}

/// Bytes of a name that is looked up.
const NAME: usize = 90;

/// Names of 90 bytes in a hash table, and which of them are looked up: the floor of any index.
#[derive(Debug)]
pub(crate) struct Names {
    table: HashMap<String, usize, RandomState>,
    /// One text behind the other.
    queries: String,
}

impl Names {
    pub(crate) fn new(size: usize, queries: usize) -> Self {
        let mut random = Random::new(7);
        let names: Vec<String> = (0..size)
            .map(|index| {
                let account = random.below(20);
                let bits = random.next();
                format!(
                    "qcs::cos:ap-guangzhou:uin/1000000{account:05}:bucket{index:08}-1000000{account:05}/team{:02}/{bits:016x}",
                    index % 40
                )
            })
            .inspect(|name| assert_eq!(name.len(), NAME, "{name}"))
            .collect();
        let queries = (0..queries).map(|_| random.pick(&names).as_str()).collect();
        let table = names.into_iter().map(|name| (name, random.below(1 << 20))).collect();
        Self { table, queries }
    }

    /// Each look-up waits for the answer of the one before.
    pub(crate) fn candidate(&self) -> Candidate<'_> {
        let worker = move || -> Box<dyn Worker + '_> {
            let (mut last, count) = (0, self.queries.len() / NAME);
            Box::new(move |request: usize| {
                // The answer says which of two neighbours comes next: it has to be waited for, yet
                // the queries themselves are read in order.
                let at = (request + (last & 1)) % count * NAME;
                let query = self.queries.get(at..at + NAME).expect("all queries have one length");
                last = self.table.get(query).copied().expect("all queries are in the table");
                Reply::Nothing
            })
        };
        candidate(LOOK_UP, Built::default(), self.queries.len() / NAME, worker)
    }
}
