//! Connections that have to begin in time, and to go on.

use std::future::Future as _;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

/// HTTP reads so many bytes to tell its versions apart, and waits for them without end.
const FIRST: usize = 24;

/// A stream whose first bytes are waited for so long and no longer, and whose reader as well.
#[derive(Debug)]
pub(crate) struct Prompt<S> {
    stream: S,
    patience: Duration,
    missing: usize,
    deadline: Option<Pin<Box<Sleep>>>,
    /// While nothing of what is written is taken.
    stuck: Option<Pin<Box<Sleep>>>,
}

impl<S> Prompt<S> {
    pub(crate) fn new(stream: S, patience: Duration) -> Self {
        let deadline = Some(Box::pin(sleep(patience)));
        Self { stream, patience, missing: FIRST, deadline, stuck: None }
    }

    /// What comes of a write, which is waited for so long and no longer.
    fn taken<T>(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.stuck = None;
            return written;
        }
        let patience = self.patience;
        let stuck = self.stuck.get_or_insert_with(|| Box::pin(sleep(patience)));
        stuck.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Prompt<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let own = self.get_mut();
        let before = buffer.filled().len();
        let read = Pin::new(&mut own.stream).poll_read(context, buffer);
        own.missing = own.missing.saturating_sub(buffer.filled().len() - before);
        if own.missing == 0 {
            own.deadline = None;
        }
        match &mut own.deadline {
            Some(deadline) if read.is_pending() => {
                deadline.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
            }
            _ => read,
        }
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Prompt<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let own = self.get_mut();
        let written = Pin::new(&mut own.stream).poll_write(context, bytes);
        own.taken(context, written)
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let own = self.get_mut();
        let flushed = Pin::new(&mut own.stream).poll_flush(context);
        own.taken(context, flushed)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let own = self.get_mut();
        let ended = Pin::new(&mut own.stream).poll_shutdown(context);
        own.taken(context, ended)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, duplex};
    use tokio::time::timeout;

    use super::*;

    const PATIENCE: Duration = Duration::from_secs(30);

    // The clock goes on by itself where everybody waits.
    #[tokio::test(start_paused = true)]
    async fn what_nobody_reads_is_not_written_for_ever() {
        let (_client, server) = duplex(16);
        let mut prompt = Prompt::new(server, PATIENCE);
        let written = timeout(PATIENCE * 2, prompt.write_all(&[0; 17])).await;
        assert_eq!(written.unwrap().unwrap_err().kind(), io::ErrorKind::TimedOut);
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_reads_a_little_in_time_gets_everything() {
        let (mut client, server) = duplex(16);
        let reader = tokio::spawn(async move {
            for _ in 0..4 {
                sleep(PATIENCE / 2).await;
                client.read_exact(&mut [0; 16]).await.unwrap();
            }
        });
        Prompt::new(server, PATIENCE).write_all(&[0; 64]).await.unwrap();
        reader.await.unwrap();
    }
}
