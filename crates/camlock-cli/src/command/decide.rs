//! `camlock decide`: one request, or a stream of them.

use std::io::{self, Write};

use camlock::{Decision, Outcome};
use camlock_wire::{WireDecision, WireRequest};
use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::authority::{Authority, AuthorityArgs, RuleArgs};
use crate::exit::Exit;
use crate::problem::Problem;
use crate::progress::Progress;
use crate::request::{Lines, RequestArgs, open_lines};

/// Decide one request or many.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  camlock decide --account account.json --principal qcs::cam::uin/100000000001:uin/100000000011 \\
      --action cos:GetObject --resource qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/app.log
  camlock decide --policy ops.json --policy boundary=ceiling.json --request request.json
  camlock decide --account account.json --requests requests.jsonl > decisions.jsonl

A stream answers a line for each line, in the same order; a request that cannot be decided answers an
error in its place and the run goes on. Exit status: 0 all allowed, 1 something denied, 2 an error.")]
pub(crate) struct DecideArgs {
    #[command(flatten)]
    pub(crate) authority: AuthorityArgs,
    #[command(flatten)]
    pub(crate) request: RequestArgs,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    /// How to answer; JSON is the default for `--requests`
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
}

/// How to answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Human,
    /// Stable JSON, with a `version` member
    Json,
}

/// A request that could not be decided.
#[derive(Serialize)]
struct WireFailure<'a> {
    version: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    error: WireFailureError<'a>,
}

#[derive(Serialize)]
struct WireFailureError<'a> {
    code: &'a str,
    message: &'a str,
}

pub(crate) fn run(args: &DecideArgs, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Exit> {
    let authority = match Authority::load(&args.authority, &args.rules) {
        Ok(authority) => authority,
        Err(problem) => return fail(err, &problem),
    };
    match (&args.request.requests, args.request.single()) {
        (_, Err(problem)) => fail(err, &problem),
        (_, Ok(Some(request))) => one(args, &authority, &request, out, err),
        (Some(path), Ok(None)) => match open_lines(path) {
            Ok(lines) => many(args, &authority, lines, out),
            Err(problem) => fail(err, &problem),
        },
        (None, Ok(None)) => fail(err, &Problem::new("no request")),
    }
}

/// Reports what keeps the command from doing its work.
pub(crate) fn fail(err: &mut dyn Write, problem: &Problem) -> io::Result<Exit> {
    writeln!(err, "error: {problem}")?;
    Ok(Exit::Failure)
}

fn one(
    args: &DecideArgs,
    authority: &Authority,
    request: &WireRequest,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<Exit> {
    let outcome = match authority.decide(request) {
        Ok(outcome) => outcome,
        Err(problem) => return fail(err, &problem),
    };
    match args.format {
        Some(Format::Json) => write_json(out, authority, request.id.as_deref(), &outcome)?,
        Some(Format::Human) | None => write_human(out, authority, None, &outcome)?,
    }
    Ok(exit_of(&outcome))
}

fn many(
    args: &DecideArgs,
    authority: &Authority,
    mut lines: Lines,
    out: &mut dyn Write,
) -> io::Result<Exit> {
    let mut exit = Exit::Success;
    let mut progress = Progress::new("requests decided");
    let human = args.format == Some(Format::Human);
    loop {
        let number = lines.number() + 1;
        let Some(line) = lines.next_line()? else { break };
        let (id, answer) = decide_line(authority, line);
        match answer {
            Ok(outcome) if human => {
                let name = id.unwrap_or_else(|| number.to_string());
                write_human(out, authority, Some(&name), &outcome)?;
                exit = exit.max(exit_of(&outcome));
            }
            Ok(outcome) => {
                write_json(out, authority, id.as_deref(), &outcome)?;
                exit = exit.max(exit_of(&outcome));
            }
            Err(problem) => {
                write_failure(out, human, number, id.as_deref(), &problem)?;
                exit = Exit::Failure;
            }
        }
        progress.step();
    }
    progress.finish();
    Ok(exit)
}

/// The id of the request on a line, where it has one, and the answer.
fn decide_line(
    authority: &Authority,
    line: Result<&str, Problem>,
) -> (Option<String>, Result<Outcome, Problem>) {
    let line = match line {
        Ok(line) => line,
        Err(problem) => return (None, Err(problem)),
    };
    match WireRequest::parse(line) {
        Ok(request) => {
            let answer = authority.decide(&request);
            (request.id, answer)
        }
        Err(error) => (WireRequest::id_of(line), Err(error.into())),
    }
}

fn exit_of(outcome: &Outcome) -> Exit {
    if outcome.is_allowed() { Exit::Success } else { Exit::Negative }
}

fn write_json(
    out: &mut dyn Write,
    authority: &Authority,
    id: Option<&str>,
    outcome: &Outcome,
) -> io::Result<()> {
    let decision = WireDecision::new(id, outcome, |policy| authority.policy(policy).label);
    serde_json::to_writer(&mut *out, &decision)?;
    writeln!(out)
}

fn write_failure(
    out: &mut dyn Write,
    human: bool,
    number: u64,
    id: Option<&str>,
    problem: &Problem,
) -> io::Result<()> {
    let text = problem.to_string();
    if human {
        return writeln!(
            out,
            "{}  error  {text}",
            id.map_or(number.to_string(), ToOwned::to_owned)
        );
    }
    // A problem of a request is its code and its message.
    let (code, message) = text.split_once(": ").unwrap_or(("CAM4004", &text));
    let failure = WireFailure { version: 1, id, error: WireFailureError { code, message } };
    serde_json::to_writer(&mut *out, &failure)?;
    writeln!(out)
}

/// `allow`, the layer, and the statements; one line.
fn write_human(
    out: &mut dyn Write,
    authority: &Authority,
    name: Option<&str>,
    outcome: &Outcome,
) -> io::Result<()> {
    if let Some(name) = name {
        write!(out, "{name}  ")?;
    }
    write!(out, "{}", outcome.decision)?;
    match outcome.decision {
        Decision::ImplicitDeny => {
            let failed: Vec<_> = outcome.failed.iter().map(camlock::Layer::as_str).collect();
            if !failed.is_empty() {
                write!(out, "  not allowed by {}", failed.join(", "))?;
            }
        }
        Decision::Allow | Decision::ExplicitDeny => write!(out, "  by {}", outcome.layer)?,
    }
    for statement in outcome.statements() {
        let policy = authority.policy(statement.policy);
        write!(out, "  {} statement {}", policy.title(), statement.index)?;
    }
    if outcome.indeterminate {
        write!(out, "  (something could not be told)")?;
    }
    writeln!(out)
}
