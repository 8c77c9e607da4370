//! Which policies users, groups and roles have.

use std::collections::{BTreeMap, BTreeSet};

use camlock_policy::{ActionPattern, Effect, PolicyKind};
use serde_json::{Value, json};

use super::common::{done, matches_keyword, no_policy, no_user, number, reply};
use super::policies::BY_SYNTAX;
use super::{Handler, Reply};
use crate::ApiError;
use crate::change::Change;
use crate::context::Context;
use crate::document;
use crate::model::{Attached, Attachment, Group, Policy, Role, User};
use crate::paging::Page;
use crate::when::datetime;

const NO_POLICY: &str = "InvalidParameter.PolicyIdNotExist";
const NO_USER: &str = "ResourceNotFound.UserNotExist";

pub(super) fn handler(action: &str) -> Option<Handler> {
    Some(match action {
        "AttachUserPolicy" => Handler::Write(attach_user),
        "DetachUserPolicy" => Handler::Write(detach_user),
        "AttachGroupPolicy" => Handler::Write(attach_group),
        "DetachGroupPolicy" => Handler::Write(detach_group),
        "AttachRolePolicy" => Handler::Write(attach_role),
        "DetachRolePolicy" => Handler::Write(detach_role),
        "ListAttachedUserPolicies" => Handler::Read(list_of_user),
        "ListAttachedUserAllPolicies" => Handler::Read(list_all_of_user),
        "ListAttachedGroupPolicies" => Handler::Read(list_of_group),
        "ListAttachedRolePolicies" => Handler::Read(list_of_role),
        "ListEntitiesForPolicy" => Handler::Read(list_entities),
        "ListPoliciesGrantingServiceAccess" => Handler::Read(list_granting),
        _ => return None,
    })
}

/// Attaches a policy; one that is attached already stays as it is.
pub(super) fn attach(
    context: &Context<'_>,
    attached: &mut Attached,
    policy: &Policy,
) -> Result<(), ApiError> {
    if attached.contains_key(&policy.id) {
        return Ok(());
    }
    if attached.len() >= context.quotas().attachments {
        let message = "There is no room for another policy.";
        return Err(ApiError::invalid("AttachmentFull", message));
    }
    let role = context.caller.role().and_then(|id| id.parse().ok());
    let (by, by_role) = role.map_or((context.caller.uin, false), |id| (id, true));
    attached.insert(policy.id, Attachment { time: context.now, by, by_role });
    Ok(())
}

fn attach_user(context: &Context<'_>, change: &mut Change) -> Reply {
    let policy = context.policy("PolicyId", NO_POLICY)?;
    let mut user = User::clone(context.user("AttachUin", NO_USER)?);
    attach(context, &mut user.attached, policy)?;
    change.put(user)?;
    done()
}

fn detach_user(context: &Context<'_>, change: &mut Change) -> Reply {
    let policy = context.policy("PolicyId", NO_POLICY)?;
    let mut user = User::clone(context.user("DetachUin", NO_USER)?);
    if user.attached.remove(&policy.id).is_some() {
        change.put(user)?;
    }
    done()
}

fn attach_group(context: &Context<'_>, change: &mut Change) -> Reply {
    let policy = context.policy("PolicyId", NO_POLICY)?;
    let mut group = Group::clone(context.group("AttachGroupId")?);
    attach(context, &mut group.attached, policy)?;
    change.put(group)?;
    done()
}

fn detach_group(context: &Context<'_>, change: &mut Change) -> Reply {
    let policy = context.policy("PolicyId", NO_POLICY)?;
    let mut group = Group::clone(context.group("DetachGroupId")?);
    if group.attached.remove(&policy.id).is_some() {
        change.put(group)?;
    }
    done()
}

fn attach_role(context: &Context<'_>, change: &mut Change) -> Reply {
    let policy = context.policy_by_either()?;
    let mut role = context.own_role("AttachRoleId", "AttachRoleName")?;
    attach(context, &mut role.attached, policy)?;
    change.put(role)?;
    done()
}

fn detach_role(context: &Context<'_>, change: &mut Change) -> Reply {
    let policy = context.policy_by_either()?;
    let mut role = context.own_role("DetachRoleId", "DetachRoleName")?;
    if role.attached.remove(&policy.id).is_some() {
        change.put(role)?;
    }
    done()
}

/// Attached policies with what is known of them.
fn policies<'a>(
    context: &'a Context<'_>,
    attached: &'a Attached,
) -> impl Iterator<Item = (&'a Policy, &'a Attachment)> {
    attached.iter().filter_map(|(id, attachment)| {
        context.state.policies.get(id).map(|policy| (&**policy, attachment))
    })
}

fn kind(policy: &Policy) -> &'static str {
    if policy.preset { "QCS" } else { "User" }
}

/// `AttachPolicyInfo`
fn info(context: &Context<'_>, policy: &Policy, attachment: &Attachment) -> Value {
    let owner = context.state.owner.uin;
    json!({
        "PolicyId": policy.id,
        "PolicyName": policy.name,
        "AddTime": datetime(attachment.time),
        "CreateMode": BY_SYNTAX,
        "PolicyType": kind(policy),
        "Remark": policy.description,
        "OperateOwnerUin": owner.to_string(),
        "OperateUin": attachment.by.to_string(),
        "OperateUinType": number(attachment.by_role),
        "Deactived": 0,
        "DeactivedDetail": [],
    })
}

fn list_attached(context: &Context<'_>, attached: &Attached) -> Reply {
    let keyword = context.params.text("Keyword");
    let found =
        policies(context, attached).filter(|(policy, _)| matches_keyword(&policy.name, keyword));
    let list = found.map(|(policy, attachment)| info(context, policy, attachment)).collect();
    let (list, total) = Page::numbered(context.params)?.cut(list);
    reply(json!({ "TotalNum": total, "List": list }))
}

fn list_of_user(context: &Context<'_>) -> Reply {
    list_attached(context, &context.user("TargetUin", NO_USER)?.attached)
}

fn list_of_group(context: &Context<'_>) -> Reply {
    list_attached(context, &context.group("TargetGroupId")?.attached)
}

fn list_of_role(context: &Context<'_>) -> Reply {
    let params = context.params;
    let role = context.role("RoleId", "RoleName")?;
    let (wanted, keyword) = (params.text("PolicyType"), params.text("Keyword"));
    let found = policies(context, &role.attached).filter(|(policy, _)| {
        wanted.is_none_or(|wanted| wanted == kind(policy)) && matches_keyword(&policy.name, keyword)
    });
    let list = found.map(|(policy, attachment)| {
        json!({
            "PolicyId": policy.id,
            "PolicyName": policy.name,
            "AddTime": datetime(attachment.time),
            "PolicyType": kind(policy),
            "CreateMode": BY_SYNTAX,
            "Deactived": 0,
            "DeactivedDetail": [],
            "Description": policy.description,
        })
    });
    let (list, total) = Page::numbered(params)?.cut(list.collect());
    reply(json!({ "List": list, "TotalNum": total }))
}

fn list_all_of_user(context: &Context<'_>) -> Reply {
    let params = context.params;
    let user = context.user("TargetUin", NO_USER)?;
    let (direct, via_groups) = match params.needed_number("AttachType")? {
        0 => (true, true),
        1 => (true, false),
        2 => (false, true),
        _ => return Err(ApiError::parameter("`AttachType` is 0, 1 or 2.")),
    };
    let wanted = params.number("StrategyType").filter(|kind| *kind != 0);
    let keyword = params.text("Keyword");
    let mut found: BTreeMap<u64, (i64, Vec<Value>)> = BTreeMap::new();
    if direct {
        found.extend(user.attached.iter().map(|(id, own)| (*id, (own.time, Vec::new()))));
    }
    let groups = user.groups.iter().filter(|_| via_groups);
    for group in groups.filter_map(|id| context.state.groups.get(id)) {
        for (id, own) in &group.attached {
            let entry = found.entry(*id).or_insert((own.time, Vec::new()));
            entry.1.push(json!({ "GroupId": group.id, "GroupName": group.name }));
        }
    }
    let list = found.into_iter().filter_map(|(id, (time, groups))| {
        let policy = context.state.policies.get(&id)?;
        let kind = if policy.preset { 2 } else { 1 };
        let fits = wanted.is_none_or(|wanted| wanted == kind);
        (fits && matches_keyword(&policy.name, keyword)).then(|| {
            json!({
                "PolicyId": id.to_string(),
                "PolicyName": policy.name,
                "Description": policy.description,
                "AddTime": datetime(time),
                "StrategyType": kind.to_string(),
                "CreateMode": BY_SYNTAX.to_string(),
                "Groups": groups,
                "Deactived": 0,
                "DeactivedDetail": [],
            })
        })
    });
    let (list, total) = Page::limited(params)?.cut(list.collect());
    reply(json!({ "PolicyList": list, "TotalNum": total }))
}

fn list_entities(context: &Context<'_>) -> Reply {
    let params = context.params;
    let policy = context.policy("PolicyId", "InvalidParameter.PolicyIdError")?;
    let filter = params.text("EntityFilter").unwrap_or("All");
    if !matches!(filter, "All" | "User" | "Group" | "Role") {
        let message = "`EntityFilter` is `All`, `User`, `Group` or `Role`.";
        return Err(ApiError::invalid("EntityFilterError", message));
    }
    let entity = |id: String, name: &str, uin: u64, kind: u64, own: &Attachment| {
        json!({ "Id": id, "Name": name, "Uin": uin, "RelatedType": kind,
            "AttachmentTime": datetime(own.time) })
    };
    let mut list = Vec::new();
    let has = |kind: &str| filter == "All" || filter == kind;
    if has("User") {
        for user in context.state.users.values() {
            let own = user.attached.get(&policy.id);
            list.extend(own.map(|own| entity(user.uin.to_string(), &user.name, user.uin, 1, own)));
        }
    }
    if has("Group") {
        for group in context.state.groups.values() {
            let own = group.attached.get(&policy.id);
            list.extend(own.map(|own| entity(group.id.to_string(), &group.name, 0, 2, own)));
        }
    }
    if has("Role") {
        for role in context.state.roles.values() {
            let own = role.attached.get(&policy.id);
            list.extend(own.map(|own| entity(role.id.clone(), &role.name, 0, 3, own)));
        }
    }
    let (list, total) = Page::numbered(params)?.cut(list);
    reply(json!({ "TotalNum": total, "List": list }))
}

/// By service, the policies that allow something of it; a policy for everything stands under `*`.
fn list_granting(context: &Context<'_>) -> Reply {
    let params = context.params;
    let state = context.state;
    let mut ids: BTreeSet<u64> = BTreeSet::new();
    match (params.number("TargetUin"), params.id("RoleId"), params.number("GroupId")) {
        (Some(uin), None, None) => {
            let user = state.users.get(&uin).ok_or_else(|| no_user("InvalidParameter"))?;
            ids.extend(user.attached.keys());
            let groups = user.groups.iter().filter_map(|id| state.groups.get(id));
            ids.extend(groups.flat_map(|group| group.attached.keys()));
        }
        (None, Some(id), None) => {
            let role = state.roles.get(&id);
            let missing = || ApiError::new("InvalidParameter", "The role does not exist.");
            ids.extend(
                role.map(|role: &std::sync::Arc<Role>| role.attached.keys()).ok_or_else(missing)?,
            );
        }
        (None, None, Some(id)) => {
            let group = state.groups.get(&id);
            let missing = || ApiError::new("InvalidParameter", "The user group does not exist.");
            ids.extend(group.map(|group| group.attached.keys()).ok_or_else(missing)?);
        }
        _ => {
            let message = "One of `TargetUin`, `RoleId` and `GroupId` has to be given.";
            return Err(ApiError::new("InvalidParameter", message));
        }
    }
    let mut services: BTreeMap<String, (BTreeSet<String>, Vec<Value>)> = BTreeMap::new();
    for id in ids {
        let policy = state.policies.get(&id).ok_or_else(|| no_policy(NO_POLICY))?;
        let mut seen = BTreeSet::new();
        for (service, action) in allowed(policy)? {
            let entry = services.entry(service.clone()).or_default();
            entry.0.extend(action);
            if seen.insert(service) {
                entry.1.push(json!({
                    "PolicyId": id.to_string(),
                    "PolicyName": policy.name,
                    "PolicyType": if policy.preset { "Presetting" } else { "Custom" },
                    "PolicyDescription": policy.description,
                }));
            }
        }
    }
    let wanted = params.text("ServiceType");
    services.retain(|service, _| wanted.is_none_or(|wanted| wanted == service));
    let list: Vec<Value> = services
        .into_iter()
        .map(|(service, (actions, policies))| {
            let actions: Vec<Value> = actions
                .into_iter()
                .map(|name| json!({ "Name": name, "Description": "" }))
                .collect();
            json!({
                "Service": { "ServiceType": service, "ServiceName": service },
                "Action": actions,
                "Policy": policies,
            })
        })
        .collect();
    reply(json!({ "List": list }))
}

/// What the allows of a policy name: services with an operation, or with none for all of them.
fn allowed(policy: &Policy) -> Result<Vec<(String, Option<String>)>, ApiError> {
    let read = document::read(policy.document(), PolicyKind::Identity)?;
    let allows = read.statements().iter().filter(|own| own.effect() == Effect::Allow);
    let actions = allows.flat_map(camlock_policy::Statement::actions);
    Ok(actions
        .map(|action| match action {
            ActionPattern::Any => ("*".to_owned(), None),
            ActionPattern::Service(service) => (service.to_string(), None),
            ActionPattern::Operation { service, operation } => {
                (service.to_string(), Some(operation.to_string()))
            }
        })
        .collect())
}
