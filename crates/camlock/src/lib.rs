//! The policy engine for Tencent Cloud CAM: parse, compile, decide, explain.
//!
//! # Examples
//!
//! ```
//! use camlock::{Account, Authorizer, Request};
//!
//! let account = Account::from_json(r#"{
//!     "camlock": 1,
//!     "owner": { "uin": "100000000001", "app_id": "1250000000" },
//!     "policies": [ { "id": "17698703", "name": "cos-read", "document": { "version": "2.0", "statement": [
//!         { "effect": "allow", "action": "cos:Get*", "resource": "qcs::cos:::logs-1250000000/*",
//!           "condition": { "ip_equal": { "qcs:ip": "10.0.0.0/8" } } } ] } } ],
//!     "users": [ { "uin": "100000000011", "name": "alice", "policies": ["cos-read"] } ]
//! }"#)?;
//! let authorizer = Authorizer::new(account);
//!
//! let request = Request::builder()
//!     .principal("qcs::cam::uin/100000000001:uin/100000000011")
//!     .action("cos:GetObject")
//!     .resource("qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/2026/app.log")
//!     .context("qcs:ip", "10.1.2.3")
//!     .build()?;
//!
//! let outcome = authorizer.decide(&request)?;
//! assert!(outcome.is_allowed());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! In reading order: [`Account`] is everything that `account.json` says, [`Authorizer`] the same
//! compiled, [`Request`] what a caller wants, [`Outcome`] the answer, [`Explanation`] the reason. An
//! error is a type of its own and means: do not serve the request.
//!
//! Callers who resolve principals themselves take the lower entrance: [`parse`] policies, put them into
//! [`PolicyLayers`], compile [`CompiledLayers`].

pub use camlock_directory::{
    Account, AccountCode, AccountError, Authorizer, CODES as ACCOUNT_CODES, Finding,
    GENERAL_POLICIES, Group, PolicyEntry, PolicyOrigin, ResolveError, ResourcePolicy, Role, User,
    UserKind,
};
pub use camlock_engine::{
    CompiledLayers, Considered, Explanation, Layers, PolicySet, PolicySetBuilder, Selection, Step,
    Truth, View, decide, explain,
};
pub use camlock_policy as policy;
pub use camlock_policy::{
    Decision, Deployment, Layer, LayerSet, Outcome, Policy, PolicyId, PolicyKind, PolicyLayers,
    Principal, Request, RequestBuilder, RequestError, StatementId,
};
pub use camlock_source as source;
pub use camlock_syntax as syntax;
pub use camlock_syntax::{ParsedPolicy, parse};
