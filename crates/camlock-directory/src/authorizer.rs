//! A compiled account that answers requests.

use std::sync::Arc;

use camlock_engine::{Explanation, PolicySet, decide, explain};
use camlock_policy::{Decision, Deployment, Layer, Outcome, Policy, PolicyId, Request};

use crate::account::{Account, PolicyEntry};
use crate::error::ResolveError;
use crate::resolve;
use crate::snapshot::Snapshot;

/// A compiled account and what the deployment chose: answers requests.
///
/// Immutable, `Send + Sync`, and cheap to clone. To change anything, build a new one next to the old
/// one and hand that to new requests; readers never wait.
///
/// # Examples
///
/// ```
/// use camlock_directory::{Account, Authorizer};
/// use camlock_policy::Request;
///
/// let account = Account::from_json(r#"{
///     "camlock": 1,
///     "owner": { "uin": "1", "app_id": "1250000000" },
///     "policies": [ { "id": "7", "document": { "version": "2.0", "statement": [
///         { "effect": "allow", "action": "cos:Get*", "resource": "*" } ] } } ],
///     "users": [ { "uin": "2", "name": "alice", "policies": ["7"] } ]
/// }"#)?;
/// let authorizer = Authorizer::new(account);
/// let request = Request::builder()
///     .principal("qcs::cam::uin/1:uin/2")
///     .action("cos:GetObject")
///     .resource("qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/app.log")
///     .build()?;
/// assert!(authorizer.decide(&request)?.is_allowed());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Authorizer {
    snapshot: Arc<Snapshot>,
    deployment: Arc<Deployment>,
}

/// The number that outcomes know a session policy by.
const SESSION: PolicyId = PolicyId(u32::MAX);

impl Authorizer {
    /// Compiles an account, with the defaults of a deployment.
    pub fn new(account: Account) -> Self {
        Self::with_deployment(account, Deployment::default())
    }

    /// Compiles an account for a deployment that knows or chooses something else than the default.
    pub fn with_deployment(account: Account, mut deployment: Deployment) -> Self {
        deployment.accounts.push(account.owner.clone());
        Self { snapshot: Arc::new(Snapshot::new(account)), deployment: Arc::new(deployment) }
    }

    /// Decides a request. Allocates nothing, unless the request states tags of its session.
    ///
    /// # Errors
    ///
    /// A [`ResolveError`] where the account does not know the principal; the request must not be
    /// served.
    pub fn decide(&self, request: &Request) -> Result<Outcome, ResolveError> {
        self.decide_in_session(request, None)
    }

    /// Decides a request made with credentials that carry a session policy [EVL-12].
    ///
    /// Compile the policy once, when the credentials are issued, with [`Self::session`].
    ///
    /// # Errors
    ///
    /// As [`decide`](Self::decide).
    pub fn decide_in_session(
        &self,
        request: &Request,
        session: Option<&PolicySet>,
    ) -> Result<Outcome, ResolveError> {
        let resolved = resolve::caller(&self.snapshot, request)?;
        if resolved.is_without_access() {
            return Ok(Outcome::new(Decision::ImplicitDeny, Layer::Default));
        }
        Ok(decide(request, &resolved.principal, &self.deployment, |resource| {
            resolve::layers(&self.snapshot, &resolved, session, request, resource)
        }))
    }

    /// Explains a request: the same path, recorded.
    ///
    /// # Errors
    ///
    /// As [`decide`](Self::decide).
    pub fn explain(
        &self,
        request: &Request,
        session: Option<&PolicySet>,
    ) -> Result<Explanation, ResolveError> {
        let resolved = resolve::caller(&self.snapshot, request)?;
        if resolved.is_without_access() {
            let outcome = Outcome::new(Decision::ImplicitDeny, Layer::Default);
            return Ok(Explanation { outcome, steps: Vec::new(), nearest: None });
        }
        Ok(explain(request, &resolved.principal, &self.deployment, |resource| {
            resolve::layers(&self.snapshot, &resolved, session, request, resource)
        }))
    }

    /// A session policy in compiled form.
    pub fn session(policy: &Policy) -> PolicySet {
        PolicySet::builder().add(SESSION, policy).build()
    }

    /// The account.
    pub fn account(&self) -> &Account {
        &self.snapshot.account
    }

    /// The policy that an outcome or an explanation names; `None` for the session policy.
    pub fn policy(&self, id: PolicyId) -> Option<&PolicyEntry> {
        self.snapshot.account.policy(id)
    }

    /// Bytes of heap that the compiled policies hold.
    pub fn memory_usage(&self) -> usize {
        self.snapshot.memory_usage()
    }
}
