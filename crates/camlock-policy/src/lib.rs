//! The vocabulary of Camlock: policies, names, patterns, requests, decisions.
//!
//! Everything here is a value that is valid by construction, and nothing here decides anything. The
//! front end builds policies from text, evaluators read them, gateways build requests.
//!
//! In reading order: a [`Policy`] of some [`PolicyKind`] holds [`Statement`]s; each has an [`Effect`],
//! [`ActionPattern`]s, [`ResourcePattern`]s, [`PrincipalPattern`]s and [`Condition`]s. A [`Request`]
//! names a [`Principal`], an [`Action`], [`ResourceName`]s and a [`Context`]. An evaluator answers an
//! [`Outcome`]: a [`Decision`] and what settled it.
//!
//! # Examples
//!
//! ```
//! use camlock_policy::{ActionPattern, Effect, Policy, PolicyKind, ResourcePattern, Statement};
//!
//! let read_logs = Statement::new(Effect::Allow)
//!     .with_action(ActionPattern::parse("cos:Get*")?)
//!     .with_resource(ResourcePattern::parse("qcs::cos:ap-guangzhou::logs-1250000000/*")?);
//! let policy = Policy::new(PolicyKind::Identity, vec![read_logs])?;
//! assert_eq!(policy.statements().len(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Bracketed identifiers such as `[RES-7]` name paragraphs of the semantics in the book.

mod effect;
pub mod hash;
mod identity;
mod region;

mod action;
mod principal;
mod resource;
mod variable;

pub mod address;
mod condition;
mod decimal;
mod time;

mod path;
mod policy;
mod statement;

mod context;
mod decision;
mod layers;
mod request;

mod api_code;
mod error;
mod grammar;

pub use action::{Action, ActionHashes, ActionPattern};
pub use address::IpRange;
pub use api_code::ApiCode;
pub use condition::{
    BaseOperator, Comparison, Condition, ConditionKey, ConditionValue, Operator, OperatorFamily,
    Qualifier, RawValue, TagKey, TagSide,
};
pub use context::{Context, ContextFact, ContextKey, ContextValue, ContextValues};
pub use decimal::Decimal;
pub use decision::{Decision, Layer, LayerSet, Outcome, PolicyId, StatementId};
pub use effect::Effect;
pub use error::{NameError, NameFault, Segment};
pub use identity::{AccountIds, AppId, Uin};
pub use layers::{Deployment, IdentifiedPolicy, PolicyLayers};
pub use path::{Element, ElementPath};
pub use policy::{Policy, PolicyError, PolicyKind, PolicyProblem};
pub use principal::{
    Principal, PrincipalPattern, Provider, ProviderKind, RolePattern, RoleSession, User,
};
pub use region::Region;
pub use request::{Request, RequestBuilder, RequestError, RequestLimits, RequestPart};
pub use resource::{
    AccountPattern, AccountSegment, ResourceName, ResourcePath, ResourcePattern, SegmentPatterns,
};
pub use statement::Statement;
pub use time::UtcTime;
pub use variable::{Piece, Template, Variable};
