//! The `camlock` command: decide, explain, lint, fmt, lsp, test, serve, export.

mod args;
mod authority;
mod command;
mod exit;
mod files;
mod parallel;
mod problem;
mod progress;
mod request;

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Verb};
use exit::Exit;

/// Findings and documents are many small pieces on several threads; the usual allocator takes a sixth longer.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let mut err = io::stderr();
    let result = run(&cli, &mut out, &mut err).and_then(|exit| out.flush().map(|()| exit));
    match result {
        Ok(exit) => exit.into(),
        // Whoever reads the output has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Success.into(),
        Err(error) => {
            // Nothing is left to do where even this cannot be written.
            _ = writeln!(err, "error: cannot write the output: {error}");
            Exit::Failure.into()
        }
    }
}

fn run(cli: &Cli, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Exit> {
    let style = style();
    match &cli.verb {
        Verb::Decide(args) => command::decide::run(args, out, err),
        Verb::Explain(args) => command::explain::run(args, out, err, style),
        Verb::Lint(args) => command::lint::run(args, out, err, style),
        Verb::Fmt(args) => command::fmt::run(args, out, err, style),
        Verb::Lsp(args) => command::lsp::run(args, out, err),
        Verb::Test(args) => command::test::run(args, out, err),
        Verb::Serve(args) => command::serve::run(args, out, err),
        Verb::Export(args) => command::export::run(args, out, err),
    }
}

/// Colour on a terminal only, and never where `NO_COLOR` says otherwise.
#[expect(clippy::disallowed_methods, reason = "the binary is what reads the environment")]
fn style() -> camlock_report::Style {
    let refused = std::env::var("NO_COLOR").is_ok_and(|value| !value.is_empty());
    if io::stdout().is_terminal() && !refused {
        camlock_report::Style::colored()
    } else {
        camlock_report::Style::plain()
    }
}
