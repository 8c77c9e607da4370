//! A session over a pair of streams.

use std::io::{self, BufRead, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use lsp_server::Message;

use crate::host::Host;
use crate::session::{Flow, Session};
use crate::transport::{self, Incoming};

/// Messages that wait; whoever sends more waits as well, which bounds what they hold.
const QUEUE: usize = 16;

/// Serves one client until it says goodbye or the stream ends. Answers whether it went as the protocol
/// wants it: shut down first, then exit.
///
/// Messages that wait are looked at together: a request that was cancelled meanwhile is not worked on,
/// and findings are sent when nothing waits any more.
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
    while let Some(batch) = next(&receiver) {
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
            if let Flow::Exit { clean } = flow {
                return Ok(clean);
            }
        }
        session.forget_cancelled();
        session.publish(&mut out);
        send(&mut out, output)?;
    }
    Ok(false)
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

/// Everything that waits, at least one; nothing behind the end.
fn next(receiver: &Receiver<io::Result<Incoming>>) -> Option<Vec<io::Result<Incoming>>> {
    let first = receiver.recv().ok()?;
    let mut batch = vec![first];
    batch.extend(receiver.try_iter().take(QUEUE));
    Some(batch)
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
