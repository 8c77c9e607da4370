//! What an account owns, as it is stored.
//!
//! Times are seconds since 1970. Secrets are sealed before they come here.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::change::Touched;
use crate::state::State;

/// Something that is stored under an id.
pub(crate) trait Record: Serialize + DeserializeOwned + Clone {
    type Id: Clone + Ord + ToString;

    /// What the store calls things of this kind.
    const KIND: &'static str;

    fn id(&self) -> Self::Id;

    fn all_mut(state: &mut State) -> &mut BTreeMap<Self::Id, Arc<Self>>;

    /// Notes what has to be compiled again once this record came, changed or went.
    fn touch(_id: &Self::Id, _touched: &mut Touched) {}
}

macro_rules! record {
    ($record:ty, $id:ident: $type:ty, $kind:literal, $all:ident, $touched:ident) => {
        impl Record for $record {
            type Id = $type;
            const KIND: &'static str = $kind;

            fn id(&self) -> $type {
                self.$id.clone()
            }

            fn all_mut(state: &mut State) -> &mut BTreeMap<$type, Arc<Self>> {
                &mut state.$all
            }

            fn touch(id: &$type, touched: &mut Touched) {
                touched.$touched.insert(id.clone());
            }
        }
    };
}

record!(User, uin: u64, "user", users, users);
record!(Group, id: u64, "group", groups, groups);
record!(Policy, id: u64, "policy", policies, policies);
record!(Role, id: String, "role", roles, roles);
record!(Provider, key: String, "provider", providers, others);
record!(Receiver, uid: u64, "receiver", receivers, numbers);
record!(AccessKey, id: String, "key", keys, others);
record!(Setting, name: String, "setting", settings, others);
record!(DeletionTask, id: String, "task", tasks, others);
record!(Organization, corp: String, "organization", organizations, others);
record!(Application, id: String, "application", applications, others);

/// The root account.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Owner {
    pub(crate) uin: u64,
    pub(crate) app_id: u64,
}

/// What is attached to a user, group or role, by policy.
pub(crate) type Attached = BTreeMap<u64, Attachment>;

/// When a policy was attached, and by whom.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct Attachment {
    pub(crate) time: i64,
    /// A uin, or the id of a role.
    pub(crate) by: u64,
    #[serde(default)]
    pub(crate) by_role: bool,
}

/// Keys with values.
pub(crate) type Tags = BTreeMap<String, String>;

/// An identity of the account that may have keys.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct User {
    pub(crate) uin: u64,
    /// Identifies it as somebody who gets messages.
    pub(crate) uid: u64,
    pub(crate) name: String,
    pub(crate) kind: UserKind,
    #[serde(default)]
    pub(crate) remark: String,
    #[serde(default)]
    pub(crate) console_login: bool,
    #[serde(default)]
    pub(crate) need_reset_password: bool,
    #[serde(default)]
    pub(crate) phone_num: String,
    #[serde(default)]
    pub(crate) country_code: String,
    #[serde(default)]
    pub(crate) email: String,
    pub(crate) created: i64,
    #[serde(default)]
    pub(crate) groups: BTreeSet<u64>,
    #[serde(default)]
    pub(crate) attached: Attached,
    #[serde(default)]
    pub(crate) boundary: Option<u64>,
    #[serde(default)]
    pub(crate) tags: Tags,
    /// The organization of a member, where it is known.
    #[serde(default)]
    pub(crate) corp: String,
    /// Which second factors are asked for, as `SetMfaFlag` says it.
    #[serde(default)]
    pub(crate) mfa: BTreeMap<String, BTreeMap<String, u64>>,
}

/// What kind of user.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum UserKind {
    #[default]
    SubUser,
    /// Another root account that works for this one.
    Collaborator,
    /// A member of a linked organization, by its id there.
    Wecom(String),
}

/// A group of users.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct Group {
    pub(crate) id: u64,
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) remark: String,
    pub(crate) created: i64,
    #[serde(default)]
    pub(crate) attached: Attached,
}

/// A policy with its versions.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct Policy {
    pub(crate) id: u64,
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) description: String,
    #[serde(default)]
    pub(crate) alias: String,
    /// Tencent's own, which nobody edits.
    #[serde(default)]
    pub(crate) preset: bool,
    pub(crate) created: i64,
    pub(crate) updated: i64,
    pub(crate) versions: BTreeMap<u64, Version>,
    pub(crate) default_version: u64,
    /// Numbers are never used again.
    pub(crate) last_version: u64,
    #[serde(default)]
    pub(crate) tags: Tags,
}

/// One version of a policy.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct Version {
    pub(crate) document: String,
    pub(crate) created: i64,
}

impl Policy {
    /// What the default version says.
    pub(crate) fn document(&self) -> &str {
        self.versions.get(&self.default_version).map_or("", |version| &version.document)
    }
}

/// A role that others may assume.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct Role {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) trust: String,
    #[serde(default)]
    pub(crate) description: String,
    pub(crate) created: i64,
    pub(crate) updated: i64,
    #[serde(default)]
    pub(crate) console_login: bool,
    /// Seconds; 0 leaves it to the call.
    #[serde(default)]
    pub(crate) session_duration: u64,
    /// The services that it was made for, if it belongs to them.
    #[serde(default)]
    pub(crate) linked_services: Vec<String>,
    #[serde(default)]
    pub(crate) attached: Attached,
    #[serde(default)]
    pub(crate) boundary: Option<u64>,
    #[serde(default)]
    pub(crate) tags: Tags,
}

impl Role {
    /// Whether a service owns it.
    pub(crate) fn is_service_linked(&self) -> bool {
        !self.linked_services.is_empty()
    }
}

/// An identity provider that trust policies may name.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct Provider {
    /// Its kind and its name.
    pub(crate) key: String,
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) description: String,
    pub(crate) created: i64,
    pub(crate) updated: i64,
    pub(crate) facts: ProviderFacts,
}

/// What is known of a provider.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ProviderFacts {
    Saml { metadata: String },
    Oidc(Oidc),
}

/// A provider that speaks `OpenID` Connect.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct Oidc {
    pub(crate) url: String,
    pub(crate) clients: Vec<String>,
    /// Its public keys, base64 of a JWKS.
    pub(crate) keys: String,
    #[serde(default)]
    pub(crate) rotates: bool,
}

impl Provider {
    pub(crate) fn saml_key(name: &str) -> String {
        format!("saml-provider/{name}")
    }

    pub(crate) fn oidc_key(name: &str) -> String {
        format!("oidc-provider/{name}")
    }
}

/// Somebody who gets messages and has no access at all.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct Receiver {
    pub(crate) uid: u64,
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) remark: String,
    pub(crate) phone_number: String,
    pub(crate) country_code: String,
    pub(crate) email: String,
    pub(crate) created: i64,
    /// Groups give it nothing: they say who gets messages together.
    #[serde(default)]
    pub(crate) groups: BTreeSet<u64>,
}

/// A permanent key; the secret is sealed.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct AccessKey {
    pub(crate) id: String,
    pub(crate) uin: u64,
    pub(crate) sealed_secret: String,
    pub(crate) active: bool,
    pub(crate) created: i64,
    #[serde(default)]
    pub(crate) description: String,
}

/// Something that is chosen once for the account.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub(crate) struct Setting {
    pub(crate) name: String,
    pub(crate) updated: i64,
    pub(crate) by: u64,
    pub(crate) value: serde_json::Value,
}

/// The removal of a service-linked role, which callers ask about later.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct DeletionTask {
    pub(crate) id: String,
    pub(crate) service: String,
    #[serde(default)]
    pub(crate) created: i64,
}

/// An organization of WeCom that is linked to the account.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct Organization {
    pub(crate) corp: String,
    pub(crate) sealed_code: String,
    pub(crate) agent: u64,
    pub(crate) linked: i64,
    /// Which member each of those is who linked it, by uin.
    pub(crate) administrators: BTreeMap<u64, String>,
}

/// A member who asks to become a sub-user.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct Application {
    pub(crate) id: String,
    pub(crate) corp: String,
    /// The id of the member; the display name is not kept.
    pub(crate) member: String,
    pub(crate) created: i64,
    pub(crate) expires: i64,
    pub(crate) token_hash: String,
    pub(crate) state: ApplicationState,
}

/// What became of an application.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ApplicationState {
    Pending,
    Approved,
    Rejected,
}
