//! An account compiled: immutable, shared, asked from many threads.

use std::collections::HashMap;

use camlock_engine::{PolicySet, Selection, View};
use camlock_policy::{AccountIds, PolicyId, Principal, RoleSession, Uin, User as Caller};

use crate::account::{Account, Role, User, UserKind};

/// The compiled form of an account.
#[derive(Debug)]
pub(crate) struct Snapshot {
    pub(crate) account: Account,
    /// Every listed policy once; who has which is a selection of it.
    listed: PolicySet,
    pub(crate) root: Principal,
    users: HashMap<Uin, Member>,
    roles_by_id: HashMap<Box<str>, RoleMember>,
    role_ids_by_name: HashMap<Box<str>, Box<str>>,
    pub(crate) resources: ResourcePolicies,
    pub(crate) levels: Vec<PolicySet>,
}

/// A user or role with the policies that count for it.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) principal: Principal,
    identity: Selection,
    boundary: Option<Selection>,
    /// Whether it may not ask for anything at all [EVL-20].
    pub(crate) without_access: bool,
}

/// A role besides: who may assume it.
#[derive(Debug)]
pub(crate) struct RoleMember {
    pub(crate) member: Member,
    pub(crate) trust: PolicySet,
}

/// Policies attached to resources, found by the path of the resource.
#[derive(Debug, Default)]
pub(crate) struct ResourcePolicies {
    by_path: HashMap<Box<str>, (Box<str>, PolicySet)>,
    /// How many `/` the longest of the paths has.
    depth: usize,
}

impl Snapshot {
    pub(crate) fn new(account: Account) -> Self {
        let listed = compile(&account, attachable(&account));
        let mut users = HashMap::new();
        for user in account.users.values() {
            users.insert(user.uin.clone(), user_member(&account, user, &listed));
        }
        let mut roles_by_id = HashMap::new();
        let mut role_ids_by_name = HashMap::new();
        for role in account.roles.values() {
            role_ids_by_name.insert(role.name.clone(), role.id.clone());
            roles_by_id.insert(role.id.clone(), role_member(&account, role, &listed));
        }
        let mut resources = ResourcePolicies::default();
        for attached in &account.resource_policies {
            let set = compile(&account, [attached.policy]);
            let path = attached.resource.resource();
            resources.depth = resources.depth.max(path.matches('/').count());
            let service = attached.resource.service().into();
            resources.by_path.insert(path.into(), (service, set));
        }
        let levels =
            account.levels.iter().map(|level| compile(&account, level.iter().copied())).collect();
        let root = Principal::Root(account.owner.clone());
        Self { account, listed, root, users, roles_by_id, role_ids_by_name, resources, levels }
    }

    pub(crate) fn user(&self, uin: &Uin) -> Option<&Member> {
        self.users.get(uin)
    }

    /// The role with this id, or this name, or both.
    pub(crate) fn role(&self, id: Option<&str>, name: Option<&str>) -> Option<&RoleMember> {
        let named = name.map(|name| self.role_ids_by_name.get(name));
        let id = match (id, named) {
            (Some(id), None) => id,
            (None, Some(Some(named))) => named,
            (Some(id), Some(Some(named))) if **named == *id => id,
            _ => return None,
        };
        self.roles_by_id.get(id)
    }

    pub(crate) fn identity<'a>(&'a self, member: &'a Member) -> View<'a> {
        View::selected(&self.listed, &member.identity)
    }

    pub(crate) fn boundary<'a>(&'a self, member: &'a Member) -> Option<View<'a>> {
        member.boundary.as_ref().map(|selection| View::selected(&self.listed, selection))
    }

    /// Bytes of heap that the compiled policies hold.
    pub(crate) fn memory_usage(&self) -> usize {
        let resources = self.resources.by_path.values().map(|(_, set)| set.memory_usage());
        let trusts = self.roles_by_id.values().map(|role| role.trust.memory_usage());
        let levels = self.levels.iter().map(PolicySet::memory_usage);
        self.listed.memory_usage() + resources.chain(trusts).chain(levels).sum::<usize>()
    }
}

impl ResourcePolicies {
    /// The policy of the resource, or of the one that it lies in.
    pub(crate) fn find(&self, service: &str, path: &str) -> Option<&PolicySet> {
        let borders = path.match_indices('/').map(|(at, _)| at).take(self.depth + 1);
        let parents = borders.filter_map(|at| path.get(..at));
        let mut found = parents.chain([path]).filter_map(|path| self.by_path.get(path));
        found.find(|(own, _)| **own == *service).map(|(_, set)| set)
    }
}

fn attachable(account: &Account) -> impl Iterator<Item = PolicyId> {
    let listed = |(id, entry): (u32, &crate::PolicyEntry)| {
        (entry.origin == crate::PolicyOrigin::Listed).then_some(PolicyId(id))
    };
    (0_u32..).zip(&account.entries).filter_map(listed)
}

fn compile(account: &Account, ids: impl IntoIterator<Item = PolicyId>) -> PolicySet {
    let mut builder = PolicySet::builder();
    for id in ids {
        // INVARIANT: the account numbered its own entries.
        if let Some(entry) = account.policy(id) {
            builder.push(id, &entry.policy);
        }
    }
    builder.build()
}

fn user_member(account: &Account, user: &User, listed: &PolicySet) -> Member {
    let groups = user.groups.iter().filter_map(|id| account.groups.get(id));
    let attached = groups.flat_map(|group| &group.policies).chain(&user.policies);
    Member {
        principal: Principal::User(Caller {
            account: account.owner.clone(),
            uin: user.uin.clone(),
            groups: user.groups.clone(),
            tags: user.tags.clone(),
        }),
        identity: select(listed, attached),
        boundary: user.boundary.map(|boundary| select(listed, [&boundary])),
        without_access: user.kind == UserKind::MessageRecipient,
    }
}

fn role_member(account: &Account, role: &Role, listed: &PolicySet) -> RoleMember {
    let member = Member {
        principal: Principal::Role(RoleSession {
            account: AccountIds::clone(&account.owner),
            id: Some(role.id.clone()),
            name: Some(role.name.clone()),
            service_linked: role.service_linked,
            tags: role.tags.clone(),
        }),
        identity: select(listed, &role.policies),
        boundary: role.boundary.map(|boundary| select(listed, [&boundary])),
        without_access: false,
    };
    RoleMember { member, trust: compile(account, [role.trust]) }
}

fn select<'a>(listed: &PolicySet, ids: impl IntoIterator<Item = &'a PolicyId>) -> Selection {
    let wanted: std::collections::HashSet<PolicyId> = ids.into_iter().copied().collect();
    listed.select(|id| wanted.contains(&id))
}
