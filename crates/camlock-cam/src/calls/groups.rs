//! User groups and who is in them.

use serde_json::{Value, json};

use super::common::{done, matches_keyword, reply};
use super::membership::{Member, all_of, size};
use super::{FIRST_IDS, Handler, Reply};
use crate::ApiError;
use crate::change::Change;
use crate::context::Context;
use crate::model::{Group, Receiver, User};
use crate::paging::Page;
use crate::state::State;
use crate::when::datetime;

/// What two calls answer where there is no such group, by the list of their codes.
const UNKNOWN: &str = "ResourceNotFound.UserNotExist";

pub(super) fn handler(action: &str) -> Option<Handler> {
    Some(match action {
        "CreateGroup" => Handler::Write(create),
        "UpdateGroup" => Handler::Write(update),
        "DeleteGroup" => Handler::Write(delete),
        "GetGroup" => Handler::Read(get),
        "ListGroups" => Handler::Read(list),
        "AddUserToGroup" => Handler::Write(add_user),
        "RemoveUserFromGroup" => Handler::Write(remove_user),
        "ListUsersForGroup" => Handler::Read(list_users),
        "ListGroupsForUser" => Handler::Read(list_for_user),
        _ => return None,
    })
}

fn create(context: &Context<'_>, change: &mut Change) -> Reply {
    let name = new_name(context.state, context.params.needed_text("GroupName")?, None)?;
    if context.state.groups.len() >= context.quotas().groups {
        return Err(ApiError::invalid("GroupFull", "There is no room for another user group."));
    }
    let id = change.next("group", FIRST_IDS.group);
    let remark = context.params.text("Remark").unwrap_or_default().to_owned();
    change.put(Group { id, name, remark, created: context.now, ..Group::default() })?;
    reply(json!({ "GroupId": id }))
}

/// A name that no other group has.
fn new_name(state: &State, name: &str, own: Option<u64>) -> Result<String, ApiError> {
    if name.is_empty() {
        return Err(ApiError::parameter("`GroupName` is empty."));
    }
    if state.group_named(name).is_some_and(|group| Some(group.id) != own) {
        return Err(ApiError::invalid("GroupNameInUse", "The name is in use."));
    }
    Ok(name.to_owned())
}

fn update(context: &Context<'_>, change: &mut Change) -> Reply {
    let mut group = Group::clone(context.group("GroupId")?);
    if let Some(name) = context.params.text("GroupName") {
        group.name = new_name(context.state, name, Some(group.id))?;
    }
    if let Some(remark) = context.params.text("Remark") {
        remark.clone_into(&mut group.remark);
    }
    change.put(group)?;
    done()
}

fn delete(context: &Context<'_>, change: &mut Change) -> Reply {
    let id = context.group_or("GroupId", UNKNOWN)?.id;
    for member in context.state.members(id) {
        let mut member = User::clone(member);
        member.groups.remove(&id);
        change.put(member)?;
    }
    for member in context.state.receivers_in(id) {
        let mut member = Receiver::clone(member);
        member.groups.remove(&id);
        change.put(member)?;
    }
    change.remove::<Group>(&id);
    done()
}

fn get(context: &Context<'_>) -> Reply {
    let group = context.group_or("GroupId", UNKNOWN)?;
    let members = all_of(context.state, group.id);
    reply(json!({
        "GroupId": group.id,
        "GroupName": group.name,
        "GroupNum": members.len(),
        "Remark": group.remark,
        "CreateTime": datetime(group.created),
        "UserInfo": members,
    }))
}

/// `GroupInfo`
fn info(group: &Group) -> Value {
    json!({
        "GroupId": group.id,
        "GroupName": group.name,
        "CreateTime": datetime(group.created),
        "Remark": group.remark,
    })
}

fn list(context: &Context<'_>) -> Reply {
    let keyword = context.params.text("Keyword");
    let groups = context.state.groups.values();
    let found = groups.filter(|group| matches_keyword(&group.name, keyword));
    let (groups, total) =
        Page::numbered(context.params)?.cut(found.map(|group| info(group)).collect());
    reply(json!({ "TotalNum": total, "GroupInfo": groups }))
}

fn add_user(context: &Context<'_>, change: &mut Change) -> Reply {
    for entry in context.params.objects("Info") {
        let id = entry.number("GroupId").ok_or_else(|| ApiError::missing("Info.GroupId"))?;
        if !context.state.groups.contains_key(&id) {
            let message = "The user group does not exist.";
            return Err(ApiError::invalid("GroupNotExist", message));
        }
        // An entry before may have changed the same user.
        let mut member = Member::of_entry(&change.state, entry)?;
        if member.groups().insert(id) {
            if member.groups().len() > context.quotas().groups_of_user {
                let message = "The user is in as many groups as it may be.";
                return Err(ApiError::invalid("UserGroupFull", message));
            }
            if size(&change.state, id) >= context.quotas().users_of_group {
                return Err(ApiError::invalid("GroupUserFull", "The user group is full."));
            }
            member.put(change)?;
        }
    }
    done()
}

fn remove_user(context: &Context<'_>, change: &mut Change) -> Reply {
    for entry in context.params.objects("Info") {
        let id = entry.number("GroupId").ok_or_else(|| ApiError::missing("Info.GroupId"))?;
        let mut member = Member::of_entry(&change.state, entry)?;
        if member.groups().remove(&id) {
            member.put(change)?;
        }
    }
    done()
}

fn list_users(context: &Context<'_>) -> Reply {
    let group = context.group("GroupId")?;
    let (members, total) = Page::numbered(context.params)?.cut(all_of(context.state, group.id));
    reply(json!({ "TotalNum": total, "UserInfo": members }))
}

fn list_for_user(context: &Context<'_>) -> Reply {
    let params = context.params;
    let (uin, uid) = (params.number("SubUin"), params.number("Uid"));
    if uin.is_none() && uid.is_none() {
        return Err(ApiError::missing("SubUin"));
    }
    let mut member = Member::find(context.state, uin, uid)?;
    let groups = member.groups().iter().filter_map(|id| context.state.groups.get(id));
    let (groups, total) = Page::numbered(params)?.cut(groups.map(|group| info(group)).collect());
    reply(json!({ "TotalNum": total, "GroupInfo": groups }))
}
