//! The binary, run as a user runs it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod bounded;
mod decide;
mod explain;
mod fmt;
mod lint;
mod lsp;
mod run;
mod serve;
mod test;
