//! What holds for any bytes that reach the control plane; shared with the fuzz target.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::LazyLock;

use camlock_cam::signature::{self, Authorization};
use camlock_cam::{Answer, Asked, ControlPlane, Options, RootKey, SealKey, Store, schema};

const NOW: i64 = 1_700_000_000;

static SERVED: LazyLock<(ControlPlane, RootKey)> = LazyLock::new(|| {
    let seal = SealKey::generate().expect("randomness");
    let mut store = Store::in_memory().expect("memory");
    let key = ControlPlane::start(&mut store, &seal, 100_000_000_001, 1_250_000_000, NOW);
    let plane = ControlPlane::open(store, seal, Options::default(), NOW).expect("an account");
    (plane, key.expect("a new account"))
});

/// Any header, body and query, signed or not, is answered: with members or with a coded error, and
/// neither `Debug` nor what is written down holds the secret.
pub(crate) fn any_call_is_answered(data: &[u8]) {
    let [mode, number, rest @ ..] = data else { return };
    let (plane, key) = &*SERVED;
    // A fuzzer that watches comparisons finds the secret and hands it in; what a caller says may be quoted.
    let secret = key.secret_key.as_bytes();
    if rest.windows(secret.len()).any(|own| own == secret) {
        return;
    }
    let text = String::from_utf8_lossy(rest);
    let calls: Vec<&schema::Call> = schema::calls().collect();
    let call = calls[usize::from(*number) % calls.len()];
    let versions = schema::VERSIONS.iter().find(|(service, _)| *service == call.service());
    let version = versions.expect("each service has one").1;
    let get = mode & 1 == 1;
    let unsigned = |name: &str| match name {
        "content-type" if get => Some("application/x-www-form-urlencoded"),
        "content-type" => Some("application/json"),
        "host" => Some("127.0.0.1"),
        "x-tc-action" => Some(call.name()),
        "x-tc-version" => Some(version),
        "x-tc-timestamp" => Some("1700000000"),
        _ => None,
    };
    let request = signature::Request {
        method: if get { "GET" } else { "POST" },
        query: if get { &text } else { "" },
        header: &unsigned,
        body: if get { &[] } else { rest },
    };
    let signed = signature::sign(
        &key.secret_id,
        &key.secret_key,
        call.service(),
        "content-type;host",
        "1700000000",
        &request,
    );
    let signed = signed.expect("every header is there");
    let authorization: &str = match mode >> 1 & 3 {
        0 => "SKIP",
        1 => &text,
        _ => &signed,
    };
    if let Ok(read) = Authorization::parse(authorization) {
        assert!(authorization.contains(read.secret_id()) && authorization.contains(read.date()));
    }
    let header = |name: &str| match name {
        "authorization" => Some(authorization),
        other => unsigned(other),
    };
    let asked = Asked {
        request: signature::Request { header: &header, ..request },
        source_ip: IpAddr::V4(Ipv4Addr::LOCALHOST),
        now: NOW,
    };
    let answer = plane.answer(&asked);
    check(&answer, key);
}

fn check(answer: &Answer, key: &RootKey) {
    if let Err(error) = &answer.result {
        assert!(!error.code().is_empty() && !error.code().contains(' '), "{error}");
        assert!(!error.message().contains(&key.secret_key));
        assert_ne!(error.code(), "InternalError.SystemError", "{error}");
    }
    let shown = format!("{answer:?} {:?}", answer.record);
    assert!(!shown.contains(&key.secret_key));
}

/// No `Authorization` header panics; a signed one is accepted for what was signed, and for nothing else.
pub(crate) fn signatures_hold_what_they_cover(data: &[u8]) {
    const SECRET: &str = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE";
    const TIME: &str = "1700000000";
    fn accepted(read: &Authorization<'_>, request: &signature::Request<'_>) -> bool {
        read.is_of(SECRET, request, TIME).is_ok_and(|accepted| accepted)
    }
    let [position, letter, rest @ ..] = data else { return };
    let text = String::from_utf8_lossy(rest);
    let plain = |name: &str| match name {
        "content-type" => Some("application/json"),
        "host" => Some("cam.test"),
        "x-tc-action" => Some("AddUser"),
        _ => None,
    };
    let request = signature::Request { method: "POST", query: "", header: &plain, body: rest };
    // Nobody signed this.
    if let Ok(read) = Authorization::parse(&text) {
        assert!(!accepted(&read, &request), "{text}");
    }
    let signed =
        signature::sign("AKID1", SECRET, "cam", "content-type;host;x-tc-action", TIME, &request);
    let signed = signed.expect("every header is there");
    let read = Authorization::parse(&signed).expect("it is whole");
    assert!(accepted(&read, &request), "{signed}");
    // One letter is another.
    let at = usize::from(*position) % signed.len();
    let mut altered = signed.clone().into_bytes();
    altered[at] = letter & 0x7f;
    let altered = String::from_utf8(altered).expect("all is ASCII");
    if let Ok(other) = Authorization::parse(&altered)
        // Whose key it is the signature does not say; another key makes another signature.
        && other.secret_id() == read.secret_id()
    {
        assert_eq!(accepted(&other, &request), other == read, "{altered}");
    }
    // The request is another.
    let longer = [rest, b" "].concat();
    assert!(!accepted(&read, &signature::Request { body: &longer, ..request }));
    assert!(!accepted(&read, &signature::Request { method: "GET", ..request }));
    let other =
        |name: &str| plain(name).map(|own| if name == "x-tc-action" { "DeleteUser" } else { own });
    assert!(!accepted(&read, &signature::Request { header: &other, ..request }));
}
