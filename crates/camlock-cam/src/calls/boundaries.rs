//! Permission boundaries of users and roles.

use serde_json::json;

use super::common::{done, no_policy, reply};
use super::policies::BY_SYNTAX;
use super::{Handler, Reply};
use crate::ApiError;
use crate::change::Change;
use crate::context::Context;
use crate::model::{Role, User};

const NO_POLICY: &str = "InvalidParameter.PolicyIdNotExist";
const NO_USER: &str = "InvalidParameter.UserNotExist";

pub(super) fn handler(action: &str) -> Option<Handler> {
    Some(match action {
        "PutUserPermissionsBoundary" => Handler::Write(put_user),
        "DeleteUserPermissionsBoundary" => Handler::Write(delete_user),
        "GetUserPermissionBoundary" => Handler::Read(get_user),
        "PutRolePermissionsBoundary" => Handler::Write(put_role),
        "DeleteRolePermissionsBoundary" => Handler::Write(delete_role),
        "GetRolePermissionBoundary" => Handler::Read(get_role),
        _ => return None,
    })
}

fn put_user(context: &Context<'_>, change: &mut Change) -> Reply {
    let mut user = User::clone(context.user("TargetUin", NO_USER)?);
    user.boundary = Some(context.policy("PolicyId", NO_POLICY)?.id);
    change.put(user)?;
    done()
}

fn delete_user(context: &Context<'_>, change: &mut Change) -> Reply {
    let mut user = User::clone(context.user("TargetUin", NO_USER)?);
    if user.boundary.take().is_some() {
        change.put(user)?;
    }
    done()
}

fn get_user(context: &Context<'_>) -> Reply {
    show(context, context.user("TargetUin", NO_POLICY)?.boundary)
}

/// The role, which must not belong to a service.
fn role(context: &Context<'_>) -> Result<Role, ApiError> {
    let role = context.role("RoleId", "RoleName")?;
    if role.is_service_linked() {
        let message = "A role that belongs to a service has no boundary.";
        return Err(ApiError::invalid("ServiceLinkedRoleCantUsePermissionBoundary", message));
    }
    Ok(Role::clone(role))
}

fn put_role(context: &Context<'_>, change: &mut Change) -> Reply {
    let mut role = role(context)?;
    role.boundary = Some(context.policy("PolicyId", NO_POLICY)?.id);
    change.put(role)?;
    done()
}

fn delete_role(context: &Context<'_>, change: &mut Change) -> Reply {
    let mut role = role(context)?;
    if role.boundary.take().is_some() {
        change.put(role)?;
    }
    done()
}

fn get_role(context: &Context<'_>) -> Reply {
    let role = context.role("RoleId", "RoleName");
    // The call lists no code of its own for roles.
    show(
        context,
        role.map_err(|error| ApiError::new(NO_POLICY, error.message().to_owned()))?.boundary,
    )
}

fn show(context: &Context<'_>, boundary: Option<u64>) -> Reply {
    let Some(id) = boundary else {
        return reply(json!({
            "PolicyId": null, "PolicyName": null, "PolicyDocument": null,
            "PolicyType": null, "CreateMode": null,
        }));
    };
    let policy = context.state.policies.get(&id).ok_or_else(|| no_policy(NO_POLICY))?;
    reply(json!({
        "PolicyId": policy.id,
        "PolicyName": policy.name,
        "PolicyDocument": policy.document(),
        "PolicyType": if policy.preset { 2 } else { 1 },
        "CreateMode": BY_SYNTAX,
    }))
}
