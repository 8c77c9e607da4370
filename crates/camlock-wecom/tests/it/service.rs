//! What the client makes of the interface's answers.

use std::io::Write as _;
use std::net::SocketAddr;

use camlock_cam::wecom::{Scanned, WeCom, WeComError};
use camlock_wecom::{Config, Service};
use serde_json::{Value, json};

use crate::simulator::{self, CORP, SUITE_ID, SUITE_SECRET, SUITE_TICKET};

struct World {
    address: SocketAddr,
    service: Service,
    ticket: tempfile::NamedTempFile,
}

impl World {
    fn new() -> Self {
        let address = simulator::start();
        let mut ticket = tempfile::NamedTempFile::new().expect("a file");
        writeln!(ticket, "{SUITE_TICKET}").expect("written");
        let config = json!({
            "endpoint": format!("http://{address}"), "suite_id": SUITE_ID, "suite_secret": SUITE_SECRET,
            "suite_ticket_file": ticket.path(), "install_address": "https://console.test/link?x=1",
            "scan_address": "https://console.test/scan", "apply_address": "https://console.test/apply",
            "timeout_seconds": 5,
        });
        let config = Config::read(&config.to_string()).expect("a configuration");
        Self { address, service: Service::new(config), ticket }
    }

    fn does(&self, what: &str, body: &Value) -> Value {
        let address = format!("http://{}/simulator/{what}", self.address);
        client().post(address).send_json(body).expect("sent").body_mut().read_json().expect("read")
    }

    fn code(&self, what: &str, body: &Value) -> String {
        self.does(what, body)["code"].as_str().expect("a code").to_owned()
    }
}

/// A client that no environment leads elsewhere.
fn client() -> ureq::Agent {
    ureq::Agent::config_builder().proxy(None).build().into()
}

#[test]
fn an_authorization_is_exchanged_and_its_scope_read() {
    let world = World::new();
    let code = world.code("install", &json!({ "member": "boss", "state": "ticket-1" }));
    let installation = world.service.install(&code).unwrap();
    assert_eq!((&*installation.member, &*installation.ticket), ("boss", "ticket-1"));
    assert_eq!(installation.access.corp, CORP);
    let scope = world.service.scope(&installation.access).unwrap();
    let ids: Vec<&str> = scope.members.iter().map(|member| &*member.id).collect();
    assert_eq!(
        (&*scope.name, ids),
        ("Example Works", vec!["chen.qi", "li.si", "zhang.san", "zhou.ba"])
    );
    let again = world.service.install(&code).unwrap_err();
    assert_eq!(again, WeComError::Refused(40029, "invalid code".to_owned()));
}

#[test]
fn a_scan_says_who_scanned_once() {
    let world = World::new();
    let code = world.code("scan", &json!({ "corp": CORP, "member": "li.si" }));
    let who = world.service.identify(&code).unwrap();
    assert_eq!(who, Scanned { corp: CORP.to_owned(), member: "li.si".to_owned() });
    assert!(world.service.identify(&code).is_err());
}

#[test]
fn tokens_that_ended_early_are_asked_for_anew() {
    let world = World::new();
    let code = world.code("install", &json!({ "member": "boss", "state": "t" }));
    let access = world.service.install(&code).unwrap().access;
    world.service.scope(&access).unwrap();
    world.does("forget", &json!({}));
    world.service.scope(&access).unwrap();
    world.does("forget", &json!({}));
    world.service.tell(&access, &["boss".to_owned(), "li.si".to_owned()], "hello").unwrap();
    let address = format!("http://{}/simulator/messages", world.address);
    let sent: Value = client().get(address).call().unwrap().body_mut().read_json().unwrap();
    assert_eq!(
        (&sent[0]["touser"], &sent[0]["text"]["content"]),
        (&json!("boss|li.si"), &json!("hello"))
    );
}

#[test]
fn what_does_not_answer_is_said_without_a_secret() {
    let world = World::new();
    let config = json!({
        "endpoint": "http://127.0.0.1:1", "suite_id": SUITE_ID, "suite_secret": SUITE_SECRET,
        "suite_ticket_file": world.ticket.path(), "install_address": "a", "scan_address": "b",
        "apply_address": "c",
    });
    let service = Service::new(Config::read(&config.to_string()).unwrap());
    let why = service.identify("some-code").unwrap_err();
    let shown = format!("{why} {why:?} {service:?}");
    assert!(matches!(why, WeComError::Unavailable(_)), "{shown}");
    for secret in [SUITE_SECRET, SUITE_TICKET, "some-code"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn who_never_answers_is_given_up() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let world = World::new();
    let config = json!({
        "endpoint": format!("http://{}", silent.local_addr().unwrap()), "suite_id": SUITE_ID,
        "suite_secret": SUITE_SECRET, "suite_ticket_file": world.ticket.path(), "timeout_seconds": 1,
        "install_address": "a", "scan_address": "b", "apply_address": "c",
    });
    let service = Service::new(Config::read(&config.to_string()).unwrap());
    let why = service.identify("code").unwrap_err();
    assert_eq!(why, WeComError::Unavailable("it took too long".to_owned()));
}

#[test]
fn addresses_carry_what_has_to_come_back() {
    let world = World::new();
    assert_eq!(world.service.link_address("a/b"), "https://console.test/link?x=1&state=a%2Fb");
    assert_eq!(world.service.scan_address("t"), "https://console.test/scan?ticket=t");
    assert_eq!(world.service.apply_address("t"), "https://console.test/apply?applyToken=t");
}
