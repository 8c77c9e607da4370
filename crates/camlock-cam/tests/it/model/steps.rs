//! One random call, and what the model makes of it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::directory::{ACTIONS, Directory, Document, Group, Policy, Role, User};
use super::options;
use crate::client::{Client, Key, number, resource};
use crate::random::Random;

/// Ids that nothing has.
const MISSING: u64 = 9_999_999;

/// Makes a random call on both; what it was, and whether it went well. Both have to agree on that.
pub(super) fn step(
    random: &mut Random,
    directory: &mut Directory,
    client: &Client,
) -> (String, bool) {
    let mut step = Step { random, directory, client, done: None };
    match step.random.below(14) {
        0 => step.add_user(),
        1 => step.delete_user(),
        2 => step.create_or_delete_group(),
        3 | 4 => step.join_or_leave(),
        5 => step.create_policy(),
        6 => step.change_policy(),
        7 => step.delete_policies(),
        8 => step.versions(),
        9 | 10 => step.attach_or_detach(),
        11 => step.role(),
        12 => step.boundary(),
        _ => step.keys(),
    }
    step.done.expect("a call")
}

struct Step<'a> {
    random: &'a mut Random,
    directory: &'a mut Directory,
    client: &'a Client,
    done: Option<(String, bool)>,
}

impl Step<'_> {
    /// Makes the call, whose outcome the model has foreseen; the answer, if there is one.
    fn call(&mut self, action: &str, body: &Value, well: bool) -> Option<Value> {
        let result = self.client.cam(&self.client.root, action, body.clone());
        assert_eq!(result.is_ok(), well, "{action} {body}: {result:?}\n{:#?}", self.directory);
        self.done = Some((format!("{action} {body}"), well));
        result.ok()
    }

    /// A name of few, so that names meet.
    fn name(&mut self, kind: &str) -> String {
        format!("{kind}{}", self.random.below(8))
    }

    fn one_in(&mut self, times: u64) -> bool {
        self.random.below(times) == 0
    }

    /// One of the ids, and now and then one that is not there.
    fn id<T: Clone>(&mut self, ids: &[T], missing: T) -> T {
        if ids.is_empty() || self.one_in(12) { missing } else { self.random.pick(ids).clone() }
    }

    fn some_user(&mut self) -> u64 {
        let ids: Vec<u64> = self.directory.users.keys().copied().collect();
        self.id(&ids, MISSING)
    }

    fn some_group(&mut self) -> u64 {
        let ids: Vec<u64> = self.directory.groups.keys().copied().collect();
        self.id(&ids, MISSING)
    }

    fn some_policy(&mut self) -> u64 {
        let ids: Vec<u64> = self.directory.policies.keys().copied().collect();
        self.id(&ids, MISSING)
    }

    fn some_role(&mut self) -> String {
        let ids: Vec<String> = self.directory.roles.keys().cloned().collect();
        self.id(&ids, MISSING.to_string())
    }

    /// What a policy says of each action, and the document with a number of statements besides.
    fn document(&mut self) -> (Document, String) {
        let document = [(); 3].map(|()| match self.random.below(5) {
            0 | 1 => Some(true),
            2 => Some(false),
            _ => None,
        });
        let mut statement = Vec::new();
        for (action, may) in ACTIONS.iter().zip(document) {
            if let Some(may) = may {
                let effect = if may { "allow" } else { "deny" };
                let action = format!("cam:{action}");
                statement.push(json!({ "effect": effect, "action": [action], "resource": ["*"] }));
            }
        }
        for _ in 0..=self.random.below(75) {
            let besides = json!({ "effect": "allow", "action": ["cvm:Run"], "resource": ["*"] });
            statement.push(besides);
        }
        (document, json!({ "version": "2.0", "statement": statement }).to_string())
    }

    fn add_user(&mut self) {
        let name = self.name("user");
        let users = &self.directory.users;
        let well =
            users.len() < options().quotas.users && users.values().all(|own| own.name != name);
        let body = json!({ "Name": name, "UseApi": 1 });
        if let Some(made) = self.call("AddUser", &body, well) {
            let key = Key::read(&made, "SecretId", "SecretKey");
            let keys = BTreeMap::from([(key.id.clone(), (key, true))]);
            let user = User { name, keys, ..User::default() };
            self.directory.users.insert(number(&made, "Uin"), user);
        }
    }

    fn delete_user(&mut self) {
        // Seldom, for others to have somebody to work with.
        let uin = if self.one_in(2) { self.some_user() } else { MISSING };
        let force = self.one_in(2);
        let user = self.directory.users.get(&uin);
        let name = user.map_or("nobody", |user| &user.name).to_owned();
        let well = user.is_some_and(|user| force || user.keys.is_empty());
        let body = json!({ "Name": name, "Force": u64::from(force) });
        if self.call("DeleteUser", &body, well).is_some() {
            self.directory.users.remove(&uin);
        }
    }

    fn create_or_delete_group(&mut self) {
        if self.one_in(4) {
            let id = self.some_group();
            let well = self.directory.groups.contains_key(&id);
            if self.call("DeleteGroup", &json!({ "GroupId": id }), well).is_some() {
                self.directory.groups.remove(&id);
                for user in self.directory.users.values_mut() {
                    user.groups.remove(&id);
                }
            }
            return;
        }
        let name = self.name("group");
        let groups = &self.directory.groups;
        let well =
            groups.len() < options().quotas.groups && groups.values().all(|own| own.name != name);
        if let Some(made) = self.call("CreateGroup", &json!({ "GroupName": name }), well) {
            let group = Group { name, ..Group::default() };
            self.directory.groups.insert(number(&made, "GroupId"), group);
        }
    }

    fn join_or_leave(&mut self) {
        let join = !self.one_in(3);
        let pairs: Vec<(u64, u64)> =
            (0..=self.random.below(3)).map(|_| (self.some_user(), self.some_group())).collect();
        let known = |pair: &(u64, u64)| {
            self.directory.users.contains_key(&pair.0)
                && self.directory.groups.contains_key(&pair.1)
        };
        // Leaving a group that is not there is left out: nothing says what it comes to.
        let pairs: Vec<_> = pairs.into_iter().filter(|pair| join || known(pair)).collect();
        let mut after: BTreeMap<u64, BTreeSet<u64>> =
            self.directory.users.iter().map(|(uin, user)| (*uin, user.groups.clone())).collect();
        let well = pairs.iter().all(|(uin, group)| {
            let members = after.values().filter(|groups| groups.contains(group)).count();
            let there = self.directory.groups.contains_key(group);
            let Some(groups) = after.get_mut(uin).filter(|_| there) else { return false };
            if !join {
                groups.remove(group);
                return true;
            }
            !groups.insert(*group)
                || (groups.len() <= options().quotas.groups_of_user
                    && members < options().quotas.users_of_group)
        });
        let info: Vec<Value> =
            pairs.iter().map(|(uin, group)| json!({ "Uin": uin, "GroupId": group })).collect();
        let action = if join { "AddUserToGroup" } else { "RemoveUserFromGroup" };
        if self.call(action, &json!({ "Info": info }), well).is_some() {
            for (uin, groups) in after {
                if let Some(user) = self.directory.users.get_mut(&uin) {
                    user.groups = groups;
                }
            }
        }
    }

    fn create_policy(&mut self) {
        let name = self.name("policy");
        let (rights, document) = self.document();
        let policies = &self.directory.policies;
        let own = policies.values().filter(|own| !own.preset).count();
        let well = own < options().quotas.policies && policies.values().all(|own| own.name != name);
        let body = json!({ "PolicyName": name, "PolicyDocument": document });
        if let Some(made) = self.call("CreatePolicy", &body, well) {
            let versions = BTreeMap::from([(1, rights)]);
            let policy = Policy { name, versions, default: 1, last: 1, preset: false };
            self.directory.policies.insert(number(&made, "PolicyId"), policy);
        }
    }

    /// A policy that may be written, if the id is of one.
    fn own_policy(&mut self, id: u64) -> Option<&mut Policy> {
        self.directory.policies.get_mut(&id).filter(|policy| !policy.preset)
    }

    fn change_policy(&mut self) {
        let id = self.some_policy();
        let (rights, document) = self.document();
        let well = self.own_policy(id).is_some();
        let body = json!({ "PolicyId": id, "PolicyDocument": document });
        if self.call("UpdatePolicy", &body, well).is_some()
            && let Some(policy) = self.own_policy(id)
        {
            policy.versions.insert(policy.default, rights);
        }
    }

    fn delete_policies(&mut self) {
        let ids: Vec<u64> = (0..=self.random.below(2)).map(|_| self.some_policy()).collect();
        let ids = if self.one_in(2) { ids } else { vec![MISSING] };
        // A policy that limits somebody stays: without it, more would be allowed.
        let users = self.directory.users.values().filter_map(|user| user.boundary);
        let limits: BTreeSet<u64> =
            users.chain(self.directory.roles.values().filter_map(|role| role.boundary)).collect();
        let well = ids.iter().all(|id| self.own_policy(*id).is_some() && !limits.contains(id));
        if self.call("DeletePolicy", &json!({ "PolicyId": ids }), well).is_none() {
            return;
        }
        let Directory { users, groups, policies, roles } = &mut *self.directory;
        for id in ids {
            policies.remove(&id);
            let of_users = users.values_mut().map(|own| &mut own.attached);
            let of_groups = groups.values_mut().map(|own| &mut own.attached);
            let of_roles = roles.values_mut().map(|own| &mut own.attached);
            for attached in of_users.chain(of_groups).chain(of_roles) {
                attached.remove(&id);
            }
        }
    }

    fn versions(&mut self) {
        let id = self.some_policy();
        let known = self.directory.policies.get(&id);
        let last = known.map_or(1, |policy| policy.last);
        let version = 1 + self.random.below(last + 1);
        let which = self.random.below(4);
        if which < 2 {
            let (rights, document) = self.document();
            let most = options().quotas.versions;
            let well = self.own_policy(id).is_some_and(|own| own.versions.len() < most);
            let body = json!({ "PolicyId": id, "PolicyDocument": document,
                "SetAsDefault": which == 0 });
            if let Some(made) = self.call("CreatePolicyVersion", &body, well) {
                let policy = self.own_policy(id).expect("a policy");
                policy.last += 1;
                assert_eq!(number(&made, "VersionId"), policy.last);
                policy.versions.insert(policy.last, rights);
                policy.default = if which == 0 { policy.last } else { policy.default };
            }
            return;
        }
        let well = self
            .own_policy(id)
            .is_some_and(|own| own.default != version && own.versions.contains_key(&version));
        let (action, body) = if which == 2 {
            ("DeletePolicyVersion", json!({ "PolicyId": id, "VersionId": [version] }))
        } else {
            ("SetDefaultPolicyVersion", json!({ "PolicyId": id, "VersionId": version }))
        };
        if self.call(action, &body, well).is_some()
            && let Some(policy) = self.own_policy(id)
        {
            if which == 2 {
                policy.versions.remove(&version);
            } else {
                policy.default = version;
            }
        }
    }

    fn attach_or_detach(&mut self) {
        let policy = self.some_policy();
        let attach = !self.one_in(3);
        let (kind, target) = match self.random.below(3) {
            0 => ("User", json!(self.some_user())),
            1 => ("Group", json!(self.some_group())),
            _ => ("Role", json!(self.some_role())),
        };
        let verb = if attach { "Attach" } else { "Detach" };
        let parameter = match kind {
            "User" => format!("{verb}Uin"),
            _ => format!("{verb}{kind}Id"),
        };
        let there = self.directory.policies.contains_key(&policy);
        let most = options().quotas.attachments;
        let attached = self.attached(&target).cloned();
        let well = there
            && attached.is_some_and(|own| !attach || own.contains(&policy) || own.len() < most);
        let body = json!({ "PolicyId": policy, parameter: target });
        if self.call(&format!("{verb}{kind}Policy"), &body, well).is_some()
            && let Some(own) = self.attached(&target)
        {
            if attach {
                own.insert(policy);
            } else {
                own.remove(&policy);
            }
        }
    }

    /// What is attached to something; ids of users, groups and roles are all different.
    fn attached(&mut self, target: &Value) -> Option<&mut BTreeSet<u64>> {
        let Directory { users, groups, roles, .. } = &mut *self.directory;
        if let Some(id) = target.as_str() {
            return roles.get_mut(id).map(|role| &mut role.attached);
        }
        let id = target.as_u64()?;
        let user = users.get_mut(&id).map(|user| &mut user.attached);
        user.or_else(|| groups.get_mut(&id).map(|group| &mut group.attached))
    }

    fn role(&mut self) {
        if self.one_in(4) {
            let id = self.some_role();
            let well = self.directory.roles.contains_key(&id);
            if self.call("DeleteRole", &json!({ "RoleId": id }), well).is_some() {
                self.directory.roles.remove(&id);
            }
            return;
        }
        let name = self.name("role");
        let roles = &self.directory.roles;
        let well =
            roles.len() < options().quotas.roles && roles.values().all(|own| own.name != name);
        let trust = json!({ "version": "2.0", "statement": [{ "effect": "allow",
            "action": "name/sts:AssumeRole", "principal": { "qcs": [resource("root")] } }] });
        let body = json!({ "RoleName": name, "PolicyDocument": trust.to_string() });
        let Some(made) = self.call("CreateRole", &body, well) else { return };
        let id = made["RoleId"].as_str().expect("an id").to_owned();
        let assume = json!({ "RoleArn": resource(&format!("role/{id}")), "RoleSessionName": "s1" });
        let made = self.client.call(&self.client.root, "sts", "AssumeRole", assume);
        let session = Key::temporary(&made.expect("the root is trusted"));
        let role = Role { name, attached: BTreeSet::new(), boundary: None, session };
        self.directory.roles.insert(id, role);
    }

    fn boundary(&mut self) {
        let policy = self.some_policy();
        let put = !self.one_in(3);
        let of_user = self.one_in(2);
        let (kind, parameter, target) = if of_user {
            ("User", "TargetUin", json!(self.some_user()))
        } else {
            ("Role", "RoleId", json!(self.some_role()))
        };
        let there = self.directory.policies.contains_key(&policy);
        let Directory { users, roles, .. } = &mut *self.directory;
        let boundary = if let Some(uin) = target.as_u64() {
            users.get_mut(&uin).map(|user| &mut user.boundary)
        } else {
            let role = target.as_str().and_then(|id| roles.get_mut(id));
            role.map(|role| &mut role.boundary)
        };
        let well = boundary.is_some() && (there || !put);
        if let Some(boundary) = boundary.filter(|_| well) {
            *boundary = put.then_some(policy);
        }
        let mut body = json!({ parameter: target });
        if put {
            body["PolicyId"] = json!(policy);
        }
        let verb = if put { "Put" } else { "Delete" };
        self.call(&format!("{verb}{kind}PermissionsBoundary"), &body, well);
    }

    fn keys(&mut self) {
        let uin = self.some_user();
        let keys = self.directory.users.get(&uin).map(|user| &user.keys);
        let ids: Vec<String> = keys.into_iter().flatten().map(|(id, _)| id.clone()).collect();
        let count = keys.map(BTreeMap::len);
        let id = self.id(&ids, "AKIDmissing".to_owned());
        let target = json!({ "TargetUin": uin, "AccessKeyId": id });
        match self.random.below(4) {
            0 => {
                let body = json!({ "TargetUin": uin });
                let well = count.is_some_and(|count| count < options().quotas.keys);
                if let Some(made) = self.call("CreateAccessKey", &body, well) {
                    let key = Key::read(&made["AccessKey"], "AccessKeyId", "SecretAccessKey");
                    let user = self.directory.users.get_mut(&uin).expect("a user");
                    user.keys.insert(key.id.clone(), (key, true));
                }
            }
            1 => {
                if self.call("DeleteAccessKey", &target, ids.contains(&id)).is_some() {
                    let user = self.directory.users.get_mut(&uin).expect("a user");
                    user.keys.remove(&id);
                }
            }
            _ => {
                let active = self.one_in(2);
                let mut body = target;
                body["Status"] = json!(if active { "Active" } else { "Inactive" });
                if self.call("UpdateAccessKey", &body, ids.contains(&id)).is_some() {
                    let user = self.directory.users.get_mut(&uin).expect("a user");
                    user.keys.entry(id).and_modify(|key| key.1 = active);
                }
            }
        }
    }
}
