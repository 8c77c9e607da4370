//! The server as a client meets it: messages in, messages out.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]
#![expect(clippy::needless_pass_by_value, reason = "messages are written where they are sent")]

mod accept;
mod account;
mod client;
mod completion;
mod edits;
mod embedded;
mod findings;
mod hover;
mod laws;
mod lifecycle;
mod streams;
