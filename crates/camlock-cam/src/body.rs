//! Bodies of requests, read with limits: whoever sends one may not have a key.

use camlock_syntax::json::{self, Kind};
use camlock_syntax::limits::Limits;
use serde_json::{Map, Number, Value};

use crate::ApiError;

/// No call nests parameters deeper, by far.
const DEPTH: usize = 8;
/// Nor are there longer lists.
const MEMBERS: usize = 1_000;

/// The parameters of a JSON body.
pub(crate) fn read(body: &[u8], longest: usize) -> Result<Map<String, Value>, ApiError> {
    let text = std::str::from_utf8(body).map_err(|_| invalid("is no text in UTF-8"))?;
    let limits = Limits {
        max_bytes: longest,
        max_depth: DEPTH,
        max_members: MEMBERS,
        max_faults: 1,
        ..Limits::policy()
    };
    let parsed = json::parse(text, &limits);
    if let Some(fault) = parsed.diagnostics.first() {
        return Err(invalid(&format!(
            "is refused at byte {}: {}",
            fault.span.start, fault.message
        )));
    }
    let Some(root) = &parsed.root else { return Err(invalid("is empty")) };
    match value(&root.kind)? {
        Value::Object(parameters) => Ok(parameters),
        _ => Err(invalid("is no JSON object")),
    }
}

/// The recursion ends where the parser's limit does.
fn value(kind: &Kind<'_>) -> Result<Value, ApiError> {
    Ok(match kind {
        Kind::Null => Value::Null,
        Kind::Bool(flag) => (*flag).into(),
        Kind::Number(text) => {
            let number = serde_json::from_str::<Number>(text);
            Value::Number(number.map_err(|_| invalid("holds a number that cannot be read"))?)
        }
        Kind::String(text) => Value::String(text.decoded.to_string()),
        Kind::Array(items) => {
            let items = items.iter().map(|item| value(&item.kind));
            Value::Array(items.collect::<Result<_, _>>()?)
        }
        Kind::Object(members) => {
            let mut object = Map::new();
            for member in members {
                let name = member.name.decoded.to_string();
                if object.insert(name, value(&member.value.kind)?).is_some() {
                    return Err(invalid("has a name twice in one object"));
                }
            }
            Value::Object(object)
        }
        Kind::Invalid => return Err(invalid("is no JSON")),
    })
}

fn invalid(why: &str) -> ApiError {
    ApiError::new("InvalidRequest", format!("The body {why}."))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn bodies_are_read_within_limits() {
        let read = |text: &str| read(text.as_bytes(), 1 << 20);
        let good =
            read(r#"{"Info":[{"Uin":100000000002}],"Ok":true,"No":null,"T":"é\n"}"#).unwrap();
        assert_eq!(good["Info"][0]["Uin"].as_u64(), Some(100_000_000_002));
        assert_eq!(good["T"].as_str(), Some("é\n"));
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        let raw = r#"{"$serde_json::private::RawValue":"[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]"}"#;
        assert!(read(raw).unwrap().values().all(serde_json::Value::is_string));
        for bad in ["", "[]", "7", "{", r#"{"a":1,"a":2}"#, &format!("{{\"a\":{deep}}}")] {
            let error = read(bad).unwrap_err();
            assert_eq!(error.code(), "InvalidRequest", "{bad:.40}");
        }
    }
}
