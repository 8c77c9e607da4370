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
        let mut any = false;
        for path in event.paths.iter().filter(|path| matters(path)) {
            any = true;
            self.paths.insert(path.clone());
        }
        any
    }
}

/// Whether it tells of a change: reading is none, and what ends a write comes behind the write.
pub(super) fn is_change(event: &notify::Result<Event>) -> bool {
    let is_access = |event: &Event| matches!(event.kind, EventKind::Access(_));
    event.as_ref().map_or(true, |event| event.need_rescan() || !is_access(event))
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
                let now = Instant::now();
                // More may have come already than anybody waits for.
                if now >= patience {
                    return Some(changes);
                }
                let wait = quiet.min(patience).saturating_duration_since(now);
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

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::path::Path;
    use std::sync::mpsc::channel;
    use std::time::{Duration, Instant};

    use notify::event::{AccessKind, Flag, ModifyKind};
    use notify::{Error, Event, EventKind};

    use super::{is_change, next};

    fn written(path: &str) -> Event {
        Event::new(EventKind::Modify(ModifyKind::Any)).add_path(path.into())
    }

    #[test]
    fn reading_is_no_change_unless_something_was_missed() {
        let read = Event::new(EventKind::Access(AccessKind::Any)).add_path("/a".into());
        for (event, expected) in [
            (Ok(read.clone()), false),
            (Ok(read.set_flag(Flag::Rescan)), true),
            (Ok(written("/a")), true),
            (Err(Error::generic("lost")), true),
        ] {
            assert_eq!(is_change(&event), expected, "{event:?}");
        }
    }

    #[test]
    fn what_matters_is_told_once_it_is_quiet() {
        let (sender, events) = channel();
        for path in ["/other", "/a", "/b", "/a"] {
            sender.send(Ok(written(path))).unwrap();
        }
        let changes = next(&events, |path| path != Path::new("/other")).unwrap();
        let paths: Vec<_> = changes.paths.iter().map(|path| path.to_str().unwrap()).collect();
        assert_eq!((paths, changes.anything), (vec!["/a", "/b"], false));
        drop(sender);
        assert!(next(&events, |_| true).is_none());
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "patience is told by the clock")]
    fn patience_ends_while_more_and_more_happens() {
        let (sender, events) = channel();
        sender.send(Ok(written("/a"))).unwrap();
        let (start, is_over) = (Instant::now(), Cell::new(false));
        // One event is always there before the one before it is done with.
        let matters = |_: &Path| {
            is_over.set(start.elapsed() > Duration::from_secs(20));
            if !is_over.get() {
                sender.send(Ok(written("/a"))).unwrap();
            }
            true
        };
        let changes = next(&events, matters).unwrap();
        assert_eq!(changes.paths.len(), 1);
        assert!(!is_over.get(), "it was waited for the end of all");
    }
}
