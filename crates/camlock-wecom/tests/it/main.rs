//! The client of WeCom against a simulator of it.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail by panicking"
)]

#[path = "../simulator/mod.rs"]
mod simulator;

mod service;
