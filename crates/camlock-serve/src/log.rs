//! The log: one line a call, and what happens to the server itself. Never a secret, a token or a code.

mod lines;

use std::io;
use std::str::FromStr;
use std::time::Duration;

use camlock_cam::Answer;
use tracing::{Dispatch, Subscriber, dispatcher};
use tracing_subscriber::fmt::MakeWriter;

use lines::Lines;

/// How lines are written.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub enum LogForm {
    /// For reading.
    #[default]
    Text,
    /// JSON Lines.
    Json,
    /// Not at all.
    Off,
}

impl FromStr for LogForm {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            "off" => Ok(Self::Off),
            _ => Err("a log is `text`, `json` or `off`".to_owned()),
        }
    }
}

/// The log of the process; what is still to be written is waited for at its end, for a second at most.
#[derive(Debug)]
#[must_use = "the last lines are written when this ends"]
pub struct Log(Option<Lines>);

impl Drop for Log {
    fn drop(&mut self) {
        if let Some(lines) = &self.0 {
            lines.finish();
        }
    }
}

/// Writes the log of the process to standard error, from a thread of its own: calls do not wait for whoever
/// reads it. Lines that find no room are lost, and the log says later how many.
///
/// # Errors
///
/// Where the process has a log already, or cannot have another thread.
pub fn start(form: LogForm) -> Result<Log, String> {
    let build: fn(Option<Lines>) -> Dispatch = match form {
        LogForm::Off => return Ok(Log(None)),
        LogForm::Text => |lines| match lines {
            Some(lines) => Dispatch::new(text(move || lines.clone())),
            None => Dispatch::new(text(io::stderr)),
        },
        LogForm::Json => |lines| match lines {
            Some(lines) => Dispatch::new(json(move || lines.clone())),
            None => Dispatch::new(json(io::stderr)),
        },
    };
    let own = build(None);
    let lost = move |lines| {
        dispatcher::with_default(&own, || tracing::warn!(lines, "lines of the log were lost"));
    };
    let lines = Lines::start(io::stderr(), lost).map_err(|why| why.to_string())?;
    let log = Log(Some(lines.clone()));
    dispatcher::set_global_default(build(Some(lines))).map_err(|why| why.to_string())?;
    Ok(log)
}

fn text(out: impl for<'a> MakeWriter<'a> + Send + Sync + 'static) -> impl Subscriber {
    let lines = tracing_subscriber::fmt().with_writer(out).with_max_level(tracing::Level::INFO);
    // What cannot be written would be told where it cannot be written either.
    lines.with_target(false).with_ansi(false).log_internal_errors(false).finish()
}

fn json(out: impl for<'a> MakeWriter<'a> + Send + Sync + 'static) -> impl Subscriber {
    let lines = tracing_subscriber::fmt().with_writer(out).with_max_level(tracing::Level::INFO);
    let lines = lines.json().flatten_event(true).with_target(false);
    lines.with_current_span(false).with_span_list(false).log_internal_errors(false).finish()
}

/// One line for a call that was answered.
pub(crate) fn call(answer: &Answer, taken: Duration) {
    let record = &answer.record;
    let code = answer.result.as_ref().err().map_or("OK", |error| error.code());
    tracing::info!(
        request_id = answer.request_id,
        service = record.service,
        action = record.action,
        secret_id = record.secret_id,
        code,
        microseconds = u64::try_from(taken.as_micros()).unwrap_or(u64::MAX),
        "call"
    );
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use camlock_cam::{ApiError, Record};
    use serde_json::Value;

    use super::*;

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn answer() -> Answer {
        let parameters = serde_json::json!({ "Password": "s3cret", "TokenCode": "123456" });
        Answer {
            request_id: "r1".to_owned(),
            result: Err(ApiError::new("AuthFailure.UnauthorizedOperation", "s3cret")),
            record: Record {
                service: "cam".to_owned(),
                action: "AddUser\n".to_owned(),
                secret_id: "AKID1".to_owned(),
                parameters: parameters.as_object().cloned().unwrap(),
                ..Record::default()
            },
        }
    }

    #[test]
    fn a_call_is_one_line_of_json() {
        let lines = Lines::default();
        let out = lines.clone();
        tracing::subscriber::with_default(json(move || out.clone()), || {
            call(&answer(), Duration::from_micros(1_500));
        });
        let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
        assert_eq!(text.matches('\n').count(), 1, "{text}");
        let mut line: Value = serde_json::from_str(&text).unwrap();
        let time = line.as_object_mut().unwrap().remove("timestamp").unwrap();
        assert!(time.as_str().unwrap().ends_with('Z'), "{time}");
        let expected = serde_json::json!({ "level": "INFO", "message": "call", "request_id": "r1",
            "service": "cam", "action": "AddUser\n", "secret_id": "AKID1",
            "code": "AuthFailure.UnauthorizedOperation", "microseconds": 1_500 });
        assert_eq!(line, expected);
    }

    #[test]
    fn a_text_stays_on_its_line() {
        let lines = Lines::default();
        let out = lines.clone();
        tracing::subscriber::with_default(text(move || out.clone()), || {
            call(&answer(), Duration::ZERO);
        });
        let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
        assert_eq!(text.matches('\n').count(), 1, "{text}");
        assert!(text.contains("AKID1") && !text.contains("s3cret"), "{text}");
    }
}
