//! What each call does, by subject.

mod account;
mod accounts;
mod attachments;
mod boundaries;
mod common;
mod groups;
mod keys;
mod members;
mod membership;
mod policies;
mod providers;
mod receivers;
mod roles;
mod saml;
mod sts;
mod trusted;
mod users;
mod web_identity;
mod wecom;

use serde_json::{Map, Value};

use crate::ApiError;
use crate::change::Change;
use crate::context::Context;
use crate::schema::Call;

pub(crate) use policies::presets;
pub(crate) use sts::with_factor;
pub(crate) use wecom::Heard;

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
    /// Asks somebody outside first, while nothing waits, and makes the next state with what was heard.
    Outside(
        fn(&Context<'_>) -> Result<Heard, ApiError>,
        fn(&Context<'_>, &mut Change, &Heard) -> Reply,
    ),
}

/// The service of a call that is made without a key, by somebody whom a provider or WeCom vouches for.
pub(crate) fn unsigned(action: &str) -> Option<&'static str> {
    match action {
        "AssumeRoleWithSAML" | "AssumeRoleWithWebIdentity" => Some("sts"),
        "ConfirmTicket" | "Apply" => Some("wecom"),
        _ => None,
    }
}

/// Whether a call does its work here; the others answer `UnsupportedOperation`.
pub fn is_implemented(call: &Call) -> bool {
    handler(call.service(), call.name()).is_some()
}

/// What answers a call; `None` where nothing does yet.
pub(crate) fn handler(service: &str, action: &str) -> Option<Handler> {
    match service {
        "sts" => return sts::handler(action),
        "wecom" => return wecom::handler(action),
        _ => {}
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
        .or_else(|| accounts::handler(action))
        .or_else(|| account::handler(action))
}
