//! Authenticated calls, looks and changes, on a small account and on one that fills its quotas:
//! `cargo bench --package camlock-cam`

#![expect(clippy::expect_used, reason = "a bench fails by panicking")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::net::{IpAddr, Ipv4Addr};

use camlock_cam::{Asked, ControlPlane, Options, RootKey, SealKey, Store, signature};
use camlock_directory::{Account, Authorizer};
use camlock_engine::CompiledLayers;
use camlock_policy::{Deployment, PolicyKind, PolicyLayers, Request};
use criterion::{Criterion, criterion_group, criterion_main};

const NOW: i64 = 1_700_000_000;
const OWNER: u64 = 100_000_000_001;

/// An account with so many users, each with one policy of so many about its own keys.
fn account(users: u64, policies: u64) -> String {
    let mut text =
        format!(r#"{{"camlock":1,"owner":{{"uin":"{OWNER}","app_id":"1250000000"}},"policies":["#);
    for number in 0..policies {
        let comma = if number == 0 { "" } else { "," };
        let user = OWNER + 1 + number % users;
        let _ = write!(
            text,
            r#"{comma}{{"id":"{}","name":"p{number}","document":{{"version":"2.0","statement":[{{
                "effect":"allow","action":["cam:GetUser","cam:List*"],
                "resource":"qcs::cam::uin/{OWNER}:uin/{user}"}}]}}}}"#,
            10_000_001 + number
        );
    }
    text.push_str(r#"],"users":["#);
    for number in 0..users {
        let comma = if number == 0 { "" } else { "," };
        let (uin, policy) = (OWNER + 1 + number, 10_000_001 + number % policies);
        let _ =
            write!(text, r#"{comma}{{"uin":"{uin}","name":"u{number}","policies":["{policy}"]}}"#);
    }
    text.push_str("]}");
    text
}

/// The headers that are signed.
fn plain(name: &str) -> Option<&'static str> {
    match name {
        "content-type" => Some("application/json"),
        "host" => Some("127.0.0.1"),
        _ => None,
    }
}

struct Served {
    plane: ControlPlane,
    root: RootKey,
}

impl Served {
    fn new(text: &str) -> Self {
        let account = Account::from_json(text).expect("an account");
        let seal = SealKey::generate().expect("randomness");
        let mut store = Store::in_memory().expect("memory");
        let started = ControlPlane::start_from(&mut store, &seal, &account, NOW);
        let (root, _) = started.expect("a new account");
        let plane = ControlPlane::open(store, seal, Options::default(), NOW).expect("an account");
        Self { plane, root }
    }

    /// Signs a call beforehand, so that answering it alone is measured.
    fn call(&self, action: &str, body: &str) -> impl Fn() {
        let request = signature::Request {
            method: "POST",
            query: "",
            header: &|name: &str| plain(name),
            body: body.as_bytes(),
        };
        let RootKey { secret_id, secret_key } = &self.root;
        let signed = signature::sign(
            secret_id,
            secret_key,
            "cam",
            "content-type;host",
            "1700000000",
            &request,
        );
        let (signed, action, body) =
            (signed.expect("headers are there"), action.to_owned(), body.to_owned());
        move || {
            let header = |name: &str| match name {
                "authorization" => Some(&*signed),
                "x-tc-action" => Some(&*action),
                "x-tc-version" => Some("2019-01-16"),
                "x-tc-timestamp" => Some("1700000000"),
                other => plain(other),
            };
            let request = signature::Request {
                method: "POST",
                query: "",
                header: &header,
                body: body.as_bytes(),
            };
            let source_ip = IpAddr::V4(Ipv4Addr::LOCALHOST);
            let answer = self.plane.answer(&Asked { request, source_ip, now: NOW });
            assert!(answer.result.is_ok(), "{answer:?}");
        }
    }
}

/// What counts for one user of the account, without an account.
fn bare(user: u64) -> CompiledLayers {
    let text = format!(
        r#"{{"version":"2.0","statement":[{{"effect":"allow","action":["cam:GetUser","cam:List*"],
            "resource":"qcs::cam::uin/{OWNER}:uin/{user}"}}]}}"#
    );
    let policy = camlock_syntax::parse(&text, PolicyKind::Identity).policy.expect("a policy");
    let mut layers = PolicyLayers::default();
    layers.push(policy, 0);
    CompiledLayers::new(&layers)
}

fn calls(criterion: &mut Criterion) {
    for (name, users, policies) in [("small", 10, 10), ("full", 1_000, 1_500)] {
        let text = account(users, policies);
        let served = Served::new(&text);
        let mut group = criterion.benchmark_group(name);
        let look = served.call("GetUser", r#"{"Name":"u7"}"#);
        group.bench_function("look", |bencher| bencher.iter(&look));
        let change = served.call("UpdateUser", r#"{"Name":"u7","Remark":"x"}"#);
        group.bench_function("change a user", |bencher| bencher.iter(&change));
        let policy = r#"{"PolicyId":10000001,"PolicyDocument":"{\"version\":\"2.0\",\"statement\":[{\"effect\":\"allow\",\"action\":\"cam:GetUser\",\"resource\":\"*\"}]}"}"#;
        let change = served.call("UpdatePolicy", policy);
        group.bench_function("change a policy", |bencher| bencher.iter(&change));
        let authorizer = Authorizer::new(Account::from_json(&text).expect("an account"));
        let request = Request::builder()
            .principal(&format!("qcs::cam::uin/{OWNER}:uin/{}", OWNER + 8))
            .action("cam:GetUser")
            .resource(&format!("qcs::cam::uin/{OWNER}:uin/{}", OWNER + 8))
            .build()
            .expect("a request");
        group.bench_function("decide alone", |bencher| {
            bencher.iter(|| black_box(authorizer.decide(&request)));
        });
        let bare = bare(OWNER + 8);
        let deployment = Deployment::default();
        let found = bare.decide(&request, &deployment).decision;
        assert_eq!(found, authorizer.decide(&request).expect("a decision").decision);
        group.bench_function("decide by the bare engine", |bencher| {
            bencher.iter(|| black_box(bare.decide(&request, &deployment)));
        });
        group.bench_function("build everything", |bencher| {
            bencher.iter(|| Authorizer::new(Account::from_json(&text).expect("an account")));
        });
        group.finish();
    }
}

criterion_group!(benches, calls);
criterion_main!(benches);
