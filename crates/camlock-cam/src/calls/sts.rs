//! STS: temporary credentials, and who one is.

use std::borrow::Cow;

use camlock_policy::{PolicyKind, Principal, Provider};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::common::{add_tags, reply};
use super::{Handler, Reply, keys, saml, web_identity};
use crate::ApiError;
use crate::authorization::{Profile, role_of_arn, targets};
use crate::context::Context;
use crate::document;
use crate::factor;
use crate::model::{Role, Tags};
use crate::session::{Credentials, Grant, Session, Whose, hash_of};
use crate::when::iso;

pub(super) fn handler(action: &str) -> Option<Handler> {
    Some(match action {
        "AssumeRole" => Handler::Read(assume_role),
        "AssumeRoleWithSAML" => Handler::Read(saml::assume_role),
        "AssumeRoleWithWebIdentity" => Handler::Read(web_identity::assume_role),
        "GetSessionToken" => Handler::Read(session_token),
        "GetFederationToken" => Handler::Read(federation_token),
        "GetCallerIdentity" => Handler::Read(caller_identity),
        "QueryApiKey" => Handler::Read(query_keys),
        _ => return None,
    })
}

/// Sessions last so long unless the call says otherwise.
const ROLE_DEFAULT: u64 = 7_200;
const LONGEST: u64 = 43_200;
const OWN_DEFAULT: u64 = 1_800;
const LONGEST_OF_ROOT: u64 = 7_200;
const LONGEST_OF_USER: u64 = 129_600;

/// The session policy of a call, which arrives encoded for a URL.
fn session_policy(context: &Context<'_>) -> Result<Option<String>, ApiError> {
    let Some(given) = context.params.text("Policy").filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let decode = |text: &str| {
        let decoded = percent_decode_str(text).decode_utf8().map(Cow::into_owned);
        let wrong = |_| ApiError::invalid("StrategyFormatError", "`Policy` is no text in UTF-8.");
        decoded.map_err(wrong)
    };
    let mut text = decode(given)?;
    // Encoded as forms are, blanks are written `+`, which is nowhere between the words of JSON.
    if given.contains('+') && document::read(&text, PolicyKind::Session).is_err() {
        text = decode(&given.replace('+', "%20"))?;
    }
    document::read(&text, PolicyKind::Session).map_err(|error| {
        let code = if error.code().ends_with("PolicyTooLong") {
            "PolicyTooLong"
        } else {
            "StrategyInvalid"
        };
        ApiError::invalid(code, error.message().to_owned())
    })?;
    Ok(Some(text))
}

fn duration(context: &Context<'_>, default: u64, most: u64) -> Result<i64, ApiError> {
    let seconds = context.params.number("DurationSeconds").unwrap_or(default.min(most));
    if seconds == 0 || seconds > most {
        let message = format!("`DurationSeconds` has to be from 1 to {most}.");
        return Err(ApiError::invalid("OverTimeError", message));
    }
    Ok(context.now.saturating_add_unsigned(seconds))
}

/// The longest session of a role, in seconds.
fn longest(role: &Role) -> u64 {
    if role.session_duration == 0 { LONGEST } else { role.session_duration.min(LONGEST) }
}

pub(super) fn check_session_name(name: &str) -> Result<(), ApiError> {
    check_text("RoleSessionName", name, 2..=128, "_+=,.@-")
}

fn check_text(
    name: &str,
    text: &str,
    lengths: std::ops::RangeInclusive<usize>,
    others: &str,
) -> Result<(), ApiError> {
    let fits = |c: char| c.is_ascii_alphanumeric() || others.contains(c);
    if lengths.contains(&text.len()) && text.chars().all(fits) {
        return Ok(());
    }
    let (start, end) = (lengths.start(), lengths.end());
    Err(ApiError::parameter(format!(
        "`{name}` has {start} to {end} letters, digits and {others} only."
    )))
}

fn assume_role(context: &Context<'_>) -> Reply {
    let params = context.params;
    let arn = params.needed_text("RoleArn")?;
    let session = params.needed_text("RoleSessionName")?;
    check_session_name(session)?;
    if let Some(id) = params.text("ExternalId") {
        check_text("ExternalId", id, 2..=128, "_+=,.@:/-")?;
    }
    let own = context.caller.uin.to_string();
    if params.text("SourceIdentity").is_some_and(|uin| uin != own) {
        return Err(ApiError::parameter("`SourceIdentity` is the uin of the caller."));
    }
    let missing = || ApiError::not_found("RoleNotFound", "The role does not exist.");
    let role = role_of_arn(context.state, arn).ok_or_else(missing)?;
    let mut tags = Tags::new();
    add_tags(&mut tags, params, "Tags", context.quotas().tags)
        .map_err(|error| ApiError::parameter(error.message().to_owned()))?;
    if tags.iter().any(|(key, value)| role.tags.get(key).is_some_and(|own| own != value)) {
        return Err(ApiError::parameter("A tag of the role cannot be given another value."));
    }
    let whose = Whose::Role { id: role.id.clone(), session: session.to_owned(), tags };
    let expires = duration(context, ROLE_DEFAULT, longest(role))?;
    let grant = own_grant(context, whose, session_policy(context)?, expires);
    // Last, so that whoever would be refused without a code cannot try any.
    if context.shown_factor {
        take_code(context)?;
    }
    issue(context, grant)
}

/// What a role gives to somebody whom a provider vouches for, where the role trusts them.
///
/// Whether the role is there is told to those it trusts alone.
pub(super) fn vouched(
    context: &Context<'_>,
    provider: &str,
    subject: &str,
    facts: &[(&str, &str)],
) -> Result<Grant, ApiError> {
    let params = context.params;
    let target = targets(context.call, Profile::ResourceLevel, params, context.state, 0);
    let target = target.into_iter().next().unwrap_or_default();
    let owner = context.state.owner.uin;
    let named = Provider::parse(&format!("qcs::cam::uin/{owner}:{provider}"))
        .map_err(|why| ApiError::parameter(why.to_string()))?;
    context.require_of(Principal::Federated(named), facts, &target)?;
    let missing = || ApiError::not_found("RoleNotFound", "The role does not exist.");
    let role = role_of_arn(context.state, params.needed_text("RoleArn")?).ok_or_else(missing)?;
    let session = params.needed_text("RoleSessionName")?.to_owned();
    let whose = Whose::Role { id: role.id.clone(), session, tags: Tags::new() };
    let expires = duration(context, ROLE_DEFAULT, longest(role))?;
    let vouched_hash = Some(hash_of(&format!("{provider}\n{subject}")));
    // The credentials are those of somebody with no key, whoever signed.
    Ok(Grant { vouched_hash, asked_by: 0, ..own_grant(context, whose, None, expires) })
}

fn federation_token(context: &Context<'_>) -> Reply {
    if !context.caller.is_permanent() {
        let message = "Temporary credentials cannot ask for others.";
        return Err(ApiError::new("UnsupportedOperation", message));
    }
    let name = context.params.needed_text("Name")?;
    check_text("Name", name, 1..=64, "_-")?;
    let policy = session_policy(context)?.ok_or_else(|| ApiError::missing("Policy"))?;
    let expires = own_duration(context)?;
    let whose = Whose::Federated { name: name.to_owned() };
    issue(context, own_grant(context, whose, Some(policy), expires))
}

/// How long credentials last that stand for the caller itself.
fn own_duration(context: &Context<'_>) -> Result<i64, ApiError> {
    let root = context.caller.is_root(context.state);
    let most = if root { LONGEST_OF_ROOT } else { LONGEST_OF_USER };
    duration(context, OWN_DEFAULT, most)
}

fn session_token(context: &Context<'_>) -> Reply {
    if !context.caller.is_permanent() {
        let message = "Temporary credentials cannot ask for others.";
        return Err(ApiError::new("FailedOperation.TempKeyNotAllowed", message));
    }
    let expires = own_duration(context)?;
    take_code(context)?;
    issue(context, Grant { factor: true, ..own_grant(context, Whose::Caller, None, expires) })
}

/// The context of a call that may come with a second factor: it is decided as if the code were good, and
/// the call takes it before it gives anything.
pub(crate) fn with_factor(context: Context<'_>) -> Result<Context<'_>, ApiError> {
    let given = |name| context.params.text(name).is_some_and(|text| !text.is_empty());
    if context.call.name() == "AssumeRole" && (given("SerialNumber") || given("TokenCode")) {
        code_of(&context)?;
        return Ok(Context { shown_factor: true, ..context });
    }
    Ok(context)
}

/// The code of a call, which is not looked at yet.
fn code_of<'a>(context: &Context<'a>) -> Result<&'a str, ApiError> {
    let serial = context.params.needed_text("SerialNumber")?;
    let code = context.params.needed_text("TokenCode")?;
    if serial != factor::serial_number(context.state.owner.uin) {
        return Err(factor::unsupported("`SerialNumber` names no soft token of the account."));
    }
    Ok(code)
}

/// Takes the code of the caller's second factor; a role has none of its own.
fn take_code(context: &Context<'_>) -> Result<(), ApiError> {
    context.plane.take_code(context.own_uin(), code_of(context)?, context.now)
}

/// What the caller gets for itself.
fn own_grant(context: &Context<'_>, whose: Whose, policy: Option<String>, expires: i64) -> Grant {
    let (asked_by, factor) = (context.caller.uin, context.shown_factor);
    let session = context.caller.session.as_ref();
    let vouched_hash = session.and_then(|session| session.record.vouched_hash.clone());
    Grant { whose, asked_by, vouched_hash, policy, expires, factor }
}

/// Gives credentials, once they are kept.
pub(super) fn issue(context: &Context<'_>, grant: Grant) -> Reply {
    let (session, credentials) = Session::issue(&context.plane.seal, grant)?;
    context.plane.keep(session)?;
    let Credentials { id, secret, token, expires } = credentials;
    reply(json!({
        "Credentials": { "Token": token, "TmpSecretId": id, "TmpSecretKey": secret },
        "ExpiredTime": expires,
        "Expiration": iso(expires),
    }))
}

fn caller_identity(context: &Context<'_>) -> Reply {
    let owner = context.state.owner.uin;
    let uin = context.caller.uin;
    let (kind, arn, user) = match context.caller.whose() {
        None | Some(Whose::Caller) => {
            ("CAMUser", format!("qcs::cam:{owner}:uin/{uin}"), uin.to_string())
        }
        Some(Whose::Role { id, session, .. }) => {
            ("CAMRole", format!("qcs::sts:{owner}:assumed-role/{id}"), format!("{id}:{session}"))
        }
        Some(Whose::Federated { name }) => {
            ("CAMUser", format!("qcs::sts:{owner}:federated-user/{uin}"), format!("{uin}:{name}"))
        }
    };
    reply(json!({
        "Arn": arn,
        "AccountId": owner.to_string(),
        "UserId": user,
        "PrincipalId": uin.to_string(),
        "Type": kind,
    }))
}

fn query_keys(context: &Context<'_>) -> Reply {
    // STS has codes of its own for what CAM refuses here.
    let uin = keys::whose(context).map_err(|error| {
        let message = error.message().to_owned();
        if error.code() == "OperationDenied.SubUin" {
            return ApiError::new("UnauthorizedOperation", message);
        }
        ApiError::invalid("AccountNotAvaliable", message)
    })?;
    let rows = context.state.keys_of(uin).map(|key| {
        json!({
            "SecretId": key.id,
            "CreateTime": key.created,
            "Status": if key.active { 2 } else { 3 },
        })
    });
    reply(json!({ "IdKeys": rows.collect::<Vec<Value>>() }))
}
