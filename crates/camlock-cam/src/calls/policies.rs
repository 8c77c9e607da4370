//! Policies and their versions.

use std::collections::BTreeMap;

use camlock_policy::PolicyKind;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::common::{description, done, matches_keyword, no_policy, number, reply};
use super::{FIRST_IDS, Handler, Reply};
use crate::ApiError;
use crate::change::Change;
use crate::context::Context;
use crate::document;
use crate::model::{Attached, Group, Policy, Role, User, Version};
use crate::names;
use crate::paging::Page;
use crate::when::{datetime, iso};

/// What the interface calls policies written as documents.
pub(super) const BY_SYNTAX: u64 = 2;

pub(super) fn handler(action: &str) -> Option<Handler> {
    Some(match action {
        "CreatePolicy" => Handler::Write(create),
        "UpdatePolicy" => Handler::Write(update),
        "DeletePolicy" => Handler::Write(delete),
        "GetPolicy" => Handler::Read(get),
        "ListPolicies" => Handler::Read(list),
        "CreatePolicyVersion" => Handler::Write(create_version),
        "DeletePolicyVersion" => Handler::Write(delete_versions),
        "GetPolicyVersion" => Handler::Read(get_version),
        "ListPolicyVersions" => Handler::Read(list_versions),
        "SetDefaultPolicyVersion" => Handler::Write(set_default),
        _ => return None,
    })
}

/// The policies that every account has.
pub(crate) fn presets(now: i64) -> Vec<Policy> {
    let presets = [
        (1, "AdministratorAccess", "Everything.", r#"["*"]"#),
        (2, "QcloudCamFullAccess", "Everything in CAM and STS.", r#"["cam:*", "sts:*"]"#),
        (
            3,
            "QcloudCamReadOnlyAccess",
            "Looking at everything in CAM.",
            r#"["cam:Get*", "cam:List*", "cam:Describe*"]"#,
        ),
    ];
    let presets = presets.map(|(id, name, description, action)| Policy {
        id,
        name: name.to_owned(),
        description: description.to_owned(),
        preset: true,
        created: now,
        updated: now,
        versions: BTreeMap::from([(
            1,
            Version {
                document: format!(
                    r#"{{"version":"2.0","statement":[{{"effect":"allow","action":{action},"resource":["*"]}}]}}"#
                ),
                created: now,
            },
        )]),
        default_version: 1,
        last_version: 1,
        ..Policy::default()
    });
    presets.into()
}

/// The document of a parameter, which some clients encode for a URL, once it is in order.
pub(super) fn document(
    context: &Context<'_>,
    kind: PolicyKind,
) -> Result<Option<String>, ApiError> {
    context.params.text("PolicyDocument").map(|text| decoded(text, kind)).transpose()
}

/// A document as it is meant, checked.
pub(super) fn decoded(text: &str, kind: PolicyKind) -> Result<String, ApiError> {
    let text = text.trim();
    let encoded = text.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("%7b"));
    if !encoded {
        document::read(text, kind)?;
        return Ok(text.to_owned());
    }
    let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let decoded = decode(text);
    match document::read(&decoded, kind) {
        Ok(_) => Ok(decoded),
        // Encoded as forms are, blanks are written `+`, which is nowhere between the words of JSON.
        Err(_) if text.contains('+') => {
            let decoded = decode(&text.replace('+', "%20"));
            document::read(&decoded, kind)?;
            Ok(decoded)
        }
        Err(error) => Err(error),
    }
}

fn create(context: &Context<'_>, change: &mut Change) -> Reply {
    let name = context.params.needed_text("PolicyName")?;
    names::policy(name)?;
    if context.state.policy_named(name).is_some() {
        return Err(ApiError::new("FailedOperation.PolicyNameInUse", "The name is in use."));
    }
    let own = context.state.policies.values().filter(|policy| !policy.preset).count();
    if own >= context.quotas().policies {
        let message = "There is no room for another policy.";
        return Err(ApiError::new("FailedOperation.PolicyFull", message));
    }
    let description = description(context.params)?.unwrap_or_default();
    let text = document(context, PolicyKind::Identity)?
        .ok_or_else(|| ApiError::missing("PolicyDocument"))?;
    let id = change.next("policy", FIRST_IDS.policy);
    change.put(Policy {
        id,
        name: name.to_owned(),
        description,
        created: context.now,
        updated: context.now,
        versions: BTreeMap::from([(1, Version { document: text, created: context.now })]),
        default_version: 1,
        last_version: 1,
        tags: context.new_tags("Tags")?,
        ..Policy::default()
    })?;
    reply(json!({ "PolicyId": id }))
}

/// A policy that the account may change.
fn own_policy(context: &Context<'_>, code: &str) -> Result<Policy, ApiError> {
    let policy = context.policy("PolicyId", code)?;
    writable(policy)
}

fn writable(policy: &Policy) -> Result<Policy, ApiError> {
    if policy.preset {
        let message = "The policy is preset: nobody changes it.";
        return Err(ApiError::invalid("PolicyIdError", message));
    }
    Ok(Policy::clone(policy))
}

fn update(context: &Context<'_>, change: &mut Change) -> Reply {
    let params = context.params;
    let mut policy = Policy::clone(context.policy_by_either()?);
    let text = document(context, PolicyKind::Identity)?;
    let description = description(params)?;
    if text.is_some() || description.is_some() {
        policy = writable(&policy)?;
    }
    if let Some(alias) = params.text("Alias") {
        alias.clone_into(&mut policy.alias);
    }
    if let Some(description) = description {
        policy.description = description;
    }
    if let Some(document) = text {
        let created = context.now;
        policy.versions.insert(policy.default_version, Version { document, created });
    }
    policy.updated = context.now;
    let id = policy.id;
    change.put(policy)?;
    reply(json!({ "PolicyId": id }))
}

fn delete(context: &Context<'_>, change: &mut Change) -> Reply {
    let ids = context.params.numbers("PolicyId");
    for id in &ids {
        let found = context.state.policies.get(id);
        let policy = found.ok_or_else(|| no_policy("ResourceNotFound.PolicyIdNotFound"))?;
        writable(policy)?;
        // Whoever is limited by it would be limited no longer.
        if uses(context, *id).3 > 0 {
            let message = "The policy limits users or roles; take the boundary away first.";
            return Err(ApiError::invalid("PolicyIdError", message));
        }
        detach_everywhere(change, *id)?;
        change.remove::<Policy>(id);
    }
    done()
}

/// Whatever had the policy has it no longer.
fn detach_everywhere(change: &mut Change, id: u64) -> Result<(), ApiError> {
    let has = |attached: &Attached| attached.contains_key(&id);
    let state = change.state.clone();
    for user in state.users.values().filter(|own| has(&own.attached)) {
        let mut user = User::clone(user);
        user.attached.remove(&id);
        change.put(user)?;
    }
    for group in state.groups.values().filter(|own| has(&own.attached)) {
        let mut group = Group::clone(group);
        group.attached.remove(&id);
        change.put(group)?;
    }
    for role in state.roles.values().filter(|own| has(&own.attached)) {
        let mut role = Role::clone(role);
        role.attached.remove(&id);
        change.put(role)?;
    }
    Ok(())
}

fn get(context: &Context<'_>) -> Reply {
    let policy = context.policy("PolicyId", "ResourceNotFound.PolicyIdNotFound")?;
    let tags: Vec<Value> =
        policy.tags.iter().map(|(key, value)| json!({ "Key": key, "Value": value })).collect();
    reply(json!({
        "PolicyName": policy.name,
        "Description": policy.description,
        "Type": if policy.preset { 2 } else { 1 },
        "AddTime": datetime(policy.created),
        "UpdateTime": datetime(policy.updated),
        "PolicyDocument": policy.document(),
        "PresetAlias": policy.alias,
        "IsServiceLinkedRolePolicy": 0,
        "Tags": tags,
    }))
}

fn list(context: &Context<'_>) -> Reply {
    let params = context.params;
    let scope = params.text("Scope").unwrap_or("All");
    if !matches!(scope, "All" | "QCS" | "Local") {
        return Err(ApiError::invalid("ScopeError", "`Scope` is `All`, `QCS` or `Local`."));
    }
    let keyword = params.text("Keyword");
    let found = context.state.policies.values().filter(|policy| {
        (scope == "All" || policy.preset == (scope == "QCS"))
            && matches_keyword(&policy.name, keyword)
    });
    // Counting who has each is the work, so it is done for the page alone.
    let (page, total) = Page::limited(params)?.cut(found.collect());
    let list = page.into_iter().map(|policy| {
        let (users, groups, roles, limits) = uses(context, policy.id);
        let attached = users + groups + roles;
        json!({
            "PolicyId": policy.id,
            "PolicyName": policy.name,
            "AddTime": datetime(policy.created),
            "Type": if policy.preset { 2 } else { 1 },
            "Description": policy.description,
            "CreateMode": BY_SYNTAX,
            "Attachments": attached,
            "ServiceType": "",
            "IsAttached": 0,
            "Deactived": 0,
            "DeactivedDetail": [],
            "IsServiceLinkedPolicy": 0,
            "AttachEntityCount": attached,
            "AttachEntityBoundaryCount": limits,
            "UpdateTime": datetime(policy.updated),
            "Tags": policy.tags.iter().map(|(k, v)| json!({ "Key": k, "Value": v }))
                .collect::<Vec<Value>>(),
            "PermissionLevel": "",
        })
    });
    let list: Vec<Value> = list.collect();
    reply(json!({ "TotalNum": total, "List": list, "ServiceTypeList": [] }))
}

/// How many users, groups and roles have a policy, and how many it limits.
fn uses(context: &Context<'_>, id: u64) -> (usize, usize, usize, usize) {
    let state = context.state;
    let count = |own: &Attached| usize::from(own.contains_key(&id));
    let limits = |own: Option<u64>| usize::from(own == Some(id));
    let users = state.users.values();
    let roles = state.roles.values();
    (
        users.clone().map(|own| count(&own.attached)).sum(),
        state.groups.values().map(|own| count(&own.attached)).sum(),
        roles.clone().map(|own| count(&own.attached)).sum(),
        users.map(|own| limits(own.boundary)).chain(roles.map(|own| limits(own.boundary))).sum(),
    )
}

fn create_version(context: &Context<'_>, change: &mut Change) -> Reply {
    let policy = context.policy("PolicyId", "InvalidParameter.PolicyIdNotExist")?;
    // The call lists no code of its own for this.
    let mut policy = writable(policy)
        .map_err(|error| ApiError::new("FailedOperation", error.message().to_owned()))?;
    let document = document(context, PolicyKind::Identity)?
        .ok_or_else(|| ApiError::missing("PolicyDocument"))?;
    if policy.versions.len() >= context.quotas().versions {
        let message = "The policy has as many versions as it may have; delete one first.";
        return Err(ApiError::new("FailedOperation.PolicyVersionFull", message));
    }
    policy.last_version += 1;
    let version = policy.last_version;
    policy.versions.insert(version, Version { document, created: context.now });
    if context.params.flag("SetAsDefault") == Some(true) {
        policy.default_version = version;
    }
    policy.updated = context.now;
    change.put(policy)?;
    reply(json!({ "VersionId": version }))
}

fn delete_versions(context: &Context<'_>, change: &mut Change) -> Reply {
    let mut policy = own_policy(context, "ResourceNotFound.PolicyIdNotFound")?;
    for version in context.params.numbers("VersionId") {
        if version == policy.default_version {
            let message = "The default version cannot be deleted.";
            return Err(ApiError::new("FailedOperation.PolicyVersionAlreadyDefault", message));
        }
        policy.versions.remove(&version).ok_or_else(no_version)?;
    }
    policy.updated = context.now;
    change.put(policy)?;
    done()
}

fn no_version() -> ApiError {
    ApiError::invalid("PolicyVersionNotExists", "The policy has no such version.")
}

fn get_version(context: &Context<'_>) -> Reply {
    let policy = context.policy("PolicyId", "ResourceNotFound.PolicyIdNotFound")?;
    let id = context.params.needed_number("VersionId")?;
    let version = policy.versions.get(&id).ok_or_else(no_version)?;
    reply(json!({ "PolicyVersion": {
        "VersionId": id,
        "CreateDate": iso(version.created),
        "IsDefaultVersion": number(id == policy.default_version),
        "Document": version.document,
    } }))
}

fn list_versions(context: &Context<'_>) -> Reply {
    let policy = context.policy("PolicyId", "ResourceNotFound.PolicyIdNotFound")?;
    let versions = policy.versions.iter().map(|(id, version)| {
        json!({
            "VersionId": id,
            "CreateDate": iso(version.created),
            "IsDefaultVersion": number(*id == policy.default_version),
        })
    });
    reply(json!({ "Versions": versions.collect::<Vec<Value>>() }))
}

fn set_default(context: &Context<'_>, change: &mut Change) -> Reply {
    let mut policy = own_policy(context, "ResourceNotFound.PolicyIdNotFound")?;
    let version = context.params.needed_number("VersionId")?;
    if !policy.versions.contains_key(&version) {
        return Err(no_version());
    }
    if version == policy.default_version {
        let message = "The version is the default already.";
        return Err(ApiError::new("FailedOperation.PolicyVersionAlreadyDefault", message));
    }
    policy.default_version = version;
    policy.updated = context.now;
    change.put(policy)?;
    done()
}
