//! What was acknowledged is there after the process was killed, and nothing is half there.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use camlock_cam::SealKey;
use serde_json::{Value, json};

use crate::client::{Client, Key, START, allow, document, number};
use crate::random::Random;

const STORE: &str = "CAMLOCK_TEST_KILLED_STORE";
const KEYS: &str = "CAMLOCK_TEST_KILLED_KEYS";
const ROUND: &str = "CAMLOCK_TEST_KILLED_ROUND";

const KILLS: u64 = 200;
/// Stores grow, and with them the time that they take to open.
const KILLS_OF_ONE_STORE: u64 = 25;

/// What a store holds, by names: users with their groups and policies, groups, policies with their
/// newest number.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
struct Content {
    users: BTreeMap<String, BTreeSet<String>>,
    groups: BTreeSet<String>,
    policies: BTreeMap<String, String>,
}

impl Content {
    /// What a change comes to, as the child names it.
    fn apply(&mut self, change: &str) {
        let words: Vec<&str> = change.split(' ').collect();
        let own = |text: &str| text.to_owned();
        match words[..] {
            ["user", name] => drop(self.users.insert(own(name), BTreeSet::new())),
            ["group", name] => drop(self.groups.insert(own(name))),
            ["policy" | "version", name, number] => {
                self.policies.insert(own(name), own(number));
            }
            ["join", one, two, group] => {
                for name in [one, two] {
                    self.users.get_mut(name).expect("a user").insert(own(group));
                }
            }
            ["attach", name, policy] => {
                self.users.get_mut(name).expect("a user").insert(own(policy));
            }
            ["drop", policy] => {
                self.policies.remove(policy);
                for has in self.users.values_mut() {
                    has.remove(policy);
                }
            }
            ["leave", name] => drop(self.users.remove(name)),
            ["key" | "session", ..] => {}
            _ => panic!("`{change}` is no change"),
        }
    }

    /// What is there.
    fn of(client: &Client) -> Self {
        let account = client.plane.state().to_account().expect("an account file");
        let list = |name: &str| account[name].as_array().cloned().unwrap_or_default();
        let text = |value: &Value, name: &str| value[name].as_str().expect(name).to_owned();
        let mut names = BTreeMap::new();
        let mut content = Self::default();
        for group in list("groups") {
            names.insert(text(&group, "id"), text(&group, "name"));
            content.groups.insert(text(&group, "name"));
        }
        for policy in list("policies").iter().filter(|policy| policy["type"] == "custom") {
            names.insert(text(policy, "id"), text(policy, "name"));
            let resource = policy["document"]["statement"][0]["resource"][0].as_str();
            let number = resource.and_then(|own| own.rsplit('/').next()).expect("a number");
            content.policies.insert(text(policy, "name"), number.to_owned());
        }
        for user in list("users") {
            let ids = ["groups", "policies"].map(|kind| user[kind].as_array().cloned());
            let ids = ids.into_iter().flatten().flatten();
            let has = ids.map(|id| names[id.as_str().expect("an id")].clone()).collect();
            content.users.insert(text(&user, "name"), has);
        }
        content
    }
}

/// A policy that its number can be told from.
fn numbered(number: u64) -> Value {
    document(&[("allow", &["cvm:*"], &[format!("qcs::cvm:::instance/{number}")])])
}

/// Says what comes, does it, and says that it is done.
fn change(what: &str, act: impl FnOnce() -> Option<String>) {
    let say = |text: &str| {
        let mut out = std::io::stdout().lock();
        writeln!(out, "{text}").and_then(|()| out.flush()).expect("somebody listens");
    };
    say(&format!("try {what}"));
    let secret = act();
    say(&format!("ack {what}{}", secret.map(|own| format!(" {own}")).unwrap_or_default()));
}

/// Not a test: what the killed process does. It ends by being killed.
#[test]
fn child() {
    let Some(path) = std::env::var_os(STORE) else { return };
    let of = |name: &str| std::env::var_os(name).and_then(|own| own.into_string().ok());
    let keys = of(KEYS).expect("keys");
    let keys: Vec<&str> = keys.split(' ').collect();
    let seal = SealKey::parse(keys[0]).expect("a seal");
    let root = Key { id: keys[1].to_owned(), secret: keys[2].to_owned(), token: None };
    let client = Client::reopen(Path::new(&path), &seal, root, START);
    let round = of(ROUND).expect("a round");
    for at in 0.. {
        let name = |kind: &str| format!("{kind}{round}-{at}");
        let (one, two, three) = (name("u"), name("v"), name("w"));
        let (group, policy) = (name("g"), name("p"));
        let (mut uins, mut ids) = (Vec::new(), Vec::new());
        for user in [&one, &two, &three] {
            change(&format!("user {user}"), || {
                uins.push(number(&client.set("AddUser", json!({ "Name": user })), "Uin"));
                None
            });
        }
        change(&format!("group {group}"), || {
            let made = client.set("CreateGroup", json!({ "GroupName": group }));
            ids.push(number(&made, "GroupId"));
            None
        });
        change(&format!("join {one} {two} {group}"), || {
            let info = uins[..2].iter().map(|uin| json!({ "Uin": uin, "GroupId": ids[0] }));
            client.set("AddUserToGroup", json!({ "Info": info.collect::<Vec<_>>() }));
            None
        });
        change(&format!("policy {policy} 1"), || {
            ids.push(client.policy(&policy, &numbered(1)));
            None
        });
        for (user, uin) in [(&one, uins[0]), (&three, uins[2])] {
            change(&format!("attach {user} {policy}"), || {
                client.set("AttachUserPolicy", json!({ "AttachUin": uin, "PolicyId": ids[1] }));
                None
            });
        }
        change(&format!("version {policy} 2"), || {
            let document = numbered(2).to_string();
            let body =
                json!({ "PolicyId": ids[1], "PolicyDocument": document, "SetAsDefault": true });
            client.set("CreatePolicyVersion", body);
            None
        });
        change("key", || {
            let made = client.set("CreateAccessKey", json!({ "TargetUin": uins[1] }));
            let key = Key::read(&made["AccessKey"], "AccessKeyId", "SecretAccessKey");
            Some(format!("{} {}", key.id, key.secret))
        });
        change("session", || {
            let body = json!({ "Name": "guest", "Policy": allow(&["*"]).to_string() });
            let made = client.call(&client.root, "sts", "GetFederationToken", body);
            let key = Key::temporary(&made.expect("a token"));
            Some(format!("{} {} {}", key.id, key.secret, key.token.expect("a token")))
        });
        change(&format!("leave {three}"), || {
            client.set("DeleteUser", json!({ "Name": three }));
            None
        });
        change(&format!("drop {policy}"), || {
            client.set("DeletePolicy", json!({ "PolicyId": [ids[1]] }));
            None
        });
    }
}

/// When a child is killed.
struct Until {
    /// It has done so many changes,
    acknowledged: u64,
    /// and gone on for so long.
    wait: Duration,
}

/// Runs the child for a while, and kills it; what it said.
fn killed_after(path: &Path, keys: &str, round: u64, until: &Until) -> Vec<String> {
    let program = std::env::current_exe().expect("this program");
    let mut child = Command::new(program)
        .args(["--exact", "durable::child", "--nocapture", "--test-threads=1"])
        .envs([(STORE, path.as_os_str()), (KEYS, OsStr::new(keys))])
        .env(ROUND, round.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("a child");
    let out = child.stdout.take().expect("a pipe");
    let (started, start) = std::sync::mpsc::channel();
    let reader = thread::spawn(move || {
        let mut said = Vec::new();
        for line in BufReader::new(out).lines() {
            let Ok(line) = line else { break };
            if line.starts_with("try ") || line.starts_with("ack ") {
                let _ = started.send(line.starts_with("ack "));
                said.push(line);
            }
        }
        said
    });
    // From the first change on, so that slow machines are not killed before they begin.
    let next = || start.recv_timeout(Duration::from_secs(60)).expect("the child makes changes");
    let mut acknowledged = u64::from(next());
    while acknowledged < until.acknowledged {
        acknowledged += u64::from(next());
    }
    thread::sleep(until.wait);
    child.kill().expect("killed");
    let status = child.wait().expect("it ends");
    assert!(!status.success(), "it was killed");
    reader.join().expect("what it said")
}

struct Killed {
    folder: tempfile::TempDir,
    seal: SealKey,
    root: Key,
    /// What is acknowledged, with what was seen to be there beyond.
    content: Content,
    credentials: Vec<Key>,
    acknowledged: usize,
}

impl Killed {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let client = Client::on_file(&folder.path().join("store"));
        let (seal, root) = (client.seal().clone(), client.root.clone());
        let content = Content::default();
        Self { folder, seal, root, content, credentials: Vec::new(), acknowledged: 0 }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("store")
    }

    fn kill(&mut self, round: u64, until: &Until) {
        let keys = format!("{} {} {}", self.seal.to_text(), self.root.id, self.root.secret);
        let said = killed_after(&self.path(), &keys, round, until);
        let mut pending = None;
        for line in &said {
            // Lines are short enough for a pipe to carry each as a whole.
            match line.split_once(' ').expect("two words") {
                ("try", change) => pending = Some(change.to_owned()),
                (_, change) => {
                    pending = None;
                    self.acknowledged += 1;
                    self.content.apply(change);
                    self.credentials.extend(credentials(change));
                }
            }
        }
        let client = Client::reopen(&self.path(), &self.seal, self.root.clone(), START);
        let found = Content::of(&client);
        if found != self.content {
            let change = pending.unwrap_or_else(|| panic!("{found:#?}\n{:#?}", self.content));
            self.content.apply(&change);
            assert_eq!(found, self.content, "`{change}` is half there");
        }
        for key in self.credentials.drain(..) {
            let me = client.call(&key, "sts", "GetCallerIdentity", json!({}));
            assert!(me.is_ok(), "{me:?}");
        }
    }
}

/// The key or session that a change made.
fn credentials(change: &str) -> Option<Key> {
    let words: Vec<String> = change.split(' ').map(str::to_owned).collect();
    match &words[..] {
        [kind, id, secret, rest @ ..] if kind == "key" || kind == "session" => {
            Some(Key { id: id.clone(), secret: secret.clone(), token: rest.first().cloned() })
        }
        _ => None,
    }
}

#[test]
fn every_acknowledged_change_survives_a_kill() {
    let mut random = Random::new(7);
    let (mut killed, mut acknowledged) = (Killed::new(), 0);
    for round in 0..KILLS {
        if round % KILLS_OF_ONE_STORE == 0 {
            acknowledged += killed.acknowledged;
            killed = Killed::new();
        }
        // Slow machines do as many changes as fast ones before the clock counts.
        let acknowledged = random.below(16);
        let wait = Duration::from_micros(random.below(60_000));
        killed.kill(round, &Until { acknowledged, wait });
    }
    acknowledged += killed.acknowledged;
    // Whatever was tested was more than the opening of empty stores.
    assert!(acknowledged > 5 * usize::try_from(KILLS).expect("a number"), "{acknowledged}");
}
