//! Requests that somebody changed, kept or never signed.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

use camlock_cam::signature::{Request, sign};
use camlock_cam::{Asked, Options};
use serde_json::json;

use crate::client::{Client, allow};

/// A request of the root for `ListUsers` that tests change before or after it is signed.
struct Sent {
    method: &'static str,
    query: String,
    body: String,
    headers: BTreeMap<&'static str, String>,
    signed: &'static str,
}

impl Sent {
    fn new(client: &Client) -> Self {
        let headers = [
            ("content-type", "application/json".to_owned()),
            ("host", "cam.test".to_owned()),
            ("x-tc-action", "ListUsers".to_owned()),
            ("x-tc-version", "2019-01-16".to_owned()),
            ("x-tc-timestamp", client.now().to_string()),
        ];
        Self {
            method: "POST",
            query: String::new(),
            body: "{}".to_owned(),
            headers: headers.into(),
            signed: "content-type;host",
        }
    }

    fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.insert(name, value.to_owned());
        self
    }

    fn signed(self, client: &Client) -> Self {
        let header = |name: &str| self.headers.get(name).map(String::as_str);
        let request = Request {
            method: self.method,
            query: &self.query,
            header: &header,
            body: self.body.as_bytes(),
        };
        let timestamp = &self.headers["x-tc-timestamp"];
        let (id, secret) = (&client.root.id, &client.root.secret);
        let authorization = sign(id, secret, "cam", self.signed, timestamp, &request);
        let authorization = authorization.expect("a signature");
        self.with("authorization", &authorization)
    }

    /// The code of the answer; `OK` where there is none.
    fn code(&self, client: &Client) -> String {
        let header = |name: &str| self.headers.get(name).map(String::as_str);
        let request = Request {
            method: self.method,
            query: &self.query,
            header: &header,
            body: self.body.as_bytes(),
        };
        let source_ip = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let answer = client.plane.answer(&Asked { request, source_ip, now: client.now() });
        answer.result.map_or_else(|error| error.code().to_owned(), |_| "OK".to_owned())
    }
}

#[test]
fn a_request_is_good_for_five_minutes_before_and_after() {
    let client = Client::new(Options::default());
    for (off, code) in [
        (0, "OK"),
        (300, "OK"),
        (-300, "OK"),
        (301, "AuthFailure.SignatureExpire"),
        (-301, "AuthFailure.SignatureExpire"),
    ] {
        let timestamp = (client.now() + off).to_string();
        let sent = Sent::new(&client).with("x-tc-timestamp", &timestamp).signed(&client);
        assert_eq!(sent.code(&client), code, "{off}");
    }
    for timestamp in ["", "soon", "-9223372036854775808", "9223372036854775807"] {
        let sent = Sent::new(&client).signed(&client).with("x-tc-timestamp", timestamp);
        assert_ne!(sent.code(&client), "OK", "{timestamp}");
    }
}

#[test]
fn what_is_signed_cannot_be_changed() {
    let client = Client::new(Options::default());
    let failure = "AuthFailure.SignatureFailure";
    let mut sent = Sent::new(&client).signed(&client);
    assert_eq!(sent.code(&client), "OK");
    sent.body = r#"{"Name": "x"}"#.to_owned();
    assert_eq!(sent.code(&client), failure);
    for (name, value) in [("host", "other.test"), ("content-type", "application/json; x=y")] {
        let sent = Sent::new(&client).signed(&client).with(name, value);
        assert_eq!(sent.code(&client), failure, "{name}");
    }
    let later = (client.now() + 1).to_string();
    let sent = Sent::new(&client).signed(&client).with("x-tc-timestamp", &later);
    assert_eq!(sent.code(&client), failure);
    let mut sent = Sent::new(&client);
    sent.headers.remove("host");
    assert_ne!(sent.with("authorization", "SKIP").code(&client), "OK");
    let sent = Sent { signed: "content-type;host;x-tc-action", ..Sent::new(&client) };
    let sent = sent.signed(&client).with("x-tc-action", "ListGroups");
    assert_eq!(sent.code(&client), failure);
}

#[test]
fn older_signatures_are_refused_by_name() {
    let client = Client::new(Options::default());
    let pairs = "Action=ListUsers&Nonce=7&SecretId=AKID&Signature=x%3D&Timestamp=1";
    let form = "application/x-www-form-urlencoded";
    let mut get = Sent { method: "GET", query: pairs.to_owned(), ..Sent::new(&client) };
    let mut post = Sent { body: pairs.to_owned(), ..Sent::new(&client) };
    post = post.with("content-type", form);
    for sent in [&mut get, &mut post] {
        sent.headers.remove("x-tc-action");
        assert_eq!(sent.code(&client), "AuthFailure.InvalidAuthorization");
    }
    get.query = "Action=ListUsers".to_owned();
    assert_eq!(get.code(&client), "MissingParameter");
    assert_eq!(post.with("content-type", "text/plain").code(&client), "MissingParameter");
}

#[test]
fn an_operator_may_want_the_action_signed() {
    let mut options = Options::default();
    options.require_signed_action = true;
    let client = Client::new(options);
    let sent = Sent::new(&client).signed(&client);
    assert_eq!(sent.code(&client), "AuthFailure.SignatureFailure");
    let with_action = || Sent { signed: "content-type;host;x-tc-action", ..Sent::new(&client) };
    assert_eq!(with_action().signed(&client).code(&client), "OK");
    let unsigned_body = with_action().with("x-tc-content-sha256", "UNSIGNED-PAYLOAD");
    assert_eq!(unsigned_body.signed(&client).code(&client), "AuthFailure.SignatureFailure");
}

#[test]
fn a_get_with_a_form_is_answered_too() {
    let client = Client::new(Options::default());
    client.set("AddUser", json!({ "Name": "a+b" }));
    let get = |query: &str| {
        let sent = Sent { method: "GET", query: query.to_owned(), ..Sent::new(&client) };
        let form = "application/x-www-form-urlencoded";
        sent.with("x-tc-action", "GetUser").with("content-type", form).signed(&client)
    };
    assert_eq!(get("Name=a%2Bb").code(&client), "OK");
    assert_eq!(get("Name=a+b").code(&client), "ResourceNotFound.UserNotExist");
    let mut changed = get("Name=a%2Bb");
    changed.query = "Name=c".to_owned();
    assert_eq!(changed.code(&client), "AuthFailure.SignatureFailure");
}

#[test]
fn what_cannot_be_read_is_refused_by_name() {
    let client = Client::new(Options::default());
    let of = |name: &'static str, value: &str| {
        Sent::new(&client).with(name, value).signed(&client).code(&client)
    };
    assert_eq!(of("x-tc-action", "NoSuchCall"), "InvalidAction");
    assert_eq!(of("x-tc-version", "1999-01-01"), "NoSuchVersion");
    assert_eq!(of("x-tc-action", "GetSessionToken"), "InvalidAction");
    for (body, code) in
        [("[]", "InvalidRequest"), ("{", "InvalidRequest"), ("{\"A\":1}", "UnknownParameter")]
    {
        let sent = Sent { body: body.to_owned(), ..Sent::new(&client) }.signed(&client);
        assert_eq!(sent.code(&client), code, "{body}");
    }
    assert_eq!(Sent::new(&client).code(&client), "AuthFailure.InvalidAuthorization");
    // Only those whom a provider vouches for do without a signature.
    let sent = Sent::new(&client).with("authorization", "SKIP");
    assert_eq!(sent.code(&client), "AuthFailure.InvalidAuthorization");
    let (_, key) = client.user_with("a", &allow(&["cam:ListUsers"]));
    assert!(client.cam(&key, "ListUsers", json!({})).is_ok());
}
