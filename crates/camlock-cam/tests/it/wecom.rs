//! Organizations of WeCom: linking, importing members, and members who apply.

use std::collections::BTreeMap;
use std::sync::{Arc, Barrier, Mutex};

use camlock_cam::wecom::{Access, Installation, Member, Scanned, Scope, WeCom, WeComError};
use serde_json::{Value, json};

use crate::client::{Client, Key, Refusal, allow, document, number, resource};

const CORP: &str = "wwcorp1";

/// The side of WeCom in memory: codes are good once, as there.
#[derive(Debug, Default)]
struct Side {
    codes: Mutex<BTreeMap<String, Code>>,
    told: Mutex<Vec<(Vec<String>, String)>>,
    /// Questions say that they are there, and wait.
    slow: Mutex<Option<(Arc<Barrier>, Arc<Barrier>)>>,
}

#[derive(Clone, Debug)]
enum Code {
    Install { member: String, ticket: String },
    Scan { corp: String, member: String },
}

impl Side {
    fn give(&self, code: Code) -> String {
        let mut codes = self.codes.lock().expect("codes");
        let name = format!("code-{}", codes.len());
        codes.insert(name.clone(), code);
        name
    }

    fn take(&self, code: &str) -> Result<Code, WeComError> {
        let taken = self.codes.lock().expect("codes").remove(code);
        taken.ok_or_else(|| WeComError::Refused(40029, "invalid code".to_owned()))
    }

    /// The token in the last message.
    fn last_token(&self) -> String {
        let told = self.told.lock().expect("messages");
        let (_, text) = told.last().expect("a message");
        text.rsplit_once("apply?").expect("an address").1.to_owned()
    }
}

impl WeCom for Side {
    fn link_address(&self, ticket: &str) -> String {
        format!("link?{ticket}")
    }

    fn scan_address(&self, ticket: &str) -> String {
        format!("scan?{ticket}")
    }

    fn apply_address(&self, token: &str) -> String {
        format!("apply?{token}")
    }

    fn install(&self, code: &str) -> Result<Installation, WeComError> {
        let Code::Install { member, ticket } = self.take(code)? else {
            return Err(WeComError::Refused(40029, "a code of another kind".to_owned()));
        };
        let access =
            Access { corp: CORP.to_owned(), permanent_code: "perma-secret".to_owned(), agent: 7 };
        Ok(Installation { access, member, ticket })
    }

    fn identify(&self, code: &str) -> Result<Scanned, WeComError> {
        let slow = self.slow.lock().expect("barriers").clone();
        if let Some((waiting, go)) = slow {
            waiting.wait();
            go.wait();
        }
        let Code::Scan { corp, member } = self.take(code)? else {
            return Err(WeComError::Refused(40029, "a code of another kind".to_owned()));
        };
        Ok(Scanned { corp, member })
    }

    fn scope(&self, organization: &Access) -> Result<Scope, WeComError> {
        assert_eq!(organization.permanent_code, "perma-secret");
        let member = |id: &str, name: &str| Member { id: id.to_owned(), name: name.to_owned() };
        Ok(Scope {
            name: "Example".to_owned(),
            departments: vec![1],
            members: vec![member("li.si", "Li Si"), member("zhang san", "Zhang San")],
        })
    }

    fn tell(&self, _: &Access, members: &[String], text: &str) -> Result<(), WeComError> {
        self.told.lock().expect("messages").push((members.to_vec(), text.to_owned()));
        Ok(())
    }
}

struct World {
    side: Arc<Side>,
    client: Client,
}

impl World {
    /// An account with an organization linked by its root, who is the member `boss`.
    fn linked() -> Self {
        let world = Self::new();
        let ticket = world.ticket(&world.client.root, "link");
        let code = world.install("boss", &ticket);
        world.confirm(&ticket, &code).expect("linked");
        world
    }

    fn new() -> Self {
        let side = Arc::new(Side::default());
        let of_plane: Arc<dyn WeCom> = Arc::<Side>::clone(&side);
        Self { client: Client::new(camlock_cam::Options::default()).and_wecom(of_plane), side }
    }

    fn ticket(&self, key: &Key, purpose: &str) -> String {
        let answer =
            self.call(key, "CreateTicket", json!({ "Purpose": purpose })).expect("a ticket");
        answer["Ticket"].as_str().expect("a ticket").to_owned()
    }

    fn install(&self, member: &str, ticket: &str) -> String {
        self.side.give(Code::Install { member: member.to_owned(), ticket: ticket.to_owned() })
    }

    fn scanned(&self, corp: &str, member: &str) -> String {
        self.side.give(Code::Scan { corp: corp.to_owned(), member: member.to_owned() })
    }

    fn confirm(&self, ticket: &str, code: &str) -> Result<Value, Refusal> {
        self.client.unsigned("wecom", "ConfirmTicket", &json!({ "Ticket": ticket, "Code": code }))
    }

    /// Lets somebody confirm by a scan who they are.
    fn scan(&self, key: &Key, member: &str) -> Result<Value, Refusal> {
        let ticket = self.ticket(key, "scan");
        self.confirm(&ticket, &self.scanned(CORP, member))
    }

    fn call(&self, key: &Key, action: &str, body: Value) -> Result<Value, Refusal> {
        self.client.call(key, "wecom", action, body)
    }

    fn root(&self, action: &str, body: Value) -> Result<Value, Refusal> {
        self.call(&self.client.root, action, body)
    }

    fn apply(&self, member: &str) -> Result<Value, Refusal> {
        let code = self.scanned(CORP, member);
        self.client.unsigned("wecom", "Apply", &json!({ "CorpId": CORP, "Code": code }))
    }

    /// An application that has come in: its token.
    fn applied(&self, member: &str) -> String {
        self.apply(member).expect("applied");
        self.side.last_token()
    }
}

#[track_caller]
fn refused(answer: Result<Value, Refusal>, code: &str) -> String {
    let (own, message) = answer.expect_err("refused");
    assert_eq!(own, code, "{message}");
    message
}

const TICKET: &str = "FailedOperation.WeComTicketInvalid";
const NO_SCAN: &str = "FailedOperation.WeComScanNeeded";
const NOT_MAY: &str = "AuthFailure.UnauthorizedOperation";

#[test]
fn without_a_side_the_calls_say_so() {
    let client = Client::new(camlock_cam::Options::default());
    let answer = client.call(&client.root, "wecom", "CreateTicket", json!({ "Purpose": "link" }));
    refused(answer, "UnsupportedOperation");
}

#[test]
fn an_organization_is_linked_by_its_administrator_through_a_ticket() {
    let world = World::linked();
    let all = world.root("ListOrganizations", json!({})).unwrap();
    assert_eq!(all["Organizations"][0]["CorpId"], CORP);
    assert!(!all.to_string().contains("Example"), "a name without a scan: {all}");
    assert!(!all.to_string().contains("perma-secret"));
}

#[test]
fn a_ticket_is_good_once_for_ten_minutes_and_for_its_own_installation() {
    let world = World::new();
    let root = world.client.root.clone();
    let ticket = world.ticket(&root, "link");
    // An installation that was begun by somebody else.
    refused(world.confirm(&ticket, &world.install("boss", "another")), TICKET);
    world.confirm(&ticket, &world.install("boss", &ticket)).unwrap();
    refused(world.confirm(&ticket, &world.install("boss", &ticket)), TICKET);
    let late = world.ticket(&root, "link");
    world.client.wait(600);
    refused(world.confirm(&late, &world.install("boss", &late)), TICKET);
    refused(world.confirm("guess", &world.install("boss", "guess")), TICKET);
    // Whoever guesses codes gets few attempts.
    let tried = world.ticket(&root, "link");
    for _ in 0..5 {
        refused(world.confirm(&tried, "guess"), "FailedOperation.WeComRefused");
    }
    refused(world.confirm(&tried, &world.install("boss", &tried)), TICKET);
}

#[test]
fn names_are_seen_after_a_fresh_scan_of_the_administrator_only() {
    let world = World::linked();
    let of = json!({ "CorpId": CORP });
    for action in ["DescribeOrganization", "ListMembers"] {
        refused(world.root(action, of.clone()), NO_SCAN);
    }
    let root = world.client.root.clone();
    refused(world.scan(&root, "li.si"), "FailedOperation.WeComScanRefused");
    refused(world.root("ListMembers", of.clone()), NO_SCAN);
    world.scan(&root, "boss").unwrap();
    let members = world.root("ListMembers", of.clone()).unwrap();
    assert_eq!(members["TotalCount"], 2);
    assert_eq!(members["Members"][0]["MemberName"], "Li Si");
    assert_eq!(world.root("DescribeOrganization", of.clone()).unwrap()["CorpName"], "Example");
    // The scan is the root's, and nobody else's.
    let (_, helper) = world.client.user_with("helper", &allow(&["cam:*"]));
    refused(world.call(&helper, "ListMembers", of.clone()), NO_SCAN);
    refused(world.scan(&helper, "boss"), "FailedOperation.WeComScanRefused");
    world.client.wait(300);
    refused(world.root("ListMembers", of), NO_SCAN);
}

#[test]
fn an_imported_member_is_named_by_its_id_and_never_by_its_display_name() {
    let world = World::linked();
    let root = world.client.root.clone();
    let import = |body: Value| {
        let mut all = json!({ "CorpId": CORP });
        all.as_object_mut().unwrap().extend(body.as_object().unwrap().clone());
        world.root("AddQywxSubAccount", all)
    };
    refused(import(json!({ "WeChatWorkUserId": "li.si" })), NO_SCAN);
    world.scan(&root, "boss").unwrap();
    refused(import(json!({ "WeChatWorkUserId": "nobody" })), "ResourceNotFound.UserNotExist");
    let user = import(json!({ "WeChatWorkUserId": "li.si" })).unwrap();
    assert_eq!(user["Name"], "li.si");
    refused(import(json!({ "WeChatWorkUserId": "li.si" })), "InvalidParameter.SubUserNameInUse");
    let illegal = "InvalidParameter.UserNameIllegal";
    let message = refused(import(json!({ "WeChatWorkUserId": "zhang san" })), illegal);
    assert!(message.contains("character 6") && message.contains("`Name`"), "{message}");
    refused(import(json!({ "WeChatWorkUserId": "zhang san", "Name": "张三" })), illegal);
    import(json!({ "WeChatWorkUserId": "zhang san", "Name": "zhang.san" })).unwrap();
    let list = world.client.set("ListWeChatWorkSubAccounts", json!({ "Offset": 0, "Limit": 10 }));
    assert_eq!(list["TotalCount"], 2);
    assert_eq!(list["Data"][1]["WeChatWorkUserId"], "zhang san");
    assert!(!list.to_string().contains("Zhang San") && !list.to_string().contains("Li Si"));
}

#[test]
fn an_imported_member_may_be_an_administrator_and_scans_for_themselves() {
    let world = World::linked();
    let root = world.client.root.clone();
    world.scan(&root, "boss").unwrap();
    let body = json!({ "CorpId": CORP, "WeChatWorkUserId": "li.si" });
    let uin = number(&world.root("AddQywxSubAccount", body).unwrap(), "Uin");
    let policy = world.client.policy("admin", &allow(&["cam:AddQywxSubAccount"]));
    world.client.set("AttachUserPolicy", json!({ "AttachUin": uin, "PolicyId": policy }));
    let key = world.client.set("CreateAccessKey", json!({ "TargetUin": uin }));
    let key = Key::read(&key["AccessKey"], "AccessKeyId", "SecretAccessKey");
    refused(world.scan(&key, "boss"), "FailedOperation.WeComScanRefused");
    world.scan(&key, "li.si").unwrap();
    world.call(&key, "ListMembers", json!({ "CorpId": CORP })).unwrap();
    // Linking is another matter.
    refused(world.call(&key, "CreateTicket", json!({ "Purpose": "link" })), NOT_MAY);
}

#[test]
fn who_loses_the_right_between_two_steps_ends_none() {
    let link = || {
        let world = World::linked();
        let (uin, key) = world.client.user_with("helper", &allow(&["cam:LinkQywxOrganization"]));
        let ticket = world.ticket(&key, "link");
        (world, uin, key, ticket)
    };
    let end = |world: &World, ticket: &str| {
        let code = world.install("other", ticket);
        refused(world.confirm(ticket, &code), TICKET);
        // The code was not spent for nothing.
        world.side.take(&code).expect("a code that nobody used");
    };
    let (world, uin, _, ticket) = link();
    let policy = world.client.set("ListAttachedUserPolicies", json!({ "TargetUin": uin }));
    let detach = json!({ "DetachUin": uin, "PolicyId": policy["List"][0]["PolicyId"] });
    world.client.set("DetachUserPolicy", detach);
    end(&world, &ticket);
    let (world, uin, key, ticket) = link();
    let key = json!({ "AccessKeyId": key.id, "TargetUin": uin, "Status": "Inactive" });
    world.client.set("UpdateAccessKey", key);
    end(&world, &ticket);
    let (world, _, _, ticket) = link();
    world.client.set("DeleteUser", json!({ "Name": "helper", "Force": 1 }));
    end(&world, &ticket);
}

#[test]
fn the_asker_is_judged_from_where_the_step_was_begun() {
    let world = World::linked();
    let mut office = allow(&["cam:LinkQywxOrganization"]);
    office["statement"][0]["condition"] = json!({ "ip_equal": { "qcs:ip": "127.0.0.1" } });
    let (_, key) = world.client.user_with("helper", &office);
    let ticket = world.ticket(&key, "link");
    let code = world.install("other", &ticket);
    let body = json!({ "Ticket": ticket, "Code": code });
    let answer = world.client.answer_from([203, 0, 113, 9], None, "wecom", "ConfirmTicket", &body);
    assert_eq!(answer.result.expect("linked")["CorpId"], CORP);
    // The record is of whoever linked.
    assert_eq!(answer.record.user_name, "helper");
}

#[test]
fn an_application_shows_the_id_and_is_approved_once_within_a_day() {
    let world = World::linked();
    let applied = world.apply("wang.wu").unwrap();
    assert_eq!(
        applied.as_object().unwrap().keys().collect::<Vec<_>>(),
        ["ExpiredTime", "WeChatWorkUserId"]
    );
    let (to, text) = world.side.told.lock().unwrap().last().cloned().unwrap();
    assert_eq!(to, ["boss"]);
    assert!(text.contains("wang.wu"));
    let token = world.side.last_token();
    assert_eq!(token.len(), 43);
    // At once again: no flood of messages.
    refused(world.apply("wang.wu"), "RequestLimitExceeded");
    assert_eq!(world.side.told.lock().unwrap().len(), 1);
    let policy = world.client.policy("work", &allow(&["cos:GetObject"]));
    let of = json!({ "ApplyToken": token });
    let shown = world.root("DescribeApplication", of.clone()).unwrap();
    assert_eq!(
        (&shown["WeChatWorkUserId"], &shown["Status"]),
        (&json!("wang.wu"), &json!("pending"))
    );
    let body = json!({ "ApplyToken": token, "PolicyId": [policy] });
    let user = world.root("ApproveApplication", body.clone()).unwrap();
    let attached = json!({ "TargetUin": user["Uin"] });
    assert_eq!(world.client.set("ListAttachedUserPolicies", attached)["TotalNum"], 1);
    refused(world.root("ApproveApplication", body), TICKET);
    refused(world.root("RejectApplication", of.clone()), TICKET);
    assert_eq!(world.root("DescribeApplication", of).unwrap()["Status"], "approved");
    refused(world.apply("wang.wu"), "InvalidParameter.SubUserNameInUse");
}

#[test]
fn an_application_ends_after_a_day_and_with_the_next_one() {
    let world = World::linked();
    let first = world.applied("wang.wu");
    world.client.wait(60);
    let second = world.applied("wang.wu");
    refused(
        world.root("DescribeApplication", json!({ "ApplyToken": first })),
        "ResourceNotFound.NotFound",
    );
    world.client.wait(24 * 60 * 60);
    let of = json!({ "ApplyToken": second });
    assert_eq!(world.root("DescribeApplication", of.clone()).unwrap()["Status"], "expired");
    let message = refused(world.root("ApproveApplication", of), TICKET);
    assert!(message.contains("apply anew"), "{message}");
}

#[test]
fn only_who_may_add_and_attach_approves() {
    let world = World::linked();
    let policy = world.client.policy("work", &allow(&["cos:GetObject"]));
    let other = world.client.policy("other", &allow(&["cos:*"]));
    let users = [resource("uin/*"), resource(&format!("policyid/{policy}"))];
    let grant = document(&[
        ("allow", &["cam:AddQywxSubAccount"], &["*".to_owned()]),
        ("allow", &["cam:AttachUserPolicy"], &users),
    ]);
    let (_, admin) = world.client.user_with("admin", &grant);
    let (_, nobody) = world.client.user("nobody");
    let token = world.applied("wang.wu");
    let approve = |key: &Key, policies: &[u64]| {
        let body = json!({ "ApplyToken": token, "PolicyId": policies });
        world.call(key, "ApproveApplication", body)
    };
    refused(approve(&nobody, &[]), NOT_MAY);
    let of = json!({ "ApplyToken": token });
    refused(world.call(&nobody, "DescribeApplication", of.clone()), NOT_MAY);
    refused(world.call(&nobody, "RejectApplication", of), NOT_MAY);
    // Without knowing a token nobody learns whether there is one.
    refused(world.call(&nobody, "DescribeApplication", json!({ "ApplyToken": "guess" })), NOT_MAY);
    refused(approve(&admin, &[policy, other]), NOT_MAY);
    assert_eq!(
        world.client.set("ListWeChatWorkSubAccounts", json!({ "Offset": 0, "Limit": 9 }))["TotalCount"],
        0
    );
    approve(&admin, &[policy]).unwrap();
}

#[test]
fn members_of_other_organizations_and_without_a_scan_do_not_apply() {
    let world = World::linked();
    let apply = |corp: &str, code: &str| {
        world.client.unsigned("wecom", "Apply", &json!({ "CorpId": corp, "Code": code }))
    };
    refused(apply(CORP, &world.scanned("wwother", "eve")), "FailedOperation.WeComScanRefused");
    // Nobody learns without a scan which organizations are linked.
    for corp in [CORP, "wwother"] {
        let eve = world.scanned("wwother", "eve");
        refused(apply(corp, &eve), "FailedOperation.WeComScanRefused");
        refused(apply(corp, "guess"), "FailedOperation.WeComRefused");
    }
    assert!(world.side.told.lock().unwrap().is_empty());
}

#[test]
fn who_left_hears_of_no_application() {
    let world = World::linked();
    let (_, key) = world.client.user_with("helper", &allow(&["cam:LinkQywxOrganization"]));
    let ticket = world.ticket(&key, "link");
    world.confirm(&ticket, &world.install("fired", &ticket)).unwrap();
    world.applied("wang.wu");
    assert_eq!(world.side.told.lock().unwrap()[0].0, ["boss", "fired"]);
    world.client.set("DeleteUser", json!({ "Name": "helper", "Force": 1 }));
    world.applied("zhao.liu");
    assert_eq!(world.side.told.lock().unwrap()[1].0, ["boss"]);
}

#[test]
fn a_scan_is_of_one_key_and_ends_with_the_link() {
    let world = World::linked();
    let root = world.client.root.clone();
    world.scan(&root, "boss").unwrap();
    let other = world.client.set("CreateAccessKey", json!({}));
    let other = Key::read(&other["AccessKey"], "AccessKeyId", "SecretAccessKey");
    let of = json!({ "CorpId": CORP });
    world.call(&root, "ListMembers", of.clone()).unwrap();
    refused(world.call(&other, "ListMembers", of.clone()), NO_SCAN);
    world.root("DeleteOrganization", of.clone()).unwrap();
    let ticket = world.ticket(&root, "link");
    world.confirm(&ticket, &world.install("boss", &ticket)).unwrap();
    refused(world.call(&root, "ListMembers", of), NO_SCAN);
}

#[test]
fn of_several_who_decide_at_once_one_does() {
    let world = World::linked();
    let token = world.applied("wang.wu");
    let world = &world;
    let decided = std::thread::scope(|scope| {
        let threads: Vec<_> = ["ApproveApplication", "RejectApplication", "ApproveApplication"]
            .map(|action| {
                let body = json!({ "ApplyToken": token });
                scope.spawn(move || world.root(action, body).is_ok())
            })
            .into();
        threads.into_iter().map(|thread| thread.join().expect("done")).collect::<Vec<_>>()
    });
    assert_eq!(decided.iter().filter(|decided| **decided).count(), 1, "{decided:?}");
}

#[test]
fn a_side_that_is_slow_stops_nothing_else() {
    let world = World::linked();
    let (waiting, go) = (Arc::new(Barrier::new(9)), Arc::new(Barrier::new(9)));
    *world.side.slow.lock().unwrap() = Some((Arc::clone(&waiting), Arc::clone(&go)));
    let world = &world;
    std::thread::scope(|scope| {
        for member in 0..8 {
            scope.spawn(move || world.apply(&format!("member{member}")));
        }
        waiting.wait();
        *world.side.slow.lock().unwrap() = None;
        // Eight wait for an answer; the ninth is told so at once, and other calls go on.
        refused(world.apply("ninth"), "RequestLimitExceeded");
        world.client.set("AddUser", json!({ "Name": "meanwhile" }));
        go.wait();
    });
    world.apply("tenth").unwrap();
}

#[test]
fn links_and_applications_are_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    let side = Arc::new(Side::default());
    let of_plane = || -> Arc<dyn WeCom> { Arc::<Side>::clone(&side) };
    let client = Client::on_file(&path).and_wecom(of_plane());
    let world = World { side: Arc::clone(&side), client };
    let ticket = world.ticket(&world.client.root, "link");
    world.confirm(&ticket, &world.install("boss", &ticket)).unwrap();
    let token = world.applied("wang.wu");
    let client = world.client.restart(&path, camlock_cam::Options::default()).and_wecom(of_plane());
    let world = World { side: Arc::clone(&side), client };
    let root = world.client.root.clone();
    world.scan(&root, "boss").unwrap();
    world.root("ListMembers", json!({ "CorpId": CORP })).unwrap();
    world.root("ApproveApplication", json!({ "ApplyToken": token })).unwrap();
}

#[test]
fn imported_users_outlive_the_link() {
    let world = World::linked();
    let token = world.applied("wang.wu");
    let user = world.root("ApproveApplication", json!({ "ApplyToken": token })).unwrap();
    let open = world.applied("zhao.liu");
    world.root("DeleteOrganization", json!({ "CorpId": CORP })).unwrap();
    refused(
        world.root("ApproveApplication", json!({ "ApplyToken": open })),
        "ResourceNotFound.NotFound",
    );
    let key = world.client.set("CreateAccessKey", json!({ "TargetUin": user["Uin"] }));
    let key = Key::read(&key["AccessKey"], "AccessKeyId", "SecretAccessKey");
    world.client.call(&key, "sts", "GetCallerIdentity", json!({})).unwrap();
    refused(world.root("ListMembers", json!({ "CorpId": CORP })), "ResourceNotFound.NotFound");
}

#[test]
fn records_hold_no_ticket_code_or_token() {
    let world = World::linked();
    let token = world.applied("wang.wu");
    let body = json!({ "ApplyToken": token });
    let answer = world.client.answer(&world.client.root, "wecom", "DescribeApplication", &body);
    assert!(!format!("{:?}", answer.record).contains(&token));
    let ticket = world.ticket(&world.client.root, "scan");
    let body = json!({ "Ticket": ticket, "Code": "some-code" });
    let answer = world.client.answer_from([127, 0, 0, 1], None, "wecom", "ConfirmTicket", &body);
    let shown = format!("{:?}", answer.record);
    assert!(!shown.contains(&ticket) && !shown.contains("some-code"), "{shown}");
}
