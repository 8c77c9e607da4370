//! One request as a JSON object.

use std::borrow::Cow;
use std::fmt;

use camlock_policy::{AccountIds, ContextValue, ContextValues, Policy, PolicyKind, Request};
use camlock_syntax::parse;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::id::Id;
use crate::{WireError, principal};

/// A request with what only its JSON form carries.
#[derive(Debug)]
#[expect(clippy::exhaustive_structs, reason = "plain results that a caller takes apart")]
pub struct WireRequest {
    /// What the caller calls the request; answers repeat it.
    pub id: Option<String>,
    /// The request.
    pub request: Request,
    /// The session policy of the credentials [EVL-12].
    pub session_policy: Option<Policy>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RequestObject<'a> {
    #[serde(default)]
    id: Option<String>,
    #[serde(borrow)]
    principal: &'a RawValue,
    #[serde(borrow)]
    action: Cow<'a, str>,
    #[serde(borrow)]
    resource: Names<'a>,
    #[serde(default)]
    context: Facts,
    #[serde(borrow, default)]
    session_policy: Option<&'a RawValue>,
    #[serde(borrow, default)]
    resource_owner: Option<OwnerObject<'a>>,
    #[serde(default)]
    catalog: CatalogObject,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Names<'a> {
    One(#[serde(borrow)] Cow<'a, str>),
    Many(Vec<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnerObject<'a> {
    #[serde(borrow, default)]
    uin: Option<Id<'a>>,
    #[serde(borrow, default)]
    app_id: Option<Id<'a>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct CatalogObject {
    #[serde(default)]
    service_level: Vec<String>,
}

impl WireRequest {
    /// Reads one request object.
    ///
    /// # Errors
    ///
    /// A [`WireError`]; the request must not be served.
    pub fn parse(text: &str) -> Result<Self, WireError> {
        let object: RequestObject<'_> = serde_json::from_str(text)?;
        let mut builder = Request::builder()
            .principal_facts(principal::parse(object.principal)?)
            .action(&object.action);
        builder = match &object.resource {
            Names::One(name) => builder.resource(name),
            Names::Many(names) => {
                names.iter().fold(builder, |builder, name| builder.resource(name))
            }
        };
        for (key, values) in object.context.0 {
            builder = builder.context(&key, values);
        }
        for service in &object.catalog.service_level {
            builder = builder.service_level(service);
        }
        if let Some(owner) = &object.resource_owner {
            let uin = owner.uin.as_ref().map(|id| id.uin("resource_owner.uin")).transpose()?;
            let app_id =
                owner.app_id.as_ref().map(|id| id.app_id("resource_owner.app_id")).transpose()?;
            builder = builder.resource_owner(AccountIds::new(uin, app_id));
        }
        let session_policy =
            object.session_policy.map(|raw| session_policy(raw.get())).transpose()?;
        Ok(Self {
            id: object.id,
            request: builder.build()?,
            session_policy: session_policy.flatten(),
        })
    }

    /// The id of a request that could not be read otherwise, so that its answer can still be told apart.
    pub fn id_of(text: &str) -> Option<String> {
        #[derive(Deserialize)]
        struct IdOnly {
            id: Option<String>,
        }
        serde_json::from_str::<IdOnly>(text).ok()?.id
    }
}

fn session_policy(text: &str) -> Result<Option<Policy>, WireError> {
    if text == "null" {
        return Ok(None);
    }
    let parsed = parse(text, PolicyKind::Session);
    match parsed.first_error() {
        Some(fault) => {
            let api = fault.api_code.unwrap_or(fault.code.as_str());
            Err(WireError::new(
                fault.code.as_str(),
                format!("the session policy: {} ({api})", fault.message),
            ))
        }
        None => Ok(parsed.policy),
    }
}

/// The context: keys in order, each with its values; a key given twice is an error.
#[derive(Default)]
struct Facts(Vec<(String, ContextValues)>);

impl<'de> Deserialize<'de> for Facts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(FactsVisitor)
    }
}

struct FactsVisitor;

impl<'de> Visitor<'de> for FactsVisitor {
    type Value = Facts;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of condition keys and their values")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Facts, A::Error> {
        let mut facts: Vec<(String, ContextValues)> = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        while let Some((key, value)) = map.next_entry::<String, Box<RawValue>>()? {
            if !seen.insert(key.clone()) {
                let shown: String = key.chars().take(60).collect();
                return Err(serde::de::Error::custom(format!("the context key `{shown}` twice")));
            }
            let values = values_of(&value).map_err(serde::de::Error::custom)?;
            facts.push((key, values));
        }
        Ok(Facts(facts))
    }
}

fn values_of(raw: &RawValue) -> Result<ContextValues, serde_json::Error> {
    if !raw.get().starts_with('[') {
        return Ok(vec![value_of(raw)?].into());
    }
    let items: Vec<&RawValue> = serde_json::from_str(raw.get())?;
    let values = items.into_iter().map(value_of).collect::<Result<Vec<_>, _>>();
    Ok(values?.into())
}

/// What is neither text nor number nor boolean is there and cannot be read [RD-28].
fn value_of(raw: &RawValue) -> Result<ContextValue, serde_json::Error> {
    let text = raw.get();
    Ok(match text.bytes().next() {
        Some(b'"') => ContextValue::Text(serde_json::from_str::<String>(text)?.into()),
        Some(b't') => ContextValue::Bool(true),
        Some(b'f') => ContextValue::Bool(false),
        // A number is text as written, which a parsed number would not keep [RD-13].
        Some(b'-' | b'0'..=b'9') => ContextValue::Number(text.into()),
        _ => ContextValue::Unreadable,
    })
}
