//! Accounts written as account files.

use serde_json::{Value, json};

use crate::ApiError;
use crate::model::{Attached, Group, Policy, Receiver, Role, User, UserKind};
use crate::state::State;

impl State {
    /// The account as an account file, without keys.
    ///
    /// # Errors
    ///
    /// An [`ApiError`] where a document that is kept is no JSON.
    pub fn to_account(&self) -> Result<Value, ApiError> {
        let policies = self.policies.values().map(|own| policy(own));
        let roles = self.roles.values().map(|own| role(own));
        let users = self.users.values().map(|own| user(own));
        let mut next = 0;
        let receivers = self.receivers.values().map(|own| {
            // These have no uin, and the file wants one: their other id, or the next that nobody has.
            let free = |uin: &u64| *uin != self.owner.uin && !self.users.contains_key(uin);
            let uin = (own.uid.max(next)..=u64::MAX).find(free).unwrap_or(own.uid);
            next = uin.saturating_add(1);
            receiver(own, uin)
        });
        let owner = self.owner;
        Ok(json!({
            "camlock": 1,
            "owner": { "uin": owner.uin.to_string(), "app_id": owner.app_id.to_string() },
            "policies": policies.collect::<Result<Vec<Value>, ApiError>>()?,
            "users": users.chain(receivers).collect::<Vec<Value>>(),
            "groups": self.groups.values().map(|own| group(own)).collect::<Vec<Value>>(),
            "roles": roles.collect::<Result<Vec<Value>, ApiError>>()?,
        }))
    }

    /// What the account has and its account file does not say, besides keys and times.
    pub fn not_in_account_file(&self) -> Vec<String> {
        let older = self.policies.values().filter(|policy| policy.versions.len() > 1).count();
        let factors = self.users.values().filter(|user| !user.mfa.is_empty()).count();
        let counts = [
            ("policies with versions besides the default one, which alone is written", older),
            ("users with second factors that were chosen for them", factors),
            ("identity providers", self.providers.len()),
            ("linked organizations of WeCom", self.organizations.len()),
            ("applications of members of WeCom", self.applications.len()),
        ];
        let counts = counts.into_iter().filter(|(_, count)| *count > 0);
        let settings = self.settings.keys().map(|name| format!("the setting {name}"));
        counts.map(|(what, count)| format!("{what}: {count}")).chain(settings).collect()
    }
}

fn policy(policy: &Policy) -> Result<Value, ApiError> {
    let mut value = json!({
        "id": policy.id.to_string(),
        "name": policy.name,
        "type": if policy.preset { "preset" } else { "custom" },
        "document": read(policy.document())?,
    });
    add(&mut value, "description", &policy.description);
    add(&mut value, "alias", &policy.alias);
    if let Value::Object(members) = &mut value {
        // Without them both are 1.
        if policy.last_version > 1 {
            members.insert("version".to_owned(), policy.default_version.into());
            members.insert("last_version".to_owned(), policy.last_version.into());
        }
        if !policy.tags.is_empty() {
            members.insert("tags".to_owned(), json!(policy.tags));
        }
    }
    Ok(value)
}

fn role(role: &Role) -> Result<Value, ApiError> {
    let mut value = json!({
        "id": role.id, "name": role.name, "policies": ids(&role.attached),
        "boundary": role.boundary.map(|id| id.to_string()), "tags": role.tags,
        "service_linked": role.is_service_linked(), "trust": read(&role.trust)?,
    });
    add(&mut value, "description", &role.description);
    set(&mut value, "console_login", role.console_login);
    if let Value::Object(members) = &mut value {
        if role.session_duration > 0 {
            members.insert("session_duration".to_owned(), role.session_duration.into());
        }
        if role.is_service_linked() {
            members.insert("linked_services".to_owned(), json!(role.linked_services));
        }
    }
    Ok(value)
}

fn group(group: &Group) -> Value {
    let mut value = json!({
        "id": group.id.to_string(), "name": group.name, "policies": ids(&group.attached),
    });
    add(&mut value, "remark", &group.remark);
    value
}

fn user(user: &User) -> Value {
    let (kind, member) = match &user.kind {
        UserKind::SubUser => ("sub_user", ""),
        UserKind::Collaborator => ("collaborator", ""),
        UserKind::Wecom(member) => ("wecom_user", member.as_str()),
    };
    let groups: Vec<String> = user.groups.iter().map(u64::to_string).collect();
    let mut value = json!({
        "uin": user.uin.to_string(), "uid": user.uid.to_string(), "name": user.name,
        "kind": kind, "groups": groups, "policies": ids(&user.attached),
        "boundary": user.boundary.map(|id| id.to_string()), "tags": user.tags,
    });
    if !member.is_empty() {
        add(&mut value, "corp", &user.corp);
    }
    add(&mut value, "member", member);
    contact(&mut value, [&user.remark, &user.email, &user.phone_num, &user.country_code]);
    set(&mut value, "console_login", user.console_login);
    set(&mut value, "need_reset_password", user.need_reset_password);
    value
}

fn receiver(receiver: &Receiver, uin: u64) -> Value {
    let groups: Vec<String> = receiver.groups.iter().map(u64::to_string).collect();
    let Receiver { uid, name, remark, email, phone_number, country_code, .. } = receiver;
    let mut value = json!({
        "uin": uin.to_string(), "uid": uid.to_string(), "name": name,
        "kind": "message_recipient", "groups": groups,
    });
    contact(&mut value, [remark, email, phone_number, country_code]);
    value
}

/// Adds how somebody is reached.
fn contact(object: &mut Value, texts: [&str; 4]) {
    for (name, text) in ["remark", "email", "phone", "country_code"].into_iter().zip(texts) {
        add(object, name, text);
    }
}

/// Adds a text that is not empty.
fn add(object: &mut Value, name: &str, text: &str) {
    if let (Value::Object(members), false) = (object, text.is_empty()) {
        members.insert(name.to_owned(), text.into());
    }
}

/// Adds a switch that is on.
fn set(object: &mut Value, name: &str, on: bool) {
    if let (Value::Object(members), true) = (object, on) {
        members.insert(name.to_owned(), true.into());
    }
}

fn ids(attached: &Attached) -> Vec<String> {
    attached.keys().map(u64::to_string).collect()
}

fn read(document: &str) -> Result<Value, ApiError> {
    serde_json::from_str(document)
        .map_err(|why| ApiError::new("InternalError.SystemError", why.to_string()))
}
