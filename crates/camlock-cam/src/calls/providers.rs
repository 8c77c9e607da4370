//! Identity providers: for roles, and for signing in as a sub-user.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::jwk::JwkSet;
use serde_json::{Map, Value, json};

use super::common::{done, reply};
use super::{Handler, Reply};
use crate::ApiError;
use crate::change::Change;
use crate::context::Context;
use crate::model::{Oidc, Provider, ProviderFacts, Setting};
use crate::names;
use crate::saml::Metadata;
use crate::when::datetime;

pub(super) fn handler(action: &str) -> Option<Handler> {
    Some(match action {
        "CreateSAMLProvider" => Handler::Write(create_saml),
        "UpdateSAMLProvider" => Handler::Write(update_saml),
        "DeleteSAMLProvider" => Handler::Write(delete_saml),
        "GetSAMLProvider" => Handler::Read(get_saml),
        "ListSAMLProviders" => Handler::Read(list_saml),
        "CreateOIDCConfig" => Handler::Write(create_oidc),
        "UpdateOIDCConfig" => Handler::Write(update_oidc),
        "DeleteOIDCConfig" => Handler::Write(delete_oidc),
        "DescribeOIDCConfig" => Handler::Read(get_oidc),
        "CreateUserSAMLConfig" => Handler::Write(create_user_saml),
        "UpdateUserSAMLConfig" => Handler::Write(update_user_saml),
        "DescribeUserSAMLConfig" => Handler::Read(get_user_saml),
        "CreateUserOIDCConfig" => Handler::Write(create_user_oidc),
        "UpdateUserOIDCConfig" => Handler::Write(update_user_oidc),
        "DescribeUserOIDCConfig" => Handler::Read(get_user_oidc),
        "DisableUserSSO" => Handler::Write(disable_user_sso),
        _ => return None,
    })
}

/// Providers differ in kind, not in how many there may be.
fn check_new(context: &Context<'_>, key: &str, name: &str) -> Result<(), ApiError> {
    names::provider(name)?;
    if context.state.providers.contains_key(key) {
        return Err(ApiError::invalid("IdentityNameInUse", "The name is in use."));
    }
    if context.state.providers.len() >= context.quotas().providers {
        let message = "There is no room for another identity provider.";
        return Err(ApiError::new("LimitExceeded.IdentityFull", message));
    }
    Ok(())
}

fn missing() -> ApiError {
    ApiError::not_found("IdentityNotExist", "The identity provider does not exist.")
}

fn saml<'a>(context: &'a Context<'_>) -> Result<(&'a Provider, &'a str), ApiError> {
    let key = Provider::saml_key(context.params.needed_text("Name")?);
    let provider = context.state.providers.get(&key).ok_or_else(missing)?;
    match &provider.facts {
        ProviderFacts::Saml { metadata } => Ok((provider, metadata)),
        ProviderFacts::Oidc(_) => Err(missing()),
    }
}

fn oidc<'a>(context: &'a Context<'_>) -> Result<(&'a Provider, &'a Oidc), ApiError> {
    let key = Provider::oidc_key(context.params.needed_text("Name")?);
    let provider = context.state.providers.get(&key).ok_or_else(missing)?;
    match &provider.facts {
        ProviderFacts::Oidc(facts) => Ok((provider, facts)),
        ProviderFacts::Saml { .. } => Err(missing()),
    }
}

/// Metadata that assertions can be verified with.
fn metadata(text: &str) -> Result<String, ApiError> {
    match Metadata::read(text) {
        Ok(_) => Ok(text.trim().to_owned()),
        Err(why) => {
            let message = format!("The metadata {why}.");
            Err(ApiError::new("InvalidParameterValue.MetadataError", message))
        }
    }
}

fn create_saml(context: &Context<'_>, change: &mut Change) -> Reply {
    let params = context.params;
    let name = params.needed_text("Name")?;
    let key = Provider::saml_key(name);
    check_new(context, &key, name)?;
    let metadata = metadata(params.needed_text("SAMLMetadataDocument")?)?;
    let arn = format!("qcs::cam::uin/{}:{key}", context.state.owner.uin);
    change.put(Provider {
        key,
        name: name.to_owned(),
        description: params.needed_text("Description")?.to_owned(),
        created: context.now,
        updated: context.now,
        facts: ProviderFacts::Saml { metadata },
    })?;
    reply(json!({ "ProviderArn": arn }))
}

fn update_saml(context: &Context<'_>, change: &mut Change) -> Reply {
    let params = context.params;
    let mut provider = Provider::clone(saml(context)?.0);
    if let Some(description) = params.text("Description") {
        description.clone_into(&mut provider.description);
    }
    if let Some(document) = params.text("SAMLMetadataDocument") {
        provider.facts = ProviderFacts::Saml { metadata: metadata(document)? };
    }
    provider.updated = context.now;
    change.put(provider)?;
    done()
}

fn delete_saml(context: &Context<'_>, change: &mut Change) -> Reply {
    let key = saml(context)?.0.key.clone();
    change.remove::<Provider>(&key);
    done()
}

fn get_saml(context: &Context<'_>) -> Reply {
    let (provider, metadata) = saml(context)?;
    reply(json!({
        "Name": provider.name,
        "Description": provider.description,
        "CreateTime": datetime(provider.created),
        "ModifyTime": datetime(provider.updated),
        "SAMLMetadata": metadata,
    }))
}

fn list_saml(context: &Context<'_>) -> Reply {
    let all = context.state.providers.values();
    let all = all.filter(|provider| matches!(provider.facts, ProviderFacts::Saml { .. }));
    let list: Vec<Value> = all
        .map(|provider| {
            json!({
                "Name": provider.name,
                "Description": provider.description,
                "CreateTime": datetime(provider.created),
                "ModifyTime": datetime(provider.updated),
            })
        })
        .collect();
    reply(json!({ "TotalCount": list.len(), "SAMLProviderSet": list }))
}

fn check_url(url: &str) -> Result<(), ApiError> {
    if url.starts_with("https://") || url.starts_with("http://") {
        return Ok(());
    }
    let message = "`IdentityUrl` begins with `https://`.";
    Err(ApiError::new("InvalidParameterValue.IdentityUrlError", message))
}

/// What a call says about a provider that speaks `OpenID` Connect.
fn oidc_facts(context: &Context<'_>) -> Result<Oidc, ApiError> {
    let params = context.params;
    let url = params.needed_text("IdentityUrl")?;
    check_url(url)?;
    let clients: Vec<String> = params.texts("ClientId").into_iter().map(str::to_owned).collect();
    if clients.is_empty() || clients.iter().any(String::is_empty) {
        return Err(ApiError::new("InvalidParameter", "`ClientId` names no client."));
    }
    Ok(Oidc {
        url: url.to_owned(),
        clients,
        keys: keys(params.needed_text("IdentityKey")?, "InvalidParameterValue.MetadataError")?,
        rotates: params.switch("AutoRotateKey")?.unwrap_or(false),
    })
}

/// Keys are a JWKS in base64.
fn keys(text: &str, code: &'static str) -> Result<String, ApiError> {
    let bytes = STANDARD.decode(text.trim()).unwrap_or_default();
    if serde_json::from_slice::<JwkSet>(&bytes).is_ok() {
        return Ok(text.trim().to_owned());
    }
    Err(ApiError::new(code, "`IdentityKey` is no JSON object with `keys`, in base64."))
}

fn create_oidc(context: &Context<'_>, change: &mut Change) -> Reply {
    let name = context.params.needed_text("Name")?;
    let key = Provider::oidc_key(name);
    check_new(context, &key, name)?;
    change.put(Provider {
        key,
        name: name.to_owned(),
        description: context.params.text("Description").unwrap_or_default().to_owned(),
        created: context.now,
        updated: context.now,
        facts: ProviderFacts::Oidc(oidc_facts(context)?),
    })?;
    done()
}

fn update_oidc(context: &Context<'_>, change: &mut Change) -> Reply {
    let mut provider = Provider::clone(oidc(context)?.0);
    if let Some(description) = context.params.text("Description") {
        description.clone_into(&mut provider.description);
    }
    provider.facts = ProviderFacts::Oidc(oidc_facts(context)?);
    provider.updated = context.now;
    change.put(provider)?;
    done()
}

fn delete_oidc(context: &Context<'_>, change: &mut Change) -> Reply {
    let key = oidc(context)?.0.key.clone();
    change.remove::<Provider>(&key);
    done()
}

fn get_oidc(context: &Context<'_>) -> Reply {
    let (provider, facts) = oidc(context)?;
    reply(json!({
        "ProviderType": 11,
        "IdentityUrl": facts.url,
        "IdentityKey": facts.keys,
        "ClientId": facts.clients,
        "Status": ENABLED,
        "Description": provider.description,
        "Name": provider.name,
        "AutoRotateKey": u64::from(facts.rotates),
    }))
}

/// What the interface calls a configuration that is in use, and one that is not.
const ENABLED: u64 = 11;
const DISABLED: u64 = 2;

const USER_SAML: &str = "user-saml";
const USER_OIDC: &str = "user-oidc";

fn put_setting(
    context: &Context<'_>,
    change: &mut Change,
    name: &str,
    value: Value,
) -> Result<(), ApiError> {
    let by = context.caller.uin;
    change.put(Setting { name: name.to_owned(), updated: context.now, by, value })
}

fn setting<'a>(context: &'a Context<'_>, name: &str) -> Option<&'a Map<String, Value>> {
    context.state.settings.get(name).and_then(|setting| setting.value.as_object())
}

fn create_user_saml(context: &Context<'_>, change: &mut Change) -> Reply {
    if setting(context, USER_SAML).is_some() {
        return Err(ApiError::invalid(
            "IdentityNameInUse",
            "There is such a configuration already.",
        ));
    }
    let metadata = metadata(context.params.needed_text("SAMLMetadataDocument")?)?;
    let domain = context.params.text("AuxiliaryDomain").unwrap_or_default();
    let value = json!({ "SAMLMetadata": metadata, "Status": ENABLED, "AuxiliaryDomain": domain });
    put_setting(context, change, USER_SAML, value)?;
    done()
}

fn update_user_saml(context: &Context<'_>, change: &mut Change) -> Reply {
    let params = context.params;
    let mut value = setting(context, USER_SAML).ok_or_else(missing)?.clone();
    match params.needed_text("Operate")? {
        "enable" => drop(value.insert("Status".into(), ENABLED.into())),
        "disable" => drop(value.insert("Status".into(), DISABLED.into())),
        "updateSAML" => {
            let document = params.needed_text("SAMLMetadataDocument")?;
            value.insert("SAMLMetadata".into(), metadata(document)?.into());
        }
        _ => {
            let message = "`Operate` is `enable`, `disable` or `updateSAML`.";
            return Err(ApiError::new("InvalidParameter", message));
        }
    }
    if let Some(domain) = params.text("AuxiliaryDomain") {
        value.insert("AuxiliaryDomain".into(), domain.into());
    }
    put_setting(context, change, USER_SAML, value.into())?;
    done()
}

fn get_user_saml(context: &Context<'_>) -> Reply {
    match setting(context, USER_SAML) {
        Some(value) => {
            let mut value = value.clone();
            // Stores of before have another number for what is in use.
            if value.get("Status").and_then(Value::as_u64) != Some(DISABLED) {
                value.insert("Status".into(), ENABLED.into());
            }
            Ok(value)
        }
        None => reply(json!({ "SAMLMetadata": "", "Status": 0, "AuxiliaryDomain": "" })),
    }
}

/// The configuration, with what the call gives.
fn user_oidc(context: &Context<'_>) -> Result<Value, ApiError> {
    let params = context.params;
    check_url(params.needed_text("IdentityUrl")?)?;
    let mut value: Map<String, Value> = params.0.clone();
    let code = "InvalidParameterValue.IdentityKeyError";
    let read = keys(params.needed_text("IdentityKey")?, code)?;
    value.insert("IdentityKey".into(), read.into());
    value.insert("ProviderType".into(), 12.into());
    value.insert("Status".into(), ENABLED.into());
    Ok(value.into())
}

fn create_user_oidc(context: &Context<'_>, change: &mut Change) -> Reply {
    if setting(context, USER_OIDC).is_some() {
        return Err(ApiError::invalid(
            "IdentityNameInUse",
            "There is such a configuration already.",
        ));
    }
    put_setting(context, change, USER_OIDC, user_oidc(context)?)?;
    done()
}

fn update_user_oidc(context: &Context<'_>, change: &mut Change) -> Reply {
    setting(context, USER_OIDC).ok_or_else(missing)?;
    put_setting(context, change, USER_OIDC, user_oidc(context)?)?;
    done()
}

fn get_user_oidc(context: &Context<'_>) -> Reply {
    let mut value = setting(context, USER_OIDC).cloned().ok_or_else(missing)?;
    let defaults =
        [("Scope", json!(["openid"])), ("Description", json!("")), ("AutoRotateKey", json!(0))];
    for (name, default) in defaults {
        let slot = value.entry(name).or_insert(Value::Null);
        if slot.is_null() {
            *slot = default;
        }
    }
    Ok(value)
}

fn disable_user_sso(_context: &Context<'_>, change: &mut Change) -> Reply {
    change.remove::<Setting>(&USER_SAML.to_owned());
    change.remove::<Setting>(&USER_OIDC.to_owned());
    done()
}
