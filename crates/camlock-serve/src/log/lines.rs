//! Lines of a log that wait for whoever reads them, so that no call does.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::thread;
use std::time::Duration;

/// So many lines wait; more are lost, and their number is told when there is room again.
const MOST: usize = 1_024;
/// Whoever ends waits so long for the last lines to be written.
const PATIENCE: Duration = Duration::from_secs(1);

/// The way to a thread that writes lines, one a write; nothing that goes wrong there comes back.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    sender: Sender<Message>,
    counts: Arc<Counts>,
}

#[derive(Debug)]
enum Message {
    Line(Vec<u8>),
    /// Everything before it is written.
    End(std::sync::mpsc::SyncSender<()>),
}

#[derive(Debug, Default)]
struct Counts {
    waiting: AtomicUsize,
    lost: AtomicU64,
}

impl Lines {
    /// Starts the thread; `say` is called there with the number of lines that were lost before the last one.
    ///
    /// # Errors
    ///
    /// That of the thread.
    pub(super) fn start(
        out: impl io::Write + Send + 'static,
        say: impl Fn(u64) + Send + 'static,
    ) -> io::Result<Self> {
        let (sender, receiver) = channel();
        let counts = Arc::new(Counts::default());
        let writer = {
            let counts = Arc::clone(&counts);
            move || write(&receiver, &counts, out, say)
        };
        thread::Builder::new().name("log".to_owned()).spawn(writer)?;
        Ok(Self { sender, counts })
    }

    /// Waits until everything is written, but not for long.
    pub(super) fn finish(&self) {
        let (done, end) = sync_channel(1);
        // A pipe that nobody reads has no end.
        let sent = self.sender.send(Message::End(done)).is_ok();
        let _ = sent && end.recv_timeout(PATIENCE).is_ok();
    }
}

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = |waiting| (waiting < MOST).then_some(waiting + 1);
        let (order, counts) = (Ordering::Relaxed, &self.counts);
        let waits = counts.waiting.fetch_update(order, order, room).is_ok()
            && self.sender.send(Message::Line(bytes.to_vec())).is_ok();
        if !waits {
            counts.lost.fetch_add(1, Ordering::Relaxed);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn write(
    receiver: &Receiver<Message>,
    counts: &Counts,
    mut out: impl io::Write,
    say: impl Fn(u64),
) {
    for message in receiver {
        match message {
            Message::Line(line) => {
                let written = out.write_all(&line);
                counts.waiting.fetch_sub(1, Ordering::Relaxed);
                if written.is_err() {
                    counts.lost.fetch_add(1, Ordering::Relaxed);
                    continue;
                }
                let lost = counts.lost.swap(0, Ordering::Relaxed);
                if lost > 0 {
                    say(lost);
                }
            }
            Message::End(done) => drop(done.try_send(())),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::sync::Mutex;

    use super::*;

    /// Writes once its gate is gone.
    struct Gated {
        gate: Receiver<()>,
        written: Arc<Mutex<Vec<u8>>>,
    }

    impl io::Write for Gated {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            assert!(self.gate.recv().is_err());
            self.written.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn lines_that_nobody_takes_are_counted_and_keep_nobody() {
        let (keep, gate) = channel();
        let (written, said) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(Vec::new())));
        let out = Gated { gate, written: Arc::clone(&written) };
        let told = Arc::clone(&said);
        let mut lines = Lines::start(out, move |lost| told.lock().unwrap().push(lost)).unwrap();
        for _ in 0..MOST + 7 {
            lines.write_all(b"line\n").unwrap();
        }
        drop(keep);
        lines.finish();
        assert_eq!(*said.lock().unwrap(), [7]);
        let count = || written.lock().unwrap().split(|byte| *byte == b'\n').count() - 1;
        assert_eq!(count(), MOST);
        lines.write_all(b"line\n").unwrap();
        lines.finish();
        assert_eq!((said.lock().unwrap().len(), count()), (1, MOST + 1));
    }

    /// Fails at first.
    struct Failing(Arc<Mutex<Vec<u8>>>, u32);

    impl io::Write for Failing {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.1 > 0 {
                self.1 -= 1;
                return Err(io::ErrorKind::StorageFull.into());
            }
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn lines_that_cannot_be_written_are_counted() {
        let (written, said) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(Vec::new())));
        let (out, told) = (Failing(Arc::clone(&written), 2), Arc::clone(&said));
        let mut lines = Lines::start(out, move |lost| told.lock().unwrap().push(lost)).unwrap();
        for line in [b"1\n", b"2\n", b"3\n"] {
            lines.write_all(line).unwrap();
        }
        lines.finish();
        assert_eq!(*written.lock().unwrap(), b"3\n");
        assert_eq!(*said.lock().unwrap(), [2]);
    }
}
