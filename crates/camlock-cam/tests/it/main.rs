//! The control plane as its callers see it: every call is signed, and nothing private is looked at.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests fail by panicking"
)]

mod client;
mod company;
mod laws;
mod random;

mod answers;
mod concurrent;
mod durable;
mod matrix;
mod model;
mod rules;
mod secrets;
mod wecom;
