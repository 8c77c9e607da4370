//! `camlock lint --fix` and `--diff`.

use std::io::{self, Write};

use camlock::source::SourceText;
use camlock_report::{Style, diff, harmless};

use super::args::LintArgs;
use super::check::{self, Checked, Repaired};
use super::session::{Job, Session};
use super::{counted, show, unreadable};
use crate::exit::Exit;
use crate::files::{self, Content};
use crate::parallel::in_parallel;
use crate::problem::Problem;

/// A file with its repairs, and what is found behind them.
struct Done {
    /// Nothing where the file is no text.
    repaired: Option<Repaired>,
    checked: Checked,
}

/// Repairs files, or shows how.
pub(super) fn run(
    args: &LintArgs,
    session: &Session<'_>,
    jobs: &[Job],
    problems: &mut Vec<Problem>,
    (out, err): (&mut dyn Write, &mut dyn Write),
    style: Style,
) -> io::Result<Exit> {
    let results = in_parallel(jobs, |job| repaired(args, session, job));
    let mut done = Vec::new();
    for (job, result) in jobs.iter().zip(results) {
        match result {
            Ok(own) => done.extend(own.map(|own| (job, own))),
            Err(error) => problems.push(unreadable(&job.input, &error)),
        }
    }
    for (_, own) in &done {
        refused(own, err)?;
    }
    if args.repair.diff {
        differences(&done, out, style)
    } else {
        write(args, session, done, problems, (out, err), style)
    }
}

fn repaired(args: &LintArgs, session: &Session<'_>, job: &Job) -> io::Result<Option<Done>> {
    let Some(setup) = session.setup(job.setup) else { return Ok(None) };
    let Content::Text(before) = job.input.read(args.select.max_bytes)? else {
        // Reading says what is wrong with it, and a file is read again for that alone.
        let checked = check::check(job, setup, args.kind, args.select.max_bytes)?;
        return Ok(Some(Done { repaired: None, checked }));
    };
    let repaired = check::repaired(job, setup, args.kind, before);
    let source = match &repaired.after {
        Some(after) => SourceText::new(repaired.before.name(), after.as_str()),
        None => repaired.before.clone(),
    };
    let checked = check::text(job, setup, args.kind, source);
    Ok(Some(Done { repaired: Some(repaired), checked }))
}

/// A repair that would have changed a decision is a fault of its rule, which somebody should hear of.
fn refused(done: &Done, err: &mut dyn Write) -> io::Result<()> {
    let Some(own) = &done.repaired else { return Ok(()) };
    for code in &own.refused {
        let name = harmless(own.before.name());
        writeln!(
            err,
            "warning: {name}: a repair of {code} was left out, it would change decisions"
        )?;
    }
    Ok(())
}

fn differences(done: &[(&Job, Done)], out: &mut dyn Write, style: Style) -> io::Result<Exit> {
    let mut shown = String::new();
    for (_, own) in done {
        let Some(own) = &own.repaired else { continue };
        let Some(after) = &own.after else { continue };
        let written = diff::write(&mut shown, own.before.name(), own.before.text(), after, style);
        debug_assert!(written.is_ok(), "a string takes everything");
    }
    out.write_all(shown.as_bytes())?;
    Ok(if shown.is_empty() { Exit::Success } else { Exit::Negative })
}

fn write(
    args: &LintArgs,
    session: &Session<'_>,
    done: Vec<(&Job, Done)>,
    problems: &mut Vec<Problem>,
    (out, err): (&mut dyn Write, &mut dyn Write),
    style: Style,
) -> io::Result<Exit> {
    let (mut repairs, mut changed) = (0, 0);
    let mut checked = Vec::with_capacity(done.len());
    let mut is_stdin = false;
    for (job, own) in done {
        let Done { repaired, checked: after } = own;
        checked.push(after);
        let Some(own) = repaired else { continue };
        let Some(path) = job.input.path() else {
            is_stdin = true;
            out.write_all(own.after.as_deref().unwrap_or(own.before.text()).as_bytes())?;
            continue;
        };
        let Some(after) = &own.after else { continue };
        match files::replace(path, after) {
            Ok(()) => {
                repairs += own.count;
                changed += 1;
            }
            Err(error) => {
                let name = harmless(own.before.name());
                problems.push(Problem::new(format!("{name}: cannot be written: {error}")));
                // What is shown is what the file has in it.
                let setup = session.setup(job.setup);
                let before = setup.map(|setup| check::text(job, setup, args.kind, own.before));
                if let (Some(last), Some(before)) = (checked.last_mut(), before) {
                    *last = before;
                }
            }
        }
    }
    let exit = if is_stdin {
        // The text has standard output for itself.
        let mut findings = Vec::new();
        let exit = show(args, &checked, problems, (&mut findings, err), Style::plain())?;
        err.write_all(&findings)?;
        exit
    } else {
        show(args, &checked, problems, (out, err), style)?
    };
    if changed > 0 && !args.quiet {
        writeln!(err, "{} in {}", counted(repairs, "repair"), counted(changed, "file"))?;
    }
    Ok(exit)
}
