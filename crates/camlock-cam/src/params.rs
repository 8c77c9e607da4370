//! The parameters of one call, which were checked against its schema.

use serde_json::{Map, Value};

use crate::ApiError;

/// Parameters that have the types of the schema.
#[derive(Clone, Copy)]
pub(crate) struct Params<'a>(pub(crate) &'a Map<String, Value>);

impl std::fmt::Debug for Params<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Values may be passwords and tokens.
        f.debug_list().entries(self.0.keys()).finish()
    }
}

impl<'a> Params<'a> {
    pub(crate) fn text(self, name: &str) -> Option<&'a str> {
        self.0.get(name).and_then(Value::as_str)
    }

    pub(crate) fn number(self, name: &str) -> Option<u64> {
        self.0.get(name).and_then(Value::as_u64)
    }

    pub(crate) fn flag(self, name: &str) -> Option<bool> {
        match self.0.get(name)? {
            Value::Bool(flag) => Some(*flag),
            Value::Number(number) => Some(number.as_i64() != Some(0)),
            _ => None,
        }
    }

    /// A flag of 0 or 1; another number is refused.
    pub(crate) fn switch(self, name: &str) -> Result<Option<bool>, ApiError> {
        match self.0.get(name).filter(|value| !value.is_null()) {
            None => Ok(None),
            Some(value) => match value.as_i64() {
                Some(0) => Ok(Some(false)),
                Some(1) => Ok(Some(true)),
                _ => Err(ApiError::parameter(format!("`{name}` has to be 0 or 1."))),
            },
        }
    }

    pub(crate) fn items(self, name: &str) -> &'a [Value] {
        self.0.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }

    pub(crate) fn numbers(self, name: &str) -> Vec<u64> {
        self.items(name).iter().filter_map(Value::as_u64).collect()
    }

    pub(crate) fn texts(self, name: &str) -> Vec<&'a str> {
        self.items(name).iter().filter_map(Value::as_str).collect()
    }

    pub(crate) fn objects(self, name: &str) -> impl Iterator<Item = Params<'a>> {
        self.items(name).iter().filter_map(Value::as_object).map(Params)
    }

    pub(crate) fn object(self, name: &str) -> Option<Params<'a>> {
        self.0.get(name).and_then(Value::as_object).map(Params)
    }

    /// A parameter that the schema asks for.
    pub(crate) fn needed_text(self, name: &str) -> Result<&'a str, ApiError> {
        self.text(name).ok_or_else(|| ApiError::missing(name))
    }

    /// A parameter that the schema asks for.
    pub(crate) fn needed_number(self, name: &str) -> Result<u64, ApiError> {
        self.number(name).ok_or_else(|| ApiError::missing(name))
    }

    /// An id that the interface has as a text in some calls and as a number in others.
    pub(crate) fn id(self, name: &str) -> Option<String> {
        match self.0.get(name)? {
            Value::String(text) if !text.is_empty() => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }
}
