//! Deterministic workloads for measuring Camlock against simpler designs.
//!
//! A [`Workload`] is made from a [`Shape`] and a size: policies as texts and values, requests, and the
//! decision that each must get, computed by a linear scan that shares no code with Camlock. [`Globs`] is
//! the second baseline. A [`Company`] is a whole account with users and groups. The benches assert
//! every decision before they time it.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a workload that cannot be built has to stop the measurement"
)]

mod random;

mod question;
mod rule;
mod scan;

mod names;
mod questions;
mod shape;
mod statements;

pub mod compare;

mod company;
mod documents;
mod globs;
mod hostile;
mod judge;
mod workload;

pub use company::{Company, Desk};
pub use documents::documents;
pub use globs::Globs;
pub use hostile::Hostile;
pub use question::{Moment, Question};
pub use rule::{Rule, Test, User};
pub use scan::{Answer, Layered, covers};
pub use shape::Shape;
pub use workload::{Asked, Workload, policy};
