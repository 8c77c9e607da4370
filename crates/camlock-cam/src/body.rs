//! Bodies of requests, read with limits: whoever sends one may not have a key.

use camlock_syntax::json::{self, Kind};
use camlock_syntax::limits::Limits;
use serde::de::IgnoredAny;
use serde_json::{Map, Number, Value};

use crate::ApiError;

/// No call nests parameters deeper, by far.
const DEPTH: usize = 8;
/// Nor are there longer lists.
const MEMBERS: usize = 1_000;
/// Nor are there more values in all: lists of lists would be many within the limits above, and a value takes
/// much more memory than text.
const VALUES: usize = 20_000;

/// The parameters of a JSON body.
pub(crate) fn read(body: &[u8], longest: usize) -> Result<Map<String, Value>, ApiError> {
    let text = std::str::from_utf8(body).map_err(|_| invalid("is no text in UTF-8"))?;
    if text.len() > longest {
        return Err(invalid(&format!("is longer than {longest} bytes")));
    }
    // Both passes keep nothing of what they read.
    serde_json::from_str::<IgnoredAny>(text)
        .map_err(|why| invalid(&format!("is refused: {why}")))?;
    if most_values(text) > VALUES {
        return Err(invalid(&format!("holds more than {VALUES} values")));
    }
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

/// As many values as there may be in a text that is JSON: one behind each mark that one can follow, and the
/// outermost.
fn most_values(text: &str) -> usize {
    let (mut marks, mut quoted, mut escaped) = (1, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'[' | b'{' | b',' if !quoted => marks += 1,
            _ => {}
        }
    }
    marks
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

    #[test]
    fn lists_of_lists_hold_so_many_values_together() {
        let list = |of: &str, length: usize| format!("[{}]", vec![of; length].join(","));
        let body = |outer: usize| format!("{{\"A\":{}}}", list(&list("1", 999), outer));
        // What stands in a text is no value, whatever it looks like.
        let text = format!("{{\"T\":\"{}\\\"[,\"}}", "[,{".repeat(20_000));
        for good in [body(19), text] {
            read(good.as_bytes(), 1 << 20).unwrap();
        }
        let error = read(body(21).as_bytes(), 1 << 20).unwrap_err();
        assert!(error.message().contains("more than 20000 values"), "{error:?}");
    }
}
