//! Condition keys, general and well known.

use std::fmt;

use smol_str::SmolStr;

use crate::{BaseOperator, NameError, NameFault, OperatorFamily};

/// The name that a condition looks up in the context; case-sensitive [CND-24].
///
/// # Examples
///
/// ```
/// use camlock_policy::{ConditionKey, TagSide};
///
/// let key = ConditionKey::parse("qcs:tag/env")?;
/// let tag = key.tag().unwrap();
/// assert_eq!((tag.side(), tag.name()), (TagSide::Resource, Some("env")));
/// assert!(ConditionKey::parse("qcs:IP").is_err());
/// # Ok::<(), camlock_policy::NameError>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct ConditionKey(SmolStr);

/// A condition key that reads tags [CND-26, CND-27].
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct TagKey<'a> {
    side: TagSide,
    name: Option<&'a str>,
}

/// Whose tags; neither side stands in for the other [CND-28].
#[expect(clippy::exhaustive_enums, reason = "tags are on the resource or in the request")]
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum TagSide {
    /// Tags that the resource has: `qcs:resource_tag`, formerly `qcs:tag`.
    Resource,
    /// Tags that the request brings: `qcs:request_tag`.
    Request,
}

impl TagSide {
    /// The current name of the key that reads all tags of this side.
    pub fn key(self) -> &'static str {
        match self {
            Self::Resource => "qcs:resource_tag",
            Self::Request => "qcs:request_tag",
        }
    }
}

impl<'a> TagKey<'a> {
    /// Recognizes the keys that read tags, in the aggregate and in the per-key form.
    pub fn of(key: &'a str) -> Option<Self> {
        let (base, name) = match key.split_once('/') {
            Some((base, name)) => (base, Some(name)),
            None => (key, None),
        };
        let side = match base {
            "qcs:resource_tag" | "qcs:tag" => TagSide::Resource,
            "qcs:request_tag" => TagSide::Request,
            _ => return None,
        };
        Some(Self { side, name })
    }

    /// Whose tags.
    pub fn side(self) -> TagSide {
        self.side
    }

    /// The tag of the per-key form; `None` for all tags as `key&value`.
    pub fn name(self) -> Option<&'a str> {
        self.name
    }
}

/// What type a well-known key has (section 6.3 of the semantics).
#[derive(Clone, Copy)]
enum KeyType {
    Text,
    TextOrNumber,
    Number,
    Address,
    Time,
    Bool,
    Only(BaseOperator),
}

/// The well-known keys; everything else takes every operator [CND-25, CND-32].
const WELL_KNOWN: &[(&str, KeyType)] = &[
    ("qcs:ip", KeyType::Address),
    ("qcs:current_time", KeyType::Time),
    ("qcs:resource_tag", KeyType::Text),
    ("qcs:request_tag", KeyType::Text),
    ("qcs:tag", KeyType::Text),
    ("qcs:uin", KeyType::Text),
    ("qcs:owner_uin", KeyType::Text),
    ("qcs:create_uin", KeyType::Text),
    ("qcs:mfa", KeyType::TextOrNumber),
    ("mfa", KeyType::TextOrNumber),
    ("qcs:vpc", KeyType::Text),
    ("vpc:requester_vpc", KeyType::Text),
    ("vpc:vpc", KeyType::Text),
    ("vpc:accepter_vpc", KeyType::Text),
    ("vpc:region", KeyType::Text),
    ("cvm:region", KeyType::Text),
    ("cvm:zone", KeyType::Text),
    ("cvm:instance_type", KeyType::Text),
    ("cvm:image_type", KeyType::Text),
    ("cvm:disk_type", KeyType::Text),
    ("cvm:disk_size", KeyType::Number),
    ("cos:secure-transport", KeyType::Bool),
    ("cos:tls-version", KeyType::Number),
    ("cos:content-length", KeyType::Number),
    ("cos:content_length", KeyType::Number),
    ("cos:content-type", KeyType::Text),
    ("cos:response-content-type", KeyType::Text),
    ("cos:x-cos-acl", KeyType::Text),
    ("cos:x-cos-storage-class", KeyType::Text),
    ("cos:prefix", KeyType::Text),
    ("cos:versionid", KeyType::Text),
    ("bmvpc:unVpcId", KeyType::Only(BaseOperator::StringEqual)),
    ("saml:aud", KeyType::Text),
    ("saml:iss", KeyType::Text),
    ("saml:sub", KeyType::Text),
    ("saml:sub_type", KeyType::Text),
    ("oidc:iss", KeyType::Only(BaseOperator::StringEqual)),
    ("oidc:aud", KeyType::Only(BaseOperator::StringEqual)),
    ("oidc:sub", KeyType::Text),
];

impl ConditionKey {
    /// Reads a condition key; an unknown one is legal [CND-32].
    ///
    /// # Errors
    ///
    /// A [`NameError`] with a `Key…` fault, such as [`NameFault::KeyCase`] for a well-known key in
    /// the wrong letter case, which must not be read as an absent one [CND-24].
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let error = |fault| Err(NameError::whole(fault, text));
        if text.is_empty() {
            return error(NameFault::KeyEmpty);
        }
        if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return error(NameFault::KeyBlank);
        }
        if text.as_bytes().windows(2).any(|pair| pair == b"${") {
            return error(NameFault::KeyVariable);
        }
        let key = Self(text.into());
        let base = key.base();
        if WELL_KNOWN.iter().any(|(known, _)| *known != base && known.eq_ignore_ascii_case(base)) {
            return error(NameFault::KeyCase);
        }
        if key.tag().is_some_and(|tag| tag.name == Some("")) {
            return error(NameFault::KeyTagEmpty);
        }
        Ok(key)
    }

    /// The keys whose types are known (section 6.3 of the semantics).
    pub fn well_known() -> impl Iterator<Item = &'static str> {
        WELL_KNOWN.iter().map(|(key, _)| *key)
    }

    /// Whether the type of the key is known; the tag of a per-key form aside.
    pub fn is_well_known(&self) -> bool {
        let base = self.base();
        WELL_KNOWN.iter().any(|(known, _)| *known == base)
    }

    /// The key as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What tags the key reads, if it reads tags.
    pub fn tag(&self) -> Option<TagKey<'_>> {
        TagKey::of(&self.0)
    }

    /// Whether values of the key are tags written `key&value` [CND-26].
    pub(crate) fn is_tag_set(&self) -> bool {
        self.tag().is_some_and(|tag| tag.name.is_none())
    }

    /// Whether the type of the key goes with the operator [CND-25].
    pub(crate) fn takes(&self, operator: BaseOperator) -> bool {
        use OperatorFamily as F;
        let base = self.base();
        let Some((_, key_type)) = WELL_KNOWN.iter().find(|(known, _)| *known == base) else {
            return true;
        };
        let text = matches!(operator.family(), F::String | F::Binary);
        let family = operator.family();
        family == F::Null
            || match key_type {
                KeyType::Text => text,
                KeyType::TextOrNumber => text || family == F::Numeric,
                KeyType::Number => family == F::Numeric,
                KeyType::Address => family == F::Ip,
                KeyType::Time => family == F::Date,
                KeyType::Bool => family == F::Bool,
                KeyType::Only(only) => operator == *only,
            }
    }

    /// How many values the key takes at most, where a rule says so [RD-21].
    pub(crate) fn max_values(&self) -> Option<usize> {
        (self.0 == "oidc:sub").then_some(10)
    }

    /// The key, the tag of a per-key form aside.
    fn base(&self) -> &str {
        match self.0.split_once('/') {
            Some((base, _)) if is_tag_base(base) => base,
            _ => &self.0,
        }
    }
}

fn is_tag_base(base: &str) -> bool {
    ["qcs:resource_tag", "qcs:request_tag", "qcs:tag"].iter().any(|b| b.eq_ignore_ascii_case(base))
}

impl fmt::Display for ConditionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
