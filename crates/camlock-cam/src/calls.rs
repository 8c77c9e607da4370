//! What each call does, by subject.

mod account;
mod attachments;
mod boundaries;
mod common;
mod groups;
mod keys;
mod policies;
mod providers;
mod receivers;
mod roles;
mod sts;
mod users;
mod web_identity;

use serde_json::{Map, Value};

use crate::ApiError;
use crate::change::Change;
use crate::context::Context;
use crate::schema::Call;

pub(crate) use policies::presets;

/// New ids follow these.
pub(crate) struct FirstIds {
    pub(crate) uid: u64,
    pub(crate) group: u64,
    pub(crate) policy: u64,
    pub(crate) role: u64,
}

/// Roles have ids of 19 digits; presets have numbers below those of other policies.
pub(crate) const FIRST_IDS: FirstIds = FirstIds {
    uid: 1_000_000,
    group: 100_000,
    policy: 10_000_000,
    role: 4_611_686_018_427_397_919,
};

/// The members of an answer.
pub(crate) type Reply = Result<Map<String, Value>, ApiError>;

/// What answers a call.
#[derive(Clone, Copy)]
pub(crate) enum Handler {
    /// Looks only.
    Read(fn(&Context<'_>) -> Reply),
    /// Makes the next state.
    Write(fn(&Context<'_>, &mut Change) -> Reply),
}

/// Whether a call is made without a key, by somebody whom a provider vouches for.
pub(crate) fn is_unsigned(action: &str) -> bool {
    matches!(action, "AssumeRoleWithSAML" | "AssumeRoleWithWebIdentity")
}

/// Whether a call does its work here; the others answer `UnsupportedOperation`.
pub fn is_implemented(call: &Call) -> bool {
    handler(call.service(), call.name()).is_some()
}

/// What answers a call; `None` where nothing does yet.
pub(crate) fn handler(service: &str, action: &str) -> Option<Handler> {
    if service == "sts" {
        return sts::handler(action);
    }
    users::handler(action)
        .or_else(|| groups::handler(action))
        .or_else(|| policies::handler(action))
        .or_else(|| attachments::handler(action))
        .or_else(|| roles::handler(action))
        .or_else(|| boundaries::handler(action))
        .or_else(|| keys::handler(action))
        .or_else(|| providers::handler(action))
        .or_else(|| receivers::handler(action))
        .or_else(|| account::handler(action))
}
