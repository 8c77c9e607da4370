//! The calls of API 3.0 and their parameters, as data.

mod numbers;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::{Map, Value};

use crate::ApiError;

/// The text that the table is read from.
const TEXT: &str = include_str!("../data/calls.txt");

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(TEXT));

/// The versions that are spoken.
pub const VERSIONS: [(&str, &str); 3] =
    [("cam", "2019-01-16"), ("sts", "2018-08-13"), ("wecom", "2021-07-09")];

/// Every call by service and name.
#[derive(Debug, Default)]
struct Table {
    calls: BTreeMap<&'static str, BTreeMap<&'static str, Call>>,
    objects: BTreeMap<&'static str, Vec<Parameter>>,
}

/// One call.
#[derive(Clone, Debug)]
pub struct Call {
    service: &'static str,
    name: &'static str,
    parameters: Vec<Parameter>,
}

#[derive(Clone, Debug)]
struct Parameter {
    name: &'static str,
    optional: bool,
    list: bool,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    Text,
    Unsigned,
    Signed,
    Bool,
    Object(&'static str),
}

/// Lists of a request hold no more.
const MOST_ITEMS: usize = 1_000;

/// The call of a service with this name.
pub fn call(service: &str, name: &str) -> Option<&'static Call> {
    TABLE.calls.get(service)?.get(name)
}

/// Every call, by service and name.
pub fn calls() -> impl Iterator<Item = &'static Call> {
    TABLE.calls.values().flat_map(BTreeMap::values)
}

impl Call {
    /// `cam`, `sts`, or `wecom` for those that Tencent has no public calls for.
    pub fn service(&self) -> &'static str {
        self.service
    }

    /// The name, which is the action that policies speak of.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Whether it has a parameter of this name.
    pub fn has_parameter(&self, name: &str) -> bool {
        self.parameters.iter().any(|own| own.name == name)
    }

    /// Whether the parameters are those of the call and of the right types.
    ///
    /// # Errors
    ///
    /// `MissingParameter`, `UnknownParameter` or `InvalidParameter`, with the parameter.
    pub fn check(&self, parameters: &Map<String, Value>) -> Result<(), ApiError> {
        check(&self.parameters, parameters, "")
    }

    /// The parameters of a form, where lists are written as `Info.0.Uin=7`.
    ///
    /// # Errors
    ///
    /// `UnknownParameter` or `InvalidParameter`, with the parameter.
    pub fn read_form<'a>(
        &self,
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Map<String, Value>, ApiError> {
        let mut parameters = Map::new();
        for (path, text) in pairs {
            let mut steps = path.split('.');
            let name = steps.next().unwrap_or_default();
            let Some(parameter) = self.parameters.iter().find(|own| own.name == name) else {
                return Err(unknown(path));
            };
            let slot = parameters.entry(name).or_insert(Value::Null);
            insert(parameter, slot, &mut steps, path, text)?;
        }
        Ok(parameters)
    }
}

fn insert(
    parameter: &Parameter,
    mut slot: &mut Value,
    steps: &mut dyn Iterator<Item = &str>,
    path: &str,
    text: &str,
) -> Result<(), ApiError> {
    if parameter.list {
        let index = steps.next().and_then(|step| step.parse::<usize>().ok());
        let Some(index) = index.filter(|index| *index < MOST_ITEMS) else {
            return Err(wrong_type(path));
        };
        if slot.is_null() {
            *slot = Value::Array(Vec::new());
        }
        let Value::Array(items) = slot else { return Err(wrong_type(path)) };
        // Holes are refused when the parameters are checked.
        if items.len() <= index {
            items.resize(index + 1, Value::Null);
        }
        let Some(item) = items.get_mut(index) else { return Err(wrong_type(path)) };
        slot = item;
    }
    let Kind::Object(object) = parameter.kind else {
        if steps.next().is_some() {
            return Err(unknown(path));
        }
        *slot = scalar(parameter.kind, text).ok_or_else(|| wrong_type(path))?;
        return Ok(());
    };
    if slot.is_null() {
        *slot = Value::Object(Map::new());
    }
    let Value::Object(members) = slot else { return Err(wrong_type(path)) };
    let (Some(name), Some(parameters)) = (steps.next(), TABLE.objects.get(object)) else {
        return Err(wrong_type(path));
    };
    let Some(member) = parameters.iter().find(|own| own.name == name) else {
        return Err(unknown(path));
    };
    insert(member, members.entry(name).or_insert(Value::Null), steps, path, text)
}

fn scalar(kind: Kind, text: &str) -> Option<Value> {
    Some(match kind {
        Kind::Text => text.into(),
        Kind::Unsigned => text.parse::<u64>().ok()?.into(),
        Kind::Signed => text.parse::<i64>().ok()?.into(),
        Kind::Bool => match text {
            "true" | "True" | "1" => true.into(),
            "false" | "False" | "0" => false.into(),
            _ => return None,
        },
        Kind::Object(_) => return None,
    })
}

fn check(
    parameters: &[Parameter],
    given: &Map<String, Value>,
    within: &str,
) -> Result<(), ApiError> {
    for name in given.keys() {
        if !parameters.iter().any(|own| own.name == name) {
            return Err(unknown(&format!("{within}{name}")));
        }
    }
    for parameter in parameters {
        let path = format!("{within}{}", parameter.name);
        match given.get(parameter.name).filter(|value| !value.is_null()) {
            None if parameter.optional => {}
            None => return Err(ApiError::missing(&path)),
            Some(Value::Array(items)) if parameter.list => {
                if items.len() > MOST_ITEMS {
                    return Err(wrong(&path, "has too many items"));
                }
                for (at, item) in items.iter().enumerate() {
                    check_one(parameter.kind, item, &format!("{path}.{at}"))?;
                }
            }
            Some(value) if !parameter.list => check_one(parameter.kind, value, &path)?,
            Some(_) => return Err(wrong_type(&path)),
        }
    }
    Ok(())
}

fn check_one(kind: Kind, value: &Value, path: &str) -> Result<(), ApiError> {
    let fits = match (kind, value) {
        (Kind::Object(object), Value::Object(members)) => {
            let parameters = TABLE.objects.get(object).map(Vec::as_slice).unwrap_or_default();
            return check(parameters, members, &format!("{path}."));
        }
        (Kind::Text, Value::String(text)) => {
            let longest = longest(path);
            if text.len() > longest {
                return Err(wrong(path, &format!("has more than {longest} bytes")));
            }
            true
        }
        (Kind::Bool, Value::Bool(_)) => true,
        (Kind::Unsigned, Value::Number(number)) => number.as_u64().is_some(),
        // No call has a use for numbers below zero.
        (Kind::Signed, Value::Number(number)) => number.as_i64().is_some_and(|number| number >= 0),
        _ => false,
    };
    if fits { Ok(()) } else { Err(wrong_type(path)) }
}

/// How long a text may be, so that no object grows without end; documents have limits of their own.
fn longest(path: &str) -> usize {
    const DOCUMENTS: [&str; 6] = [
        "PolicyDocument",
        "Policy",
        "SAMLMetadataDocument",
        "SAMLAssertion",
        "WebIdentityToken",
        "IdentityKey",
    ];
    if DOCUMENTS.contains(&path) { 1 << 20 } else { 2_048 }
}

fn unknown(path: &str) -> ApiError {
    let path = path.chars().take(128).collect::<String>();
    ApiError::new("UnknownParameter", format!("The parameter `{path}` is not recognized."))
}

fn wrong_type(path: &str) -> ApiError {
    wrong(path, "has a value of the wrong type")
}

fn wrong(path: &str, what: &str) -> ApiError {
    let path = path.chars().take(128).collect::<String>();
    ApiError::new("InvalidParameter", format!("The parameter `{path}` {what}."))
}

impl Table {
    // INVARIANT: a test reads the table whole, so no line is dropped.
    fn read(text: &'static str) -> Self {
        let mut table = Self::default();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let mut words = line.split(' ');
            let (Some(service), Some(name)) = (words.next(), words.next()) else { continue };
            let parameters = words.filter_map(Parameter::read).collect();
            if service == "object" {
                table.objects.insert(name, parameters);
            } else {
                let call = Call { service, name, parameters };
                table.calls.entry(service).or_default().insert(name, call);
            }
        }
        table
    }
}

impl Parameter {
    fn read(word: &'static str) -> Option<Self> {
        let (name, kind) = word.split_once(':')?;
        let item = kind.strip_prefix('[').and_then(|kind| kind.strip_suffix(']'));
        let kind = match item.unwrap_or(kind) {
            "string" => Kind::Text,
            "uint64" => Kind::Unsigned,
            "int64" => Kind::Signed,
            "bool" => Kind::Bool,
            object => Kind::Object(object),
        };
        let required = name.strip_suffix('?');
        let (name, optional) = (required.unwrap_or(name), required.is_some());
        Some(Self { name, optional, list: item.is_some(), kind })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_table_has_every_call_and_object() {
        assert_eq!(calls().filter(|call| call.service() == "cam").count(), 95);
        assert_eq!(calls().filter(|call| call.service() == "sts").count(), 7);
        let words = TEXT.lines().filter(|line| !line.starts_with('#'));
        let words: usize = words.map(|line| line.split(' ').count() - 2).sum();
        let objects = TABLE.objects.values().map(Vec::len).sum::<usize>();
        let read = calls().map(|call| call.parameters.len()).sum::<usize>() + objects;
        assert_eq!(read, words);
        for parameter in calls().flat_map(|call| &call.parameters) {
            if let Kind::Object(object) = parameter.kind {
                assert!(TABLE.objects.contains_key(object), "{object}");
            }
        }
    }

    fn fault(name: &str, parameters: Value) -> String {
        let Value::Object(parameters) = parameters else { unreachable!() };
        call("cam", name).unwrap().check(&parameters).unwrap_err().to_string()
    }

    #[test]
    fn faults_name_the_parameter() {
        assert!(fault("AddUser", json!({})).starts_with("MissingParameter: "));
        assert!(fault("AddUser", json!({"Name": "a", "Nme": 1})).contains("`Nme`"));
        assert!(fault("AddUser", json!({"Name": 7})).contains("`Name`"));
        assert!(fault("AddUserToGroup", json!({"Info": [{"Uin": -1}]})).contains("`Info.0.Uin`"));
        assert!(fault("AddUserToGroup", json!({"Info": [null]})).contains("`Info.0`"));
    }

    #[test]
    fn a_form_is_read_as_json() {
        let call = call("cam", "AddUserToGroup").unwrap();
        let form = [("Info.0.GroupId", "1"), ("Info.1.Uin", "9"), ("Info.0.Uin", "8")];
        let read = Value::Object(call.read_form(form).unwrap());
        assert_eq!(read, json!({"Info": [{"GroupId": 1, "Uin": 8}, {"Uin": 9}]}));
        for form in [("Info.0.Uin", "x"), ("Info.99999.Uin", "1"), ("Info", "1"), ("X", "1")] {
            assert!(call.read_form([form]).is_err(), "{form:?}");
        }
    }
}
