//! An organization of WeCom that is not there: what the interface answers, with codes and tokens that are
//! checked as there. `/simulator/…` is what people do with the mini-program.

use std::collections::BTreeMap;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::{Query, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

pub(crate) const SUITE_ID: &str = "wwsuite";
pub(crate) const SUITE_SECRET: &str = "suite-secret-for-tests";
pub(crate) const SUITE_TICKET: &str = "suite-ticket-for-tests";
pub(crate) const CORP: &str = "wwcorp1";
const AGENT: u64 = 1_000_007;
const PERMANENT_CODE: &str = "permanent-code-for-tests";

/// What has been given out, and what was sent.
#[derive(Debug, Default)]
struct World {
    given: u64,
    suite_token: String,
    corp_token: String,
    /// Codes of authorizations, with the member and the state.
    installs: BTreeMap<String, (String, String)>,
    /// Codes of scans, with organization and member.
    scans: BTreeMap<String, (String, String)>,
    messages: Vec<Value>,
}

impl World {
    fn next(&mut self, what: &str) -> String {
        self.given += 1;
        format!("{what}-{}", self.given)
    }
}

type Shared = Arc<Mutex<World>>;
type Words = Query<BTreeMap<String, String>>;

fn open(shared: &Shared) -> MutexGuard<'_, World> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

fn fault(number: i64, message: &str) -> Json<Value> {
    Json(
        json!({ "errcode": number, "errmsg": format!("{message}, hint: [0], from ip: 192.0.2.1") }),
    )
}

fn word<'a>(words: &'a Words, name: &str) -> &'a str {
    words.get(name).map_or("", String::as_str)
}

/// Serves on a free port until the process or the runtime ends; the address.
pub(crate) fn start() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("a socket");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).expect("a socket");
            axum::serve(listener, router()).await.expect("served");
        });
    });
    address
}

fn router() -> Router {
    Router::new()
        .route("/cgi-bin/service/get_suite_token", post(suite_token))
        .route("/cgi-bin/service/get_corp_token", post(corp_token))
        .route("/cgi-bin/service/get_permanent_code", post(permanent_code))
        .route("/cgi-bin/service/get_auth_info", post(auth_info))
        .route("/cgi-bin/service/miniprogram/jscode2session", get(session))
        .route("/cgi-bin/user/simplelist", get(members))
        .route("/cgi-bin/user/get", get(member))
        .route("/cgi-bin/tag/get", get(tagged))
        .route("/cgi-bin/message/send", post(send))
        .route("/simulator/install", post(install))
        .route("/simulator/scan", post(scan))
        .route("/simulator/messages", get(messages))
        .route("/simulator/forget", post(forget))
        .with_state(Shared::default())
}

async fn suite_token(State(shared): State<Shared>, Json(body): Json<Value>) -> Json<Value> {
    let known = json!({
        "suite_id": SUITE_ID, "suite_secret": SUITE_SECRET, "suite_ticket": SUITE_TICKET,
    });
    if body != known {
        return fault(40085, "invalid suite ticket");
    }
    let mut world = open(&shared);
    world.suite_token = world.next("suite");
    Json(json!({ "suite_access_token": world.suite_token, "expires_in": 7200 }))
}

async fn corp_token(
    State(shared): State<Shared>,
    words: Words,
    Json(body): Json<Value>,
) -> Json<Value> {
    let mut world = open(&shared);
    if word(&words, "suite_access_token") != world.suite_token {
        return fault(40082, "invalid suite_token");
    }
    if body != json!({ "auth_corpid": CORP, "permanent_code": PERMANENT_CODE }) {
        return fault(40084, "invalid permanent_code");
    }
    world.corp_token = world.next("corp");
    Json(json!({ "access_token": world.corp_token, "expires_in": 7200 }))
}

fn authorized() -> Value {
    json!({ "agent": [ { "agentid": AGENT, "privilege": {
        "level": 1, "allow_party": [2], "allow_tag": [5],
        "allow_user": ["li.si", "chen.qi", "has.left"] } } ] })
}

async fn permanent_code(
    State(shared): State<Shared>,
    words: Words,
    Json(body): Json<Value>,
) -> Json<Value> {
    let mut world = open(&shared);
    if word(&words, "suite_access_token") != world.suite_token {
        return fault(40082, "invalid suite_token");
    }
    let code = body["auth_code"].as_str().unwrap_or_default();
    let Some((member, state)) = world.installs.remove(code) else {
        return fault(40029, "invalid code");
    };
    Json(json!({
        "errcode": 0, "errmsg": "ok", "permanent_code": PERMANENT_CODE, "state": state,
        "auth_corp_info": { "corpid": CORP, "corp_name": "Example Works" },
        "auth_info": authorized(), "auth_user_info": { "userid": member },
    }))
}

async fn auth_info(
    State(shared): State<Shared>,
    words: Words,
    Json(body): Json<Value>,
) -> Json<Value> {
    if word(&words, "suite_access_token") != open(&shared).suite_token {
        return fault(40082, "invalid suite_token");
    }
    if body != json!({ "auth_corpid": CORP, "permanent_code": PERMANENT_CODE }) {
        return fault(40084, "invalid permanent_code");
    }
    let corp = json!({ "corpid": CORP, "corp_name": "Example Works" });
    Json(json!({ "errcode": 0, "auth_corp_info": corp, "auth_info": authorized() }))
}

async fn session(State(shared): State<Shared>, words: Words) -> Json<Value> {
    let mut world = open(&shared);
    if word(&words, "suite_access_token") != world.suite_token {
        return fault(40082, "invalid suite_token");
    }
    let Some((corp, member)) = world.scans.remove(word(&words, "js_code")) else {
        return fault(40029, "invalid code");
    };
    Json(json!({ "errcode": 0, "corpid": corp, "userid": member, "session_key": "not-used" }))
}

async fn members(State(shared): State<Shared>, words: Words) -> Json<Value> {
    if word(&words, "access_token") != open(&shared).corp_token {
        return fault(40014, "invalid access_token");
    }
    if word(&words, "department_id") != "2" {
        return fault(60011, "no privilege to access/modify contact/party/agent");
    }
    let user = |id: &str, name: &str| json!({ "userid": id, "name": name, "department": [2] });
    let list = [user("zhang.san", "Zhang San"), user("li.si", "Li Si")];
    Json(json!({ "errcode": 0, "userlist": list }))
}

async fn member(State(shared): State<Shared>, words: Words) -> Json<Value> {
    if word(&words, "access_token") != open(&shared).corp_token {
        return fault(40014, "invalid access_token");
    }
    if word(&words, "userid") != "chen.qi" {
        return fault(60111, "userid not found");
    }
    Json(json!({ "errcode": 0, "userid": "chen.qi", "name": "Chen Qi" }))
}

async fn tagged(State(shared): State<Shared>, words: Words) -> Json<Value> {
    if word(&words, "access_token") != open(&shared).corp_token {
        return fault(40014, "invalid access_token");
    }
    let list = [json!({ "userid": "zhou.ba", "name": "Zhou Ba" })];
    Json(json!({ "errcode": 0, "tagname": "ops", "userlist": list, "partylist": [2] }))
}

async fn send(State(shared): State<Shared>, words: Words, Json(body): Json<Value>) -> Json<Value> {
    let mut world = open(&shared);
    if word(&words, "access_token") != world.corp_token {
        return fault(40014, "invalid access_token");
    }
    if body["agentid"] != AGENT {
        return fault(40056, "invalid agentid");
    }
    world.messages.push(body);
    Json(json!({ "errcode": 0, "msgid": "1" }))
}

/// An administrator authorizes the organization, from an address with this state.
async fn install(State(shared): State<Shared>, Json(body): Json<Value>) -> Json<Value> {
    let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    let mut world = open(&shared);
    let code = world.next("install");
    world.installs.insert(code.clone(), (text("member"), text("state")));
    Json(json!({ "code": code }))
}

/// A member scans.
async fn scan(State(shared): State<Shared>, Json(body): Json<Value>) -> Json<Value> {
    let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    let mut world = open(&shared);
    let code = world.next("scan");
    world.scans.insert(code.clone(), (text("corp"), text("member")));
    Json(json!({ "code": code }))
}

async fn messages(State(shared): State<Shared>) -> Json<Value> {
    Json(open(&shared).messages.clone().into())
}

/// All tokens end.
async fn forget(State(shared): State<Shared>) -> Json<Value> {
    let mut world = open(&shared);
    world.suite_token = world.next("gone");
    world.corp_token = world.next("gone");
    Json(json!({}))
}
