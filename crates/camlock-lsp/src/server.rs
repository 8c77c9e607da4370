//! A session over a pair of streams.

use std::io::{self, BufRead, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use lsp_server::Message;

use crate::host::Host;
use crate::session::{Flow, Session};
use crate::transport::{self, Incoming};

/// Batches of messages for which findings are put off; whoever never pauses is told all the same.
const MOST_POSTPONED: usize = 16;

/// Messages that wait; whoever sends more waits as well, which bounds what they hold.
const QUEUE: usize = 16;

/// Serves one client until it says goodbye or the stream ends. Answers whether it went as the protocol
/// wants it: shut down first, then exit.
///
/// Messages that wait are looked at together: a request that was cancelled meanwhile is not worked on,
/// and findings are sent when nothing comes for a moment, which is the longer the more has changed.
///
/// # Errors
///
/// Where a stream breaks, or where what comes in is not framed as the protocol says.
pub fn serve(
    host: impl Host,
    input: impl BufRead + Send + 'static,
    output: &mut dyn Write,
) -> io::Result<bool> {
    let (sender, receiver) = sync_channel(QUEUE);
    // The thread ends with the stream, or with the process; nobody waits for it, because a client that
    // has said goodbye may leave its stream open.
    thread::Builder::new().name("lsp-input".to_owned()).spawn(move || forward(input, &sender))?;
    let mut session = Session::new(host);
    let mut out = Vec::new();
    let mut postponed = 0;
    loop {
        if postponed >= MOST_POSTPONED {
            session.publish(&mut out);
            send(&mut out, output)?;
            postponed = 0;
        }
        let pause = session.pause();
        match next(&receiver, pause) {
            Next::Batch(batch) => {
                if let Flow::Exit { clean } = take(batch, &mut session, output)? {
                    return Ok(clean);
                }
                postponed += 1;
            }
            Next::Quiet => postponed = MOST_POSTPONED,
            Next::End => {
                session.publish(&mut out);
                send(&mut out, output)?;
                return Ok(false);
            }
        }
    }
}

/// Answers messages that came together.
fn take(
    batch: Vec<io::Result<Incoming>>,
    session: &mut Session<impl Host>,
    output: &mut dyn Write,
) -> io::Result<Flow> {
    let mut out = Vec::new();
    for own in batch.iter().filter_map(cancelled) {
        session.cancel(own);
    }
    for incoming in batch {
        let flow = match incoming? {
            Incoming::Message(message) => session.handle(message, &mut out),
            Incoming::Malformed(why) => {
                malformed(why, output)?;
                Flow::Continue
            }
        };
        send(&mut out, output)?;
        if flow != Flow::Continue {
            return Ok(flow);
        }
    }
    session.forget_cancelled();
    Ok(Flow::Continue)
}

/// Reads until the stream ends or breaks.
fn forward(mut input: impl BufRead, sender: &SyncSender<io::Result<Incoming>>) {
    loop {
        let (incoming, is_last) = match transport::read(&mut input) {
            Ok(Some(incoming)) => (Ok(incoming), false),
            Ok(None) => return,
            Err(error) => (Err(error), true),
        };
        if sender.send(incoming).is_err() || is_last {
            return;
        }
    }
}

/// What comes next.
enum Next {
    /// Everything that waits, at least one message; nothing behind the end.
    Batch(Vec<io::Result<Incoming>>),
    /// Nothing for a while.
    Quiet,
    /// The end.
    End,
}

/// Waits for what comes next: as long as it takes, or for a pause.
fn next(receiver: &Receiver<io::Result<Incoming>>, pause: Option<Duration>) -> Next {
    let first = match pause {
        None => receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
        Some(pause) => receiver.recv_timeout(pause),
    };
    match first {
        Ok(first) => {
            let mut batch = vec![first];
            batch.extend(receiver.try_iter().take(QUEUE));
            Next::Batch(batch)
        }
        Err(RecvTimeoutError::Timeout) => Next::Quiet,
        Err(RecvTimeoutError::Disconnected) => Next::End,
    }
}

/// What a notification cancels.
fn cancelled(incoming: &io::Result<Incoming>) -> Option<&serde_json::Value> {
    match incoming {
        Ok(Incoming::Message(Message::Notification(own))) if own.method == "$/cancelRequest" => {
            Some(&own.params)
        }
        _ => None,
    }
}

fn send(out: &mut Vec<Message>, output: &mut dyn Write) -> io::Result<()> {
    let mut output = output;
    out.drain(..).try_for_each(|message| message.write(&mut output))
}

/// Answers something that is no message; nobody knows to what, so that the id is `null`.
fn malformed(why: &str, output: &mut dyn Write) -> io::Result<()> {
    let code = lsp_server::ErrorCode::ParseError as i32;
    let answer = serde_json::json!({
        "jsonrpc": "2.0", "id": null, "error": {"code": code, "message": why},
    });
    let text = answer.to_string();
    write!(output, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    output.flush()
}
