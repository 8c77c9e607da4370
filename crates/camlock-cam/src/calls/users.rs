//! Sub-users.

use serde_json::{Value, json};

use super::common::{done, number, reply};
use super::{FIRST_IDS, Handler, Reply, account};
use crate::ApiError;
use crate::authorization::{Profile, targets};
use crate::change::Change;
use crate::context::Context;
use crate::control::new_key;
use crate::model::{AccessKey, User, UserKind};
use crate::names;
use crate::paging::Page;
use crate::params::Params;
use crate::schema;
use crate::when::datetime;

pub(super) fn handler(action: &str) -> Option<Handler> {
    Some(match action {
        "AddUser" => Handler::Write(add),
        "GetUser" => Handler::Read(get),
        "UpdateUser" => Handler::Write(update),
        "DeleteUser" => Handler::Write(delete),
        "ListUsers" => Handler::Read(list),
        "DescribeSubAccounts" => Handler::Read(describe),
        "ListCollaborators" => Handler::Read(list_collaborators),
        "ListWeChatWorkSubAccounts" => Handler::Read(list_wecom),
        _ => return None,
    })
}

/// Whether a name is taken, by whoever gets messages too.
pub(super) fn is_taken(context: &Context<'_>, name: &str) -> bool {
    let state = context.state;
    state.user_named(name).is_some() || state.receivers.values().any(|own| own.name == name)
}

pub(super) fn next_uid(change: &mut Change) -> u64 {
    change.next("uid", FIRST_IDS.uid)
}

/// A sub-user with a name that is not taken, not put in yet.
pub(super) fn new_user(
    context: &Context<'_>,
    change: &mut Change,
    name: &str,
) -> Result<User, ApiError> {
    names::user(name)?;
    if is_taken(context, name) {
        return Err(ApiError::invalid("SubUserNameInUse", "The name is in use."));
    }
    if context.state.users.len() >= context.quotas().users {
        let message = "There is no room for another sub-account.";
        return Err(ApiError::invalid("SubUserFull", message));
    }
    Ok(User {
        uin: change.next("uin", context.state.owner.uin),
        uid: next_uid(change),
        name: name.to_owned(),
        created: context.now,
        ..User::default()
    })
}

fn add(context: &Context<'_>, change: &mut Change) -> Reply {
    let params = context.params;
    let name = params.needed_text("Name")?;
    let mut user = new_user(context, change, name)?;
    apply(&mut user, params)?;
    // What was not made is answered empty, as CAM does.
    let mut password = String::new();
    match given_password(params) {
        Some(given) => account::check_password(context, given)?,
        None if user.console_login => password = account::new_password()?,
        None => {}
    }
    let (mut secret_id, mut secret_key) = (String::new(), String::new());
    if params.switch("UseApi")? == Some(true) {
        let (key, secret) = new_key(&context.plane.seal, user.uin, String::new(), context.now)?;
        secret_id.clone_from(&key.id);
        secret_key = secret;
        change.put(key)?;
    }
    let answer = json!({
        "Uin": user.uin,
        "Name": name,
        "Uid": user.uid,
        "Password": password,
        "SecretId": secret_id,
        "SecretKey": secret_key,
    });
    change.put(user)?;
    reply(answer)
}

/// The password of a call; an empty one is none.
fn given_password(params: Params<'_>) -> Option<&str> {
    params.text("Password").filter(|password| !password.is_empty())
}

/// Takes over what a call says about a user.
fn apply(user: &mut User, params: Params<'_>) -> Result<(), ApiError> {
    let take = |slot: &mut String, name: &str| {
        if let Some(text) = params.text(name) {
            text.clone_into(slot);
        }
    };
    take(&mut user.remark, "Remark");
    take(&mut user.phone_num, "PhoneNum");
    take(&mut user.country_code, "CountryCode");
    take(&mut user.email, "Email");
    user.console_login = params.switch("ConsoleLogin")?.unwrap_or(user.console_login);
    user.need_reset_password =
        params.switch("NeedResetPassword")?.unwrap_or(user.need_reset_password);
    Ok(())
}

fn get(context: &Context<'_>) -> Reply {
    let user = context.user_by_name("Name")?;
    let mut answer = reply(summary(user))?;
    answer.remove("CreateTime");
    answer.remove("NickName");
    // Nobody signs in here.
    answer.insert("RecentlyLoginIP".into(), "".into());
    answer.insert("RecentlyLoginTime".into(), "".into());
    Ok(answer)
}

fn update(context: &Context<'_>, change: &mut Change) -> Reply {
    let mut user = User::clone(context.user_by_name("Name")?);
    if let Some(password) = given_password(context.params) {
        account::check_password(context, password)?;
    }
    apply(&mut user, context.params)?;
    change.put(user)?;
    done()
}

fn delete(context: &Context<'_>, change: &mut Change) -> Reply {
    let user = context.user_by_name("Name")?;
    let keys: Vec<String> = context.state.keys_of(user.uin).map(|key| key.id.clone()).collect();
    if !keys.is_empty() {
        if context.params.switch("Force")? != Some(true) {
            let message = "The user has keys: delete them first, or set `Force` to 1.";
            return Err(ApiError::new("OperationDenied.HaveKeys", message));
        }
        let call = schema::call("cam", "DeleteUser");
        let owners = call.map(|call| {
            targets(call, Profile::ResourceLevel, context.params, context.state, user.uin)
        });
        for target in owners.unwrap_or_default() {
            context.require("cam", "DeleteApiKey", &target).map_err(|error| {
                let message = error.message().to_owned();
                ApiError::new("UnauthorizedOperation.DeleteApiKey", message)
            })?;
        }
        let active = |id: &String| context.state.keys.get(id).is_some_and(|key| key.active);
        if context.plane.options.keep_active_keys && keys.iter().any(active) {
            let message = "A key of the user is active; make it inactive first.";
            return Err(ApiError::new("FailedOperation.Accesskey", message));
        }
        for key in &keys {
            change.remove::<AccessKey>(key);
        }
    }
    change.remove::<User>(&user.uin);
    done()
}

fn list(context: &Context<'_>) -> Reply {
    let users = context.state.users.values().filter(|user| user.kind == UserKind::SubUser);
    let data: Vec<Value> = users.map(|user| summary(user)).collect();
    reply(json!({ "Data": data }))
}

/// `SubAccountInfo`
pub(super) fn summary(user: &User) -> Value {
    json!({
        "Uin": user.uin,
        "Name": user.name,
        "Uid": user.uid,
        "Remark": user.remark,
        "ConsoleLogin": number(user.console_login),
        "PhoneNum": user.phone_num,
        "CountryCode": user.country_code,
        "Email": user.email,
        "CreateTime": datetime(user.created),
        "NickName": user.name,
    })
}

fn describe(context: &Context<'_>) -> Reply {
    let wanted = context.params.numbers("FilterSubAccountUin");
    if wanted.len() > 50 {
        return Err(ApiError::new("InvalidParameter", "At most 50 uins may be asked about."));
    }
    let found = wanted.iter().filter_map(|uin| context.state.users.get(uin));
    let accounts: Vec<Value> = found
        .map(|user| {
            json!({
                "Uin": user.uin,
                "Name": user.name,
                "Uid": user.uid,
                "Remark": user.remark,
                "CreateTime": datetime(user.created),
                "UserType": match user.kind {
                    UserKind::SubUser => 2,
                    UserKind::Wecom(_) => 3,
                    UserKind::Collaborator => 4,
                },
                "LastLoginIp": "",
                "LastLoginTime": "",
            })
        })
        .collect();
    reply(json!({ "SubAccounts": accounts }))
}

fn list_collaborators(context: &Context<'_>) -> Reply {
    let own = context.state.users.values().filter(|user| user.kind == UserKind::Collaborator);
    let (data, total) =
        Page::from_offset(context.params)?.cut(own.map(|user| summary(user)).collect());
    reply(json!({ "TotalNum": total, "Data": data }))
}

fn list_wecom(context: &Context<'_>) -> Reply {
    let own = context.state.users.values().filter_map(|user| {
        let UserKind::Wecom(member) = &user.kind else { return None };
        let mut value = summary(user);
        if let Value::Object(members) = &mut value {
            members.remove("NickName");
            members.insert("WeChatWorkUserId".into(), member.clone().into());
        }
        Some(value)
    });
    let (data, total) = Page::from_offset(context.params)?.cut(own.collect());
    reply(json!({ "Data": data, "TotalCount": total }))
}
