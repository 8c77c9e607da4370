//! Members of linked organizations: importing them, and members who apply.

use std::sync::Arc;

use serde_json::{Map, Value, json};
use subtle::ConstantTimeEq as _;

use super::attachments::attach;
use super::common::{done, no_policy, number, reply};
use super::users::new_user;
use super::wecom::Heard;
use super::{Handler, Reply};
use crate::ApiError;
use crate::authorization::targets;
use crate::change::Change;
use crate::context::Context;
use crate::model::{Application, ApplicationState, Organization, UserKind};
use crate::params::Params;
use crate::random;
use crate::schema;
use crate::wecom::hash_of;
use crate::when::iso;

pub(super) fn handler(action: &str) -> Option<Handler> {
    Some(match action {
        "AddQywxSubAccount" => Handler::Outside(hear_member, import),
        "Apply" => Handler::Outside(hear_application, apply),
        "DescribeApplication" => Handler::Read(describe),
        "ApproveApplication" => Handler::Write(approve),
        "RejectApplication" => Handler::Write(reject),
        _ => return None,
    })
}

/// The token of an application is good so long, in seconds.
const APPLICATION_LIFE: i64 = 24 * 60 * 60;
/// Applications are kept so long after they came.
const KEPT: i64 = 30 * APPLICATION_LIFE;
/// Applications that are kept.
const MOST: usize = 10_000;

fn hear_member(context: &Context<'_>) -> Result<Heard, ApiError> {
    let member = context.params.needed_text("WeChatWorkUserId")?;
    let scope = context.scope()?;
    if scope.members.iter().any(|own| own.id == member) {
        return Ok(Heard::Member);
    }
    let message = "The organization has authorized no member of this id to be seen.";
    Err(ApiError::not_found("UserNotExist", message))
}

fn import(context: &Context<'_>, change: &mut Change, _: &Heard) -> Reply {
    let corp = &context.organization()?.corp;
    let member = context.params.needed_text("WeChatWorkUserId")?;
    add(context, change, corp, member)
}

/// Makes a member a sub-user, with the policies that were chosen, each of which the caller has to be
/// allowed to attach.
fn add(context: &Context<'_>, change: &mut Change, corp: &str, member: &str) -> Reply {
    let params = context.params;
    if let Some(user) = context.state.user_of_member(corp, member) {
        let message = format!("The member is the sub-user {} already.", user.uin);
        return Err(ApiError::invalid("SubUserNameInUse", message));
    }
    let name = params.text("Name").filter(|name| !name.is_empty());
    let mut user = new_user(context, change, name.unwrap_or(member)).map_err(|error| {
        if name.is_some() {
            return error;
        }
        let message = format!(
            "{} The name is the id of the member; give another as `Name`.",
            error.message()
        );
        ApiError::new(error.code().to_owned(), message)
    })?;
    user.kind = UserKind::Wecom(member.to_owned());
    corp.clone_into(&mut user.corp);
    params.text("Remark").unwrap_or_default().clone_into(&mut user.remark);
    user.console_login = params.switch("ConsoleLogin")?.unwrap_or(true);
    for id in params.numbers("PolicyId") {
        may_attach(context, user.uin, id)?;
        let policy = context.state.policies.get(&id);
        let policy = policy.ok_or_else(|| no_policy("InvalidParameter.PolicyIdNotExist"))?;
        attach(context, &mut user.attached, policy)?;
    }
    let answer = json!({
        "Uin": user.uin,
        "Uid": user.uid,
        "Name": user.name,
        "WeChatWorkUserId": member,
        "ConsoleLogin": number(user.console_login),
    });
    change.put(user)?;
    reply(answer)
}

/// Attaching is a call of its own, on the new user and the policy.
fn may_attach(context: &Context<'_>, uin: u64, policy: u64) -> Result<(), ApiError> {
    let missing = || ApiError::new("InternalError.SystemError", "There is no such call.");
    let call = schema::call("cam", "AttachUserPolicy").ok_or_else(missing)?;
    let given = Map::from_iter([
        ("AttachUin".to_owned(), Value::from(uin)),
        ("PolicyId".to_owned(), Value::from(policy)),
    ]);
    let profile = context.plane.options.profile;
    for target in targets(call, profile, Params(&given), context.state, context.own_uin()) {
        context.require("cam", "AttachUserPolicy", &target)?;
    }
    Ok(())
}

/// A member scanned, and has no account here: who it is says WeCom alone.
fn hear_application(context: &Context<'_>) -> Result<Heard, ApiError> {
    let desk = context.desk()?;
    let corp = context.params.needed_text("CorpId")?;
    let code = context.params.needed_text("Code")?;
    let question = desk.question(context.caller)?;
    // Who is a member of none that is linked here is not told which are.
    let scanned = question.ask(|side| side.identify(code))?;
    let organization = context.state.organizations.get(corp).filter(|_| scanned.corp == corp);
    let organization = organization.ok_or_else(|| {
        ApiError::new(
            "FailedOperation.WeComScanRefused",
            "Whoever scanned is no member of the organization.",
        )
    })?;
    let member = scanned.member;
    may_apply(context, organization, &member)?;
    let administrators = administrators(context, organization)?;
    desk.applies(&organization.corp, &member, context.now)?;
    let token = random::letters(43)?;
    let owner = context.state.owner.uin;
    let until = iso(context.now.saturating_add(APPLICATION_LIFE));
    let address = desk.side().apply_address(&token);
    // The display name is told to nobody.
    let text = format!(
        "Member {member} asks to become a sub-user of the account {owner}. Decide once, until {until}: {address}"
    );
    let access = context.access(organization)?;
    question.ask(|side| side.tell(&access, &administrators, &text))?;
    Ok(Heard::Applied { member, token })
}

/// Who is told of applications: the members who linked the organization and whose accounts are there.
fn administrators(
    context: &Context<'_>,
    organization: &Organization,
) -> Result<Vec<String>, ApiError> {
    let state = context.state;
    let here = |uin: &u64| *uin == state.owner.uin || state.users.contains_key(uin);
    let all = organization.administrators.iter().filter(|(uin, _)| here(uin));
    let members: Vec<String> = all.map(|(_, member)| member.clone()).collect();
    if members.is_empty() {
        let message = "Nobody is left who would hear of it; link the organization anew.";
        return Err(ApiError::new("FailedOperation.WeComNoAdministrator", message));
    }
    Ok(members)
}

fn may_apply(
    context: &Context<'_>,
    organization: &Organization,
    member: &str,
) -> Result<(), ApiError> {
    let state = context.state;
    if state.user_of_member(&organization.corp, member).is_some() {
        let message = "The member is a sub-user already.";
        return Err(ApiError::invalid("SubUserNameInUse", message));
    }
    if state.applications.values().filter(|own| is_kept(context, own)).count() >= MOST {
        let message = "There is no room for another application.";
        return Err(ApiError::new("RequestLimitExceeded", message));
    }
    Ok(())
}

fn is_kept(context: &Context<'_>, application: &Application) -> bool {
    application.created.saturating_add(KEPT) > context.now
}

fn of_member<'a>(
    context: &'a Context<'_>,
    corp: &'a str,
    member: &'a str,
) -> impl Iterator<Item = &'a Arc<Application>> {
    let all = context.state.applications.values();
    all.filter(move |own| own.corp == corp && own.member == member)
}

fn apply(context: &Context<'_>, change: &mut Change, heard: &Heard) -> Reply {
    let Heard::Applied { member, token } = heard else {
        return Err(ApiError::new("InternalError.SystemError", "Nobody was asked who applies."));
    };
    let organization = context.organization()?;
    may_apply(context, organization, member)?;
    // One application a member: the token of the one before is void.
    let before: Vec<String> = of_member(context, &organization.corp, member)
        .filter(|own| own.state == ApplicationState::Pending)
        .chain(context.state.applications.values().filter(|own| !is_kept(context, own)))
        .map(|own| own.id.clone())
        .collect();
    for id in &before {
        change.remove::<Application>(id);
    }
    let expires = context.now.saturating_add(APPLICATION_LIFE);
    let answer = json!({ "WeChatWorkUserId": member, "ExpiredTime": expires });
    change.put(Application {
        id: random::letters(20)?,
        corp: organization.corp.clone(),
        member: member.clone(),
        created: context.now,
        expires,
        token_hash: hash_of(token),
        state: ApplicationState::Pending,
    })?;
    reply(answer)
}

/// The application whose token was given.
fn application<'a>(context: &'a Context<'_>) -> Result<&'a Application, ApiError> {
    context.desk()?;
    let hash = hash_of(context.params.needed_text("ApplyToken")?);
    let is = |own: &&Arc<Application>| bool::from(own.token_hash.as_bytes().ct_eq(hash.as_bytes()));
    let found = context.state.applications.values().find(is);
    found
        .map(|own| &**own)
        .ok_or_else(|| ApiError::not_found("NotFound", "There is no application with this token."))
}

/// The same, that nobody has decided about and whose time is not over.
fn pending(context: &Context<'_>) -> Result<Application, ApiError> {
    let application = application(context)?;
    let message = match shown_state(context, application) {
        "pending" => return Ok(application.clone()),
        "expired" => "The application is over: the member may apply anew, or be imported.",
        _ => "The application was decided about already.",
    };
    Err(ApiError::new("FailedOperation.WeComTicketInvalid", message))
}

fn shown_state(context: &Context<'_>, application: &Application) -> &'static str {
    match application.state {
        ApplicationState::Pending if application.expires <= context.now => "expired",
        ApplicationState::Pending => "pending",
        ApplicationState::Approved => "approved",
        ApplicationState::Rejected => "rejected",
    }
}

fn describe(context: &Context<'_>) -> Reply {
    let application = application(context)?;
    reply(json!({
        "CorpId": application.corp,
        "WeChatWorkUserId": application.member,
        "CreateTime": iso(application.created),
        "ExpiredTime": application.expires,
        "Status": shown_state(context, application),
    }))
}

fn approve(context: &Context<'_>, change: &mut Change) -> Reply {
    let mut application = pending(context)?;
    let answer = add(context, change, &application.corp, &application.member)?;
    application.state = ApplicationState::Approved;
    change.put(application)?;
    Ok(answer)
}

fn reject(context: &Context<'_>, change: &mut Change) -> Reply {
    let mut application = pending(context)?;
    application.state = ApplicationState::Rejected;
    change.put(application)?;
    done()
}
