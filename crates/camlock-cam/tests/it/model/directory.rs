//! The model: who is there, and what they may do.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::client::{Client, Key, number};

/// What rights are asked about; each of them needs nothing else.
pub(super) const ACTIONS: [&str; 3] = ["ListUsers", "ListGroups", "ListSAMLProviders"];

/// For each of the [`ACTIONS`]: allowed, denied, or not spoken of.
pub(super) type Document = [Option<bool>; 3];

/// Everything that the calls of a sequence made.
#[derive(Debug, Default)]
pub(super) struct Directory {
    pub(super) users: BTreeMap<u64, User>,
    pub(super) groups: BTreeMap<u64, Group>,
    pub(super) policies: BTreeMap<u64, Policy>,
    pub(super) roles: BTreeMap<String, Role>,
}

#[derive(Debug, Default)]
pub(super) struct User {
    pub(super) name: String,
    pub(super) groups: BTreeSet<u64>,
    pub(super) attached: BTreeSet<u64>,
    pub(super) boundary: Option<u64>,
    /// With whether they are active.
    pub(super) keys: BTreeMap<String, (Key, bool)>,
}

#[derive(Debug, Default)]
pub(super) struct Group {
    pub(super) name: String,
    pub(super) attached: BTreeSet<u64>,
}

#[derive(Debug, Default)]
pub(super) struct Policy {
    pub(super) name: String,
    pub(super) preset: bool,
    pub(super) versions: BTreeMap<u64, Document>,
    pub(super) default: u64,
    pub(super) last: u64,
}

#[derive(Debug)]
pub(super) struct Role {
    pub(super) name: String,
    pub(super) attached: BTreeSet<u64>,
    pub(super) boundary: Option<u64>,
    /// Credentials of one session.
    pub(super) session: Key,
}

impl Directory {
    /// What a new account has.
    pub(super) fn new() -> Self {
        let preset = |name: &str, rights: Document| Policy {
            name: name.to_owned(),
            preset: true,
            versions: BTreeMap::from([(1, rights)]),
            default: 1,
            last: 1,
        };
        let everything = [Some(true); 3];
        let policies = BTreeMap::from([
            (1, preset("AdministratorAccess", everything)),
            (2, preset("QcloudCamFullAccess", everything)),
            (3, preset("QcloudCamReadOnlyAccess", everything)),
        ]);
        Self { policies, ..Self::default() }
    }

    pub(super) fn members(&self, group: u64) -> impl Iterator<Item = u64> {
        let users = self.users.iter().filter(move |(_, user)| user.groups.contains(&group));
        users.map(|(uin, _)| *uin)
    }

    /// The policies of a user and of its groups.
    fn all_of(&self, user: &User) -> BTreeSet<u64> {
        let groups = user.groups.iter().flat_map(|id| &self.groups[id].attached);
        groups.chain(&user.attached).copied().collect()
    }

    /// A deny anywhere refuses; an allow is needed, within the boundary as well.
    fn may(&self, policies: &BTreeSet<u64>, boundary: Option<u64>, action: usize) -> bool {
        let says = |id: &u64| {
            let policy = &self.policies[id];
            policy.versions[&policy.default][action]
        };
        let identity: Vec<_> = policies.iter().filter_map(says).collect();
        let limit = boundary.map(|id| says(&id) == Some(true));
        identity.contains(&true) && !identity.contains(&false) && limit != Some(false)
    }

    /// Each key with whether it is active, and which of the [`ACTIONS`] it may.
    pub(super) fn rights(&self) -> Vec<(Key, bool, [bool; 3])> {
        let mut rights = Vec::new();
        for user in self.users.values() {
            let policies = self.all_of(user);
            let own = [0, 1, 2].map(|action| self.may(&policies, user.boundary, action));
            rights.extend(user.keys.values().map(|(key, active)| (key.clone(), *active, own)));
        }
        for role in self.roles.values() {
            let own = [0, 1, 2].map(|action| self.may(&role.attached, role.boundary, action));
            rights.push((role.session.clone(), true, own));
        }
        rights
    }

    /// What the lists have to say, line by line.
    pub(super) fn expected(&self) -> Vec<String> {
        let own = self.policies.iter().filter(|(_, policy)| !policy.preset);
        let mut lines = vec![
            format!("users {:?}", names(self.users.iter().map(|(id, own)| (id, &own.name)))),
            format!("groups {:?}", names(self.groups.iter().map(|(id, own)| (id, &own.name)))),
            format!("policies {:?}", names(own.clone().map(|(id, own)| (id, &own.name)))),
            format!("roles {:?}", names(self.roles.iter().map(|(id, own)| (id, &own.name)))),
        ];
        for (uin, user) in &self.users {
            let keys: Vec<_> = user.keys.iter().map(|(id, (_, active))| (id, active)).collect();
            lines.push(format!("user {uin} in {:?}", user.groups));
            lines.push(format!("user {uin} has {:?}", user.attached));
            lines.push(format!("user {uin} has in all {:?}", self.all_of(user)));
            lines.push(format!("user {uin} within {:?}", user.boundary));
            lines.push(format!("user {uin} keys {keys:?}"));
        }
        for (id, group) in &self.groups {
            lines.push(format!("group {id} of {:?}", self.members(*id).collect::<BTreeSet<_>>()));
            lines.push(format!("group {id} has {:?}", group.attached));
        }
        for (id, policy) in own {
            let versions = policy.versions.keys().map(|own| (*own, *own == policy.default));
            lines.push(format!("policy {id} versions {:?}", versions.collect::<Vec<_>>()));
            lines.push(format!("policy {id} of {:?}", self.entities(*id)));
        }
        for (id, role) in &self.roles {
            lines.push(format!("role {id} has {:?}", role.attached));
            lines.push(format!("role {id} within {:?}", role.boundary));
        }
        lines
    }

    /// Whoever has a policy.
    fn entities(&self, policy: u64) -> BTreeSet<String> {
        let users = self.users.iter().filter(|(_, own)| own.attached.contains(&policy));
        let groups = self.groups.iter().filter(|(_, own)| own.attached.contains(&policy));
        let roles = self.roles.iter().filter(|(_, own)| own.attached.contains(&policy));
        let ids = users.map(|(id, _)| id.to_string()).chain(groups.map(|(id, _)| id.to_string()));
        ids.chain(roles.map(|(id, _)| id.clone())).collect()
    }

    /// What the lists say, for the same objects.
    pub(super) fn shown_by(client: &Client, known: &Self) -> Vec<String> {
        let page = |more: Value| merged(json!({ "Page": 1, "Rp": 200 }), more);
        let list = |action: &str, body: Value, name: &str| -> Vec<Value> {
            client.set(action, body)[name].as_array().expect(name).clone()
        };
        let named = |action: &str, body: Value, name: &str, id: &str, label: &str| {
            let found = list(action, body, name);
            let found = found.iter().map(|own| (text(&own[id]), text(&own[label])));
            format!("{:?}", found.collect::<BTreeMap<_, _>>())
        };
        let ids = |action: &str, body: Value, name: &str, id: &str| -> BTreeSet<u64> {
            let found = list(action, page(body), name);
            found.iter().map(|own| text(&own[id]).parse().expect("a number")).collect()
        };
        let local = page(json!({ "Scope": "Local" }));
        let mut lines = vec![
            format!("users {}", named("ListUsers", json!({}), "Data", "Uin", "Name")),
            format!(
                "groups {}",
                named("ListGroups", page(json!({})), "GroupInfo", "GroupId", "GroupName")
            ),
            format!("policies {}", named("ListPolicies", local, "List", "PolicyId", "PolicyName")),
            format!(
                "roles {}",
                named("DescribeRoleList", page(json!({})), "List", "RoleId", "RoleName")
            ),
        ];
        for uin in known.users.keys() {
            let target = json!({ "TargetUin": uin });
            let all = merged(target.clone(), json!({ "AttachType": 0 }));
            let keys = list("ListAccessKeys", target.clone(), "AccessKeys");
            let keys: BTreeMap<_, _> = keys
                .iter()
                .map(|own| (text(&own["AccessKeyId"]), own["Status"] == "Active"))
                .collect();
            let keys: Vec<_> = keys.iter().collect();
            let groups = ids("ListGroupsForUser", json!({ "SubUin": uin }), "GroupInfo", "GroupId");
            let attached = ids("ListAttachedUserPolicies", target.clone(), "List", "PolicyId");
            let in_all = ids("ListAttachedUserAllPolicies", all, "PolicyList", "PolicyId");
            let boundary = client.set("GetUserPermissionBoundary", target);
            lines.push(format!("user {uin} in {groups:?}"));
            lines.push(format!("user {uin} has {attached:?}"));
            lines.push(format!("user {uin} has in all {in_all:?}"));
            lines.push(format!("user {uin} within {:?}", boundary["PolicyId"].as_u64()));
            lines.push(format!("user {uin} keys {keys:?}"));
        }
        for id in known.groups.keys() {
            let members = ids("ListUsersForGroup", json!({ "GroupId": id }), "UserInfo", "Uin");
            let target = json!({ "TargetGroupId": id });
            let attached = ids("ListAttachedGroupPolicies", target, "List", "PolicyId");
            lines.push(format!("group {id} of {members:?}"));
            lines.push(format!("group {id} has {attached:?}"));
        }
        for (id, _) in known.policies.iter().filter(|(_, policy)| !policy.preset) {
            let versions = list("ListPolicyVersions", json!({ "PolicyId": id }), "Versions");
            let versions = versions
                .iter()
                .map(|own| (number(own, "VersionId"), number(own, "IsDefaultVersion") == 1));
            let entities = list("ListEntitiesForPolicy", page(json!({ "PolicyId": id })), "List");
            let entities = entities.iter().map(|own| text(&own["Id"])).collect::<BTreeSet<_>>();
            lines.push(format!("policy {id} versions {:?}", versions.collect::<Vec<_>>()));
            lines.push(format!("policy {id} of {entities:?}"));
        }
        for id in known.roles.keys() {
            let role = json!({ "RoleId": id });
            let attached = ids("ListAttachedRolePolicies", role.clone(), "List", "PolicyId");
            let boundary = client.set("GetRolePermissionBoundary", role);
            lines.push(format!("role {id} has {attached:?}"));
            lines.push(format!("role {id} within {:?}", boundary["PolicyId"].as_u64()));
        }
        lines
    }
}

fn names<'a, T: ToString>(
    all: impl Iterator<Item = (T, &'a String)>,
) -> BTreeMap<String, &'a String> {
    all.map(|(id, name)| (id.to_string(), name)).collect()
}

/// An id or a name, which some answers have as a number and others as a text.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn merged(mut one: Value, other: Value) -> Value {
    if let (Value::Object(one), Value::Object(other)) = (&mut one, other) {
        one.extend(other);
    }
    one
}
