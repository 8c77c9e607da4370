//! A company with two of each object, and every way in which a call names them; both from the tables.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use camlock_cam::authorization::Profile;
use camlock_cam::{Answer, Options, schema};
use serde_json::{Map, Value, json};

use crate::client::{Client, Key, OWNER, allow, document, number, resource};

const AUTHORIZATION: &str = include_str!("../../data/authorization.txt");
const CALLS: &str = include_str!("../../data/calls.txt");

/// One of each object.
#[derive(Clone, Debug)]
pub(crate) struct Objects {
    uin: u64,
    uid: u64,
    user_name: String,
    group: u64,
    policy: u64,
    policy_name: String,
    role: String,
    role_name: String,
    linked: String,
    linked_name: String,
    provider: String,
    key: String,
    /// A service that has no role yet.
    service: String,
}

/// A company, and a sub-user who gets one policy after the other.
#[derive(Debug)]
pub(crate) struct Company {
    pub(crate) client: Client,
    pub(crate) caller: Key,
    caller_uin: u64,
    grant: u64,
    /// What the sub-user may be allowed on, what it may not, and what is not there at all.
    pub(crate) objects: [Objects; 3],
}

/// Which of the [`Objects`] an object is of.
pub(crate) const OWN: usize = 0;
pub(crate) const OTHER: usize = 1;
pub(crate) const MISSING: usize = 2;

/// How a parameter names an object.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Naming {
    Uin,
    Uins,
    Uid,
    /// By leaving the parameter out.
    Caller,
    UserName,
    MemberUin,
    MemberUid,
    MemberGroup,
    Group,
    Policy,
    PolicyName,
    Policies,
    Role,
    RoleName,
    LinkedRole,
    Service,
    Saml,
    Oidc,
    Keys,
    ArnOfName,
    ArnOfId,
}

/// An object that a call names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slot {
    pub(crate) parameter: &'static str,
    naming: Naming,
}

impl Slot {
    /// Whether the parameter may name several objects.
    pub(crate) fn is_list(self) -> bool {
        use Naming::{Keys, MemberGroup, MemberUid, MemberUin, Policies, Service, Uins};
        matches!(
            self.naming,
            Uins | MemberUin | MemberUid | MemberGroup | Policies | Service | Keys
        )
    }

    /// Whether there is an object to name beside the caller.
    pub(crate) fn is_named(self) -> bool {
        self.naming != Naming::Caller
    }
}

/// A call with one way to name its objects.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) service: &'static str,
    pub(crate) action: &'static str,
    pub(crate) slots: Vec<Slot>,
    /// Whether the profile `published` has the same objects.
    pub(crate) published: bool,
}

impl Case {
    /// The parameters that name the objects, such as `AttachUin + PolicyId`.
    pub(crate) fn label(&self) -> String {
        let names = self.slots.iter().map(|slot| match slot.naming {
            Naming::Caller => "the caller".to_owned(),
            naming @ (Naming::MemberUin | Naming::MemberUid | Naming::MemberGroup) => {
                let member = format!("{naming:?}").replace("Member", "");
                format!("{}.{}", slot.parameter, member.replace("Group", "GroupId"))
            }
            Naming::ArnOfName => format!("{} by name", slot.parameter),
            Naming::ArnOfId => format!("{} by id", slot.parameter),
            _ => slot.parameter.to_owned(),
        });
        names.collect::<Vec<_>>().join(" + ")
    }

    /// What the policy has to speak of, for the call to be the caller's.
    pub(crate) fn actions(&self) -> Vec<String> {
        let mut actions = vec![format!("{}:{}", self.service, self.action)];
        if self.action == "DeleteUser" {
            // The user has a key, which goes with it.
            actions.push("cam:DeleteApiKey".to_owned());
        }
        actions
    }
}

/// Each of these names one object or another, not all.
const ONE_OF: &[&str] = &["ListPoliciesGrantingServiceAccess"];

/// Nobody signs these, so that there is no caller to be allowed: the role's trust alone decides.
pub(crate) const UNSIGNED: &[&str] = &["AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"];

/// Every signed call that names an object in the profile `resource-level`, in every way to name it.
pub(crate) fn cases() -> Vec<Case> {
    every_call().into_iter().filter(|case| !case.slots.is_empty()).collect()
}

/// Every signed call, in every way to name its objects, if it has any.
pub(crate) fn every_call() -> Vec<Case> {
    let rows = AUTHORIZATION.lines().filter(|line| !line.starts_with('#'));
    let all = rows.flat_map(|row| {
        let (ours, published) = row.split_once(" | ").expect("two profiles");
        let mut words = ours.split(' ');
        let (service, action) = (words.next().expect("service"), words.next().expect("action"));
        let words: Vec<&str> = words.filter(|word| !matches!(*word, "*" | "none")).collect();
        let published = published != "*";
        let ways = if ONE_OF.contains(&action) {
            words.iter().flat_map(|word| ways_to_name(word)).collect()
        } else {
            all_of(&words)
        };
        let ways = ways.into_iter();
        ways.map(|slots| Case { service, action, slots, published }).collect::<Vec<_>>()
    });
    all.filter(|case| !UNSIGNED.contains(&case.action))
        .filter(|case| {
            schema::call(case.service, case.action).is_some_and(camlock_cam::is_implemented)
        })
        .collect()
}

/// One way for each word, in every combination.
fn all_of(words: &[&'static str]) -> Vec<Vec<Slot>> {
    words.iter().fold(vec![Vec::new()], |before, word| {
        let ways = ways_to_name(word);
        let joined = before
            .iter()
            .flat_map(|start| ways.iter().map(|way| start.iter().chain(way).copied().collect()));
        joined.collect()
    })
}

/// The ways in which the parameters of one word name objects.
fn ways_to_name(word: &'static str) -> Vec<Vec<Slot>> {
    use Naming as By;
    let (kind, names) = word.split_once(':').expect("kind:parameter");
    let (one, other) = names.split_once(['|', ',']).unwrap_or((names, ""));
    let by = |parameter: &'static str, naming| vec![Slot { parameter, naming }];
    let ways = match kind {
        "user" => vec![by(one, By::Uin), by(other, By::Uid)],
        "user?" => vec![by(one, By::Uin), by(one, By::Caller)],
        "name" => vec![by(one, By::UserName)],
        "users" => vec![by(one, By::Uins)],
        "members" => [By::MemberUin, By::MemberUid]
            .map(|user| [by(one, user), by(one, By::MemberGroup)].concat())
            .into(),
        "group" => vec![by(one, By::Group)],
        "policy" => vec![by(one, By::Policy), by(other, By::PolicyName)],
        "policies" => vec![by(one, By::Policies)],
        "role" => vec![by(one, By::Role), by(other, By::RoleName)],
        "linked" => vec![by(one, By::LinkedRole)],
        "services" => vec![by(one, By::Service)],
        "saml" => vec![by(one, By::Saml)],
        "oidc" => vec![by(one, By::Oidc)],
        "keys" => vec![by(one, By::Keys)],
        "arn" => vec![by(one, By::ArnOfName), by(one, By::ArnOfId)],
        _ => panic!("`{word}` is of no known kind"),
    };
    ways.into_iter().filter(|way| way.iter().all(|slot| !slot.parameter.is_empty())).collect()
}

impl Company {
    /// A company with two of each object.
    pub(crate) fn new(profile: Profile) -> Self {
        let mut options = Options::default();
        options.profile = profile;
        let client = Client::new(options);
        let objects = ["own", "other"].map(|name| Objects::make(&client, name));
        let [own, other] = objects;
        let (caller_uin, caller) = client.user("caller");
        let grant = client.policy("grant", &allow(&["cvm:DescribeInstances"]));
        client.set("AttachUserPolicy", json!({ "AttachUin": caller_uin, "PolicyId": grant }));
        Self { client, caller, caller_uin, grant, objects: [own, other, Objects::missing()] }
    }

    /// Lets the caller do what the statements say, and nothing else.
    pub(crate) fn grant(&self, statements: &[(&str, &[&str], &[String])]) {
        let document = document(statements).to_string();
        self.client
            .set("UpdatePolicy", json!({ "PolicyId": self.grant, "PolicyDocument": document }));
    }

    /// Every spelling of an object in policies; the one that the call does not use comes first.
    pub(crate) fn spellings(&self, slot: Slot, which: usize) -> Vec<String> {
        use Naming as By;
        let own = &self.objects[which];
        let uin = if slot.naming == By::Caller && which == OWN { self.caller_uin } else { own.uin };
        let by_id = format!("role/{}", own.role);
        let by_name = format!("roleName/{}", own.role_name);
        let spellings = match slot.naming {
            By::Uin
            | By::Uins
            | By::Uid
            | By::Caller
            | By::UserName
            | By::Keys
            | By::MemberUin
            | By::MemberUid => vec![format!("uin/{uin}")],
            By::MemberGroup | By::Group => vec![format!("groupid/{}", own.group)],
            By::Policy | By::PolicyName | By::Policies => vec![format!("policyid/{}", own.policy)],
            By::Role | By::ArnOfId => vec![by_name, by_id],
            By::RoleName | By::ArnOfName => vec![by_id, by_name],
            By::LinkedRole => vec![
                format!("role/tencentcloudServiceRole/{}", own.linked),
                format!("role/tencentcloudServiceRoleName/{}", own.linked_name),
            ],
            By::Service => {
                let name = linked_name(&own.service);
                vec![format!("role/tencentcloudServiceRoleName/{name}")]
            }
            By::Saml => vec![format!("saml-provider/{}", own.provider)],
            By::Oidc => vec![format!("oidc-provider/{}", own.provider)],
        };
        spellings.iter().map(|last| resource(last)).collect()
    }

    /// The parameters that name the objects, each of the [`Objects`] chosen for its slot; several where
    /// a list is to name several.
    pub(crate) fn parameters(&self, case: &Case, which: &[&[usize]]) -> Value {
        let mut parameters = Map::new();
        for (slot, which) in case.slots.iter().zip(which) {
            let values = which.iter().map(|which| value(*slot, &self.objects[*which]));
            let values: Vec<Value> = values.flatten().collect();
            match parameters.get_mut(slot.parameter) {
                // A group joins the user of its membership.
                Some(Value::Array(known)) => {
                    for (member, more) in known.iter_mut().zip(values) {
                        merge(member, more);
                    }
                }
                _ if slot.is_list() => {
                    parameters.insert(slot.parameter.to_owned(), values.into());
                }
                _ => parameters
                    .extend(values.into_iter().map(|value| (slot.parameter.to_owned(), value))),
            }
        }
        self.complete(case, which, &mut parameters);
        parameters.into()
    }

    /// Adds what else the call cannot do without.
    fn complete(&self, case: &Case, which: &[&[usize]], parameters: &mut Map<String, Value>) {
        let known = parameter_types(case.service, case.action);
        for (name, kind) in &known {
            // Some calls take ids of roles as numbers, others as texts.
            if kind.contains("int64")
                && let Some(Value::String(text)) = parameters.get(*name)
            {
                let number: u64 = text.parse().expect("an id");
                parameters.insert((*name).to_owned(), number.into());
            }
            if parameters.contains_key(*name) {
                continue;
            }
            if let Some(value) = self.other_value(case, which, name) {
                parameters.insert((*name).to_owned(), value);
            } else {
                assert!(kind.contains('?'), "no value for `{name}` of {}", case.action);
            }
        }
    }

    /// The value of a parameter that names no object; none for those that are left out.
    fn other_value(&self, case: &Case, which: &[&[usize]], name: &str) -> Option<Value> {
        let trust = json!({ "version": "2.0", "statement": [{ "effect": "allow",
            "action": "name/sts:AssumeRole", "principal": { "qcs": [resource("root")] } }] });
        Some(match (case.action, name) {
            ("DeletePolicyVersion", "VersionId") => json!([2]),
            (_, "VersionId") => json!(2),
            ("UpdateAssumeRolePolicy", "PolicyDocument") => trust.to_string().into(),
            (_, "PolicyDocument") => allow(&["cvm:*"]).to_string().into(),
            (_, "AccessKeyId") => match case.slots[0].naming {
                Naming::Caller => (*self.caller.id).into(),
                _ => (*self.objects[which[0][0]].key).into(),
            },
            (_, "SetAsDefault") => json!(false),
            ("DeleteUser", "Force") | (_, "Page") => json!(1),
            (_, "AttachType" | "ConsoleLogin" | "Offset") => json!(0),
            (_, "Rp" | "Limit") => json!(20),
            (_, "DeletionTaskId" | "CorpId" | "ApplyToken") => json!("none"),
            (_, "SessionDuration") => json!(3_600),
            (_, "Status") => json!("Inactive"),
            (_, "Tags") if case.service == "cam" => json!([{ "Key": "team", "Value": "a" }]),
            (_, "TagKeys") => json!(["team"]),
            (_, "IdentityUrl") => json!("https://id.example.com"),
            (_, "ClientId") => json!(["client"]),
            (_, "IdentityKey") => STANDARD.encode(r#"{"keys":[]}"#).into(),
            (_, "Description") => json!("changed"),
            (_, "RoleSessionName") => json!("session"),
            _ => return None,
        })
    }

    /// Makes the call of a case as the sub-user.
    pub(crate) fn ask(&self, case: &Case, which: &[&[usize]]) -> Answer {
        let parameters = self.parameters(case, which);
        self.client.answer(&self.caller, case.service, case.action, &parameters)
    }

    /// The four cells of a row of the matrix: on the own object and on the other, allowed on the own
    /// one only, and then allowed on everything but the other; none where the call names the caller,
    /// who is no other.
    pub(crate) fn row(case: &Case) -> [Option<bool>; 4] {
        let actions = case.actions();
        let actions: Vec<&str> = actions.iter().map(String::as_str).collect();
        let all = |which: usize| vec![[which]; case.slots.len()];
        let ask = |deny: bool, which: usize| {
            let company = Self::new(Profile::ResourceLevel);
            let resources = |which: usize| -> Vec<String> {
                let spelled = case.slots.iter().map(|slot| company.spellings(*slot, which));
                spelled.flatten().collect()
            };
            if deny {
                let everything = ["*".to_owned()];
                let other = resources(OTHER);
                company.grant(&[("allow", &actions, &everything), ("deny", &actions, &other)]);
            } else {
                company.grant(&[("allow", &actions, &resources(OWN))]);
            }
            let which = all(which);
            let which: Vec<&[usize]> = which.iter().map(<[usize; 1]>::as_slice).collect();
            company.ask(case, &which).result.is_ok()
        };
        let other = case.slots.iter().all(|slot| slot.is_named());
        let [narrow, wide] = [false, true].map(|deny| other.then(|| ask(deny, OTHER)));
        [Some(ask(false, OWN)), narrow, Some(ask(true, OWN)), wide]
    }
}

impl Objects {
    fn make(client: &Client, name: &str) -> Self {
        let user_name = format!("{name}-user");
        let user = client.set("AddUser", json!({ "Name": user_name, "UseApi": 1 }));
        let group = client.set("CreateGroup", json!({ "GroupName": format!("{name}-group") }));
        let policy_name = format!("{name}-policy");
        let policy = client.policy(&policy_name, &allow(&["cvm:DescribeInstances"]));
        let version = json!({ "PolicyId": policy, "PolicyDocument": allow(&["cvm:*"]).to_string(),
            "SetAsDefault": false });
        client.set("CreatePolicyVersion", version);
        let trust = json!({ "version": "2.0", "statement": [{ "effect": "allow",
            "action": "name/sts:AssumeRole", "principal": { "qcs": [resource("root")] } }] });
        let role_name = format!("{name}-role");
        let role = json!({ "RoleName": role_name, "PolicyDocument": trust.to_string() });
        let role = client.set("CreateRole", role);
        let service = format!("{name}.qcloud.com");
        let linked = client.set("CreateServiceLinkedRole", json!({ "QCSServiceName": [service] }));
        let provider = format!("{name}-provider");
        let metadata = STANDARD.encode(include_str!("../../src/saml/data/metadata.xml"));
        let saml = json!({ "Name": provider, "Description": "", "SAMLMetadataDocument": metadata });
        client.set("CreateSAMLProvider", saml);
        let oidc = json!({ "Name": provider, "IdentityUrl": "https://id.example.com",
            "ClientId": ["client"], "IdentityKey": STANDARD.encode(r#"{"keys":[]}"#) });
        client.set("CreateOIDCConfig", oidc);
        let text = |answer: &Value, name: &str| answer[name].as_str().expect(name).to_owned();
        Self {
            uin: number(&user, "Uin"),
            uid: number(&user, "Uid"),
            user_name,
            group: number(&group, "GroupId"),
            policy,
            policy_name,
            role: text(&role, "RoleId"),
            role_name,
            linked: text(&linked, "RoleId"),
            linked_name: linked_name(&service),
            provider,
            key: text(&user, "SecretId"),
            service: format!("fresh{service}"),
        }
    }

    /// Names that nothing has.
    fn missing() -> Self {
        Self {
            uin: OWNER + 7_777,
            uid: 7_777_777,
            user_name: "missing-user".to_owned(),
            group: 7_777_777,
            policy: 77_777_777,
            policy_name: "missing-policy".to_owned(),
            role: "4611686018427777777".to_owned(),
            role_name: "missing-role".to_owned(),
            linked: "4611686018427777778".to_owned(),
            linked_name: "MISSING_QCSLinkedRoleInMissing".to_owned(),
            provider: "missing-provider".to_owned(),
            key: "AKIDmissing".to_owned(),
            service: "freshmissing.qcloud.com".to_owned(),
        }
    }

    /// A text with what the caller called the object left out of it.
    pub(crate) fn anonymous(&self, slot: Slot, text: &str) -> String {
        let name = value(slot, self).map(|value| match value {
            Value::String(text) => text,
            Value::Object(members) => members.values().map(Value::to_string).collect(),
            value => value.to_string(),
        });
        let name = match slot.naming {
            Naming::Service => Some(linked_name(&self.service)),
            _ => name,
        };
        name.map_or_else(|| text.to_owned(), |name| text.replace(&name, "NAME"))
    }
}

/// The name of the role that a service gets, as Tencent forms it.
fn linked_name(service: &str) -> String {
    let word = service.split('.').next().expect("a word");
    let (first, rest) = word.split_at(1);
    format!("{}_QCSLinkedRoleIn{}{rest}", word.to_uppercase(), first.to_uppercase())
}

/// What a parameter has to say to name an object; one item where it is a list.
fn value(slot: Slot, own: &Objects) -> Option<Value> {
    use Naming as By;
    Some(match slot.naming {
        By::Uin | By::Uins => own.uin.into(),
        By::Uid => own.uid.into(),
        By::Caller => return None,
        By::UserName => (*own.user_name).into(),
        By::MemberUin => json!({ "Uin": own.uin }),
        By::MemberUid => json!({ "Uid": own.uid }),
        By::MemberGroup => json!({ "GroupId": own.group }),
        By::Group => own.group.into(),
        By::Policy | By::Policies => own.policy.into(),
        By::PolicyName => (*own.policy_name).into(),
        By::Role => (*own.role).into(),
        By::RoleName => (*own.role_name).into(),
        By::LinkedRole => (*own.linked_name).into(),
        By::Service => (*own.service).into(),
        By::Saml | By::Oidc => (*own.provider).into(),
        By::Keys => (*own.key).into(),
        By::ArnOfName => resource(&format!("roleName/{}", own.role_name)).into(),
        By::ArnOfId => resource(&format!("role/{}", own.role)).into(),
    })
}

fn merge(member: &mut Value, more: Value) {
    if let (Value::Object(member), Value::Object(more)) = (member, more) {
        member.extend(more);
    }
}

/// The parameters of a call with their types, as the table writes them; `?` marks the optional ones.
fn parameter_types(service: &str, action: &str) -> BTreeMap<&'static str, String> {
    let start = format!("{service} {action}");
    let row = CALLS.lines().find_map(|line| {
        line.strip_prefix(&start).filter(|rest| rest.is_empty() || rest.starts_with(' '))
    });
    let words = row.expect("a row").split_whitespace();
    words
        .map(|word| {
            let (name, kind) = word.split_once(':').expect("name:type");
            let optional = if name.ends_with('?') { "?" } else { "" };
            (name.trim_end_matches('?'), format!("{kind}{optional}"))
        })
        .collect()
}
