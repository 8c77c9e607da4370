//! Bodies of requests, within what one may have and what all may have together.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody as _};
use camlock_cam::ApiError;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use crate::limits::Limits;

/// The largest body that is read; what the interface refuses is smaller by a little.
const LONGEST: usize = (10 << 20) + 1;
/// So much of each body takes no room from others, so that calls of the usual size find some always.
const FREE: usize = 64 << 10;

/// How bodies are read.
#[derive(Clone, Debug)]
pub(crate) struct Bodies {
    room: Arc<Semaphore>,
    slowest: Duration,
}

/// A body that was read, and its place among the others.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    pub(crate) bytes: Vec<u8>,
    room: Option<OwnedSemaphorePermit>,
}

impl Bodies {
    pub(crate) fn new(limits: &Limits) -> Self {
        let room = Arc::new(Semaphore::new(limits.bodies.min(Semaphore::MAX_PERMITS)));
        Self { room, slowest: limits.body }
    }

    /// Reads a body, or says why not.
    pub(crate) async fn read(&self, mut body: Body) -> Result<Taken, ApiError> {
        // Whoever sends slowly holds a connection, and no more.
        let Ok(read) = timeout(self.slowest, self.collect(&mut body)).await else {
            return Err(ApiError::new("InvalidRequest", "The request came too slowly."));
        };
        if read.is_err() {
            // Whoever is still sending does not look for the answer.
            drop(timeout(self.slowest, drain(&mut body)).await);
        }
        read
    }

    async fn collect(&self, body: &mut Body) -> Result<Taken, ApiError> {
        let mut taken = Taken::default();
        while let Some(data) = next(body).await {
            let data = data.ok().filter(|data| taken.bytes.len() + data.len() <= LONGEST);
            let data = data.ok_or_else(|| {
                let message = "The request is larger than the limit, or was broken off.";
                ApiError::new("RequestSizeLimitExceeded", message)
            })?;
            self.make_room(&mut taken, data.len())?;
            taken.bytes.extend_from_slice(&data);
        }
        Ok(taken)
    }

    fn make_room(&self, taken: &mut Taken, more: usize) -> Result<(), ApiError> {
        let length = taken.bytes.len();
        let beyond = (length + more).saturating_sub(FREE.max(length));
        let none = || {
            let message = "The server holds as much of requests as it may; try again later.";
            ApiError::new("RequestLimitExceeded", message)
        };
        let count = u32::try_from(beyond).map_err(|_| none())?;
        let room = Arc::clone(&self.room).try_acquire_many_owned(count).map_err(|_| none())?;
        match &mut taken.room {
            Some(own) => own.merge(room),
            none => *none = Some(room),
        }
        Ok(())
    }
}

/// Reads on, as much again as may be sent, and keeps nothing.
async fn drain(body: &mut Body) {
    let mut left = LONGEST;
    while let Some(Ok(data)) = next(body).await {
        left = left.saturating_sub(data.len());
        if left == 0 {
            return;
        }
    }
}

/// The next bytes; trailers have none.
async fn next(body: &mut Body) -> Option<Result<Bytes, axum::Error>> {
    let frame = poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await?;
    Some(frame.map(|frame| frame.into_data().unwrap_or_default()))
}
