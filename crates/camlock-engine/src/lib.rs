//! The hot path of Camlock: compiles policies, decides requests, explains decisions.
//!
//! *Compile once, decide many.* A [`PolicySet`] holds the policies of one layer in matching form, each
//! pattern in the cheapest shape that decides it, with an index from requests to the statements that
//! might match. [`decide()`] combines the [`Layers`] that a request meets into one
//! [`Outcome`](camlock_policy::Outcome); it allocates nothing, locks nothing and reads no clock.
//! [`explain()`] is the same code with an observer plugged in. [`CompiledLayers`] is the short way for
//! callers who have policies by layer at hand.
//!
//! This crate knows no text, span, file, network or account: everything that a decision depends on is
//! in its arguments. Sets are `Send + Sync` and immutable; to change policies, [edit](PolicySet::edit) a
//! copy or build a new set.

mod truth;
mod variables;

mod accounts;
mod matcher;
mod short;
mod slots;
mod table;

mod actions;
mod condition;
mod pattern;
mod principal;
mod statement;

mod index;
mod policy_set;
mod prepare;
mod segment;
mod view;

mod compiled_layers;
mod decide;
mod explain;
mod layer;
mod observer;

pub use compiled_layers::CompiledLayers;
pub use decide::{Layers, decide};
pub use explain::{Considered, Explanation, Step, explain};
pub use policy_set::{PolicySet, PolicySetBuilder, PolicySetEdit, Selection};
pub use truth::Truth;
pub use view::View;
