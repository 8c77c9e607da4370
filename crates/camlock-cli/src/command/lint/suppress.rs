//! Suppressions: those that cover nothing, and those that make a start in an old repository.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use camlock::source::Severity;
use camlock_config::{NewSuppression, suppressions_text};
use camlock_report::harmless;

use super::args::SettingsArgs;
use super::check::Checked;
use super::counted;
use super::session::{Job, Session};
use super::setup::{NAME, here};
use crate::files::{replace, shown};
use crate::problem::Problem;

/// Warns about suppressions that covered nothing, and answers how many there are.
pub(super) fn report_unused(session: &Session<'_>, err: &mut dyn Write) -> io::Result<usize> {
    let mut count = 0;
    for setup in session.setups() {
        let settings = setup.config.settings();
        for place in setup.unused() {
            let (Some(at), Some(own)) =
                (setup.config.places.get(place), settings.suppressions.get(place))
            else {
                continue;
            };
            let place = at.source.line_column(at.span.start);
            let name = harmless(at.source.name());
            let (line, column) = (place.line, place.column);
            writeln!(
                err,
                "warning: {name}:{line}:{column}: this suppression of {} covers nothing",
                own.code
            )?;
            count += 1;
        }
    }
    Ok(count)
}

/// Adds a suppression for each error and warning to the settings of its file.
pub(super) fn add(
    args: &SettingsArgs,
    session: &Session<'_>,
    jobs: &[Job],
    checked: &[Checked],
    problems: &mut Vec<Problem>,
    err: &mut dyn Write,
) -> io::Result<()> {
    let mut files: BTreeMap<PathBuf, BTreeSet<NewSuppression>> = BTreeMap::new();
    for file in checked {
        let Some(job) = jobs.iter().find(|job| job.input.name() == file.source.name()) else {
            continue;
        };
        let settings = session.setup(job.setup).and_then(|setup| setup.file.clone());
        let settings = settings.unwrap_or_else(|| here().join(NAME));
        let folder = settings.parent().unwrap_or(Path::new(""));
        let Ok(path) = Path::new(&job.path).strip_prefix(folder) else {
            let name = harmless(&job.path);
            problems.push(Problem::new(format!("{name}: is not below {}", shown(&settings))));
            continue;
        };
        let found = file.diagnostics.iter().filter(|own| own.severity >= Severity::Warning);
        let new = found.map(|own| NewSuppression {
            path: shown(path),
            code: own.code,
            pointer: own.pointer.clone().filter(|pointer| !pointer.is_empty()),
        });
        files.entry(settings).or_default().extend(new);
    }
    for (settings, new) in files {
        if new.is_empty() {
            continue;
        }
        let new = widest(&new);
        let name = harmless(&shown(&settings));
        match write(&settings, &suppressions_text(&new, &args.reason)) {
            Ok(()) => writeln!(err, "{} added to {name}", counted(new.len(), "suppression"))?,
            Err(error) => {
                problems.push(Problem::new(format!("{name}: cannot be written: {error}")));
            }
        }
    }
    Ok(())
}

/// Those that no other one covers as well.
fn widest(all: &BTreeSet<NewSuppression>) -> Vec<NewSuppression> {
    let is_covered = |own: &&NewSuppression| {
        let mut pointer = own.pointer.as_deref();
        // From where it stands up to the whole file.
        while let Some(inner) = pointer {
            pointer = inner.rsplit_once('/').map(|(above, _)| above).filter(|own| !own.is_empty());
            let above =
                NewSuppression { pointer: pointer.map(ToOwned::to_owned), ..(*own).clone() };
            if all.contains(&above) {
                return true;
            }
        }
        false
    };
    all.iter().filter(|own| !is_covered(own)).cloned().collect()
}

fn write(settings: &Path, text: &str) -> io::Result<()> {
    if !settings.exists() {
        return fs::write(settings, text.trim_start_matches('\n'));
    }
    let mut whole = fs::read_to_string(settings)?;
    if !whole.is_empty() && !whole.ends_with('\n') {
        whole.push('\n');
    }
    whole.push_str(text);
    replace(settings, &whole)
}
