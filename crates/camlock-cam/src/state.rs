//! The content of an account at one moment.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{
    AccessKey, Application, DeletionTask, Group, Organization, Owner, Policy, Provider, Receiver,
    Role, Setting, User, UserKind,
};

/// Everything that an account owns, at one moment; cheap to copy, since copies share the parts.
#[derive(Clone, Debug)]
pub struct State {
    pub(crate) owner: Owner,
    pub(crate) users: BTreeMap<u64, Arc<User>>,
    pub(crate) groups: BTreeMap<u64, Arc<Group>>,
    pub(crate) policies: BTreeMap<u64, Arc<Policy>>,
    pub(crate) roles: BTreeMap<String, Arc<Role>>,
    pub(crate) providers: BTreeMap<String, Arc<Provider>>,
    pub(crate) receivers: BTreeMap<u64, Arc<Receiver>>,
    pub(crate) keys: BTreeMap<String, Arc<AccessKey>>,
    pub(crate) settings: BTreeMap<String, Arc<Setting>>,
    pub(crate) tasks: BTreeMap<String, Arc<DeletionTask>>,
    pub(crate) organizations: BTreeMap<String, Arc<Organization>>,
    pub(crate) applications: BTreeMap<String, Arc<Application>>,
    /// The last number given out of each kind.
    pub(crate) counters: BTreeMap<String, u64>,
}

impl State {
    pub(crate) fn new(owner: Owner) -> Self {
        Self {
            owner,
            users: BTreeMap::new(),
            groups: BTreeMap::new(),
            policies: BTreeMap::new(),
            roles: BTreeMap::new(),
            providers: BTreeMap::new(),
            receivers: BTreeMap::new(),
            keys: BTreeMap::new(),
            settings: BTreeMap::new(),
            tasks: BTreeMap::new(),
            organizations: BTreeMap::new(),
            applications: BTreeMap::new(),
            counters: BTreeMap::new(),
        }
    }

    /// How many users, groups, policies of its own, roles and keys there are.
    pub fn counts(&self) -> [usize; 5] {
        let own = self.policies.values().filter(|policy| !policy.preset).count();
        [self.users.len(), self.groups.len(), own, self.roles.len(), self.keys.len()]
    }

    pub(crate) fn user_named(&self, name: &str) -> Option<&Arc<User>> {
        self.users.values().find(|user| user.name == name)
    }

    /// The sub-user that a member of an organization is.
    pub(crate) fn user_of_member(&self, corp: &str, member: &str) -> Option<&Arc<User>> {
        let is = |user: &User| matches!(&user.kind, UserKind::Wecom(own) if own == member);
        self.users.values().find(|user| is(user) && user.corp == corp)
    }

    pub(crate) fn group_named(&self, name: &str) -> Option<&Arc<Group>> {
        self.groups.values().find(|group| group.name == name)
    }

    pub(crate) fn policy_named(&self, name: &str) -> Option<&Arc<Policy>> {
        self.policies.values().find(|policy| policy.name == name)
    }

    pub(crate) fn role_named(&self, name: &str) -> Option<&Arc<Role>> {
        self.roles.values().find(|role| role.name == name)
    }

    /// The members of a group, in the order of their ids.
    pub(crate) fn members(&self, group: u64) -> impl Iterator<Item = &Arc<User>> {
        self.users.values().filter(move |user| user.groups.contains(&group))
    }

    /// The members of a group who only get messages, in the order of their ids.
    pub(crate) fn receivers_in(&self, group: u64) -> impl Iterator<Item = &Arc<Receiver>> {
        self.receivers.values().filter(move |receiver| receiver.groups.contains(&group))
    }

    /// The keys of a sub-account or of the root.
    pub(crate) fn keys_of(&self, uin: u64) -> impl Iterator<Item = &Arc<AccessKey>> {
        self.keys.values().filter(move |key| key.uin == uin)
    }
}
