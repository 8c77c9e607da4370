//! Requests near two policies: made from the strings of both, what fits them, and what lies beside it.

use std::collections::{BTreeMap, BTreeSet};

use arbitrary::{Result, Unstructured};
use camlock_policy::{
    AccountIds, AccountPattern, ActionPattern, AppId, Condition, ConditionValue, ContextValue,
    Deployment, Piece, Policy, PolicyKind, Principal, PrincipalPattern, Request, RequestBuilder,
    ResourcePattern, RoleSession, Statement, Template, Uin, User,
};

/// What requests are put together from.
pub(crate) struct Near {
    callers: Vec<Principal>,
    actions: Vec<String>,
    resources: Vec<String>,
    /// For each key, what a request may say of it; the first is nothing.
    context: Vec<(String, Vec<Vec<ContextValue>>)>,
    owners: Vec<Option<AccountIds>>,
    /// What deployments know and choose.
    pub(crate) deployments: Vec<Deployment>,
}

impl Near {
    pub(crate) fn new(a: &Policy, b: &Policy) -> Self {
        let statements = || a.statements().iter().chain(b.statements());
        let (mut actions, mut resources) = (BTreeSet::new(), BTreeSet::new());
        let mut context: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut callers = callers();
        actions.extend(["zz:Other".to_owned(), "sts:AssumeRole".to_owned()]);
        resources.extend(["*".to_owned(), "qcs::cam::uin/1:roleName/ops".to_owned()]);
        for statement in statements() {
            statement.actions().iter().for_each(|own| around_action(own, &mut actions));
            statement.resources().iter().for_each(|own| around_resource(own, &mut resources));
            for named in statement.principals().into_iter().flatten() {
                let caller = Principal::parse(&named.to_string()).ok();
                callers.extend(caller.filter(|_| *named != PrincipalPattern::Everyone));
            }
            for condition in statement.conditions() {
                let values = context.entry(condition.key().as_str().to_owned()).or_default();
                values.extend(condition.values().iter().flat_map(|own| around(condition, own)));
            }
        }
        if a.kind() == PolicyKind::Trust {
            // Nothing but roles is asked for.
            actions.retain(|own| own.starts_with("sts:") || own.starts_with("zz:"));
            resources.retain(|own| own.contains("roleName/"));
        }
        let context = context.into_iter().map(|(key, values)| (key, sayings(&values))).collect();
        let known = ids("1", Some("1250000001"));
        let none = Deployment::default();
        let strict = Deployment { accounts: vec![known.clone()], strict_everyone_deny: true };
        Self {
            callers,
            actions: actions.into_iter().collect(),
            resources: resources.into_iter().collect(),
            context,
            owners: vec![None, Some(known), Some(ids("2", Some("1250000002")))],
            deployments: vec![none, strict],
        }
    }

    /// How many requests there are.
    pub(crate) fn count(&self) -> usize {
        self.lengths().fold(1, usize::saturating_mul)
    }

    fn lengths(&self) -> impl Iterator<Item = usize> {
        let own = [self.callers.len(), self.actions.len(), self.resources.len(), self.owners.len()];
        own.into_iter().chain(self.context.iter().map(|(_, all)| all.len()))
    }

    /// The request with this number.
    pub(crate) fn numbered(&self, mut number: usize) -> Option<Request> {
        self.request(self.lengths().map(|length| {
            let choice = number % length;
            number /= length;
            choice
        }))
    }

    /// Some request.
    pub(crate) fn some(&self, u: &mut Unstructured<'_>) -> Result<Option<Request>> {
        let mut choices = Vec::new();
        for length in self.lengths() {
            choices.push(u.choose_index(length)?);
        }
        Ok(self.request(choices.into_iter()))
    }

    /// A request of chosen parts; nothing where a name of a policy cannot be that of a request.
    fn request(&self, mut choices: impl Iterator<Item = usize>) -> Option<Request> {
        let caller = self.callers.get(choices.next()?)?;
        let action = self.actions.get(choices.next()?)?;
        let resource = self.resources.get(choices.next()?)?;
        let owner = self.owners.get(choices.next()?)?;
        let mut request: RequestBuilder =
            Request::builder().principal_facts(caller.clone()).action(action).resource(resource);
        if let Some(owner) = owner {
            request = request.resource_owner(owner.clone());
        }
        for (key, sayings) in &self.context {
            let values = sayings.get(choices.next()?)?;
            if !values.is_empty() {
                request = request.context(key, values.clone());
            }
        }
        request.build().ok()
    }
}

fn ids(uin: &str, app_id: Option<&str>) -> AccountIds {
    AccountIds::new(Uin::parse(uin), app_id.and_then(AppId::parse))
}

/// Callers of every kind, with and without what variables and groups ask for.
fn callers() -> Vec<Principal> {
    let tag = || vec![("env".into(), "prod".into())];
    let user = |account, uin, groups, tags| {
        Uin::parse(uin).map(|uin| Principal::User(User { account, uin, groups, tags }))
    };
    let role = |account, tags| {
        let (id, name) = (Some("4611".into()), Some("ops".into()));
        Principal::Role(RoleSession { account, id, name, service_linked: false, tags })
    };
    let (own, bare, other) =
        (ids("1", Some("1250000001")), ids("1", None), ids("2", Some("1250000002")));
    let users = [
        user(own.clone(), "11", vec!["7".into()], tag()),
        user(bare.clone(), "12", Vec::new(), Vec::new()),
        user(other.clone(), "22", Vec::new(), tag()),
    ];
    let rest = [
        role(own.clone(), Vec::new()),
        role(other.clone(), tag()),
        Principal::Root(own),
        Principal::Root(bare),
        Principal::Root(other),
        Principal::Service("cvm.qcloud.com".into()),
        Principal::Anonymous,
    ];
    users.into_iter().flatten().chain(rest).collect()
}

fn around_action(pattern: &ActionPattern, all: &mut BTreeSet<String>) {
    let (service, operation) = match pattern {
        ActionPattern::Any => ("cos", "GetObject"),
        ActionPattern::Service(service) => (&**service, "*"),
        ActionPattern::Operation { service, operation } => (&**service, &**operation),
    };
    for run in ["", "X", "Get", "Object"] {
        let fitting = operation.replace('*', run);
        all.insert(format!("{service}:{fitting}"));
        all.insert(format!("{service}:{fitting}Y"));
        all.insert(format!("{service}:{}", fitting.to_ascii_lowercase()));
    }
}

fn around_resource(pattern: &ResourcePattern, all: &mut BTreeSet<String>) {
    let ResourcePattern::Segments(own) = pattern else { return };
    let region = own.region().map_or("ap-guangzhou", |region| region.canonical());
    let account = match own.account() {
        AccountPattern::Uin(uin) => format!("uin/{uin}"),
        AccountPattern::AppId(app_id) => format!("uid/{app_id}"),
        AccountPattern::Owner | AccountPattern::Any | AccountPattern::Caller => String::new(),
    };
    let services = own.service().map_or(vec!["cos", "cvm"], |service| vec![service]);
    for service in services {
        for path in texts(own.resource()) {
            all.insert(format!("qcs::{service}:{region}:{account}:{path}"));
        }
        let path = texts(own.resource()).into_iter().next_back().unwrap_or_default();
        for other in ["", "uin/1", "uid/1250000001", "uin/2"] {
            all.insert(format!("qcs::{service}:{region}:{other}:{path}"));
        }
        all.insert(format!("qcs::{service}::{account}:{path}"));
        all.insert(format!("qcs::{service}:ap-elsewhere:{account}:{path}"));
        all.insert(format!("qcs::zz:{region}:{account}:{path}"));
    }
}

/// Texts that fit a template for some caller, and one behind it.
fn texts(template: &Template) -> Vec<String> {
    let mut all = Vec::new();
    for run in ["", "/", "a", "*"] {
        for of_caller in ["11", "1", "prod"] {
            let piece = |piece: &Piece| match piece {
                Piece::Text(text) => text.to_string(),
                Piece::Star => run.to_owned(),
                Piece::Variable(_) => of_caller.to_owned(),
            };
            let text: String = template.pieces().iter().map(piece).collect();
            if !all.contains(&text) {
                all.push(text);
            }
        }
    }
    all.push(format!("{}x", all.last().cloned().unwrap_or_default()));
    all.retain(|own| !own.is_empty());
    all
}

/// A value of a condition and what lies beside it, as a request has it.
fn around(condition: &Condition, value: &ConditionValue) -> Vec<String> {
    let mut all = match value {
        ConditionValue::Text(template) => {
            let mut all = texts(template);
            all.extend(all.clone().iter().map(|own| own.to_ascii_uppercase()));
            all.extend([String::new(), "env&prod".to_owned()]);
            all
        }
        ConditionValue::Number(number) => {
            let beside = number.parse::<i64>().ok().map(|own| (own + 1).to_string());
            vec![number.to_string(), beside.unwrap_or("1.5".to_owned()), "-1".to_owned()]
        }
        ConditionValue::Time(time) => {
            let edges = ["2026-06-01T12:00:00.7Z", "1999-01-01T00:00:00Z", "2999-01-01T00:00:00Z"];
            edges.into_iter().map(ToOwned::to_owned).chain([time.to_string()]).collect()
        }
        ConditionValue::Bool(_) => vec!["true".to_owned(), "false".to_owned()],
        ConditionValue::Ip(range) => {
            let first = range.to_string().split('/').next().unwrap_or_default().to_owned();
            let elsewhere = ["10.200.0.1", "192.0.2.7", "203.0.113.9", "2001:db8::9", "fe80::1"];
            elsewhere.into_iter().map(ToOwned::to_owned).chain([first]).collect()
        }
    };
    all.truncate(24);
    if condition.key().tag().is_some_and(|tag| tag.name().is_none()) {
        all.push("team&x".to_owned());
    }
    all
}

/// What a request may say of a key: nothing, one value, one that cannot be read, several.
fn sayings(values: &BTreeSet<String>) -> Vec<Vec<ContextValue>> {
    let one = |text: &String| ContextValue::Text(text.as_str().into());
    let mut all = vec![Vec::new()];
    all.extend(values.iter().map(|own| vec![one(own)]));
    all.push(vec![ContextValue::Unreadable]);
    all.push(vec!["?".into()]);
    let pairs = values.iter().zip(values.iter().skip(1));
    all.extend(pairs.map(|(a, b)| vec![one(a), one(b)]));
    let ends = values.first().zip(values.last());
    all.extend(ends.map(|(a, b)| vec![one(b), one(a)]));
    all.extend(values.first().map(|own| vec![one(own), ContextValue::Unreadable]));
    all.extend(values.last().map(|own| vec![ContextValue::Unreadable, one(own)]));
    all
}

/// A policy of a kind that allows everything.
pub(crate) fn allow_all(kind: PolicyKind) -> Option<Policy> {
    let all = Statement::new(camlock_policy::Effect::Allow)
        .with_action(ActionPattern::Any)
        .with_resource(ResourcePattern::Any);
    Policy::new(kind, vec![all]).ok()
}
