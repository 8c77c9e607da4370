//! The policies that a request meets, by the power they have.

use std::collections::BTreeMap;

use crate::{AccountIds, Policy, PolicyId, PolicyKind};

/// A policy with the number that outcomes know it by.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "a policy and its number")]
pub struct IdentifiedPolicy {
    /// The number.
    pub id: PolicyId,
    /// The policy.
    pub policy: Policy,
}

/// The policies that one request meets, each in the layer that its kind belongs to.
///
/// # Examples
///
/// ```
/// use camlock_policy::{ActionPattern, Effect, Policy, PolicyKind, PolicyLayers, ResourcePattern, Statement};
///
/// let statement = Statement::new(Effect::Allow)
///     .with_action(ActionPattern::Any)
///     .with_resource(ResourcePattern::Any);
/// let mut layers = PolicyLayers::default();
/// layers.push(Policy::new(PolicyKind::Identity, vec![statement])?, 0);
/// assert_eq!(layers.identity.len(), 1);
/// # Ok::<(), camlock_policy::PolicyError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct PolicyLayers {
    /// Service control policies by level, from the account of the resource up to the root
    /// of the organization [EVL-14]. Empty where the feature is off.
    pub scp: BTreeMap<usize, Vec<IdentifiedPolicy>>,
    /// Attached to the user and its groups, or to the role [EVL-6].
    pub identity: Vec<IdentifiedPolicy>,
    /// Attached to the resource [EVL-7].
    pub resource: Vec<IdentifiedPolicy>,
    /// The permission boundary; none where there is none [EVL-11].
    pub boundary: Vec<IdentifiedPolicy>,
    /// The session policy; none where there is none [EVL-12].
    pub session: Vec<IdentifiedPolicy>,
    /// The trust policy of the role to be assumed [EVL-23].
    pub trust: Vec<IdentifiedPolicy>,
    next: u32,
}

impl PolicyLayers {
    /// Adds a policy to the layer of its kind and answers its number, counted from 0 in the order of
    /// adding. `level` is for service control policies: 0 is the account of the resource.
    pub fn push(&mut self, policy: Policy, level: usize) -> PolicyId {
        let id = PolicyId(self.next);
        self.next += 1;
        let kind = policy.kind();
        let policy = IdentifiedPolicy { id, policy };
        match kind {
            PolicyKind::Identity => self.identity.push(policy),
            PolicyKind::Resource => self.resource.push(policy),
            PolicyKind::Boundary => self.boundary.push(policy),
            PolicyKind::Session => self.session.push(policy),
            PolicyKind::Trust => self.trust.push(policy),
            PolicyKind::Scp => self.scp.entry(level).or_default().push(policy),
        }
        id
    }
}

/// What a deployment knows and chooses, besides policies and requests.
#[derive(Clone, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "plain settings with safe defaults")]
pub struct Deployment {
    /// Accounts of which both ids are known [RES-9].
    pub accounts: Vec<AccountIds>,
    /// Whether a deny for everyone in a resource policy stops signed callers too [EVL-10]. Off by
    /// default: that is what the platform does.
    pub strict_everyone_deny: bool,
}
