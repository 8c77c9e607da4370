//! Roles, those of services among them.

use camlock_policy::PolicyKind;
use serde_json::{Value, json};

use super::common::{add_tags, description, done, number, reply};
use super::{FIRST_IDS, Handler, Reply};
use super::{policies, trusted};
use crate::ApiError;
use crate::authorization::linked_role_name;
use crate::change::Change;
use crate::context::Context;
use crate::document;
use crate::model::{DeletionTask, Role, Tags};
use crate::names;
use crate::paging::Page;
use crate::random;
use crate::when::datetime;

const LONGEST_SESSION: u64 = 43_200;

pub(super) fn handler(action: &str) -> Option<Handler> {
    Some(match action {
        "CreateRole" => Handler::Write(create),
        "GetRole" => Handler::Read(get),
        "DeleteRole" => Handler::Write(delete),
        "DescribeRoleList" => Handler::Read(list),
        "UpdateAssumeRolePolicy" => Handler::Write(update_trust),
        "UpdateRoleDescription" => Handler::Write(update_description),
        "UpdateRoleConsoleLogin" => Handler::Write(update_console_login),
        "UpdateRoleSessionDuration" => Handler::Write(update_session_duration),
        "TagRole" => Handler::Write(tag),
        "UntagRole" => Handler::Write(untag),
        "CreateServiceLinkedRole" => Handler::Write(create_linked),
        "DeleteServiceLinkedRole" => Handler::Write(delete_linked),
        "GetServiceLinkedRoleDeletionStatus" => Handler::Read(deletion_status),
        _ => return None,
    })
}

fn new_role(context: &Context<'_>, change: &mut Change, name: &str) -> Result<Role, ApiError> {
    names::role(name)?;
    if change.state.role_named(name).is_some() {
        return Err(ApiError::invalid("RoleNameInUse", "The name is in use."));
    }
    if change.state.roles.len() >= context.quotas().roles {
        return Err(ApiError::invalid("RoleFull", "There is no room for another role."));
    }
    Ok(Role {
        id: change.next("role", FIRST_IDS.role).to_string(),
        name: name.to_owned(),
        description: description(context.params)?.unwrap_or_default(),
        created: context.now,
        updated: context.now,
        tags: context.new_tags("Tags")?,
        ..Role::default()
    })
}

fn create(context: &Context<'_>, change: &mut Change) -> Reply {
    let params = context.params;
    let mut role = new_role(context, change, params.needed_text("RoleName")?)?;
    role.trust = trust(context)?;
    role.console_login = params.switch("ConsoleLogin")?.unwrap_or(false);
    role.session_duration = session_duration(context)?.unwrap_or(0);
    let id = role.id.clone();
    change.put(role)?;
    reply(json!({ "RoleId": id }))
}

fn trust(context: &Context<'_>) -> Result<String, ApiError> {
    let document = policies::document(context, PolicyKind::Trust)?;
    let document = document.ok_or_else(|| ApiError::missing("PolicyDocument"))?;
    trusted::check(context.state, &document::read(&document, PolicyKind::Trust)?)?;
    Ok(document)
}

fn session_duration(context: &Context<'_>) -> Result<Option<u64>, ApiError> {
    let seconds = context.params.number("SessionDuration");
    if seconds.is_some_and(|seconds| seconds > LONGEST_SESSION) {
        let message = format!("`SessionDuration` is at most {LONGEST_SESSION} seconds.");
        return Err(ApiError::parameter(message));
    }
    Ok(seconds)
}

fn get(context: &Context<'_>) -> Reply {
    let role = context.role("RoleId", "RoleName")?;
    reply(json!({ "RoleInfo": info(context, role) }))
}

/// `RoleInfo`
fn info(context: &Context<'_>, role: &Role) -> Value {
    let form =
        if role.is_service_linked() { "role/tencentcloudServiceRoleName" } else { "roleName" };
    let tags: Vec<Value> =
        role.tags.iter().map(|(key, value)| json!({ "Key": key, "Value": value })).collect();
    json!({
        "RoleId": role.id,
        "RoleName": role.name,
        "PolicyDocument": role.trust,
        "Description": role.description,
        "AddTime": datetime(role.created),
        "UpdateTime": datetime(role.updated),
        "ConsoleLogin": number(role.console_login),
        "RoleType": if role.is_service_linked() { "service_linked" } else { "user" },
        "SessionDuration": role.session_duration,
        "DeletionTaskId": "",
        "Tags": tags,
        "RoleArn": format!("qcs::cam::uin/{}:{form}/{}", context.state.owner.uin, role.name),
    })
}

fn delete(context: &Context<'_>, change: &mut Change) -> Reply {
    let role = context.own_role("RoleId", "RoleName")?;
    change.remove::<Role>(&role.id);
    done()
}

fn list(context: &Context<'_>) -> Reply {
    let wanted: Vec<(&str, &str)> = context
        .params
        .objects("Tags")
        .map(|tag| (tag.text("Key").unwrap_or_default(), tag.text("Value").unwrap_or_default()))
        .collect();
    let found = context.state.roles.values().filter(|role| {
        wanted.iter().all(|(key, value)| role.tags.get(*key).is_some_and(|own| own == value))
    });
    let list = found.map(|role| info(context, role)).collect();
    let (list, total) = Page::numbered(context.params)?.cut(list);
    reply(json!({ "List": list, "TotalNum": total }))
}

/// Puts a changed role.
fn change_role(
    context: &Context<'_>,
    change: &mut Change,
    apply: impl FnOnce(&mut Role) -> Result<(), ApiError>,
) -> Reply {
    let mut role = context.own_role("RoleId", "RoleName")?;
    apply(&mut role)?;
    role.updated = context.now;
    change.put(role)?;
    done()
}

fn update_trust(context: &Context<'_>, change: &mut Change) -> Reply {
    change_role(context, change, |role| {
        role.trust = trust(context)?;
        Ok(())
    })
}

fn update_description(context: &Context<'_>, change: &mut Change) -> Reply {
    change_role(context, change, |role| {
        role.description = description(context.params)?.unwrap_or_default();
        Ok(())
    })
}

fn update_console_login(context: &Context<'_>, change: &mut Change) -> Reply {
    change_role(context, change, |role| {
        role.console_login = context.params.switch("ConsoleLogin")?.unwrap_or(false);
        Ok(())
    })
}

fn update_session_duration(context: &Context<'_>, change: &mut Change) -> Reply {
    change_role(context, change, |role| {
        role.session_duration = session_duration(context)?.unwrap_or(0);
        Ok(())
    })
}

fn tag(context: &Context<'_>, change: &mut Change) -> Reply {
    let most = context.quotas().tags;
    change_role(context, change, |role| add_tags(&mut role.tags, context.params, "Tags", most))
}

fn untag(context: &Context<'_>, change: &mut Change) -> Reply {
    change_role(context, change, |role| {
        let mut left = Tags::clone(&role.tags);
        for key in context.params.texts("TagKeys") {
            left.remove(key);
        }
        role.tags = left;
        Ok(())
    })
}

fn create_linked(context: &Context<'_>, change: &mut Change) -> Reply {
    let params = context.params;
    let services = params.texts("QCSServiceName");
    let Some(first) = services.first() else { return Err(ApiError::missing("QCSServiceName")) };
    let suffix = params.text("CustomSuffix").unwrap_or_default();
    let mut role = new_role(context, change, &linked_role_name(first, suffix))?;
    role.linked_services = services.iter().map(|service| (*service).to_owned()).collect();
    let trust = json!({
        "version": "2.0",
        "statement": [{
            "effect": "allow",
            "action": ["name/sts:AssumeRole"],
            "principal": { "service": services },
        }],
    });
    role.trust = policies::decoded(&trust.to_string(), PolicyKind::Trust)?;
    let id = role.id.clone();
    change.put(role)?;
    reply(json!({ "RoleId": id }))
}

fn delete_linked(context: &Context<'_>, change: &mut Change) -> Reply {
    let name = context.params.needed_text("RoleName")?;
    let found = context.state.role_named(name).filter(|role| role.is_service_linked());
    let missing = || ApiError::invalid("RoleNotExist", "No service has a role of this name.");
    let role = found.ok_or_else(missing)?;
    change.remove::<Role>(&role.id);
    let id = random::uuid()?;
    let service = role.linked_services.first().cloned().unwrap_or_default();
    change.put(DeletionTask { id: id.clone(), service, created: context.now })?;
    reply(json!({ "DeletionTaskId": id }))
}

fn deletion_status(context: &Context<'_>) -> Reply {
    let id = context.params.needed_text("DeletionTaskId")?;
    let missing = || ApiError::invalid("DeletionTaskNotExist", "There is no such deletion.");
    let task = context.state.tasks.get(id).ok_or_else(missing)?;
    reply(json!({
        "Status": "SUCCEEDED",
        "Reason": "",
        "ServiceType": task.service,
        "ServiceName": task.service,
    }))
}
