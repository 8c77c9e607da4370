//! A local CAM and STS.
//!
//! A [`ControlPlane`] holds what one root account owns (users, groups, policies, roles, providers, keys),
//! keeps it in a [`Store`], and answers the calls of API 3.0 on it. Every call is decided by the engine,
//! on each object that it names, with the policies from before the call.
//!
//! - [`schema`] knows every call and its parameters; [`authorization`] knows what each must be allowed on.
//! - [`State`] is the content at one moment, immutable; a change makes the next one in one transaction.
//! - [`Decider`] is the same content compiled, as far as a change touched it.
//! - [`signature`] checks who asks.
//!
//! No clock and no network: whoever serves hands in requests with their time.

pub mod authorization;
mod body;
mod calls;
mod change;
mod context;
mod control;
mod decider;
mod document;
mod error;
mod factor;
mod form;
mod identity;
mod model;
mod names;
mod options;
mod paging;
mod params;
mod random;
mod saml;
pub mod schema;
mod seal;
mod session;
pub mod signature;
mod state;
mod store;
mod transfer;
mod used;
pub mod wecom;
mod when;

pub use calls::is_implemented;
pub use control::{Answer, Asked, ControlPlane, NewRootKeyError, Record, RootKey, SessionFacts};
pub use decider::Decider;
pub use error::ApiError;
pub use factor::{SoftTokens, SoftTokensError};
pub use options::{Options, Quotas};
pub use seal::{SealError, SealKey};
pub use state::State;
pub use store::{Store, StoreError};
