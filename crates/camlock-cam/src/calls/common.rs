//! What many calls need.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::Reply;
use crate::ApiError;
use crate::context::Context;
use crate::model::{Group, Policy, Role, Tags, User};
use crate::params::Params;

/// The answer of a call that has nothing to tell.
#[expect(clippy::unnecessary_wraps, reason = "ends handlers")]
pub(super) fn done() -> Reply {
    Ok(Map::new())
}

/// An answer made of a JSON object.
pub(super) fn reply(value: Value) -> Reply {
    match value {
        Value::Object(members) => Ok(members),
        _ => Err(ApiError::new("InternalError.SystemError", "The answer is no object.")),
    }
}

/// A flag as numbers say it.
pub(super) fn number(flag: bool) -> u64 {
    u64::from(flag)
}

impl Context<'_> {
    /// The sub-account whose uin a parameter gives.
    pub(super) fn user(&self, name: &str, code: &str) -> Result<&Arc<User>, ApiError> {
        let uin = self.params.needed_number(name)?;
        self.state.users.get(&uin).ok_or_else(|| no_user(code))
    }

    /// The sub-account whose name a parameter gives.
    pub(super) fn user_by_name(&self, name: &str) -> Result<&Arc<User>, ApiError> {
        let wanted = self.params.needed_text(name)?;
        self.state.user_named(wanted).ok_or_else(|| no_user("ResourceNotFound.UserNotExist"))
    }

    pub(super) fn group(&self, name: &str) -> Result<&Arc<Group>, ApiError> {
        self.group_or(name, "ResourceNotFound.GroupNotExist")
    }

    /// The user group whose id a parameter gives; `code` is what the call answers where there is none.
    pub(super) fn group_or(&self, name: &str, code: &str) -> Result<&Arc<Group>, ApiError> {
        let id = self.params.needed_number(name)?;
        let found = self.state.groups.get(&id);
        found.ok_or_else(|| ApiError::new(code.to_owned(), "The user group does not exist."))
    }

    /// The policy whose id a parameter gives; `code` is what the call answers where there is none.
    pub(super) fn policy(&self, name: &str, code: &str) -> Result<&Arc<Policy>, ApiError> {
        let id = self.params.needed_number(name)?;
        self.state.policies.get(&id).ok_or_else(|| no_policy(code))
    }

    /// The policy that a call names by id or by name.
    pub(super) fn policy_by_either(&self) -> Result<&Arc<Policy>, ApiError> {
        let code = "InvalidParameter.PolicyIdNotExist";
        match (self.params.number("PolicyId"), self.params.text("PolicyName")) {
            (Some(_), None) => self.policy("PolicyId", code),
            (None, Some(name)) => self.state.policy_named(name).ok_or_else(|| no_policy(code)),
            (None, None) => Err(ApiError::missing("PolicyId")),
            (Some(_), Some(name)) => {
                let policy = self.policy("PolicyId", code)?;
                if policy.name == name {
                    return Ok(policy);
                }
                Err(ApiError::invalid(
                    "PolicyNameError",
                    "`PolicyName` selects a policy and renames none: it is not the name of `PolicyId`.",
                ))
            }
        }
    }

    /// The role that a call names by id or by name.
    pub(super) fn role(&self, id: &str, name: &str) -> Result<&Arc<Role>, ApiError> {
        let missing = || ApiError::invalid("RoleNotExist", "The role does not exist.");
        match (self.params.id(id), self.params.text(name)) {
            (None, None) => Err(ApiError::missing(id)),
            (Some(id), None) => self.state.roles.get(&id).ok_or_else(missing),
            (None, Some(name)) => self.state.role_named(name).ok_or_else(missing),
            (Some(id), Some(name)) => {
                let role = self.state.roles.get(&id).filter(|role| role.name == name);
                role.ok_or_else(missing)
            }
        }
    }

    /// A role that callers may change.
    pub(super) fn own_role(&self, id: &str, name: &str) -> Result<Role, ApiError> {
        let role = self.role(id, name)?;
        if role.is_service_linked() {
            return Err(ApiError::invalid(
                "RoleNotExist",
                "The role belongs to a service, which alone changes it.",
            ));
        }
        Ok(Role::clone(role))
    }

    /// The tags of a new object.
    pub(super) fn new_tags(&self, name: &str) -> Result<Tags, ApiError> {
        let mut tags = Tags::new();
        add_tags(&mut tags, self.params, name, self.quotas().tags)?;
        Ok(tags)
    }

    /// The caller's own sub-account or root; 0 for a role, which has nothing of its own.
    pub(crate) fn own_uin(&self) -> u64 {
        if self.caller.role().is_some() { 0 } else { self.caller.uin }
    }
}

/// Adds the tags of a parameter, each key once.
pub(super) fn add_tags(
    tags: &mut Tags,
    params: Params<'_>,
    name: &str,
    most: usize,
) -> Result<(), ApiError> {
    let mut given = std::collections::BTreeSet::new();
    for tag in params.objects(name) {
        let key = tag.text("Key").unwrap_or_default();
        let value = tag.text("Value").unwrap_or_default();
        if key.is_empty() || key.chars().count() > 128 || value.chars().count() > 256 {
            return Err(ApiError::invalid(
                "TagParamError",
                "A tag has a key of 1 to 128 characters and a value of at most 256.",
            ));
        }
        if key.contains('&') || value.contains('&') {
            return Err(ApiError::invalid("TagParamError", "A tag has no `&`."));
        }
        if !given.insert(key) {
            return Err(ApiError::invalid("TagParamError", "A tag key is given twice."));
        }
        tags.insert(key.to_owned(), value.to_owned());
    }
    if tags.len() > most {
        let message = format!("There may be {most} tags.");
        return Err(ApiError::invalid("TagLimitExceeded", message));
    }
    Ok(())
}

/// A description that is not too long.
pub(super) fn description(params: Params<'_>) -> Result<Option<String>, ApiError> {
    let text = params.text("Description");
    if text.is_some_and(|text| text.len() > 300) {
        let message = "A description has at most 300 bytes.";
        return Err(ApiError::invalid("DescriptionLengthOverlimit", message));
    }
    Ok(text.map(str::to_owned))
}

pub(super) fn no_user(code: &str) -> ApiError {
    ApiError::new(code.to_owned(), "The user does not exist.")
}

pub(super) fn no_policy(code: &str) -> ApiError {
    ApiError::new(code.to_owned(), "The policy does not exist.")
}

/// Whether a text has another in it, whatever its case; an absent one is in every text.
pub(super) fn matches_keyword(text: &str, keyword: Option<&str>) -> bool {
    keyword.is_none_or(|keyword| text.to_lowercase().contains(&keyword.to_lowercase()))
}
