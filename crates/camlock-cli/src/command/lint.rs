//! `camlock lint`: what is wrong in policy documents.

mod args;
mod check;
mod companions;
mod explain;
mod render;
mod repair;
mod session;
mod statistics;
mod suppress;
mod watch;

use std::io::{self, Write};
use std::path::Path;

use camlock::PolicyKind;
use camlock::source::Severity;
use camlock_report::{Style, harmless};

pub(crate) use args::{LintArgs, kind_parser};
pub(crate) use render::counted;
pub(crate) use session::{MAX_CONFIG, NAME, linter_of, settings_of, whole};

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
    let mut session = Session::new(&args.settings);
    let (jobs, mut problems) = jobs(args, &mut session);
    if args.repair.fix || args.repair.diff {
        let exit = repair::run(args, &session, &jobs, &mut problems, (out, err), style)?;
        return finish(exit, &problems, err);
    }
    let checked = check_all(args, &session, &jobs, &mut problems);
    let exit = show(args, &checked, (out, err), style)?;
    if args.settings.add_suppressions {
        suppress::add(&args.settings, &session, &jobs, &checked, &mut problems, err)?;
    }
    if args.settings.report_unused_suppressions {
        let unused = suppress::report_unused(&session, err)?;
        let fails = args.deny_warnings && unused > 0;
        let exit = if fails { exit.max(Exit::Negative) } else { exit };
        return finish(exit, &problems, err);
    }
    if args.repair.watch {
        finish(exit, &problems, err)?;
        return watch::run(args, &session, &jobs, (out, err), style);
    }
    finish(exit, &problems, err)
}

/// The files to look at, each with its settings, and what kept others from being found.
fn jobs(args: &LintArgs, session: &mut Session<'_>) -> (Vec<Job>, Vec<Problem>) {
    let mut faults = Vec::new();
    for root in args.paths.iter().filter(|path| path.is_dir()) {
        if let Err(problem) = session.setup_of(&whole(root)) {
            faults.push(problem);
        }
    }
    let also = |path: &Path| (0..session.setups().len()).any(|own| session.wants(own, path));
    let Collected { inputs, mut problems } =
        files::collect_with(&args.paths, &args.select, Texts::Policies, &also);
    let mut jobs = Vec::with_capacity(inputs.len());
    for input in inputs {
        match session.job(input) {
            Ok(job) => jobs.extend(job),
            Err(problem) => faults.push(problem),
        }
    }
    // One file of settings is faulty for each file that it is about.
    for fault in faults {
        if !problems.iter().any(|own: &Problem| own.to_string() == fault.to_string()) {
            problems.push(fault);
        }
    }
    (jobs, problems)
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
    (out, err): (&mut dyn Write, &mut dyn Write),
    style: Style,
) -> io::Result<Exit> {
    if matches!(args.format, Format::Human) && !args.quiet {
        notes(checked, err)?;
    }
    for file in checked {
        if let Some(why) = &file.unreadable {
            let name = harmless(file.source.name());
            writeln!(err, "warning: {name}: not looked at, it cannot be read: {}", harmless(why))?;
        }
    }
    let least = if args.deny_warnings { Severity::Warning } else { Severity::Error };
    if args.statistics {
        out.write_all(statistics::render(checked, args.format == Format::Json).as_bytes())?;
    } else {
        let report = render::Report { checked, least };
        out.write_all(report.render(args.format, args.quiet, style).as_bytes())?;
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
