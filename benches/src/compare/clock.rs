//! Taking the time, in rounds, of candidates in turn.

use std::time::{Duration, Instant};

use crate::compare::candidate::{Candidate, Worker};
use crate::compare::numbers::{float, median, quantile};
use crate::compare::table::Row;
use crate::compare::{Allocated, Options, Setup, progress};
use crate::workload::Asked;

/// Decisions between two looks at the clock where one takes less than [`SLOW`].
const BATCH: usize = 64;

/// Nanoseconds from which each decision is timed by itself.
const SLOW: f64 = 4_000.0;

/// Nanoseconds from which time is that of the thread, so that other processes do not count.
const SLOWEST: f64 = 20_000.0;

/// Times of one candidate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Timed {
    /// Median nanoseconds per decision.
    pub(crate) median: f64,
    /// 99th percentile, over batches where decisions are timed in batches.
    pub(crate) p99: f64,
    /// Allocations per decision.
    pub(crate) allocations: f64,
}

/// Times candidates in turn, as rows.
pub(crate) fn rows(
    group: &str,
    size: usize,
    candidates: &[Candidate<'_>],
    options: &Options,
    setup: &Setup,
) -> Vec<Row> {
    let times = time(candidates, options, setup.allocated);
    let rows = candidates.iter().zip(times);
    rows.map(|(candidate, timed)| Row::new(group, size, candidate, timed)).collect()
}

/// Every candidate answers as expected. Slow ones are asked as many as fit into a second.
///
/// # Panics
///
/// Where one does not.
pub(crate) fn check(asked: &[Asked], candidates: &[Candidate<'_>]) {
    for candidate in candidates {
        let mut worker = (candidate.worker)();
        let start = now();
        let mut compared = 0;
        for (number, asked) in asked.iter().take(candidate.requests).enumerate() {
            let reply = worker.answer(number);
            assert!(
                reply.agrees(asked.expected),
                "{} answers {reply:?}, the judge {:?}: {:?}",
                candidate.name,
                asked.expected,
                asked.question
            );
            compared += 1;
            if number % 8 == 0 && start.elapsed() > Duration::from_secs(1) {
                break;
            }
        }
        progress(&format!("  {}: {compared} decisions compared", candidate.name));
    }
}

/// Times candidates in turn and counts their allocations apart from that.
fn time(
    candidates: &[Candidate<'_>],
    options: &Options,
    allocated: fn(&mut dyn FnMut()) -> Allocated,
) -> Vec<Timed> {
    let mut workers: Vec<_> = candidates.iter().map(Running::new).collect();
    for _ in 0..options.rounds() {
        for worker in &mut workers {
            worker.round(options.budget());
        }
    }
    workers.into_iter().map(|worker| worker.finish(allocated)).collect()
}

struct Running<'a> {
    worker: Box<dyn Worker + 'a>,
    requests: usize,
    next: usize,
    slow: bool,
    cpu: bool,
    medians: Vec<f64>,
    p99s: Vec<f64>,
    samples: Vec<f64>,
}

impl<'a> Running<'a> {
    fn new(candidate: &Candidate<'a>) -> Self {
        let mut worker = (candidate.worker)();
        let warm = candidate.requests.min(32);
        let start = now();
        worker.run(0..warm);
        let each = nanoseconds(start.elapsed()) / float(u64::try_from(warm).unwrap_or(1).max(1));
        Self {
            worker,
            requests: candidate.requests,
            next: 0,
            cpu: each > SLOWEST,
            slow: each > SLOW || candidate.requests < BATCH,
            medians: Vec::new(),
            p99s: Vec::new(),
            samples: Vec::new(),
        }
    }

    /// Decides for so long.
    fn round(&mut self, budget: Duration) {
        let batch = if self.slow { 1 } else { BATCH };
        self.samples.clear();
        let begin = now();
        let mut end = begin;
        while self.samples.is_empty() || end.duration_since(begin) < budget {
            if self.next + batch > self.requests {
                self.next = 0;
            }
            let requests = self.next..self.next + batch;
            self.next = requests.end;
            self.worker.prepare(requests.clone());
            let before = self.cpu.then(thread_time);
            let start = now();
            self.worker.run(requests);
            end = now();
            let mut spent = nanoseconds(end.duration_since(start));
            if let Some(before) = before {
                spent = nanoseconds(thread_time().saturating_sub(before));
            }
            self.samples.push(spent / float(u64::try_from(batch).unwrap_or(1)));
        }
        self.medians.push(median(&mut self.samples));
        self.p99s.push(quantile(&mut self.samples, 990));
    }

    fn finish(mut self, allocated: fn(&mut dyn FnMut()) -> Allocated) -> Timed {
        let requests = if self.slow { self.requests.min(8) } else { self.requests.min(1_024) };
        let count = allocated(&mut || self.worker.run(0..requests)).count;
        Timed {
            median: median(&mut self.medians),
            p99: median(&mut self.p99s),
            allocations: float(count) / float(u64::try_from(requests).unwrap_or(1).max(1)),
        }
    }
}

/// The one look at the clock.
#[expect(clippy::disallowed_methods, reason = "a bench measures time; no decision depends on it")]
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// What the thread has spent on a CPU.
#[cfg(unix)]
fn thread_time() -> Duration {
    let spent = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    let seconds = u64::try_from(spent.tv_sec).unwrap_or_default();
    Duration::new(seconds, u32::try_from(spent.tv_nsec).unwrap_or_default())
}

/// Elsewhere the time on the wall, from some point on.
#[cfg(not(unix))]
fn thread_time() -> Duration {
    static BEGIN: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(now);
    BEGIN.elapsed()
}

/// A span of time as nanoseconds.
pub(crate) fn nanoseconds(span: Duration) -> f64 {
    span.as_secs_f64() * 1e9
}
