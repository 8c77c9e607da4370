//! `camlock fmt`: policy documents in canonical layout.

mod layout;

use std::io::{self, Write};
use std::path::PathBuf;

use camlock::PolicyKind;
use camlock::source::{Diagnostic, Severity, SourceText};
use camlock_report::{Style, diff, harmless, text};
use serde::Serialize;

use super::decide::Format;
use super::lint::{counted, kind_parser, unreadable};
use crate::exit::Exit;
use crate::files::{self, Collected, Content, Documents, Input, SelectArgs, Texts};
use crate::problem::Problem;

/// Lays policy documents out canonically; what they mean stays the same.
///
/// Elements in lower case and in one order, statements in a list, four blanks a level. Files are
/// replaced as a whole, and only where something changes. A file with faults is left as it is, and its
/// faults are shown.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  camlock fmt policies/            every .json file below policies/
  camlock fmt --check policies/    list what would change, for CI
  camlock fmt --diff policies/     show how it would change
  camlock fmt - < in.json          from standard input to standard output

Exit status: 0 done or nothing to do, 1 something would change (--check, --diff), 2 a file has faults or could
not be read or written.")]
pub(crate) struct FmtArgs {
    /// Files, directories, globs, or `-` to read standard input and write standard output
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,

    /// Write nothing, list the files that would change
    #[arg(long)]
    check: bool,

    /// Write nothing, show what would change
    #[arg(long)]
    diff: bool,

    /// The kind of policy; without it the kind is inferred
    #[arg(long, value_name = "KIND", value_parser = kind_parser())]
    kind: Option<PolicyKind>,

    /// How to answer; JSON is one object with the files that change and those with faults
    #[arg(long, value_enum, default_value = "human")]
    format: Format,

    /// No summary
    #[arg(long, short)]
    quiet: bool,

    #[command(flatten)]
    select: SelectArgs,
}

/// What came of a file.
enum Formatted {
    /// It is laid out.
    Text { source: SourceText, text: String },
    /// It is no policy.
    Faulty { source: SourceText, faults: Vec<Diagnostic> },
}

/// Runs the command.
pub(crate) fn run(
    args: &FmtArgs,
    out: &mut dyn Write,
    err: &mut dyn Write,
    style: Style,
) -> io::Result<Exit> {
    let Collected { inputs, problems, .. } =
        files::collect(&args.paths, &args.select, Texts::Leave);
    let mut job = Job { args, style, problems, changed: Vec::new(), faulty: Vec::new() };
    for input in &inputs {
        job.input(input, out, err)?;
    }
    if args.format == Format::Json {
        job.json(inputs.len(), out)?;
    }
    for problem in &job.problems {
        writeln!(err, "error: {problem}")?;
    }
    if !args.quiet {
        job.summary(inputs.len(), err)?;
    }
    Ok(job.exit())
}

/// A run over files.
struct Job<'a> {
    args: &'a FmtArgs,
    style: Style,
    problems: Vec<Problem>,
    /// The names of the files that changed, or would.
    changed: Vec<String>,
    /// The names of the files with faults.
    faulty: Vec<String>,
}

/// The answer for programs.
#[derive(Serialize)]
struct JsonReport<'a> {
    version: u8,
    files: usize,
    changed: &'a [String],
    faulty: &'a [String],
}

impl Job<'_> {
    fn input(&mut self, input: &Input, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<()> {
        let content = match input.read(self.args.select.max_bytes) {
            Ok(content) => content,
            Err(error) => {
                self.problems.push(unreadable(input, &error));
                return Ok(());
            }
        };
        match format(content, self.args.kind) {
            Ok(Formatted::Text { source, text }) => self.done(input, &source, &text, out),
            Ok(Formatted::Faulty { source, faults }) => {
                self.faulty.push(source.name().to_owned());
                show(&source, &faults, err, self.style)
            }
            Err(problem) => {
                self.problems.push(problem);
                Ok(())
            }
        }
    }

    fn done(
        &mut self,
        input: &Input,
        source: &SourceText,
        text: &str,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let changed = source.text() != text;
        match input.path() {
            _ if self.only_looks() => {
                if changed {
                    self.changed.push(source.name().to_owned());
                }
                if changed && self.args.format == Format::Human {
                    self.tell(source, text, out)?;
                }
            }
            None => out.write_all(text.as_bytes())?,
            Some(_) if !changed => {}
            Some(path) => match files::replace(path, text) {
                Ok(()) => self.changed.push(source.name().to_owned()),
                Err(error) => {
                    let name = harmless(source.name());
                    self.problems.push(Problem::new(format!("{name}: cannot be written: {error}")));
                }
            },
        }
        Ok(())
    }

    fn only_looks(&self) -> bool {
        self.args.check || self.args.diff
    }

    /// Says that a file would change, or how.
    fn tell(&self, source: &SourceText, text: &str, out: &mut dyn Write) -> io::Result<()> {
        let name = harmless(source.name());
        if !self.args.diff {
            return writeln!(out, "{name}: not in canonical layout");
        }
        let mut shown = String::new();
        diff::write(&mut shown, &name, source.text(), text, self.style)
            .map_err(io::Error::other)?;
        out.write_all(shown.as_bytes())
    }

    fn json(&self, files: usize, out: &mut dyn Write) -> io::Result<()> {
        let report = JsonReport { version: 1, files, changed: &self.changed, faulty: &self.faulty };
        serde_json::to_writer(&mut *out, &report)?;
        writeln!(out)
    }

    fn summary(&self, files: usize, err: &mut dyn Write) -> io::Result<()> {
        let files = counted(files, "file");
        let verb = if self.only_looks() { "would change" } else { "changed" };
        write!(err, "{} of {files} {verb}", self.changed.len())?;
        if !self.faulty.is_empty() {
            write!(err, ", {} left alone for their faults", self.faulty.len())?;
        }
        writeln!(err)
    }

    fn exit(&self) -> Exit {
        if !self.faulty.is_empty() || !self.problems.is_empty() {
            Exit::Failure
        } else if self.only_looks() && !self.changed.is_empty() {
            Exit::Negative
        } else {
            Exit::Success
        }
    }
}

fn format(content: Content, kind: Option<PolicyKind>) -> Result<Formatted, Problem> {
    let source = match content {
        Content::Text(source) => source,
        Content::Faulty(source, fault) => {
            return Ok(Formatted::Faulty { source, faults: vec![*fault] });
        }
    };
    let documents = Documents::read(&source, kind);
    if documents.has_errors() {
        let mut faults = documents.diagnostics;
        faults.retain(|fault| fault.severity == Severity::Error);
        return Ok(Formatted::Faulty { source, faults });
    }
    let text = layout::text(&source, &documents).ok_or_else(|| {
        Problem::new(format!("{}: lines of documents have one layout", source.name()))
    })?;
    Ok(Formatted::Text { source, text })
}

fn show(
    source: &SourceText,
    faults: &[Diagnostic],
    err: &mut dyn Write,
    style: Style,
) -> io::Result<()> {
    let mut shown = String::new();
    for fault in faults {
        let written = text::write(&mut shown, source, fault, style);
        debug_assert!(written.is_ok(), "a string takes everything");
        shown.push('\n');
    }
    err.write_all(shown.as_bytes())
}
