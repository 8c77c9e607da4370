//! An account and what is attached to whom.
//!
//! An [`Account`] is read from `account.json`, with every fault of the file and of the policies in it,
//! each with its place. An [`Authorizer`] is the account compiled: it resolves the principal of a
//! request to the policies it meets and asks the engine. Which policies apply is decided here; what
//! they say is decided there.
//!
//! This crate reads no files: whoever does hands texts in, see [`Account::read`].

mod account;
mod details;
mod error;
mod finding;

mod read;

mod authorizer;
mod resolve;
mod snapshot;

pub use account::{
    Account, GENERAL_POLICIES, Group, PolicyEntry, PolicyOrigin, ResourcePolicy, Role, User,
    UserKind,
};
pub use authorizer::Authorizer;
pub use details::{PolicyDetails, RoleDetails, UserDetails};
pub use error::{AccountError, ResolveError};
pub use finding::{AccountCode, CODES, Finding};
