//! How much of the server one client can hold.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum_server::accept::Accept;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower_service::Service;

use crate::prompt::Prompt;

/// How many connections there may be, and how long what is sent over them may take.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "filled in by whoever serves")]
pub struct Limits {
    /// Connections at a time; more are closed at once.
    pub connections: usize,
    /// So long the head of a request may take, and a connection be idle.
    pub head: Duration,
    /// So long the body of a request may take.
    pub body: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { connections: 1_024, head: Duration::from_secs(30), body: Duration::from_secs(30) }
    }
}

/// Accepts connections as another does, as long as there is room.
#[derive(Clone, Debug)]
pub(crate) struct Capped<A> {
    accept: A,
    room: Arc<Semaphore>,
    patience: Duration,
}

impl<A> Capped<A> {
    pub(crate) fn new(accept: A, limits: &Limits) -> Self {
        let room = Arc::new(Semaphore::new(limits.connections.min(Semaphore::MAX_PERMITS)));
        Self { accept, room, patience: limits.head }
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
            tracing::warn!("a connection was closed: there are too many");
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
