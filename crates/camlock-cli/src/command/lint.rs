//! `camlock lint`: what is wrong in policy documents.

mod explain;
mod render;

use std::io::{self, Write};
use std::path::PathBuf;

use camlock::PolicyKind;
use camlock::source::{Diagnostic, Severity, SourceText};
use camlock_report::Style;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

pub(crate) use render::counted;

use crate::exit::Exit;
use crate::files::{self, Collected, Content, Documents, Input, SelectArgs, Texts};
use crate::problem::Problem;

/// Finds what is wrong in policy documents, and what CAM would answer to it.
///
/// A file holds a document, a list of documents, or a document a line (`.jsonl`, `.ndjson`). Every
/// fault is reported with its place, not the first one only.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  camlock lint policies/                    every .json file below policies/
  camlock lint 'policies/**/*.policy'       what a glob matches
  camlock lint corpus --include '*.txt'     .txt files as well
  camlock lint - --kind trust < trust.json  standard input, as a trust policy
  camlock lint policies --format sarif      a log for code scanning
  camlock lint --explain CAM2103            what a code means

Exit status: 0 nothing found, 1 errors found (with --deny-warnings: or warnings), 2 something could
not be read.")]
pub(crate) struct LintArgs {
    /// Files, directories, globs, or `-` for standard input
    #[arg(value_name = "PATH", required_unless_present = "explain")]
    paths: Vec<PathBuf>,

    /// The kind of policy; without it the kind is inferred, which is shown
    #[arg(long, value_name = "KIND", value_parser = kind_parser())]
    kind: Option<PolicyKind>,

    /// How findings are written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,

    /// Let warnings fail the run as errors do
    #[arg(long)]
    deny_warnings: bool,

    /// Write findings only, no notes and no summary
    #[arg(long, short)]
    quiet: bool,

    /// Say what a code means, such as CAM2103, and what CAM answers
    #[arg(long, value_name = "CODE", conflicts_with = "paths")]
    explain: Option<String>,

    #[command(flatten)]
    select: SelectArgs,
}

/// How findings are written.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, clap::ValueEnum)]
enum Format {
    /// For people
    #[default]
    Human,
    /// One JSON object
    Json,
    /// A SARIF 2.1.0 log
    Sarif,
    /// Annotations in GitHub workflow logs
    Github,
}

/// A file that was checked.
struct Checked {
    source: SourceText,
    /// The kind of its documents, where they agree.
    kind: Option<PolicyKind>,
    documents: usize,
    diagnostics: Vec<Diagnostic>,
}

/// Runs the command.
pub(crate) fn run(
    args: &LintArgs,
    out: &mut dyn Write,
    err: &mut dyn Write,
    style: Style,
) -> io::Result<Exit> {
    if let Some(code) = &args.explain {
        return explain::run(code, args.format == Format::Json, out, err);
    }
    let Collected { inputs, mut problems } =
        files::collect(&args.paths, &args.select, Texts::Policies);
    let mut checked = Vec::new();
    for input in &inputs {
        match input.read(args.select.max_bytes) {
            Ok(content) => checked.push(check(content, args.kind)),
            Err(error) => problems.push(unreadable(input, &error)),
        }
    }
    if args.kind.is_none() && args.format == Format::Human && !args.quiet {
        notes(&checked, err)?;
    }
    let report = render::Report { checked: &checked, inferred: args.kind.is_none() };
    out.write_all(report.render(args.format, args.quiet, style).as_bytes())?;
    for problem in &problems {
        writeln!(err, "error: {problem}")?;
    }
    let found = exit(&checked, args.deny_warnings);
    Ok(if problems.is_empty() { found } else { Exit::Failure })
}

fn check(content: Content, kind: Option<PolicyKind>) -> Checked {
    match content {
        Content::Text(source) => {
            let documents = Documents::read(&source, kind);
            let (kind, count) = (documents.kind(), documents.kinds.len());
            let diagnostics = documents.diagnostics;
            Checked { source, kind, documents: count, diagnostics }
        }
        Content::Faulty(source, fault) => {
            let kind = kind.or(Some(PolicyKind::Identity));
            Checked { source, kind, documents: 0, diagnostics: vec![*fault] }
        }
    }
}

/// Notes of single files, beyond which a count a kind is easier to read.
const FEW: usize = 10;

/// Says what each file was taken for: the rules of the kinds differ.
fn notes(checked: &[Checked], err: &mut dyn Write) -> io::Result<()> {
    if checked.len() > FEW {
        let of = |kind: PolicyKind| {
            let count = checked.iter().filter(|file| file.kind == Some(kind)).count();
            (count > 0).then(|| format!("{count} as {kind}"))
        };
        let counts: Vec<_> = PolicyKind::ALL.into_iter().filter_map(of).collect();
        return writeln!(err, "note: kinds were inferred: {}", counts.join(", "));
    }
    for file in checked.iter().filter(|file| file.documents > 0) {
        let name = camlock_report::harmless(file.source.name());
        match file.kind {
            Some(kind) => writeln!(err, "note: {name}: read as kind `{}`", kind.as_str())?,
            None => writeln!(err, "note: {name}: documents of several kinds")?,
        }
    }
    Ok(())
}

fn exit(checked: &[Checked], deny_warnings: bool) -> Exit {
    let least = if deny_warnings { Severity::Warning } else { Severity::Error };
    let mut found = checked.iter().flat_map(|file| &file.diagnostics);
    if found.any(|diagnostic| diagnostic.severity >= least) {
        Exit::Negative
    } else {
        Exit::Success
    }
}

/// The problem of an input that cannot be read.
pub(crate) fn unreadable(input: &Input, error: &io::Error) -> Problem {
    Problem::new(format!("{}: cannot be read: {error}", camlock_report::harmless(&input.name())))
}

/// Reads the name of a kind of policy.
pub(crate) fn kind_parser() -> impl TypedValueParser<Value = PolicyKind> {
    let names = PolicyKind::ALL.map(|kind| match kind {
        PolicyKind::Resource => PossibleValue::new(kind.as_str()).alias("bucket"),
        _ => PossibleValue::new(kind.as_str()),
    });
    PossibleValuesParser::new(names)
        .try_map(|name| PolicyKind::parse(&name).ok_or("not a kind of policy"))
}
