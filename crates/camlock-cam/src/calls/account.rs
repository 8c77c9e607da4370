//! The account as a whole: counts, password rules, second factors.

use std::net::IpAddr;

use serde_json::{Map, Value, json};

use super::common::{done, no_user, reply};
use super::{Handler, Reply};
use crate::ApiError;
use crate::change::Change;
use crate::context::Context;
use crate::model::{Setting, User};
use crate::random;
use crate::when::datetime;

pub(super) fn handler(action: &str) -> Option<Handler> {
    Some(match action {
        "GetAccountSummary" => Handler::Read(summary),
        "GetUserAppId" => Handler::Read(app_id),
        "GetPasswordRules" => Handler::Read(password_rules),
        "UpdatePasswordRules" => Handler::Write(update_password_rules),
        "DescribeSafeAuthFlag" | "DescribeSafeAuthFlagIntl" => Handler::Read(own_flags),
        "DescribeSafeAuthFlagColl" => Handler::Read(flags_of_user),
        "SetMfaFlag" => Handler::Write(set_flags),
        "CreateSubAccountLoginIpPolicy" => Handler::Write(put_login_ips),
        _ => return None,
    })
}

fn summary(context: &Context<'_>) -> Reply {
    let state = context.state;
    let own = state.policies.values().filter(|policy| !policy.preset).count();
    reply(json!({
        "Policies": own,
        "Roles": state.roles.len(),
        "Idps": state.providers.len(),
        "User": state.users.len(),
        "Group": state.groups.len(),
        "Member": state.users.values().filter(|user| !user.groups.is_empty()).count(),
        "IdentityProviders": state.providers.len(),
    }))
}

fn app_id(context: &Context<'_>) -> Reply {
    let owner = context.state.owner;
    reply(json!({
        "Uin": if context.caller.role().is_some() { owner.uin } else { context.caller.uin }.to_string(),
        "OwnerUin": owner.uin.to_string(),
        "AppId": owner.app_id,
    }))
}

const PASSWORD_RULES: &str = "password-rules";

/// What a password needs; the published defaults where nothing else was chosen.
fn rules(context: &Context<'_>) -> Map<String, Value> {
    let chosen = context.state.settings.get(PASSWORD_RULES);
    let chosen = chosen.and_then(|setting| setting.value.as_object()).cloned();
    chosen.unwrap_or_else(|| {
        let default = json!({
            "MinimumLength": 8,
            "MustContain": "lower,upper,number,symbol",
            "ForcePasswordChange": 0,
            "ReusePasswordLimit": 1,
            "RetryPasswordLimit": 10,
            "PasswordExpirationInvalidation": 0,
        });
        default.as_object().cloned().unwrap_or_default()
    })
}

fn password_rules(context: &Context<'_>) -> Reply {
    let changed = context.state.settings.get(PASSWORD_RULES);
    reply(json!({
        "Rules": rules(context),
        "UpdateTime": changed.map(|setting| datetime(setting.updated)).unwrap_or_default(),
        "Modifier": changed.map(|setting| setting.by.to_string()).unwrap_or_default(),
    }))
}

fn update_password_rules(context: &Context<'_>, change: &mut Change) -> Reply {
    let given = context.params.object("Rules").ok_or_else(|| ApiError::missing("Rules"))?;
    let mut rules = rules(context);
    for (name, value) in given.0 {
        rules.insert(name.clone(), value.clone());
    }
    let wrong = |message: &str| Err(ApiError::invalid("PasswordRuleError", message));
    let length = rules.get("MinimumLength").and_then(Value::as_i64).unwrap_or(0);
    if !(8..=32).contains(&length) {
        return wrong("`MinimumLength` has to be from 8 to 32.");
    }
    let parts = rules.get("MustContain").and_then(Value::as_str).unwrap_or_default();
    let known = |part: &str| matches!(part, "lower" | "upper" | "number" | "symbol");
    if !parts.split(',').filter(|part| !part.is_empty()).all(known) {
        return wrong("`MustContain` lists `lower`, `upper`, `number` and `symbol`.");
    }
    let by = context.caller.uin;
    let name = PASSWORD_RULES.to_owned();
    change.put(Setting { name, updated: context.now, by, value: rules.into() })?;
    done()
}

/// Whether a password keeps the rules; it is not kept.
pub(super) fn check_password(context: &Context<'_>, password: &str) -> Result<(), ApiError> {
    let rules = rules(context);
    let least = rules.get("MinimumLength").and_then(Value::as_u64).unwrap_or(8);
    let parts = rules.get("MustContain").and_then(Value::as_str).unwrap_or_default();
    let length = password.chars().count();
    let has = |part: &str| match part {
        "lower" => password.contains(|c: char| c.is_ascii_lowercase()),
        "upper" => password.contains(|c: char| c.is_ascii_uppercase()),
        "number" => password.contains(|c: char| c.is_ascii_digit()),
        "symbol" => password.contains(|c: char| c.is_ascii_punctuation()),
        _ => true,
    };
    if (least..=32).contains(&(length as u64)) && parts.split(',').all(has) {
        return Ok(());
    }
    let message = format!("A password has {least} to 32 characters and needs {parts}.");
    Err(ApiError::invalid("PasswordViolatedRules", message))
}

/// A password of 32 characters that keeps every rule there may be.
pub(super) fn new_password() -> Result<String, ApiError> {
    Ok(format!("{}aA1!", random::letters(28)?))
}

fn flags(user: Option<&User>) -> Reply {
    let names = ["Phone", "Token", "Stoken", "Wechat", "Custom", "Mail", "U2FToken", "Passkey"];
    let of = |kind: &str| {
        let chosen = user.and_then(|user| user.mfa.get(kind));
        let flags = names.map(|name| {
            let flag = chosen.and_then(|chosen| chosen.get(name)).copied().unwrap_or(0);
            (name.to_owned(), Value::from(flag))
        });
        Map::from_iter(flags)
    };
    reply(json!({
        "LoginFlag": of("LoginFlag"),
        "ActionFlag": of("ActionFlag"),
        "OffsiteFlag": {
            "VerifyFlag": 0, "NotifyPhone": 0, "NotifyEmail": 0, "NotifyWechat": 0, "Tips": 0,
        },
        "PromptTrust": 0,
    }))
}

fn own_flags(context: &Context<'_>) -> Reply {
    let user = context.state.users.get(&context.own_uin());
    let mut answer = flags(user.map(|user| &**user))?;
    if context.call.name() == "DescribeSafeAuthFlagIntl" {
        answer.remove("PromptTrust");
    }
    Ok(answer)
}

fn flags_of_user(context: &Context<'_>) -> Reply {
    flags(Some(context.user("SubUin", "ResourceNotFound.UserNotExist")?))
}

fn set_flags(context: &Context<'_>, change: &mut Change) -> Reply {
    let params = context.params;
    let uin = params.number("OpUin").unwrap_or(context.own_uin());
    let missing = || no_user("ResourceNotFound.UserNotExist");
    let mut user = User::clone(context.state.users.get(&uin).ok_or_else(missing)?);
    for kind in ["LoginFlag", "ActionFlag"] {
        let Some(given) = params.object(kind) else { continue };
        let flags = user.mfa.entry(kind.to_owned()).or_default();
        for (name, value) in given.0 {
            let Some(flag @ (0 | 1)) = value.as_u64() else {
                let message = format!("`{kind}.{name}` has to be 0 or 1.");
                return Err(ApiError::parameter(message));
            };
            flags.insert(name.clone(), flag);
        }
    }
    change.put(user)?;
    done()
}

/// Addresses: whether they are of version 4, the first, and the last.
type Range = (bool, u128, u128);

/// An address, or a network with the length of its prefix, as a range.
fn range(text: &str) -> Option<Range> {
    let (address, prefix) = match text.split_once('/') {
        Some((address, prefix)) => (address, Some(prefix.parse::<u32>().ok()?)),
        None => (text, None),
    };
    let (short, bits, longest) = match address.parse::<IpAddr>().ok()? {
        IpAddr::V4(address) => (true, u128::from(address.to_bits()), 32_u32),
        IpAddr::V6(address) => (false, address.to_bits(), 128),
    };
    let host = longest.checked_sub(prefix.unwrap_or(longest))?;
    // All bits of what is within the network; none where it is one address.
    let within = 1_u128.checked_shl(host).map_or(u128::MAX, |size| size - 1);
    Some((short, bits & !within, bits | within))
}

/// Where users may sign in from; signing in is not done here, so it is kept and shown only.
fn put_login_ips(context: &Context<'_>, change: &mut Change) -> Reply {
    let mut ranges = Vec::new();
    for policy in context.params.objects("IpPolicies") {
        let ip = policy.text("IP").unwrap_or_default();
        let illegal = || {
            let message = "`IP` is an address or a network, such as 10.0.0.0/8.";
            ApiError::invalid("IPIllegal", message)
        };
        ranges.push(range(ip).ok_or_else(illegal)?);
        if !matches!(policy.text("Effect"), Some("Allow" | "Deny")) {
            return Err(ApiError::invalid("EffectError", "`Effect` is `Allow` or `Deny`."));
        }
    }
    // In order, whatever overlaps at all overlaps its neighbour.
    ranges.sort_unstable();
    let overlap = |(one, next): (&Range, &Range)| one.0 == next.0 && next.1 <= one.2;
    if ranges.iter().zip(ranges.iter().skip(1)).any(overlap) {
        let message = "Two of the `IpPolicies` speak about the same addresses.";
        return Err(ApiError::invalid("IPRangeOverlapping", message));
    }
    change.put(Setting {
        name: "login-ips".to_owned(),
        updated: context.now,
        by: context.caller.uin,
        value: context.params.0.clone().into(),
    })?;
    done()
}
