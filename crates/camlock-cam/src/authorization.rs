//! What each call has to be allowed on: data with a date, and how it is read against the account.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::LazyLock;

use serde_json::Value;

use crate::calls;
use crate::model::{Provider, Role, Tags};
use crate::params::Params;
use crate::schema::{self, Call};
use crate::state::State;

const TEXT: &str = include_str!("../data/authorization.txt");

static TABLE: LazyLock<BTreeMap<(&str, &str), Row>> = LazyLock::new(|| read(TEXT));

/// Which of the two announcements counts.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub enum Profile {
    /// Calls are authorized on each object that they name, as the notice of 2022-12-16 says.
    #[default]
    ResourceLevel,
    /// Nearly all calls are at operation level, as the tables say that are still published.
    Published,
}

impl FromStr for Profile {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "resource-level" => Ok(Self::ResourceLevel),
            "published" => Ok(Self::Published),
            _ => Err("a profile is `resource-level` or `published`".to_owned()),
        }
    }
}

#[derive(Debug, Default)]
struct Row {
    /// Service and action that policies speak of, where those are not the names of the call.
    action: Option<(&'static str, &'static str)>,
    resource_level: Vec<Selector>,
    published: Vec<Selector>,
}

/// How a call names objects; see the head of the table.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Selector {
    Nothing,
    User(&'static str, &'static str),
    UserOrCaller(&'static str),
    UserByName(&'static str),
    Users(&'static str),
    Members(&'static str),
    Group(&'static str),
    Policy(&'static str, &'static str),
    Policies(&'static str),
    Role(&'static str, &'static str),
    LinkedRole(&'static str),
    Services(&'static str, &'static str),
    Saml(&'static str),
    Oidc(&'static str),
    Keys(&'static str),
    Arn(&'static str),
}

/// An object that a call has to be allowed on.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Target {
    /// Each way to write it; the first is the one to show. `*` alone where nothing is named, or where
    /// the name leads nowhere.
    pub(crate) spellings: Vec<String>,
    /// What conditions on the tags of the resource see.
    pub(crate) tags: Tags,
    /// The role to be assumed, by id.
    pub(crate) role: Option<String>,
    /// What a refusal shows, where the first spelling would tell the caller what it did not know.
    shown: Option<String>,
}

impl Target {
    pub(crate) fn any() -> Self {
        Self::new("*".to_owned())
    }

    fn new(spelling: String) -> Self {
        Self { spellings: vec![spelling], ..Self::default() }
    }

    /// The first way to write it, a six-segment name or `*`.
    pub fn resource(&self) -> &str {
        self.spellings.first().map_or("*", |first| first)
    }

    /// The resource that a refusal names: the same whether the object is there or not.
    pub(crate) fn shown(&self) -> &str {
        self.shown.as_deref().unwrap_or(self.resource())
    }

    fn shown_as(self, shown: String) -> Self {
        Self { shown: Some(shown), ..self }
    }
}

/// The service and the action that a call has to be allowed.
pub(crate) fn action(call: &Call) -> (&'static str, &'static str) {
    let key = (call.service(), call.name());
    TABLE.get(&key).and_then(|row| row.action).unwrap_or(key)
}

/// The objects that a call has to be allowed on, all of them; none where it needs no permission.
///
/// `caller` is the sub-account or root that asks.
pub(crate) fn targets(
    call: &Call,
    profile: Profile,
    params: Params<'_>,
    state: &State,
    caller: u64,
) -> Vec<Target> {
    // INVARIANT: a test holds that every call has its row; without one, nothing narrower than `*` grants.
    let Some(row) = TABLE.get(&(call.service(), call.name())) else { return vec![Target::any()] };
    let selectors = match profile {
        Profile::ResourceLevel => &row.resource_level,
        Profile::Published => &row.published,
    };
    if *selectors == [Selector::Nothing] {
        return Vec::new();
    }
    let mut targets = Vec::new();
    let resolve = Resolve { params, state, caller };
    for selector in selectors {
        resolve.add(*selector, &mut targets);
    }
    if targets.is_empty() {
        targets.push(Target::any());
    }
    targets
}

/// The objects that a call has to be allowed on, by the parameters that name them, such as
/// `uin/{AttachUin}, policyid/{PolicyId}`; `*` where it names none, `–` where it needs no permission.
///
/// # Examples
///
/// ```
/// use camlock_cam::authorization::{Profile, objects};
/// use camlock_cam::schema;
///
/// let call = schema::call("cam", "AttachUserPolicy").expect("a call");
/// assert_eq!(objects(call, Profile::ResourceLevel), "uin/{AttachUin}, policyid/{PolicyId}");
/// assert_eq!(objects(call, Profile::Published), "*");
/// ```
pub fn objects(call: &Call, profile: Profile) -> String {
    let Some(row) = TABLE.get(&(call.service(), call.name())) else { return "*".to_owned() };
    let selectors = match profile {
        Profile::ResourceLevel => &row.resource_level,
        Profile::Published => &row.published,
    };
    let words: Vec<String> = selectors.iter().map(|selector| selector.form()).collect();
    if words.is_empty() { "*".to_owned() } else { words.join(", ") }
}

/// The page of the book that lists every call; an example writes it, and a test holds it.
#[doc(hidden)]
pub fn page() -> String {
    let tencents = || schema::calls().filter(|call| call.service() != "wecom");
    let implemented = tencents().filter(|call| calls::is_implemented(call)).count();
    let all = tencents().count();
    let rows = tencents().map(|call| {
        let works = if calls::is_implemented(call) { "yes" } else { "no" };
        let (service, name) = (call.service(), call.name());
        let objects = |profile| objects(call, profile).replace('{', "⟨").replace('}', "⟩");
        let (ours, published) = (objects(Profile::ResourceLevel), objects(Profile::Published));
        format!("| {service} | `{name}` | {works} | `{ours}` | `{published}` |\n")
    });
    let own = schema::calls().filter(|call| call.service() == "wecom").map(|call| {
        let needs = match objects(call, Profile::ResourceLevel).as_str() {
            "–" => "–".to_owned(),
            _ => format!("`{}:{}`", action(call).0, action(call).1),
        };
        format!("| `{}` | {needs} |\n", call.name())
    });
    format!(
        "<!-- Written by `cargo run --package camlock-cam --example calls`. -->\n\n\
         # Calls of the local CAM\n\n\
         {implemented} of {all} calls do their work; the others answer `UnsupportedOperation`. A call \
         has to be allowed on\nevery object of its row; what stands here is the last segment of \
         `qcs::cam::uin/OWNER:…`.\n\n\
         | Service | Call | Works | `resource-level` | `published` |\n| --- | --- | --- | --- | --- |\n{}\n\
         ## Organizations of WeCom\n\n\
         Tencent has no public calls for these steps; the service `wecom` (2021-07-09) is our own. Where \
         `ConfirmTicket` and\n`Apply` need no key, WeCom says who scanned; `CreateTicket` needs what its \
         step needs.\n\n\
         | Call | Needs |\n| --- | --- |\n{}",
        rows.collect::<Vec<String>>().concat(),
        own.collect::<Vec<String>>().concat(),
    )
}

/// How the last segment says the name of a service-linked role.
const LINKED: &str = "role/tencentcloudServiceRoleName";

struct Resolve<'a> {
    params: Params<'a>,
    state: &'a State,
    caller: u64,
}

impl Resolve<'_> {
    fn add(&self, selector: Selector, targets: &mut Vec<Target>) {
        let params = self.params;
        match selector {
            Selector::Nothing => {}
            Selector::User(one, other) => {
                if let Some(uin) = params.number(one) {
                    targets.push(self.user(uin));
                } else if let Some(uid) = params.number(other) {
                    targets.push(self.user_by_uid(uid));
                }
            }
            Selector::UserOrCaller(name) => {
                targets.push(match params.number(name) {
                    Some(uin) => self.user(uin),
                    // A role has nothing of its own.
                    None if self.caller == 0 => Target::any(),
                    None => self.user(self.caller),
                });
            }
            Selector::UserByName(name) => {
                let named = params.text(name).and_then(|name| self.state.user_named(name));
                let target = named.map_or_else(Target::any, |user| self.user(user.uin));
                targets.push(target.shown_as(self.full("uin/*")));
            }
            Selector::Users(name) => {
                targets.extend(params.numbers(name).into_iter().map(|uin| self.user(uin)));
            }
            Selector::Members(name) => {
                for member in params.objects(name) {
                    if let Some(uin) = member.number("Uin") {
                        targets.push(self.user(uin));
                    } else if let Some(uid) = member.number("Uid") {
                        targets.push(self.user_by_uid(uid));
                    }
                    targets.extend(member.number("GroupId").map(|id| self.group(id)));
                }
            }
            Selector::Group(name) => {
                targets.extend(params.number(name).map(|id| self.group(id)));
            }
            Selector::Policy(id, name) => {
                if let Some(id) = params.number(id) {
                    targets.push(self.policy(id));
                } else if let Some(name) = params.text(name) {
                    let named = self.state.policy_named(name);
                    let target = named.map_or_else(Target::any, |policy| self.policy(policy.id));
                    targets.push(target.shown_as(self.full("policyid/*")));
                }
            }
            Selector::Policies(name) => {
                targets.extend(params.numbers(name).into_iter().map(|id| self.policy(id)));
            }
            Selector::Role(id, name) => {
                if let Some(id) = params.id(id) {
                    targets.push(self.role_by_id(&id));
                } else if let Some(name) = params.text(name) {
                    targets.push(self.role_by_name(name, "roleName"));
                }
            }
            Selector::LinkedRole(name) => {
                targets.extend(params.text(name).map(|name| self.role_by_name(name, LINKED)));
            }
            Selector::Services(services, suffix) => {
                let suffix = params.text(suffix).unwrap_or_default();
                for service in params.texts(services) {
                    let name = linked_role_name(service, suffix);
                    targets.push(self.new_linked_role(&name));
                }
            }
            Selector::Saml(name) => {
                targets.extend(params.text(name).map(|name| self.named(&Provider::saml_key(name))));
            }
            Selector::Oidc(name) => {
                targets.extend(params.text(name).map(|name| self.named(&Provider::oidc_key(name))));
            }
            Selector::Keys(name) => {
                let owners = params.items(name).iter().map(|id| {
                    let key = id.as_str().and_then(|id| self.state.keys.get(id));
                    let target = key.map_or_else(Target::any, |key| self.user(key.uin));
                    target.shown_as(self.full("uin/*"))
                });
                targets.extend(owners);
            }
            Selector::Arn(name) => {
                targets.extend(params.text(name).map(|arn| self.role_of_arn(arn)));
            }
        }
    }

    fn full(&self, last: &str) -> String {
        format!("qcs::cam::uin/{}:{last}", self.state.owner.uin)
    }

    fn named(&self, last: &str) -> Target {
        Target::new(self.full(last))
    }

    fn user(&self, uin: u64) -> Target {
        let mut target = self.named(&format!("uin/{uin}"));
        if uin == self.state.owner.uin {
            target.spellings.push(format!("qcs::cam::uin/{uin}:root"));
        }
        if let Some(user) = self.state.users.get(&uin) {
            target.tags.clone_from(&user.tags);
        }
        target
    }

    fn user_by_uid(&self, uid: u64) -> Target {
        let user = self.state.users.values().find(|user| user.uid == uid);
        let target = user.map_or_else(Target::any, |user| self.user(user.uin));
        target.shown_as(self.full("uin/*"))
    }

    fn group(&self, id: u64) -> Target {
        self.named(&format!("groupid/{id}"))
    }

    fn policy(&self, id: u64) -> Target {
        let mut target = self.named(&format!("policyid/{id}"));
        if let Some(policy) = self.state.policies.get(&id) {
            target.tags.clone_from(&policy.tags);
        }
        target
    }

    fn role(&self, role: &Role) -> Target {
        let spellings = if role.is_service_linked() {
            [format!("{LINKED}/{}", role.name), format!("role/tencentcloudServiceRole/{}", role.id)]
        } else {
            [format!("roleName/{}", role.name), format!("role/{}", role.id)]
        };
        Target {
            spellings: spellings.iter().map(|last| self.full(last)).collect(),
            tags: role.tags.clone(),
            role: Some(role.id.clone()),
            shown: None,
        }
    }

    fn role_by_id(&self, id: &str) -> Target {
        let named = self.named(&format!("role/{id}"));
        self.role_or(self.state.roles.get(id).map(|role| &**role), named)
    }

    /// A name that leads nowhere is decided as `*`: a role of it could be of either kind, and whoever sees
    /// one kind alone is not to learn that there is none of the other.
    fn role_by_name(&self, name: &str, kind: &str) -> Target {
        let role = self.state.role_named(name);
        let target = role.map_or_else(Target::any, |role| self.role(role));
        target.shown_as(self.full(&format!("{kind}/{name}")))
    }

    /// The role, shown as it was named.
    fn role_or(&self, role: Option<&Role>, named: Target) -> Target {
        match role {
            Some(role) => self.role(role).shown_as(named.resource().to_owned()),
            None => named,
        }
    }

    /// A service-linked role that is to be made; a role of another kind does not hide that its name is
    /// taken.
    fn new_linked_role(&self, name: &str) -> Target {
        let named = self.named(&format!("{LINKED}/{name}"));
        let role = self.state.role_named(name).filter(|role| role.is_service_linked());
        self.role_or(role.map(|role| &**role), named)
    }

    /// A resource name that says a role; of another account, or no role at all, it stays as it is.
    fn role_of_arn(&self, arn: &str) -> Target {
        self.role_or(role_of_arn(self.state, arn), Target::new(arn.to_owned()))
    }
}

/// The role that a resource name says, in any of its four forms.
pub(crate) fn role_of_arn<'a>(state: &'a State, arn: &str) -> Option<&'a Role> {
    let prefix = format!("qcs::cam::uin/{}:", state.owner.uin);
    let (form, name) = arn.strip_prefix(&prefix)?.split_once('/')?;
    let found = match (form, name.split_once('/')) {
        ("roleName", _) => state.role_named(name),
        ("role", None) => state.roles.get(name),
        ("role", Some(("tencentcloudServiceRole", id))) => state.roles.get(id),
        ("role", Some(("tencentcloudServiceRoleName", name))) => state.role_named(name),
        _ => None,
    };
    found.map(|role| &**role)
}

/// The name of the role that a service gets.
pub(crate) fn linked_role_name(service: &str, suffix: &str) -> String {
    let word = service.split('.').next().unwrap_or(service).to_uppercase();
    let suffix = if suffix.is_empty() { String::new() } else { format!("_{suffix}") };
    format!("{word}_QCSLinkedRoleIn{}{suffix}", capital(&word))
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(String::from).unwrap_or_default();
    first + &letters.as_str().to_lowercase()
}

/// A value of a request as the text that a tag has.
pub(crate) fn tags_of(params: Params<'_>) -> Vec<(String, String)> {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    params.objects("Tags").map(|tag| (text(tag.0.get("Key")), text(tag.0.get("Value")))).collect()
}

fn read(text: &'static str) -> BTreeMap<(&'static str, &'static str), Row> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let rows = lines.filter_map(|line| {
        let (resource_level, rest) = line.split_once(" | ")?;
        let (published, action) = rest.split_once(" | ").unwrap_or((rest, ""));
        let mut words = resource_level.split(' ');
        let key = (words.next()?, words.next()?);
        let row = Row {
            action: action.split_once(':'),
            resource_level: words.filter_map(Selector::read).collect(),
            published: published.split(' ').filter_map(Selector::read).collect(),
        };
        Some((key, row))
    });
    rows.collect()
}

impl Selector {
    fn read(word: &'static str) -> Option<Self> {
        if word == "none" {
            return Some(Self::Nothing);
        }
        let (kind, names) = word.split_once(':')?;
        let (one, other) = names.split_once(['|', ',']).unwrap_or((names, ""));
        Some(match kind {
            "user" => Self::User(one, other),
            "user?" => Self::UserOrCaller(one),
            "name" => Self::UserByName(one),
            "users" => Self::Users(one),
            "members" => Self::Members(one),
            "group" => Self::Group(one),
            "policy" => Self::Policy(one, other),
            "policies" => Self::Policies(one),
            "role" => Self::Role(one, other),
            "linked" => Self::LinkedRole(one),
            "services" => Self::Services(one, other),
            "saml" => Self::Saml(one),
            "oidc" => Self::Oidc(one),
            "keys" => Self::Keys(one),
            "arn" => Self::Arn(one),
            _ => return None,
        })
    }

    /// The last segment of the resource, with the parameter in it.
    fn form(self) -> String {
        match self {
            Self::Nothing => "–".to_owned(),
            Self::User(one, "") | Self::Users(one) => format!("uin/{{{one}}}"),
            Self::User(one, other) => format!("uin/{{{one} or {other}}}"),
            Self::UserOrCaller(one) => format!("uin/{{{one} or the caller}}"),
            Self::UserByName(one) => format!("uin/{{of {one}}}"),
            Self::Members(one) => format!("uin/{{each of {one}}}, groupid/{{each of {one}}}"),
            Self::Group(one) => format!("groupid/{{{one}}}"),
            Self::Policy(one, "") | Self::Policies(one) => format!("policyid/{{{one}}}"),
            Self::Policy(one, other) => format!("policyid/{{{one} or of {other}}}"),
            Self::Role(one, "") => format!("role/{{{one}}}"),
            Self::Role(one, other) => format!("roleName/{{{other} or of {one}}}"),
            Self::LinkedRole(one) => format!("role/tencentcloudServiceRoleName/{{{one}}}"),
            Self::Services(one, other) => {
                format!("role/tencentcloudServiceRoleName/{{of {one} and {other}}}")
            }
            Self::Saml(one) => format!("saml-provider/{{{one}}}"),
            Self::Oidc(one) => format!("oidc-provider/{{{one}}}"),
            Self::Keys(one) => format!("uin/{{owners of {one}}}"),
            Self::Arn(one) => format!("roleName/{{in {one}}}"),
        }
    }

    /// The parameters that it reads.
    #[cfg(test)]
    fn parameters(self) -> Vec<&'static str> {
        let names = match self {
            Self::Nothing => vec![],
            Self::User(one, other)
            | Self::Policy(one, other)
            | Self::Role(one, other)
            | Self::Services(one, other) => vec![one, other],
            Self::UserOrCaller(one)
            | Self::UserByName(one)
            | Self::Users(one)
            | Self::Members(one)
            | Self::Group(one)
            | Self::Policies(one)
            | Self::LinkedRole(one)
            | Self::Saml(one)
            | Self::Oidc(one)
            | Self::Keys(one)
            | Self::Arn(one) => vec![one],
        };
        names.into_iter().filter(|name| !name.is_empty()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_the_book_is_up_to_date() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/src/local-cam-calls.md");
        let written = std::fs::read_to_string(path).unwrap();
        assert!(written == page(), "write it with the example `calls`");
    }

    #[test]
    fn every_call_has_a_row_that_reads_its_own_parameters() {
        assert_eq!(TABLE.len(), schema::calls().count());
        let lines = TEXT.lines().filter(|line| !line.starts_with('#'));
        let lines = lines.map(|line| line.split(" | ").take(2).collect::<Vec<_>>().join(" "));
        let words = lines.flat_map(|line| line.split(' ').map(str::to_owned).collect::<Vec<_>>());
        let selectors = words.filter(|word| word.contains(':') || word == "none").count();
        let mut read = 0;
        for call in schema::calls() {
            let row = &TABLE[&(call.service(), call.name())];
            for selector in row.resource_level.iter().chain(&row.published) {
                read += 1;
                for name in selector.parameters() {
                    assert!(call.has_parameter(name), "{} has no {name}", call.name());
                }
            }
        }
        assert_eq!(read, selectors);
    }
}
