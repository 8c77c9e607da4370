//! What happened to files, once it is quiet again.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use notify::{Event, EventKind};

/// How long nothing has to happen before files are read: an editor writes in several steps.
const QUIET: Duration = Duration::from_millis(15);
/// How long that is waited for where something happens all the time.
const PATIENCE: Duration = Duration::from_millis(250);

/// What happened.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// The paths that were written, made, renamed or removed, by their true names.
    pub(super) paths: BTreeSet<PathBuf>,
    /// Whether something was missed, so that anything may have changed.
    pub(super) anything: bool,
}

impl Changes {
    fn is_empty(&self) -> bool {
        self.paths.is_empty() && !self.anything
    }

    /// Adds an event, and answers whether it matters.
    fn add(&mut self, event: &Event, matters: impl Fn(&Path) -> bool) -> bool {
        if event.need_rescan() {
            self.anything = true;
            return true;
        }
        // Reading is no change, and what ends a write comes behind the write.
        if matches!(event.kind, EventKind::Access(_)) {
            return false;
        }
        let before = self.paths.len();
        let mut any = false;
        for path in event.paths.iter().filter(|path| matters(path)) {
            any = true;
            self.paths.insert(path.clone());
        }
        any || self.paths.len() > before
    }
}

/// What happened since, once nothing that matters happens any more; nothing at the end.
#[expect(clippy::disallowed_methods, reason = "how long it is quiet is told by the clock")]
pub(super) fn next(
    events: &Receiver<notify::Result<Event>>,
    matters: impl Fn(&Path) -> bool,
) -> Option<Changes> {
    let mut changes = Changes::default();
    let mut waits: Option<(Instant, Instant)> = None;
    loop {
        let event = match waits {
            None => events.recv().ok()?,
            Some((quiet, patience)) => {
                let wait = quiet.min(patience).saturating_duration_since(Instant::now());
                match events.recv_timeout(wait) {
                    Ok(event) => event,
                    Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                        return Some(changes);
                    }
                }
            }
        };
        let is_change = if let Ok(event) = &event {
            changes.add(event, &matters)
        } else {
            // The watch of some folder failed, so that what happens there is not told.
            changes.anything = true;
            true
        };
        if is_change && !changes.is_empty() {
            let now = Instant::now();
            let patience = waits.map_or(now + PATIENCE, |(_, patience)| patience);
            waits = Some((now + QUIET, patience));
        }
    }
}
