//! Numbers that are written as texts.

use serde_json::{Map, Value};

use super::{Call, Kind, Parameter, TABLE};

impl Call {
    /// Makes numbers of texts that are nothing else, where the call has numbers.
    ///
    /// The published examples have `"PolicyId": "524497"` in bodies, and clients follow them. Any other
    /// text stays, and is refused when the parameters are checked.
    pub(crate) fn read_numbers(&self, parameters: &mut Map<String, Value>) {
        read(&self.parameters, parameters);
    }
}

/// The recursion ends where objects of the table do: none holds another that holds it.
fn read(parameters: &[Parameter], given: &mut Map<String, Value>) {
    for parameter in parameters {
        match given.get_mut(parameter.name) {
            Some(Value::Array(items)) if parameter.list => {
                for item in items {
                    read_one(parameter.kind, item);
                }
            }
            Some(value) if !parameter.list => read_one(parameter.kind, value),
            _ => {}
        }
    }
}

fn read_one(kind: Kind, value: &mut Value) {
    match (kind, &mut *value) {
        (Kind::Object(object), Value::Object(members)) => {
            let parameters = TABLE.objects.get(object).map(Vec::as_slice).unwrap_or_default();
            read(parameters, members);
        }
        (Kind::Unsigned | Kind::Signed, Value::String(text)) => {
            if let Some(number) = number(text) {
                *value = number.into();
            }
        }
        _ => {}
    }
}

/// A number as JSON writes it: digits, and no zero before others.
fn number(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let padded = text.len() > 1 && text.starts_with('0');
    if digits && !padded { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::schema::call;

    fn after(name: &str, given: Value) -> Value {
        let Value::Object(mut given) = given else { unreachable!() };
        call("cam", name).unwrap().read_numbers(&mut given);
        given.into()
    }

    #[test]
    fn texts_that_are_numbers_are_read_as_such() {
        let read = after("AttachUserPolicy", json!({"PolicyId": "524497", "AttachUin": 7}));
        assert_eq!(read, json!({"PolicyId": 524_497, "AttachUin": 7}));
        let info = json!({"Info": [{"Uid": "1001408", "GroupId": "2020"}]});
        let read = after("AddUserToGroup", info);
        assert_eq!(read, json!({"Info": [{"Uid": 1_001_408, "GroupId": 2020}]}));
        let read = after("DeletePolicy", json!({"PolicyId": ["1", "0"]}));
        assert_eq!(read, json!({"PolicyId": [1, 0]}));
    }

    #[test]
    fn other_texts_stay() {
        for text in ["", "abc", "-1", "+1", " 1", "1.0", "01", "1e3", "٣", "99999999999999999999"]
        {
            let given = json!({"PolicyId": text});
            assert_eq!(after("GetPolicy", given.clone()), given, "{text}");
        }
        // Where a text is asked for, digits are one.
        let named = json!({"Name": "7", "Bogus": "7"});
        assert_eq!(after("GetUser", named.clone()), named);
        let role = json!({"RoleId": "4611686018427397920"});
        assert_eq!(after("GetRole", role.clone()), role);
    }
}
