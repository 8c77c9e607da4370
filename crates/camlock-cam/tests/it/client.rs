//! A client that signs its calls, on a control plane in the same process.

use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use camlock_cam::signature::{Request, sign};
use camlock_cam::wecom::WeCom;
use camlock_cam::{Answer, Asked, ControlPlane, Options, SealKey, Store, schema};
use serde_json::Value;

/// The uin of the root account.
pub(crate) const OWNER: u64 = 100_000_000_001;
/// When the clients start: 2025-11-24, in seconds.
pub(crate) const START: i64 = 1_764_000_000;

const APP_ID: u64 = 1_250_000_000;

/// What somebody signs with.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub(crate) id: String,
    pub(crate) secret: String,
    /// Comes with temporary credentials.
    pub(crate) token: Option<String>,
}

impl Key {
    /// The members of an answer that hold a key.
    pub(crate) fn read(answer: &Value, id: &str, secret: &str) -> Self {
        let text = |name: &str| answer[name].as_str().expect(name).to_owned();
        Self { id: text(id), secret: text(secret), token: None }
    }

    /// The credentials in the answer of an STS call.
    pub(crate) fn temporary(answer: &Value) -> Self {
        let credentials = &answer["Credentials"];
        let key = Self::read(credentials, "TmpSecretId", "TmpSecretKey");
        let token = credentials["Token"].as_str().map(str::to_owned);
        Self { token, ..key }
    }
}

/// Why a call was refused: code and message.
pub(crate) type Refusal = (String, String);

/// An account with a clock that tests move.
#[derive(Debug)]
pub(crate) struct Client {
    pub(crate) plane: Arc<ControlPlane>,
    pub(crate) root: Key,
    seal: SealKey,
    now: AtomicI64,
}

impl Client {
    /// A new account in memory.
    pub(crate) fn new(options: Options) -> Self {
        Self::start(Store::in_memory().expect("memory"), options)
    }

    /// A new account in a file.
    pub(crate) fn on_file(path: &Path) -> Self {
        Self::on_file_with(path, Options::default())
    }

    /// A new account in a file, with options.
    pub(crate) fn on_file_with(path: &Path, options: Options) -> Self {
        Self::start(Store::open(path).expect("a store"), options)
    }

    /// The same account as another process finds it; nothing else has it open by then.
    pub(crate) fn restart(self, path: &Path, options: Options) -> Self {
        let Self { plane, root, seal, now } = self;
        drop(plane);
        let store = Store::open(path).expect("a store");
        let plane = ControlPlane::open(store, seal.clone(), options, now.load(Ordering::Relaxed));
        Self { plane: Arc::new(plane.expect("open")), root, seal, now }
    }

    fn start(mut store: Store, options: Options) -> Self {
        let seal = SealKey::generate().expect("randomness");
        let root = ControlPlane::start(&mut store, &seal, OWNER, APP_ID, START).expect("start");
        let root = Key { id: root.secret_id, secret: root.secret_key, token: None };
        let plane = ControlPlane::open(store, seal.clone(), options, START).expect("open");
        Self { plane: Arc::new(plane), root, seal, now: AtomicI64::new(START) }
    }

    /// The same account, which organizations can be linked to.
    pub(crate) fn and_wecom(self, side: Arc<dyn WeCom>) -> Self {
        let Self { plane, root, seal, now } = self;
        let plane = Arc::into_inner(plane).expect("nobody else has it").with_wecom(side);
        Self { plane: Arc::new(plane), root, seal, now }
    }

    /// A client of an account that somebody else started.
    pub(crate) fn of(plane: Arc<ControlPlane>, root: Key, seal: SealKey) -> Self {
        Self { plane, root, seal, now: AtomicI64::new(START) }
    }

    /// The key that secrets are sealed with.
    pub(crate) fn seal(&self) -> &SealKey {
        &self.seal
    }

    /// The account of a file that some client made, as another process finds it.
    pub(crate) fn reopen(path: &Path, seal: &SealKey, root: Key, now: i64) -> Self {
        let store = Store::open(path).expect("a store");
        let plane = ControlPlane::open(store, seal.clone(), Options::default(), now).expect("open");
        Self { plane: Arc::new(plane), root, seal: seal.clone(), now: AtomicI64::new(now) }
    }

    pub(crate) fn now(&self) -> i64 {
        self.now.load(Ordering::Relaxed)
    }

    /// Lets time pass.
    pub(crate) fn wait(&self, seconds: i64) {
        self.now.fetch_add(seconds, Ordering::Relaxed);
    }

    /// Makes a call, and shows all that a server would see of it.
    pub(crate) fn answer(&self, key: &Key, service: &str, action: &str, body: &Value) -> Answer {
        self.answer_from([127, 0, 0, 1], Some(key), service, action, body)
    }

    /// The same from an address, and without a key where a provider or WeCom vouches for somebody.
    pub(crate) fn answer_from(
        &self,
        address: [u8; 4],
        key: Option<&Key>,
        service: &str,
        action: &str,
        body: &Value,
    ) -> Answer {
        let body = body.to_string();
        let now = self.now();
        let timestamp = now.to_string();
        let version = schema::VERSIONS.iter().find(|(own, _)| *own == service);
        let version = version.map_or("", |(_, version)| version);
        let plain = |name: &str| match name {
            "content-type" => Some("application/json"),
            "host" => Some("cam.test"),
            "x-tc-action" => Some(action),
            "x-tc-version" => Some(version),
            "x-tc-timestamp" => Some(&*timestamp),
            "x-tc-token" => key?.token.as_deref(),
            _ => None,
        };
        let request = Request { method: "POST", query: "", header: &plain, body: body.as_bytes() };
        let signed = |key: &Key| {
            sign(&key.id, &key.secret, service, "content-type;host", &timestamp, &request)
                .expect("a signature")
        };
        let authorization = key.map_or("SKIP".to_owned(), signed);
        let header = |name: &str| match name {
            "authorization" => Some(&*authorization),
            name => plain(name),
        };
        let request = Request { header: &header, ..request };
        let source_ip = IpAddr::V4(Ipv4Addr::from(address));
        self.plane.answer(&Asked { request, source_ip, now })
    }

    /// Makes a call.
    #[expect(clippy::needless_pass_by_value, reason = "calls are written with `json!`")]
    pub(crate) fn call(
        &self,
        key: &Key,
        service: &str,
        action: &str,
        body: Value,
    ) -> Result<Value, Refusal> {
        result(self.answer(key, service, action, &body))
    }

    /// Makes a call without a key.
    pub(crate) fn unsigned(
        &self,
        service: &str,
        action: &str,
        body: &Value,
    ) -> Result<Value, Refusal> {
        result(self.answer_from([127, 0, 0, 1], None, service, action, body))
    }

    /// Makes a call of CAM.
    pub(crate) fn cam(&self, key: &Key, action: &str, body: Value) -> Result<Value, Refusal> {
        self.call(key, "cam", action, body)
    }

    /// Makes a call of CAM as the root, which has to go well.
    #[track_caller]
    pub(crate) fn set(&self, action: &str, body: Value) -> Value {
        let shown = body.to_string();
        self.cam(&self.root, action, body)
            .unwrap_or_else(|(code, message)| panic!("{action} {shown}: {code}: {message}"))
    }

    /// A sub-user with a key: its uin and the key.
    #[track_caller]
    pub(crate) fn user(&self, name: &str) -> (u64, Key) {
        let user = self.set("AddUser", serde_json::json!({ "Name": name, "UseApi": 1 }));
        (number(&user, "Uin"), Key::read(&user, "SecretId", "SecretKey"))
    }

    /// A policy: its id.
    #[track_caller]
    pub(crate) fn policy(&self, name: &str, document: &Value) -> u64 {
        let body =
            serde_json::json!({ "PolicyName": name, "PolicyDocument": document.to_string() });
        number(&self.set("CreatePolicy", body), "PolicyId")
    }

    /// A sub-user with a key that may do what the statements say.
    #[track_caller]
    pub(crate) fn user_with(&self, name: &str, document: &Value) -> (u64, Key) {
        let (uin, key) = self.user(name);
        let policy = self.policy(&format!("of-{name}"), document);
        let body = serde_json::json!({ "AttachUin": uin, "PolicyId": policy });
        self.set("AttachUserPolicy", body);
        (uin, key)
    }
}

fn result(answer: Answer) -> Result<Value, Refusal> {
    match answer.result {
        Ok(members) => Ok(members.into()),
        Err(error) => Err((error.code().to_owned(), error.message().to_owned())),
    }
}

/// A member of an answer that is a number.
#[track_caller]
pub(crate) fn number(answer: &Value, name: &str) -> u64 {
    answer[name].as_u64().unwrap_or_else(|| panic!("no number `{name}` in {answer}"))
}

/// A policy of such statements: effect, actions, resources.
pub(crate) fn document(statements: &[(&str, &[&str], &[String])]) -> Value {
    let statement = statements.iter().map(|(effect, action, resource)| {
        serde_json::json!({ "effect": effect, "action": action, "resource": resource })
    });
    serde_json::json!({ "version": "2.0", "statement": statement.collect::<Vec<_>>() })
}

/// A policy that allows the actions on everything.
pub(crate) fn allow(actions: &[&str]) -> Value {
    document(&[("allow", actions, &["*".to_owned()])])
}

/// The six-segment name of something of the account.
pub(crate) fn resource(last: &str) -> String {
    format!("qcs::cam::uin/{OWNER}:{last}")
}
