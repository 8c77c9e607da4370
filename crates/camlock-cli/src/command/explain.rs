//! `camlock explain`: the decision with the whole reason.

mod json;
mod layers;
mod text;

use std::io::{self, Write};

use camlock_report::Style;
use camlock_wire::WireRequest;
use clap::Args;

use super::decide::{Format, fail};
use crate::authority::{Authority, AuthorityArgs, RuleArgs};
use crate::exit::Exit;
use crate::progress::Progress;
use crate::request::{Lines, RequestArgs, open_lines};

/// Decide, with the whole reason: each layer, the statements tried, the element that failed.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  camlock explain --account account.json --principal qcs::cam::uin/100000000001:uin/100000000011 \\
      --action cos:DeleteObject --resource qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/app.log
  camlock explain --account account.json --request request.json --format json

The explanation is the decision observed, so the two cannot disagree. Exit status as for `decide`.")]
pub(crate) struct ExplainArgs {
    #[command(flatten)]
    pub(crate) authority: AuthorityArgs,
    #[command(flatten)]
    pub(crate) request: RequestArgs,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    /// How to answer
    #[arg(long, value_enum, default_value = "human")]
    pub(crate) format: Format,
    /// Show every statement that was tried, not only those that settled it
    #[arg(long)]
    pub(crate) all: bool,
}

pub(crate) fn run(
    args: &ExplainArgs,
    out: &mut dyn Write,
    err: &mut dyn Write,
    style: Style,
) -> io::Result<Exit> {
    let authority = match Authority::load(&args.authority, &args.rules) {
        Ok(authority) => authority,
        Err(problem) => return fail(err, &problem),
    };
    let explainer = Explainer { args, authority, style };
    match (&args.request.requests, args.request.single()) {
        (_, Err(problem)) => fail(err, &problem),
        (Some(path), _) => match open_lines(path) {
            Ok(lines) => explainer.many(lines, out, err),
            Err(problem) => fail(err, &problem),
        },
        (None, Ok(Some(request))) => explainer.one(&request, out, err),
        (None, Ok(None)) => Ok(Exit::Failure),
    }
}

struct Explainer<'a> {
    args: &'a ExplainArgs,
    authority: Authority,
    style: Style,
}

impl Explainer<'_> {
    fn one(
        &self,
        request: &WireRequest,
        out: &mut dyn Write,
        err: &mut dyn Write,
    ) -> io::Result<Exit> {
        let explanation = match self.authority.explain(request) {
            Ok(explanation) => explanation,
            Err(problem) => return fail(err, &problem),
        };
        match self.args.format {
            Format::Json => json::write(out, &self.authority, request, &explanation)?,
            Format::Human => {
                let text =
                    text::render(&self.authority, request, &explanation, self.args.all, self.style);
                out.write_all(text.as_bytes())?;
            }
        }
        Ok(if explanation.outcome.is_allowed() { Exit::Success } else { Exit::Negative })
    }

    fn many(&self, mut lines: Lines, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Exit> {
        let mut exit = Exit::Success;
        let mut progress = Progress::new("requests explained");
        while let Some(line) = lines.next_line()? {
            let request = line.and_then(|line| WireRequest::parse(line).map_err(Into::into));
            exit = exit.max(match request {
                Ok(request) => self.one(&request, out, err)?,
                Err(problem) => fail(err, &problem)?,
            });
            progress.step();
        }
        progress.finish();
        Ok(exit)
    }
}
