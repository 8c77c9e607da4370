//! `camlock lint`: what is wrong in policy documents.

mod args;
mod check;
mod companions;
mod explain;
mod given;
mod render;
mod repair;
mod session;
mod setup;
mod statistics;
mod suppress;
mod watch;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use camlock::PolicyKind;
use camlock::source::Severity;
use camlock_report::{Style, harmless};

pub(crate) use args::{LintArgs, kind_parser};
pub(crate) use render::counted;
pub(crate) use setup::{MAX_CONFIG, NAME, linter_of, settings_of, whole};

use args::Format;
use check::Checked;
use session::{Job, Session};

use crate::exit::Exit;
use crate::files::{self, Collected, Input, Texts};
use crate::parallel::in_parallel;
use crate::problem::Problem;

/// Runs the command.
pub(crate) fn run(
    args: &LintArgs,
    out: &mut dyn Write,
    err: &mut dyn Write,
    style: Style,
) -> io::Result<Exit> {
    if let Some(code) = &args.ask.explain {
        return explain::run(code, args.format == Format::Json, out, err);
    }
    if args.ask.rules {
        return explain::list(args.format == Format::Json, out);
    }
    if let Some(problem) = refused(args) {
        return finish(Exit::Failure, &[problem], err);
    }
    if args.repair.watch {
        return watch::run(args, (out, err), style);
    }
    let mut session = Session::new(&args.settings);
    let Found { jobs, mut problems, .. } = find(args, &mut session, None);
    if args.repair.fix || args.repair.diff {
        let exit = repair::run(args, &session, &jobs, &mut problems, (out, err), style)?;
        return finish(exit, &problems, err);
    }
    let checked = check_all(args, &session, &jobs, &mut problems);
    let exit = show(args, &checked, &problems, (out, err), style)?;
    if args.settings.add_suppressions {
        suppress::add(&args.settings, &session, &jobs, &checked, &mut problems, err)?;
    }
    // The process ends, and the system takes many small pieces back at once.
    std::mem::forget(checked);
    if args.settings.report_unused_suppressions {
        let unused = suppress::report_unused(&session, err)?;
        let fails = args.deny_warnings && unused > 0;
        let exit = if fails { exit.max(Exit::Negative) } else { exit };
        return finish(exit, &problems, err);
    }
    finish(exit, &problems, err)
}

/// What cannot be asked for together.
fn refused(args: &LintArgs) -> Option<Problem> {
    if args.repair.diff && args.format != Format::Human {
        return Some(Problem::new("--diff shows a difference; leave --format out".to_owned()));
    }
    if args.settings.add_suppressions && args.paths.iter().any(|path| path.as_os_str() == "-") {
        let why = "--add-suppressions is about files; standard input has no path to write down";
        return Some(Problem::new(why.to_owned()));
    }
    None
}

/// The files to look at.
struct Found {
    /// Each with its settings.
    jobs: Vec<Job>,
    /// The folders in which they were looked for.
    folders: BTreeSet<PathBuf>,
    /// What kept others from being found.
    problems: Vec<Problem>,
}

/// Finds the files to look at, or those of a set that are among them.
fn find(args: &LintArgs, session: &mut Session<'_>, only: Option<&BTreeSet<PathBuf>>) -> Found {
    // The search asks the settings of each folder that it comes into.
    let mut faults = Vec::new();
    for root in args.paths.iter().filter(|path| only.is_none() && path.is_dir()) {
        faults.extend(session.setup_in(&whole(root)).err());
    }
    let asked = RefCell::new((session, faults));
    let also = |path: &Path| {
        let (session, faults) = &mut *asked.borrow_mut();
        session.wants(path).unwrap_or_else(|fault| {
            faults.push(fault);
            false
        })
    };
    let Collected { inputs, searched, folders, mut problems } =
        files::collect_with(&args.paths, &args.select, Texts::Policies, &also, only);
    let (session, mut faults) = asked.into_inner();
    let mut jobs = Vec::with_capacity(inputs.len());
    for input in inputs {
        let is_searched = input.path().is_some_and(|path| searched.contains(path));
        match session.job(input, is_searched) {
            Ok(job) => jobs.extend(job),
            Err(problem) => faults.push(problem),
        }
    }
    faults.extend(session.take_problems());
    // One file of settings is faulty for each file that it is about.
    for fault in faults {
        if !problems.iter().any(|own: &Problem| own.to_string() == fault.to_string()) {
            problems.push(fault);
        }
    }
    Found { jobs, folders, problems }
}

/// Checks files, in their order. What cannot be read becomes a problem.
fn check_all(
    args: &LintArgs,
    session: &Session<'_>,
    jobs: &[Job],
    problems: &mut Vec<Problem>,
) -> Vec<Checked> {
    let results = in_parallel(jobs, |job| {
        let setup = session.setup(job.setup)?;
        Some(check::check(job, setup, args.kind, args.select.max_bytes))
    });
    let mut all = Vec::with_capacity(jobs.len());
    for (job, result) in jobs.iter().zip(results) {
        match result {
            Some(Ok(checked)) => all.push(checked),
            Some(Err(error)) => problems.push(unreadable(&job.input, &error)),
            None => {}
        }
    }
    all
}

/// Writes what was found, and answers how the run ends.
fn show(
    args: &LintArgs,
    checked: &[Checked],
    problems: &[Problem],
    (out, err): (&mut dyn Write, &mut dyn Write),
    style: Style,
) -> io::Result<Exit> {
    if matches!(args.format, Format::Human) && !args.quiet {
        notes(checked, err)?;
    }
    let least = if args.deny_warnings { Severity::Warning } else { Severity::Error };
    if args.statistics {
        out.write_all(statistics::render(checked, args.format == Format::Json).as_bytes())?;
    } else {
        let report = render::Report { checked, problems, least };
        for piece in report.render(args.format, args.quiet, style).map_err(io::Error::other)? {
            out.write_all(piece.as_bytes())?;
        }
    }
    let mut found = checked.iter().flat_map(|file| &file.diagnostics);
    let is_negative = found.any(|diagnostic| diagnostic.severity >= least);
    Ok(if is_negative { Exit::Negative } else { Exit::Success })
}

fn finish(exit: Exit, problems: &[Problem], err: &mut dyn Write) -> io::Result<Exit> {
    for problem in problems {
        writeln!(err, "error: {problem}")?;
    }
    Ok(if problems.is_empty() { exit } else { Exit::Failure })
}

/// Notes of single files, beyond which a count a kind is easier to read.
const FEW: usize = 10;

/// Says what files were taken for, where nobody said it: the rules of the kinds differ.
fn notes(checked: &[Checked], err: &mut dyn Write) -> io::Result<()> {
    let inferred: Vec<&Checked> = checked.iter().filter(|file| file.is_inferred()).collect();
    if inferred.len() > FEW {
        let of = |kind: PolicyKind| {
            let count = inferred.iter().filter(|file| file.kind() == Some(kind)).count();
            (count > 0).then(|| format!("{count} as {kind}"))
        };
        let counts: Vec<_> = PolicyKind::ALL.into_iter().filter_map(of).collect();
        return writeln!(err, "note: kinds were inferred: {}", counts.join(", "));
    }
    for file in inferred {
        let name = harmless(file.source.name());
        match file.kind() {
            Some(kind) => writeln!(err, "note: {name}: read as kind `{}`", kind.as_str())?,
            None => writeln!(err, "note: {name}: documents of several kinds")?,
        }
    }
    Ok(())
}

/// The problem of an input that cannot be read.
pub(crate) fn unreadable(input: &Input, error: &io::Error) -> Problem {
    Problem::new(format!("{}: cannot be read: {error}", harmless(&input.name())))
}
