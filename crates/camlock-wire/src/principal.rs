//! The principal of a request: one of the strings of the language, or an object with facts.

use std::collections::BTreeMap;

use camlock_policy::{AccountIds, Principal, Provider, RoleSession, User};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::WireError;
use crate::id::Id;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PrincipalObject<'a> {
    kind: &'a str,
    #[serde(borrow, default)]
    owner_uin: Option<Id<'a>>,
    #[serde(borrow, default)]
    uin: Option<Id<'a>>,
    #[serde(borrow, default)]
    app_id: Option<Id<'a>>,
    #[serde(borrow, default)]
    groups: Vec<Id<'a>>,
    #[serde(default)]
    tags: BTreeMap<String, String>,
    #[serde(borrow, default)]
    role_id: Option<Id<'a>>,
    #[serde(default)]
    role_name: Option<String>,
    #[serde(default)]
    service_linked: bool,
    #[serde(default)]
    provider: Option<String>,
    #[serde(default)]
    service: Option<String>,
}

/// Reads a principal in either form.
pub(crate) fn parse(raw: &RawValue) -> Result<Principal, WireError> {
    let text = raw.get();
    if text.starts_with('"') {
        let name: String = serde_json::from_str(text)?;
        return Principal::parse(&name).map_err(|error| {
            WireError::new("CAM4002", format!("the principal: {error}; {}", error.help()))
        });
    }
    let object: PrincipalObject<'_> = serde_json::from_str(text)?;
    object.principal()
}

impl PrincipalObject<'_> {
    fn principal(self) -> Result<Principal, WireError> {
        let account = || -> Result<AccountIds, WireError> {
            let owner = required(self.owner_uin.as_ref(), self.kind, "owner_uin")?;
            let app_id = self.app_id.as_ref().map(|id| id.app_id("app_id")).transpose()?;
            Ok(AccountIds::new(Some(owner.uin("owner_uin")?), app_id))
        };
        let tags =
            || self.tags.iter().map(|(k, v)| (k.as_str().into(), v.as_str().into())).collect();
        Ok(match self.kind {
            "root" => Principal::Root(account()?),
            "user" => Principal::User(User {
                account: account()?,
                uin: required(self.uin.as_ref(), self.kind, "uin")?.uin("uin")?,
                groups: self.groups.iter().map(|group| (&*group.0).into()).collect(),
                tags: tags(),
            }),
            "role" => Principal::Role(RoleSession {
                account: account()?,
                id: self.role_id.as_ref().map(|id| (&*id.0).into()),
                name: self.role_name.as_deref().map(Into::into),
                service_linked: self.service_linked,
                tags: tags(),
            }),
            "federated" => {
                let provider = required(self.provider.as_ref(), self.kind, "provider")?;
                let provider = Provider::parse(provider)
                    .map_err(|error| WireError::new("CAM4002", format!("the provider: {error}")))?;
                Principal::Federated(provider)
            }
            "service" => {
                let service = required(self.service.as_ref(), self.kind, "service")?;
                Principal::Service(service.as_str().into())
            }
            "anonymous" => Principal::Anonymous,
            other => {
                let shown: String = other.chars().take(40).collect();
                return Err(WireError::new(
                    "CAM4004",
                    format!(
                        "`{shown}` is not a kind of principal; use root, user, role, federated, service or anonymous"
                    ),
                ));
            }
        })
    }
}

fn required<'a, T>(member: Option<&'a T>, kind: &str, name: &str) -> Result<&'a T, WireError> {
    member.ok_or_else(|| {
        WireError::new("CAM4001", format!("a principal of kind {kind} needs `{name}`"))
    })
}
