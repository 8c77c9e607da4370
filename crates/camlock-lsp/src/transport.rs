//! Messages on a stream, each with its length in front.
//!
//! `lsp-server` reads them, too, but with room for whatever length a header claims, and it takes
//! numbers apart on the way that `serde_json` keeps exact in this project.

use std::io::{self, BufRead, Read};

use lsp_server::Message;
use serde_json::Value;

/// Bytes of one message. An escape in JSON has six bytes at most, so that every document that is
/// accepted fits in.
pub const MAX_MESSAGE_BYTES: u64 = 16 << 20;

/// Bytes of one line of a header, and lines of one header.
const MAX_HEADER: (u64, usize) = (1 << 10, 32);

/// What came in.
#[derive(Debug)]
pub(crate) enum Incoming {
    /// A message.
    Message(Message),
    /// Something that is none, and why; never what it says.
    Malformed(&'static str),
}

/// Reads the next message; nothing at the end of the stream.
///
/// # Errors
///
/// Where the stream breaks, or where it does not even have a length, behind which nothing can be found.
pub(crate) fn read(input: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let Some(length) = header(input)? else { return Ok(None) };
    if length > MAX_MESSAGE_BYTES {
        io::copy(&mut input.take(length), &mut io::sink())?;
        return Ok(Some(Incoming::Malformed("a message is longer than 16 MiB")));
    }
    let mut body = Vec::new();
    let count = input.take(length).read_to_end(&mut body)?;
    if (count as u64) < length {
        return Ok(None);
    }
    let message = serde_json::from_slice::<Value>(&body)
        .map_err(|_| "a message is not JSON")
        .and_then(|value| typed(value).ok_or("a message is not JSON-RPC"));
    Ok(Some(match message {
        Ok(message) => Incoming::Message(message),
        Err(why) => Incoming::Malformed(why),
    }))
}

/// A message of its type. One with an id that is none would pass as a notification, and whoever sent it
/// would wait for an answer.
fn typed(value: Value) -> Option<Message> {
    let has_id = value.get("id").is_some();
    let message = serde_json::from_value(value).ok()?;
    (!has_id || !matches!(message, Message::Notification(_))).then_some(message)
}

/// Reads a header: the length of what follows.
fn header(input: &mut impl BufRead) -> io::Result<Option<u64>> {
    let mut length = None;
    for _ in 0..MAX_HEADER.1 {
        let mut line = Vec::new();
        input.take(MAX_HEADER.0).read_until(b'\n', &mut line)?;
        if line.is_empty() {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        if !line.ends_with('\n') {
            return Err(broken("a line of a header does not end"));
        }
        let line = line.trim_end();
        if line.is_empty() {
            return length.map(Some).ok_or_else(|| broken("a header has no length"));
        }
        if let Some((name, value)) = line.split_once(':')
            && name.trim().eq_ignore_ascii_case("content-length")
        {
            let number = value.trim().parse();
            length = Some(number.map_err(|_| broken("the length in a header is not a number"))?);
        }
    }
    Err(broken("a header does not end"))
}

fn broken(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

#[cfg(test)]
mod tests {
    use super::{Incoming, MAX_MESSAGE_BYTES, read};
    use lsp_server::Message;

    fn framed(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    #[test]
    fn messages_follow_each_other_whatever_is_between_them() {
        let text = framed(r#"{"jsonrpc":"2.0","id":7,"method":"shutdown"}"#)
            + &framed("oops")
            + &framed("[1]")
            + "Content-Type: x\r\ncontent-length: 37\r\n\r\n"
            + r#"{"jsonrpc":"2.0","method":"x","id":"a"}"#;
        let mut input = text.as_bytes();
        let first = read(&mut input).unwrap();
        assert!(matches!(first, Some(Incoming::Message(Message::Request(r))) if r.id == 7.into()));
        for why in ["a message is not JSON", "a message is not JSON-RPC"] {
            let next = read(&mut input).unwrap();
            assert!(matches!(next, Some(Incoming::Malformed(own)) if own == why), "{next:?}");
        }
    }

    #[test]
    fn a_long_message_is_passed_over_and_a_short_one_behind_it_read() {
        let length = MAX_MESSAGE_BYTES + 1;
        let long = " ".repeat(usize::try_from(length).unwrap());
        let text = framed(&long) + &framed(r#"{"jsonrpc":"2.0","method":"exit"}"#);
        let mut input = text.as_bytes();
        assert!(matches!(read(&mut input).unwrap(), Some(Incoming::Malformed(_))));
        let next = read(&mut input).unwrap();
        assert!(matches!(next, Some(Incoming::Message(Message::Notification(_)))));
        assert!(read(&mut input).unwrap().is_none());
    }

    #[test]
    fn without_a_length_nothing_can_be_read() {
        for text in
            ["\r\n", "Content-Length: x\r\n\r\n", "Content-Length: 3", &"a: b\r\n".repeat(40)]
        {
            assert!(read(&mut text.as_bytes()).is_err(), "{text:?}");
        }
        assert!(read(&mut "Content-Length: 99\r\n\r\n{".as_bytes()).unwrap().is_none());
    }
}
