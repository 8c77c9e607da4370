//! Ids that people write as strings or as numbers.

use std::borrow::Cow;
use std::fmt;

use camlock_policy::{AppId, Uin};
use serde::de::{self, Deserialize, Deserializer, Visitor};

use crate::WireError;

/// An id as text; a JSON number means its digits.
#[derive(Clone, Debug)]
pub(crate) struct Id<'a>(pub(crate) Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Id<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(IdVisitor)
    }
}

struct IdVisitor;

impl<'de> Visitor<'de> for IdVisitor {
    type Value = Id<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id, as a string of digits or a number")
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Id(Cow::Borrowed(text)))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Id(Cow::Owned(text.to_owned())))
    }

    // Numbers arrive as a map of one entry, because they are kept as written.
    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let number = serde_json::Number::deserialize(de::value::MapAccessDeserializer::new(map))?;
        Ok(Id(Cow::Owned(number.to_string())))
    }
}

impl Id<'_> {
    pub(crate) fn uin(&self, member: &str) -> Result<Uin, WireError> {
        Uin::parse(&self.0).ok_or_else(|| self.not_digits(member))
    }

    pub(crate) fn app_id(&self, member: &str) -> Result<AppId, WireError> {
        AppId::parse(&self.0).ok_or_else(|| self.not_digits(member))
    }

    fn not_digits(&self, member: &str) -> WireError {
        let shown: String = self.0.chars().take(40).collect();
        WireError::new("CAM4005", format!("`{member}` is decimal digits, `{shown}` is not"))
    }
}
