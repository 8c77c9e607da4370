//! What holds for any audit record; shared with the fuzz target.

use std::net::{IpAddr, Ipv4Addr};

use camlock_cam::{Answer, ApiError, Asked, Record, SessionFacts, signature};
use camlock_serve::audit::{Around, line};
use serde_json::{Map, Value, json};

/// What no record may show.
const SECRET: &str = "s3cret-0f-somebody";

/// Whatever a call says and comes to, its record is JSON on one line that says the same, without secrets.
pub(crate) fn a_record_is_one_line_without_secrets(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if text.contains(SECRET) {
        return;
    }
    let mut parts = text.split('|').cycle();
    let mut next = || parts.next().unwrap_or_default().to_owned();
    let names = ["SecretKey", "SecretAccessKey", "Password", "TmpSecretKey", "Token"];
    let secrets: Map<String, Value> =
        names.iter().map(|name| ((*name).to_owned(), SECRET.into())).collect();
    let members = json!({ next(): next(), "Credentials": secrets, "List": [[secrets], next()],
        "Token": { next(): SECRET }, "Password": [SECRET] });
    let parameters = json!({ next(): next(), "List": [next()] });
    let action = next();
    let error = ApiError::new(next(), next());
    let failed = data.len().is_multiple_of(2);
    let members = members.as_object().cloned().unwrap_or_default();
    let answer = Answer {
        request_id: next(),
        result: if failed { Err(error.clone()) } else { Ok(members) },
        record: Record {
            service: next(),
            action: action.clone(),
            secret_id: next(),
            identity: "CAMUser",
            principal_id: next(),
            user_name: next(),
            account_id: next(),
            app_id: next(),
            factor: failed,
            session: Some(SessionFacts {
                name: next(),
                asked_by: next(),
                expires: 1,
                policy: Some(next()),
            }),
            tags: [(next(), next())].into(),
            resources: vec![next(), next()],
            parameters: parameters.as_object().cloned().unwrap_or_default(),
            denied: data.len().is_multiple_of(4),
        },
    };
    let header = |_: &str| Some(SECRET);
    let request = signature::Request {
        method: "POST",
        query: SECRET,
        header: &header,
        body: SECRET.as_bytes(),
    };
    let asked = Asked { request, source_ip: IpAddr::V4(Ipv4Addr::LOCALHOST), now: 1_700_000_000 };
    let (agent, region, version) = (next(), next(), next());
    let around = Around { agent: &agent, region: &region, version: &version };

    let line = line(&answer, &asked, &around);
    assert!(!line.contains(['\n', '\r']) && !line.contains(SECRET), "{line}");
    let read: Value = serde_json::from_str(&line).expect("JSON");
    assert_eq!(read["eventName"], action);
    let said = read["requestParameters"].as_str().expect("a text");
    assert_eq!(serde_json::from_str::<Value>(said).expect("JSON"), parameters);
    let codes = [&read["errorCode"], &read["apiErrorCode"]];
    let told = if failed { error.code() } else { "" };
    assert_eq!(codes.iter().any(|code| *code == told), failed, "{line}");
}
