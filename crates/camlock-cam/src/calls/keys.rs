//! Access keys. The secret is in the answer of the call that creates it, and nowhere else.

use serde_json::{Value, json};

use super::common::{done, no_user, reply};
use super::{Handler, Reply};
use crate::ApiError;
use crate::change::Change;
use crate::context::Context;
use crate::control::new_key;
use crate::model::AccessKey;
use crate::when::{date, datetime};

pub(super) fn handler(action: &str) -> Option<Handler> {
    Some(match action {
        "CreateAccessKey" => Handler::Write(create),
        "UpdateAccessKey" => Handler::Write(update),
        "DeleteAccessKey" => Handler::Write(delete),
        "ListAccessKeys" => Handler::Read(list),
        "GetSecurityLastUsed" => Handler::Read(last_used),
        _ => return None,
    })
}

/// Whose keys a call is about: the named account's, or the caller's own.
pub(super) fn whose(context: &Context<'_>) -> Result<u64, ApiError> {
    let uin = context.params.number("TargetUin").unwrap_or(context.own_uin());
    let owner = context.state.owner.uin;
    if uin == owner && !context.caller.is_root(context.state) {
        let message = "Only the root account acts on its own keys.";
        return Err(ApiError::new("OperationDenied.SubUin", message));
    }
    if uin != owner && !context.state.users.contains_key(&uin) {
        return Err(no_user("InvalidParameter.UserNotExist"));
    }
    Ok(uin)
}

/// A key of whomever the call is about.
fn key(context: &Context<'_>) -> Result<AccessKey, ApiError> {
    let uin = whose(context)?;
    let id = context.params.needed_text("AccessKeyId")?;
    let missing = || ApiError::not_found("SecretNotExist", "The key does not exist.");
    // That another account has a key of this id is nobody's business but the root's.
    match context.state.keys.get(id) {
        Some(key) if key.uin == uin => Ok(AccessKey::clone(key)),
        Some(_) if context.caller.is_root(context.state) => {
            let message = "The key is not of this account.";
            Err(ApiError::new("OperationDenied.UinNotMatch", message))
        }
        _ => Err(missing()),
    }
}

fn create(context: &Context<'_>, change: &mut Change) -> Reply {
    let uin = whose(context)?;
    let description = context.params.text("Description").unwrap_or_default();
    let fits = |c: char| c.is_ascii_alphanumeric() || "_+=,.@:/-".contains(c);
    if description.len() > 1_024 || !description.chars().all(fits) {
        let message = "A description has at most 1,024 letters, digits and _ + = , . @ : / -.";
        return Err(ApiError::parameter(message));
    }
    if context.state.keys_of(uin).count() >= context.quotas().keys {
        let message = "The account has as many keys as it may have.";
        return Err(ApiError::new("OperationDenied.AccessKeyOverLimit", message));
    }
    let (key, secret) = new_key(&context.plane.seal, uin, description.to_owned(), context.now)?;
    let answer = json!({ "AccessKey": {
        "AccessKeyId": key.id,
        "SecretAccessKey": secret,
        "Status": status(&key),
        "CreateTime": datetime(key.created),
        "Description": key.description,
    } });
    change.put(key)?;
    reply(answer)
}

fn status(key: &AccessKey) -> &'static str {
    if key.active { "Active" } else { "Inactive" }
}

fn update(context: &Context<'_>, change: &mut Change) -> Reply {
    let mut key = key(context)?;
    key.active = match context.params.needed_text("Status")? {
        "Active" => true,
        "Inactive" => false,
        _ => return Err(ApiError::parameter("`Status` is `Active` or `Inactive`.")),
    };
    change.put(key)?;
    done()
}

fn delete(context: &Context<'_>, change: &mut Change) -> Reply {
    let key = key(context)?;
    if key.active && context.plane.options.keep_active_keys {
        let message = "The key is active; make it inactive first.";
        return Err(ApiError::new("FailedOperation.Accesskey", message));
    }
    change.remove::<AccessKey>(&key.id);
    done()
}

fn list(context: &Context<'_>) -> Reply {
    let uin = whose(context)?;
    let keys = context.state.keys_of(uin).map(|key| {
        json!({
            "AccessKeyId": key.id,
            "Status": status(key),
            "CreateTime": datetime(key.created),
            "Description": key.description,
        })
    });
    reply(json!({ "AccessKeys": keys.collect::<Vec<Value>>() }))
}

fn last_used(context: &Context<'_>) -> Reply {
    let ids = context.params.texts("SecretIdList");
    if ids.len() > 10 {
        return Err(ApiError::new("InvalidParameter", "At most 10 keys may be asked about."));
    }
    let rows = ids.iter().filter(|id| context.state.keys.contains_key(**id)).map(|id| {
        let used = context.plane.last_use(id);
        json!({
            "SecretId": id,
            "LastUsedDate": used.map(date),
            "LastSecretUsedDate": used.map_or(0, |seconds| seconds * 1_000),
        })
    });
    reply(json!({ "SecretIdLastUsedRows": rows.collect::<Vec<Value>>() }))
}
