//! Requests from the command line, from a file, or from a stream of lines.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::PathBuf;

use camlock_wire::WireRequest;
use clap::Args;
use serde_json::{Map, Value};

use crate::problem::Problem;

/// Bytes of one request.
const MAX_REQUEST: usize = 1 << 20;

/// What is asked.
#[derive(Args, Debug)]
#[command(next_help_heading = "The request")]
pub(crate) struct RequestArgs {
    /// Who asks: `qcs::cam::uin/ACCOUNT:uin/USER`, `…:root`, `…:roleName/NAME`, a service such as
    /// `scf.qcloud.com`, or `*` for an unsigned request
    #[arg(long, value_name = "PRINCIPAL", requires = "action")]
    pub(crate) principal: Option<String>,

    /// What for: `service:Operation`
    #[arg(long, value_name = "ACTION", requires = "principal")]
    pub(crate) action: Option<String>,

    /// To which resource, in six segments; `*` where the action has none. Repeat it for several
    #[arg(long, value_name = "RESOURCE", default_value = "*", requires = "principal")]
    pub(crate) resource: Vec<String>,

    /// A fact, such as `qcs:ip=10.1.2.3`; the value may be JSON. Repeat a key for several values
    #[arg(long, value_name = "KEY=VALUE", requires = "principal")]
    pub(crate) context: Vec<String>,

    /// One request as a JSON object, in a file or on the standard input (`-`)
    #[arg(long, value_name = "FILE", conflicts_with_all = ["principal", "requests"])]
    pub(crate) request: Option<PathBuf>,

    /// Many requests, a JSON object a line, in a file or on the standard input (`-`)
    #[arg(long, value_name = "FILE", conflicts_with = "principal")]
    pub(crate) requests: Option<PathBuf>,
}

impl RequestArgs {
    /// The one request, or `None` where many were asked for.
    pub(crate) fn single(&self) -> Result<Option<WireRequest>, Problem> {
        if self.requests.is_some() {
            return Ok(None);
        }
        let text = match &self.request {
            Some(path) => read_bounded(path)?,
            None => self.as_json()?,
        };
        Ok(Some(WireRequest::parse(&text)?))
    }

    /// The flags in the form that files have, so that there is one way to read a request.
    fn as_json(&self) -> Result<String, Problem> {
        let (Some(principal), Some(action)) = (&self.principal, &self.action) else {
            return Err(Problem::new(
                "no request: give --principal and --action, --request FILE, or --requests FILE",
            ));
        };
        let mut context: Map<String, Value> = Map::new();
        for fact in &self.context {
            let (key, value) = fact.split_once('=').ok_or_else(|| {
                Problem::new(format!("--context takes KEY=VALUE, `{fact}` has no `=`"))
            })?;
            let value = serde_json::from_str(value).unwrap_or_else(|_| Value::from(value));
            match context.get_mut(key) {
                None => _ = context.insert(key.to_owned(), value),
                Some(Value::Array(values)) => values.push(value),
                Some(first) => *first = Value::Array(vec![first.take(), value]),
            }
        }
        let request = serde_json::json!({
            "principal": principal,
            "action": action,
            "resource": self.resource,
            "context": context,
        });
        Ok(request.to_string())
    }
}

fn read_bounded(path: &PathBuf) -> Result<String, Problem> {
    let mut text = String::new();
    let limit = MAX_REQUEST as u64 + 1;
    let read = if path.as_os_str() == "-" {
        io::stdin().lock().take(limit).read_to_string(&mut text)
    } else {
        File::open(path).and_then(|file| file.take(limit).read_to_string(&mut text))
    };
    read.map_err(|error| Problem::unreadable(path, error))?;
    if text.len() > MAX_REQUEST {
        return Err(Problem::unreadable(path, format!("it is larger than {MAX_REQUEST} bytes")));
    }
    Ok(text)
}

/// The lines of a file or of the standard input.
pub(crate) fn open_lines(path: &PathBuf) -> Result<Lines, Problem> {
    let reader: Box<dyn BufRead> = if path.as_os_str() == "-" {
        Box::new(io::stdin().lock())
    } else {
        let file = File::open(path).map_err(|error| Problem::unreadable(path, error))?;
        Box::new(BufReader::with_capacity(1 << 16, file))
    };
    Ok(Lines { reader, line: Vec::new(), number: 0 })
}

/// A stream of lines in bounded memory.
pub(crate) struct Lines {
    reader: Box<dyn BufRead>,
    line: Vec<u8>,
    number: u64,
}

/// One line, or why it cannot be read; the stream goes on behind it.
pub(crate) type Line<'a> = Result<&'a str, Problem>;

impl Lines {
    /// The next line without its end.
    pub(crate) fn next_line(&mut self) -> io::Result<Option<Line<'_>>> {
        self.line.clear();
        let limit = MAX_REQUEST as u64 + 2;
        let read = self.reader.by_ref().take(limit).read_until(b'\n', &mut self.line)?;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        let ended = self.line.ends_with(b"\n");
        if !ended && self.line.len() > MAX_REQUEST {
            self.skip_line()?;
            let number = self.number;
            let message = format!("line {number} is longer than {MAX_REQUEST} bytes");
            return Ok(Some(Err(Problem::new(format!("CAM4003: {message}")))));
        }
        let line = self.line.strip_suffix(b"\n").unwrap_or(&self.line);
        let number = self.number;
        Ok(Some(std::str::from_utf8(line).map_err(|error| {
            let at = error.valid_up_to() + 1;
            Problem::new(format!("CAM1002: line {number} is not UTF-8 at byte {at}"))
        })))
    }

    /// The number of the last line, from 1.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let buffer = self.reader.fill_buf()?;
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let used = end.map_or(buffer.len(), |end| end + 1);
            let done = end.is_some() || buffer.is_empty();
            self.reader.consume(used);
            if done {
                return Ok(());
            }
        }
    }
}
