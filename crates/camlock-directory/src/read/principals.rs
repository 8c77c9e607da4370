//! The users, groups and roles of an account.

use std::collections::{HashMap, HashSet};

use camlock_policy::{PolicyId, PolicyKind, Uin};
use camlock_source::SourceText;
use camlock_syntax::json::Value;
use indexmap::IndexMap;

use super::details::{OF_ROLES, OF_USERS};
use super::object::Place;
use super::{Building, insert};
use crate::account::{Group, PolicyOrigin, Role, User, UserKind};
use crate::finding as codes;

/// Groups of one user, and policies attached to one user, group or role (section 8 of the semantics).
const MAX_GROUPS: usize = 10;
const MAX_POLICIES: usize = 200;

type List<'v, 'a> = Option<(&'v Value<'a>, Place)>;

/// The groups of the account by id and by name; an id goes before a name that looks like it.
struct GroupNames<'g> {
    by_id: &'g IndexMap<Box<str>, Group>,
    by_name: HashMap<&'g str, &'g Group>,
}

impl<'g> GroupNames<'g> {
    fn of(groups: &'g IndexMap<Box<str>, Group>) -> Self {
        let named = groups.values().filter_map(|group| Some((group.name.as_deref()?, group)));
        Self { by_id: groups, by_name: named.collect() }
    }

    fn find(&self, name: &str) -> Option<&'g Group> {
        self.by_id.get(name).or_else(|| self.by_name.get(name).copied())
    }
}

impl<F: FnMut(&str) -> Result<SourceText, String>> Building<F> {
    pub(super) fn groups(&mut self, list: &List<'_, '_>) -> IndexMap<Box<str>, Group> {
        let mut groups: IndexMap<Box<str>, Group> = IndexMap::new();
        let mut names = HashSet::new();
        for (value, place) in self.reader.list(list.clone()) {
            let Some(group) = self.group(value, &place) else { continue };
            if let Some(name) = &group.name
                && !names.insert(name.clone())
            {
                self.reader.duplicate("name", name, value, &place);
            }
            let key = group.id.clone();
            insert(&mut groups, &mut self.reader, key, group, value, &place);
        }
        groups
    }

    fn group(&mut self, value: &Value<'_>, place: &Place) -> Option<Group> {
        let mut object = self.reader.object(value, place, &["id", "name", "policies", "remark"])?;
        let id = object.required(&mut self.reader, "id");
        let id = id.and_then(|(value, place)| self.reader.id(value, &place));
        let name = object.take("name").and_then(|(value, place)| self.reader.text(value, &place));
        let policies = self.attached(object.take("policies"));
        let remark = self.reader.note(object.take("remark"));
        Some(Group { id: id?.into(), name: name.map(Into::into), policies, remark })
    }

    pub(super) fn users(
        &mut self,
        list: &List<'_, '_>,
        groups: &IndexMap<Box<str>, Group>,
    ) -> IndexMap<Uin, User> {
        let mut users: IndexMap<Uin, User> = IndexMap::new();
        let groups = GroupNames::of(groups);
        let mut names = HashSet::new();
        let mut uids = HashSet::new();
        let mut members = HashSet::new();
        for (value, place) in self.reader.list(list.clone()) {
            let Some(user) = self.user(value, &place, &groups) else { continue };
            if let Some(name) = &user.name
                && !names.insert(name.clone())
            {
                self.reader.duplicate("name", name, value, &place);
            }
            if let Some(uid) = &user.uid
                && !uids.insert(uid.clone())
            {
                self.reader.duplicate("uid", uid, value, &place);
            }
            let member = (user.details.corp.clone(), user.details.member.clone());
            if !member.1.is_empty() && !members.insert(member) {
                self.reader.duplicate("member", &user.details.member, value, &place);
            }
            if users.contains_key(&user.uin) {
                self.reader.duplicate("uin", user.uin.as_str(), value, &place);
            } else {
                users.insert(user.uin.clone(), user);
            }
        }
        users
    }

    fn user(&mut self, value: &Value<'_>, place: &Place, groups: &GroupNames<'_>) -> Option<User> {
        let members = ["uin", "uid", "name", "kind", "groups", "policies", "boundary", "tags"];
        let members = [&members[..], &OF_USERS].concat();
        let mut object = self.reader.object(value, place, &members)?;
        let uin = object.required(&mut self.reader, "uin");
        let uin = uin.and_then(|(value, place)| self.reader.id(value, &place));
        let uid = object.take("uid").and_then(|(value, place)| self.reader.id(value, &place));
        let name = object.take("name").and_then(|(value, place)| self.reader.text(value, &place));
        let kind = object.take("kind").and_then(|(value, place)| self.user_kind(value, &place));
        let groups = self.memberships(object.take("groups"), groups);
        let policies = self.attached(object.take("policies"));
        let boundary = object.take("boundary");
        let boundary = boundary.and_then(|(value, place)| self.reference(value, &place));
        let tags = self.reader.tags(object.take("tags"));
        let kind = kind.unwrap_or(UserKind::SubUser);
        let details = self.reader.user_details(&mut object, kind);
        if kind == UserKind::MessageRecipient && !policies.is_empty() {
            let message = "a message recipient has no policies".to_owned();
            let help = "remove them, or make it a sub_user";
            let span = self.reader.start_of(value);
            self.reader.error(codes::BAD_VALUE, span, message, help, place);
        }
        Some(User {
            uin: Uin::parse(&uin?)?,
            uid: uid.map(Into::into),
            name: name.map(Into::into),
            kind,
            groups,
            policies,
            boundary,
            tags,
            details,
        })
    }

    fn user_kind(&mut self, value: &Value<'_>, place: &Place) -> Option<UserKind> {
        match self.reader.text(value, place)?.as_str() {
            "sub_user" => Some(UserKind::SubUser),
            "collaborator" => Some(UserKind::Collaborator),
            "wecom_user" => Some(UserKind::WecomUser),
            "message_recipient" => Some(UserKind::MessageRecipient),
            _ => {
                let message = "unknown kind of user".to_owned();
                let help = "use sub_user, collaborator, wecom_user or message_recipient";
                self.reader.error(codes::BAD_VALUE, value.span, message, help, place);
                None
            }
        }
    }

    /// The groups of a user, by id or by name.
    fn memberships(&mut self, list: List<'_, '_>, groups: &GroupNames<'_>) -> Vec<Box<str>> {
        let mut ids: Vec<Box<str>> = Vec::new();
        for (value, place) in self.reader.list(list) {
            let Some(name) = self.reader.name(value, &place) else { continue };
            match groups.find(&name) {
                Some(group) if ids.contains(&group.id) => {
                    self.reader.duplicate("group", &name, value, &place);
                }
                Some(group) => ids.push(group.id.clone()),
                None => {
                    let shown = camlock_source::quote(&name);
                    let message = format!("no group has the id or name `{shown}`");
                    let help = "list it under `groups`, or remove the reference";
                    self.reader.error(codes::DANGLING, value.span, message, help, &place);
                }
            }
            if ids.len() == MAX_GROUPS + 1 {
                let message = format!("a user is in at most {MAX_GROUPS} groups");
                self.reader.warn(codes::QUOTA, value.span, message, "merge groups", &place);
            }
        }
        ids
    }

    pub(super) fn roles(&mut self, list: &List<'_, '_>) -> IndexMap<Box<str>, Role> {
        let mut roles: IndexMap<Box<str>, Role> = IndexMap::new();
        let mut names = HashSet::new();
        for (value, place) in self.reader.list(list.clone()) {
            let Some(role) = self.role(value, &place) else { continue };
            if !names.insert(role.name.clone()) {
                self.reader.duplicate("name", &role.name, value, &place);
            }
            let key = role.id.clone();
            insert(&mut roles, &mut self.reader, key, role, value, &place);
        }
        roles
    }

    fn role(&mut self, value: &Value<'_>, place: &Place) -> Option<Role> {
        let members = ["id", "name", "trust", "policies", "boundary", "tags", "service_linked"];
        let members = [&members[..], &OF_ROLES].concat();
        let mut object = self.reader.object(value, place, &members)?;
        let id = object.required(&mut self.reader, "id");
        let id = id.and_then(|(value, place)| self.reader.id(value, &place));
        let name = object.required(&mut self.reader, "name");
        let name = name.and_then(|(value, place)| self.reader.text(value, &place));
        let trust = object.required(&mut self.reader, "trust").and_then(|(value, place)| {
            let document = self.document(value, &place, PolicyKind::Trust);
            let label = format!("trust policy of {}", name.as_deref().unwrap_or("a role"));
            self.entry(&label, None, PolicyOrigin::Trust, document)
        });
        let policies = self.attached(object.take("policies"));
        let service_linked = object
            .take("service_linked")
            .is_some_and(|(value, place)| self.reader.boolean(value, &place));
        let boundary = object.take("boundary").and_then(|(value, place)| {
            if service_linked {
                // It is found there, so it counts [RD-11]; the platform would not have put it there.
                let message = "a service-linked role cannot have a boundary".to_owned();
                let help = "remove it";
                self.reader.warn(
                    codes::BOUNDARY_ON_SERVICE_ROLE,
                    value.span,
                    message,
                    help,
                    &place,
                );
            }
            self.reference(value, &place)
        });
        let tags = self.reader.tags(object.take("tags"));
        let details = self.reader.role_details(&mut object);
        Some(Role {
            id: id?.into(),
            name: name?.into(),
            trust: trust?,
            policies,
            boundary,
            tags,
            service_linked,
            details,
        })
    }

    fn attached(&mut self, list: List<'_, '_>) -> Vec<PolicyId> {
        let at = list.clone();
        let policies = self.references(list);
        if let Some((value, place)) = at.filter(|_| policies.len() > MAX_POLICIES) {
            let message = format!("at most {MAX_POLICIES} policies are attached");
            let span = self.reader.start_of(value);
            self.reader.warn(codes::QUOTA, span, message, "merge policies", &place);
        }
        policies
    }
}
