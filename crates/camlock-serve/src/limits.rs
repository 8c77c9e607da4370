//! How much of the server one client can hold.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum_server::accept::Accept;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;
use tower_service::Service;

use crate::prompt::Prompt;

/// How many connections there may be, and how long what is sent over them may take.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "filled in by whoever serves")]
pub struct Limits {
    /// Connections at a time; more are closed at once.
    pub connections: usize,
    /// So long the head of a request may take, a connection be idle, and an answer wait for its reader.
    pub head: Duration,
    /// So long the body of a request may take.
    pub body: Duration,
    /// Bytes of bodies that are held at a time, beyond the first 64 KiB of each.
    pub bodies: usize,
}

impl Default for Limits {
    fn default() -> Self {
        let patience = Duration::from_secs(30);
        Self { connections: 1_024, head: patience, body: patience, bodies: 256 << 20 }
    }
}

/// Accepts connections as another does, as long as there is room.
#[derive(Clone, Debug)]
pub(crate) struct Capped<A> {
    accept: A,
    room: Arc<Semaphore>,
    patience: Duration,
    refused: Arc<Mutex<Seldom>>,
}

/// What happens often, told once a second at most.
#[derive(Debug, Default)]
struct Seldom {
    told: Option<Instant>,
    times: u64,
}

impl Seldom {
    /// How often it happened since that was told, where it is to be told now.
    fn happens(&mut self, now: Instant) -> Option<u64> {
        self.times += 1;
        if self.told.is_some_and(|told| now.duration_since(told) < Duration::from_secs(1)) {
            return None;
        }
        self.told = Some(now);
        Some(std::mem::take(&mut self.times))
    }
}

impl<A> Capped<A> {
    pub(crate) fn new(accept: A, limits: &Limits) -> Self {
        let room = Arc::new(Semaphore::new(limits.connections.min(Semaphore::MAX_PERMITS)));
        Self { accept, room, patience: limits.head, refused: Arc::default() }
    }
}

impl<A, I, S> Accept<I, S> for Capped<A>
where
    A: Accept<I, S>,
    A::Future: Send + 'static,
{
    type Stream = Prompt<A::Stream>;
    type Service = Held<A::Service>;
    type Future = Pin<Box<dyn Future<Output = io::Result<(Self::Stream, Self::Service)>> + Send>>;

    fn accept(&self, stream: I, service: S) -> Self::Future {
        let Ok(permit) = Arc::clone(&self.room).try_acquire_owned() else {
            let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(times) = refused.happens(Instant::now()) {
                tracing::warn!(times, "connections were closed: there are too many");
            }
            return Box::pin(async { Err(io::ErrorKind::ConnectionRefused.into()) });
        };
        let (accepted, patience) = (self.accept.accept(stream, service), self.patience);
        Box::pin(async move {
            let (stream, service) = accepted.await?;
            Ok((Prompt::new(stream, patience), Held { service, _permit: Arc::new(permit) }))
        })
    }
}

/// What answers over a connection, and its place among the others.
#[derive(Clone, Debug)]
pub(crate) struct Held<S> {
    service: S,
    _permit: Arc<OwnedSemaphorePermit>,
}

impl<S: Service<R>, R> Service<R> for Held<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.service.poll_ready(context)
    }

    fn call(&mut self, request: R) -> Self::Future {
        self.service.call(request)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_happens_often_is_told_once_a_second() {
        let (mut seldom, start) = (Seldom::default(), Instant::now());
        let mut at = |millis| seldom.happens(start + Duration::from_millis(millis));
        assert_eq!(at(0), Some(1));
        assert_eq!([at(1), at(500), at(999)], [None; 3]);
        assert_eq!(at(1_000), Some(4));
        assert_eq!(at(1_999), None);
    }
}
