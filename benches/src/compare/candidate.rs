//! What is compared: somebody who answers numbered requests.

use std::fmt;
use std::hint::black_box;
use std::ops::Range;
use std::sync::Arc;

use camlock_policy::Decision;

/// An answer, as much of it as the candidate gives.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "filled in by the programs of this repository")]
pub enum Reply {
    /// One of three.
    Decision(Decision),
    /// Only whether it is allowed.
    Allowed(bool),
    /// A primitive that decides nothing.
    Nothing,
}

impl Reply {
    /// Whether the answer does not contradict the judge.
    pub fn agrees(self, expected: Decision) -> bool {
        match self {
            Self::Decision(decision) => decision == expected,
            Self::Allowed(allowed) => allowed == (expected == Decision::Allow),
            Self::Nothing => true,
        }
    }
}

/// Answers requests by their number, on one thread.
pub trait Worker {
    /// Gets some requests ready to be answered next, which is not timed: a gateway has just made the
    /// request that it asks about, so that it lies in the caches.
    fn prepare(&mut self, _requests: Range<usize>) {}

    /// Answers one.
    fn answer(&mut self, request: usize) -> Reply;

    /// Answers several, one after the other, without a virtual call between them.
    fn run(&mut self, requests: Range<usize>) {
        for request in requests {
            black_box(self.answer(request));
        }
    }
}

impl<F: FnMut(usize) -> Reply> Worker for F {
    fn answer(&mut self, request: usize) -> Reply {
        self(request)
    }
}

/// A worker that answers copies made a moment before.
struct Fresh<T, F> {
    all: Arc<[T]>,
    copies: Vec<T>,
    first: usize,
    answer: F,
}

/// A worker that answers each request from a copy of what it needs, made before it is timed.
pub(crate) fn fresh<'a, T: Clone + 'a>(
    all: &Arc<[T]>,
    answer: impl FnMut(&T) -> Reply + 'a,
) -> Box<dyn Worker + 'a> {
    Box::new(Fresh { all: Arc::clone(all), copies: Vec::new(), first: 0, answer })
}

impl<T: Clone, F: FnMut(&T) -> Reply> Worker for Fresh<T, F> {
    fn prepare(&mut self, requests: Range<usize>) {
        self.copies.clear();
        self.first = requests.start;
        self.copies.extend_from_slice(&self.all[requests]);
    }

    fn answer(&mut self, request: usize) -> Reply {
        let copy = self.copies.get(request.wrapping_sub(self.first));
        (self.answer)(copy.unwrap_or_else(|| &self.all[request]))
    }
}

/// What it took to get ready.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "filled in by the programs of this repository")]
pub struct Built {
    /// Nanoseconds from text to ready; 0 where that means nothing.
    pub nanoseconds: f64,
    /// Bytes of heap held, counted by the allocator.
    pub bytes: usize,
    /// Bytes that the candidate itself says it holds; 0 where it does not tell.
    pub told: usize,
}

/// Somebody who answers the requests of a workload.
#[expect(clippy::exhaustive_structs, reason = "filled in by the programs of this repository")]
pub struct Candidate<'a> {
    /// Name in the tables.
    pub name: &'static str,
    /// What it took to get ready.
    pub built: Built,
    /// How many different requests it is asked at most.
    pub requests: usize,
    /// Makes one worker for the calling thread.
    pub worker: Box<dyn Fn() -> Box<dyn Worker + 'a> + Sync + 'a>,
}

impl fmt::Debug for Candidate<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Candidate").field("name", &self.name).finish_non_exhaustive()
    }
}
