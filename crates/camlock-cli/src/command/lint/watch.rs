//! `camlock lint --watch`: files are looked at again when they change.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use camlock_report::{Style, harmless};
use notify::{EventKind, RecursiveMode, Watcher as _};

use super::args::LintArgs;
use super::session::{Job, Session};
use super::{check_all, finish, show};
use crate::exit::Exit;

/// How long nothing has to happen before files are read: an editor writes in several steps.
const QUIET: Duration = Duration::from_millis(15);

/// Looks at files as they change, until the process is ended.
pub(super) fn run(
    args: &LintArgs,
    session: &Session<'_>,
    jobs: &[Job],
    (out, err): (&mut dyn Write, &mut dyn Write),
    style: Style,
) -> io::Result<Exit> {
    let by_path: BTreeMap<PathBuf, usize> = jobs
        .iter()
        .enumerate()
        .filter_map(|(place, job)| Some((job.input.path()?.canonicalize().ok()?, place)))
        .collect();
    let folders: BTreeSet<&Path> = by_path.keys().filter_map(|path| path.parent()).collect();
    let (sender, events) = mpsc::channel();
    let watcher = notify::recommended_watcher(move |event| {
        // Who does not listen any more has ended.
        _ = sender.send(event);
    });
    let mut watcher = watcher.map_err(io::Error::other)?;
    for folder in &folders {
        watcher.watch(folder, RecursiveMode::NonRecursive).map_err(io::Error::other)?;
    }
    out.flush()?;
    writeln!(err, "watching {}", super::counted(by_path.len(), "file"))?;
    while let Some(changed) = next(&events, &by_path) {
        for place in changed {
            let Some(job) = jobs.get(place..=place) else { continue };
            let mut problems = Vec::new();
            let checked = check_all(args, session, job, &mut problems);
            writeln!(
                err,
                "{} changed",
                harmless(&job.first().map_or_else(String::new, |own| own.input.name()))
            )?;
            show(args, &checked, (out, err), style)?;
            out.flush()?;
            finish(Exit::Success, &problems, err)?;
        }
    }
    Ok(Exit::Success)
}

/// The files that changed since, once nothing more happens; nothing at the end.
fn next(
    events: &Receiver<notify::Result<notify::Event>>,
    by_path: &BTreeMap<PathBuf, usize>,
) -> Option<BTreeSet<usize>> {
    let mut changed = BTreeSet::new();
    loop {
        let event = if changed.is_empty() {
            events.recv().ok()?
        } else {
            match events.recv_timeout(QUIET) {
                Ok(event) => event,
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    return Some(changed);
                }
            }
        };
        let Ok(event) = event else { continue };
        if matches!(event.kind, EventKind::Access(_) | EventKind::Remove(_)) {
            continue;
        }
        changed.extend(event.paths.iter().filter_map(|path| by_path.get(path)));
    }
}
