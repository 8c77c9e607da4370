//! Account files: taken over into a store, and written from one. Secrets are in neither.

mod export;

use std::collections::{BTreeMap, BTreeSet};

use camlock_directory::{Account, PolicyEntry, PolicyOrigin, UserDetails, UserKind as Kind};
use camlock_policy::PolicyId;

use crate::ApiError;
use crate::calls::FIRST_IDS;
use crate::change::Change;
use crate::model::{
    Attached, Attachment, Group, Policy, Receiver, Role, Tags, User, UserKind, Version,
};

/// Puts everything of an account file into a change; answers what CAM does not hold and was left out.
pub(crate) fn import(
    account: &Account,
    change: &mut Change,
    now: i64,
) -> Result<Vec<String>, ApiError> {
    let mut left_out = Vec::new();
    if account.has_organization() {
        // Without these more would be allowed than the file says.
        return Err(ApiError::parameter(
            "The account file has service control policies, which are not known here.",
        ));
    }
    let resources = account.resource_policies().len();
    if resources > 0 {
        left_out.push(format!("{resources} policies of resources: those belong to other services"));
    }
    let mut import = Import { account, change, now };
    left_out.extend(import.policies()?);
    import.groups()?;
    import.users()?;
    import.roles()?;
    Ok(left_out)
}

struct Import<'a> {
    account: &'a Account,
    change: &'a mut Change,
    now: i64,
}

impl Import<'_> {
    /// Answers which presets have other ids than usual.
    fn policies(&mut self) -> Result<Vec<String>, ApiError> {
        let account = self.account;
        let mut displaced = Vec::new();
        for entry in (0..).map_while(|id| account.policy(PolicyId(id))) {
            if entry.origin() != PolicyOrigin::Listed {
                continue;
            }
            let id = number("policy", entry.label())?;
            let details = entry.details();
            let name = entry.name().unwrap_or(entry.label());
            let taken = self.change.state.policy_named(name).filter(|own| own.preset);
            if let Some(preset) = taken.map(|own| own.id) {
                self.change.remove::<Policy>(&preset);
            }
            // The file's ids are those that its attachments mean.
            if let Some(preset) = self.change.state.policies.get(&id).filter(|own| own.preset) {
                displaced.push(Policy::clone(preset));
            }
            let version = Version { document: entry.document().to_owned(), created: self.now };
            self.reserve("policy", id);
            self.change.put(Policy {
                id,
                name: name.to_owned(),
                preset: entry.is_preset(),
                created: self.now,
                updated: self.now,
                versions: BTreeMap::from([(details.version, version)]),
                default_version: details.version,
                last_version: details.last_version,
                description: details.description.to_string(),
                alias: details.alias.to_string(),
                tags: tags(&details.tags),
            })?;
        }
        displaced.retain(|preset| self.change.state.policy_named(&preset.name).is_none());
        let mut told = Vec::new();
        for preset in displaced {
            let id = self.change.next("policy", FIRST_IDS.policy);
            let (name, old) = (&preset.name, preset.id);
            told.push(format!(
                "the id {old} of the preset {name}, which is {id} here: the file has a policy {old}"
            ));
            self.change.put(Policy { id, ..preset })?;
        }
        Ok(told)
    }

    fn groups(&mut self) -> Result<(), ApiError> {
        let account = self.account;
        for group in account.groups().values() {
            let id = number("group", &group.id)?;
            self.reserve("group", id);
            self.change.put(Group {
                id,
                name: group.name.as_deref().unwrap_or(&group.id).to_owned(),
                created: self.now,
                attached: self.attached(&group.policies)?,
                remark: group.remark.to_string(),
            })?;
        }
        Ok(())
    }

    fn users(&mut self) -> Result<(), ApiError> {
        let account = self.account;
        for uid in account.users().values().filter_map(|user| user.uid.as_deref()) {
            self.change.reserve("uid", number("user", uid)?);
        }
        for user in account.users().values() {
            let uid = match &user.uid {
                Some(uid) => number("user", uid)?,
                None => self.change.next("uid", FIRST_IDS.uid),
            };
            let name = user.name.as_deref().unwrap_or(user.uin.as_str()).to_owned();
            let details = &user.details;
            let kind = match user.kind {
                Kind::SubUser => UserKind::SubUser,
                Kind::Collaborator => UserKind::Collaborator,
                Kind::WecomUser if details.member.is_empty() => UserKind::Wecom(name.clone()),
                Kind::WecomUser => UserKind::Wecom(details.member.to_string()),
                Kind::MessageRecipient => {
                    let groups = user.groups.iter().map(|id| number("group", id));
                    self.change.put(Receiver {
                        groups: groups.collect::<Result<_, _>>()?,
                        uid,
                        name,
                        created: self.now,
                        ..receiver(details)
                    })?;
                    continue;
                }
            };
            let uin = number("user", user.uin.as_str())?;
            // Whoever may change such a user would change the root.
            if uin == self.change.state.owner.uin {
                let message = format!("The user `{name}` has the uin of the root account.");
                return Err(ApiError::parameter(message));
            }
            self.reserve("uin", uin);
            let groups = user.groups.iter().map(|id| number("group", id));
            self.change.put(User {
                uin,
                uid,
                name,
                kind,
                created: self.now,
                groups: groups.collect::<Result<BTreeSet<u64>, _>>()?,
                attached: self.attached(&user.policies)?,
                boundary: self.boundary(user.boundary)?,
                tags: tags(&user.tags),
                ..about(details)
            })?;
        }
        Ok(())
    }

    fn roles(&mut self) -> Result<(), ApiError> {
        let account = self.account;
        for role in account.roles().values() {
            self.reserve("role", number("role", &role.id)?);
            let trust = account.policy(role.trust).map(PolicyEntry::document).unwrap_or_default();
            let details = &role.details;
            let service = role.name.split('_').next().unwrap_or_default().to_lowercase();
            self.change.put(Role {
                id: role.id.to_string(),
                name: role.name.to_string(),
                trust: trust.to_owned(),
                created: self.now,
                updated: self.now,
                linked_services: if !role.service_linked {
                    Vec::new()
                } else if details.linked_services.is_empty() {
                    vec![service]
                } else {
                    details.linked_services.iter().map(ToString::to_string).collect()
                },
                description: details.description.to_string(),
                session_duration: details.session_duration,
                console_login: details.console_login,
                attached: self.attached(&role.policies)?,
                boundary: self.boundary(role.boundary)?,
                tags: tags(&role.tags),
            })?;
        }
        Ok(())
    }

    /// New ids come after the largest that is there.
    fn reserve(&mut self, kind: &str, id: u64) {
        let first = match kind {
            "policy" => FIRST_IDS.policy,
            "group" => FIRST_IDS.group,
            "role" => FIRST_IDS.role,
            _ => self.change.state.owner.uin,
        };
        self.change.reserve(kind, id.max(first));
    }

    fn policy_id(&self, id: PolicyId) -> Result<u64, ApiError> {
        let entry = self.account.policy(id);
        number("policy", entry.map(PolicyEntry::label).unwrap_or_default())
    }

    fn attached(&self, policies: &[PolicyId]) -> Result<Attached, ApiError> {
        let attachment =
            Attachment { time: self.now, by: self.change.state.owner.uin, by_role: false };
        policies.iter().map(|id| Ok((self.policy_id(*id)?, attachment))).collect()
    }

    fn boundary(&self, boundary: Option<PolicyId>) -> Result<Option<u64>, ApiError> {
        boundary.map(|id| self.policy_id(id)).transpose()
    }
}

/// Reads an id; new ones come after the largest, and there is room for more of them than an account ever has.
fn number(kind: &str, id: &str) -> Result<u64, ApiError> {
    let most = if kind == "policy" { 4_000_000_000 } else { i64::MAX.unsigned_abs() };
    let number = id.parse::<u64>().ok().filter(|number| *number <= most);
    number.ok_or_else(|| ApiError::parameter(format!("The {kind} id `{id}` is too large.")))
}

/// A user of whom no more is known.
fn about(details: &UserDetails) -> User {
    User {
        remark: details.remark.to_string(),
        email: details.email.to_string(),
        phone_num: details.phone.to_string(),
        country_code: details.country_code.to_string(),
        console_login: details.console_login,
        need_reset_password: details.need_reset_password,
        corp: details.corp.to_string(),
        ..User::default()
    }
}

fn receiver(details: &UserDetails) -> Receiver {
    Receiver {
        remark: details.remark.to_string(),
        email: details.email.to_string(),
        phone_number: details.phone.to_string(),
        country_code: details.country_code.to_string(),
        ..Receiver::default()
    }
}

fn tags(tags: &[(Box<str>, Box<str>)]) -> Tags {
    tags.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect()
}
