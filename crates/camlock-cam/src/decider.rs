//! The account compiled for deciding.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use camlock_engine::{Layers, PolicySet, Selection, View, decide};
use camlock_policy::{
    AccountIds, AppId, Deployment, Outcome, PolicyId, PolicyKind, Principal, Request, RoleSession,
    Uin, User as Caller,
};

use crate::ApiError;
use crate::change::Touched;
use crate::document;
use crate::model::{Attached, Role, Tags, User};
use crate::state::State;

/// Every policy of the account compiled, and who has which; immutable.
#[derive(Clone, Debug)]
pub struct Decider {
    owner: AccountIds,
    policies: PolicySet,
    users: BTreeMap<u64, Arc<Member>>,
    roles: BTreeMap<String, Arc<RoleMember>>,
    deployment: Arc<Deployment>,
}

#[derive(Debug)]
struct Member {
    principal: Principal,
    identity: Selection,
    boundary: Option<Selection>,
}

#[derive(Debug)]
struct RoleMember {
    member: Member,
    trust: PolicySet,
}

/// Whose policies count for a request.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Who<'a> {
    Root,
    User(u64),
    Role(&'a str),
    /// Somebody whom a provider vouches for, or nobody: no policies of its own.
    Other,
}

/// What comes with the credentials.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Within<'a> {
    /// The session policy.
    pub(crate) session: Option<&'a PolicySet>,
    /// The role that is to be assumed.
    pub(crate) assumed: Option<&'a str>,
}

/// Edits are compiled again with each change, so they are taken into the whole from this many on.
const MOST_EDITED_STATEMENTS: usize = 256;

/// The number that outcomes know trust and session policies by.
const UNLISTED: PolicyId = PolicyId(u32::MAX);

impl Decider {
    pub(crate) fn new(state: &State) -> Result<Self, ApiError> {
        let owner = ids(state);
        let deployment = Deployment { accounts: vec![owner.clone()], ..Deployment::default() };
        let mut new = Self {
            owner,
            policies: compile_all(state)?,
            users: BTreeMap::new(),
            roles: BTreeMap::new(),
            deployment: Arc::new(deployment),
        };
        new.select_all(state)?;
        Ok(new)
    }

    /// The same after a change: what it touched is compiled again.
    pub(crate) fn after(&self, state: &State, touched: &Touched) -> Result<Self, ApiError> {
        let mut next = self.clone();
        let mut edit = next.policies.edit();
        for id in &touched.policies {
            edit = match state.policies.get(id) {
                Some(policy) => {
                    edit.put(number(*id)?, document::read(policy.document(), PolicyKind::Identity)?)
                }
                None => edit.remove(number(*id)?),
            };
        }
        if !touched.policies.is_empty() {
            next.policies = edit.finish();
        }
        if next.policies.edited_statement_count() > MOST_EDITED_STATEMENTS {
            next.policies = compile_all(state)?;
            next.select_all(state)?;
            return Ok(next);
        }
        let mut users = touched.users.clone();
        for group in &touched.groups {
            users.extend(state.members(*group).map(|user| user.uin));
        }
        // Whoever a new policy is attached to was touched as well, so that its number is known by then.
        for uin in users {
            match state.users.get(&uin) {
                Some(user) => next.put_user(state, user),
                None => drop(next.users.remove(&uin)),
            }
        }
        for id in &touched.roles {
            match state.roles.get(id) {
                Some(role) => next.put_role(role)?,
                None => drop(next.roles.remove(id)),
            }
        }
        Ok(next)
    }

    fn select_all(&mut self, state: &State) -> Result<(), ApiError> {
        self.users.clear();
        for user in state.users.values() {
            self.put_user(state, user);
        }
        self.roles.clear();
        state.roles.values().try_for_each(|role| self.put_role(role))
    }

    fn put_user(&mut self, state: &State, user: &User) {
        let groups = user.groups.iter().filter_map(|id| state.groups.get(id));
        let attached = groups.map(|group| &group.attached).chain([&user.attached]);
        // INVARIANT: numbers of the directory are digits.
        let Some(uin) = Uin::parse(&user.uin.to_string()) else { return };
        let member = Member {
            principal: Principal::User(Caller {
                account: self.owner.clone(),
                uin,
                groups: user.groups.iter().map(|id| id.to_string().into()).collect(),
                tags: tags(&user.tags),
            }),
            identity: self.select(attached),
            boundary: user.boundary.map(|id| self.select_one(id)),
        };
        self.users.insert(user.uin, Arc::new(member));
    }

    fn put_role(&mut self, role: &Role) -> Result<(), ApiError> {
        let member = Member {
            principal: Principal::Role(RoleSession {
                account: self.owner.clone(),
                id: Some(role.id.as_str().into()),
                name: Some(role.name.as_str().into()),
                service_linked: role.is_service_linked(),
                tags: tags(&role.tags),
            }),
            identity: self.select([&role.attached]),
            boundary: role.boundary.map(|id| self.select_one(id)),
        };
        let trust = document::read(&role.trust, PolicyKind::Trust)?;
        let trust = PolicySet::builder().add(UNLISTED, &trust).build();
        self.roles.insert(role.id.clone(), Arc::new(RoleMember { member, trust }));
        Ok(())
    }

    fn select<'a>(&self, attached: impl IntoIterator<Item = &'a Attached>) -> Selection {
        let wanted: BTreeSet<u64> =
            attached.into_iter().flat_map(|own| own.keys()).copied().collect();
        self.policies.select(|id| wanted.contains(&u64::from(id.0)))
    }

    fn select_one(&self, policy: u64) -> Selection {
        self.policies.select(|id| u64::from(id.0) == policy)
    }

    /// The caller as the account knows it; `None` where it is gone.
    pub(crate) fn principal(&self, who: Who<'_>) -> Option<Principal> {
        match who {
            Who::Root => Some(Principal::Root(self.owner.clone())),
            Who::User(uin) => self.users.get(&uin).map(|member| member.principal.clone()),
            Who::Role(id) => self.roles.get(id).map(|role| role.member.principal.clone()),
            Who::Other => Some(Principal::Anonymous),
        }
    }

    /// Decides a request whose principal is complete.
    pub(crate) fn decide(&self, request: &Request, who: Who<'_>, within: Within<'_>) -> Outcome {
        let member = match who {
            Who::User(uin) => self.users.get(&uin).map(|member| &**member),
            Who::Role(id) => self.roles.get(id).map(|role| &role.member),
            Who::Root | Who::Other => None,
        };
        let trust = within.assumed.and_then(|id| self.roles.get(id)).map(|role| &role.trust);
        let selected = |selection| View::selected(&self.policies, selection);
        let layers = Layers {
            scp: &[],
            identity: member.map(|member| selected(&member.identity)),
            resource: None,
            boundary: member.and_then(|member| member.boundary.as_ref()).map(selected),
            session: within.session.map(View::all),
            trust: trust.map(View::all),
        };
        decide(request, request.principal(), &self.deployment, |_| layers)
    }

    /// A session policy in compiled form.
    pub(crate) fn session(text: &str) -> Result<PolicySet, ApiError> {
        let policy = document::read(text, PolicyKind::Session)?;
        Ok(PolicySet::builder().add(UNLISTED, &policy).build())
    }
}

fn ids(state: &State) -> AccountIds {
    let owner = state.owner;
    AccountIds::new(Uin::parse(&owner.uin.to_string()), AppId::parse(&owner.app_id.to_string()))
}

fn compile_all(state: &State) -> Result<PolicySet, ApiError> {
    let mut builder = PolicySet::builder();
    for policy in state.policies.values() {
        builder.push(number(policy.id)?, &document::read(policy.document(), PolicyKind::Identity)?);
    }
    Ok(builder.build())
}

fn number(id: u64) -> Result<PolicyId, ApiError> {
    let number = u32::try_from(id).ok().filter(|number| *number != u32::MAX);
    number
        .map(PolicyId)
        .ok_or_else(|| ApiError::new("InternalError.SystemError", "There are too many policies."))
}

fn tags(tags: &Tags) -> Vec<(Box<str>, Box<str>)> {
    tags.iter().map(|(key, value)| (key.as_str().into(), value.as_str().into())).collect()
}
