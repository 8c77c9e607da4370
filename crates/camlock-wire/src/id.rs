//! Ids that people write as strings or as numbers.

use std::borrow::Cow;

use camlock_policy::{AppId, Uin};
use serde::de::{Deserialize, Deserializer, Error as _};
use serde_json::value::RawValue;

use crate::WireError;

/// An id as text; a JSON number means its digits.
#[derive(Clone, Debug)]
pub(crate) struct Id<'a>(pub(crate) Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Id<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Taken raw, because a number is its digits as written.
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        match raw.bytes().next() {
            Some(b'"') => serde_json::from_str(raw).map(|text: String| Id(text.into())),
            Some(b'0'..=b'9') => Ok(Id(raw.into())),
            _ => Err(serde_json::Error::custom("an id is a string of digits or a number")),
        }
        .map_err(D::Error::custom)
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
