//! Requests built from what two policies name, and from what lies just beside it.

use std::collections::{BTreeMap, BTreeSet};

use camlock_policy::{
    AccountIds, AccountPattern, Action, ActionPattern, AppId, Comparison, Condition,
    ConditionValue, IpRange, OperatorFamily, Piece, Policy, PolicyKind, Principal,
    PrincipalPattern, Request, ResourcePattern, SegmentPatterns, Statement, Template, Uin, User,
    Variable,
};

/// How many requests are tried.
const MOST: usize = 4096;

/// How many of each part are tried; longer lists are thinned out at random.
const MOST_OF_A_PART: usize = 64;

const ACCOUNT: &str = "100000000001";
const APP_ID: &str = "1250000000";
const USER: &str = "100000000011";

/// Requests, one after the other.
pub(super) struct Questions {
    principals: Vec<Principal>,
    actions: Vec<String>,
    resources: Vec<String>,
    context: Vec<(String, Vec<Vec<String>>)>,
    /// For each statement, a choice of every part that makes it apply.
    bases: Vec<Vec<usize>>,
    /// How many choices each part has.
    lengths: Vec<usize>,
    /// How many combinations there are.
    all: usize,
    next: usize,
    random: Random,
}

impl Questions {
    pub(super) fn new(a: &Policy, b: &Policy) -> Self {
        let mut random = Random(0x9e37_79b9_7f4a_7c15);
        let mut parts = Parts::default();
        let statements = || a.statements().iter().chain(b.statements());
        for statement in statements() {
            statement.actions().iter().for_each(|action| parts.action(action));
            statement.resources().iter().for_each(|resource| parts.resource(resource));
            statement.principals().into_iter().flatten().for_each(|own| parts.principal(own));
            statement.conditions().iter().for_each(|condition| parts.condition(condition));
        }
        if a.kind() == PolicyKind::Trust {
            parts.resources.insert(format!("qcs::cam::uin/{ACCOUNT}:roleName/ops"));
        }
        let mut context: Vec<(String, Vec<Vec<String>>)> = Vec::new();
        for (key, values) in parts.context {
            let mut values = random.thinned(values.into_iter().collect(), 24);
            let single = values.iter().take(8).filter_map(|own| own.first());
            let pairs: Vec<_> = single.map(|own| vec![own.clone(), "zz&zz".to_owned()]).collect();
            values.extend(pairs);
            values.push(vec!["?".to_owned()]);
            values.push(Vec::new());
            context.push((key, values));
        }
        let mut principals = parts.principals;
        principals.extend(default_principals(a.kind()));
        principals.dedup();
        let mut questions = Self {
            principals: random.thinned(principals, MOST_OF_A_PART),
            actions: random.thinned(parts.actions.into_iter().collect(), MOST_OF_A_PART),
            resources: random.thinned(parts.resources.into_iter().collect(), MOST_OF_A_PART),
            context,
            bases: Vec::new(),
            lengths: Vec::new(),
            all: 0,
            next: 0,
            random,
        };
        let own = [questions.principals.len(), questions.actions.len(), questions.resources.len()];
        let of_context = questions.context.iter().map(|(_, values)| values.len());
        questions.lengths = own.into_iter().chain(of_context).collect();
        questions.all =
            questions.lengths.iter().fold(1, |all: usize, own| all.saturating_mul(*own));
        questions.bases =
            statements().take(MOST_OF_A_PART).map(|own| questions.base(own)).collect();
        questions
    }

    /// The next request: the next combination where all are tried. Otherwise from a choice that makes
    /// some statement apply: first with each part changed alone, then with two parts changed at random.
    pub(super) fn next(&mut self) -> Option<Request> {
        while self.next < self.all.min(MOST) {
            let number = self.next;
            self.next += 1;
            let choices = if self.all <= MOST {
                self.combination(number)
            } else {
                self.beside_a_base(number)
            };
            if let Some(request) = self.request(&choices) {
                return Some(request);
            }
        }
        None
    }

    fn combination(&self, mut number: usize) -> Vec<usize> {
        let digit = |length: &usize| {
            let own = number.checked_rem(*length).unwrap_or(0);
            number = number.checked_div(*length).unwrap_or(0);
            own
        };
        self.lengths.iter().map(digit).collect()
    }

    fn beside_a_base(&mut self, number: usize) -> Vec<usize> {
        let bases = self.bases.len().max(1);
        let mut choices = self.bases.get(number % bases).cloned().unwrap_or_default();
        let mut change = number / bases;
        for (part, length) in self.lengths.iter().enumerate() {
            if change < *length {
                if let Some(choice) = choices.get_mut(part) {
                    *choice = change;
                }
                return choices;
            }
            change -= length;
        }
        for _ in 0..2 {
            let part = self.random.below(self.lengths.len());
            let length = self.lengths.get(part).copied().unwrap_or(1);
            if let Some(choice) = choices.get_mut(part) {
                *choice = self.random.below(length);
            }
        }
        choices
    }

    /// A choice that makes a statement apply, as far as one can be told.
    fn base(&self, statement: &Statement) -> Vec<usize> {
        let mut own = Parts::default();
        statement.actions().iter().take(1).for_each(|action| own.action(action));
        statement.resources().iter().take(1).for_each(|resource| own.resource(resource));
        statement.principals().into_iter().flatten().for_each(|named| own.principal(named));
        let principal = own.principals.first().and_then(|named| place(&self.principals, named));
        let operation = |action: &&String| {
            let concrete = Action::parse(action).ok();
            concrete
                .is_some_and(|own| statement.actions().iter().any(|pattern| acts(pattern, &own)))
        };
        let action = own.actions.iter().find(operation).and_then(|own| place(&self.actions, own));
        let resource = statement.resources().first().map(filled_name);
        let resource = resource.and_then(|own| place(&self.resources, &own));
        let context = self.context.iter().map(|(key, values)| {
            let conditions = statement.conditions().iter();
            let mut about = conditions.filter(|own| context_key(own) == *key);
            let wanted = about.next_back().map(satisfying).unwrap_or_default();
            place(values, &wanted)
        });
        [principal, action, resource]
            .into_iter()
            .chain(context)
            .map(Option::unwrap_or_default)
            .collect()
    }

    fn request(&self, choices: &[usize]) -> Option<Request> {
        let mut choices = choices.iter().copied();
        let mut choice = || choices.next();
        let principal = self.principals.get(choice()?)?;
        let action = self.actions.get(choice()?)?;
        let resource = self.resources.get(choice()?)?;
        let mut request = Request::builder()
            .principal_facts(principal.clone())
            .action(action)
            .resource(resource)
            .resource_owner(ids(ACCOUNT, APP_ID));
        for (key, values) in &self.context {
            let values = values.get(choice()?)?;
            if !values.is_empty() {
                request = request.context(key, values.clone());
            }
        }
        request.build().ok()
    }
}

fn place<T: PartialEq>(all: &[T], wanted: &T) -> Option<usize> {
    all.iter().position(|own| own == wanted)
}

fn acts(pattern: &ActionPattern, action: &Action) -> bool {
    match pattern {
        ActionPattern::Any => true,
        ActionPattern::Service(service) => service == action.service(),
        ActionPattern::Operation { service, operation } => {
            service == action.service() && camlock_catalog::matches(operation, action.operation())
        }
    }
}

/// The key by which the context is asked; tags go by that of their side.
pub(crate) fn context_key(condition: &Condition) -> String {
    let key = condition.key();
    key.tag().map_or(key.as_str(), |tag| tag.side().key()).to_owned()
}

/// The value as the context has it: per-key conditions ask for one tag of all.
fn context_value(condition: &Condition, value: &str) -> Vec<String> {
    let tag = condition.key().tag().and_then(|tag| tag.name().map(ToOwned::to_owned));
    vec![tag.map_or_else(|| value.to_owned(), |tag| format!("{tag}&{value}"))]
}

/// Values that make a condition hold.
pub(crate) fn satisfying(condition: &Condition) -> Vec<String> {
    let base = condition.operator().base();
    let Some(first) = condition.values().first() else { return Vec::new() };
    let value = match (base.comparison(), first) {
        _ if base.family() == OperatorFamily::Null => match first {
            ConditionValue::Bool(true) => return Vec::new(),
            _ => "other".to_owned(),
        },
        (Comparison::Less, ConditionValue::Time(_)) => PAST.to_owned(),
        (Comparison::Greater, ConditionValue::Time(_)) => FUTURE.to_owned(),
        (_, ConditionValue::Time(_)) if base.is_negated() => PAST.to_owned(),
        (_, ConditionValue::Time(time)) => time.to_string(),
        (Comparison::Less, ConditionValue::Number(own)) => number_beside(own, -1),
        (Comparison::Greater, ConditionValue::Number(own)) => number_beside(own, 1),
        (_, ConditionValue::Number(own)) if base.is_negated() => number_beside(own, 1),
        (_, ConditionValue::Number(own)) => own.to_string(),
        (_, ConditionValue::Ip(_)) if base.is_negated() => ELSEWHERE.to_owned(),
        (_, ConditionValue::Ip(range)) => first_address(range),
        (_, ConditionValue::Text(_)) if base.is_negated() => "other".to_owned(),
        (_, ConditionValue::Text(text)) => filled(text, "x"),
        (_, ConditionValue::Bool(own)) => own.to_string(),
    };
    context_value(condition, &value)
}

const PAST: &str = "1999-01-01T00:00:00Z";
const FUTURE: &str = "2999-01-01T00:00:00Z";
const ELSEWHERE: &str = "203.0.113.9";

/// An integer beside a number; a number far away where it is none.
fn number_beside(number: &str, step: i64) -> String {
    match number.parse::<i64>() {
        Ok(own) => own.saturating_add(step).to_string(),
        Err(_) if step > 0 => "1e9".to_owned(),
        Err(_) => "-1e9".to_owned(),
    }
}

fn first_address(range: &IpRange) -> String {
    range.to_string().split('/').next().unwrap_or_default().to_owned()
}

/// A resource that a pattern covers.
fn filled_name(resource: &ResourcePattern) -> String {
    let ResourcePattern::Segments(segments) = resource else { return "*".to_owned() };
    let (service, region, account) = heads(segments);
    format!("qcs::{service}:{region}:{account}:{}", filled(segments.resource(), "x"))
}

/// Service, region and account of a name that a pattern covers.
fn heads(segments: &SegmentPatterns) -> (String, String, String) {
    let account = match segments.account() {
        AccountPattern::Uin(uin) => format!("uin/{uin}"),
        AccountPattern::AppId(app_id) => format!("uid/{app_id}"),
        AccountPattern::Owner | AccountPattern::Any | AccountPattern::Caller => {
            format!("uin/{ACCOUNT}")
        }
    };
    let region = segments.region().map_or("ap-guangzhou", |region| region.canonical());
    (segments.service().unwrap_or("zz").to_owned(), region.to_owned(), account)
}

fn ids(uin: &str, app_id: &str) -> AccountIds {
    AccountIds::new(Uin::parse(uin), AppId::parse(app_id))
}

fn default_principals(kind: PolicyKind) -> Vec<Principal> {
    let user = |account: AccountIds, uin: &str| {
        let tags = vec![("team".into(), "game".into())];
        let user = Uin::parse(uin).map(|uin| User { account, uin, groups: Vec::new(), tags });
        user.map(Principal::User)
    };
    let own = user(ids(ACCOUNT, APP_ID), USER);
    if !kind.names_principals() {
        return own.into_iter().collect();
    }
    let other = user(ids("100000000002", "1250000002"), "100000000022");
    own.into_iter().chain(other).chain([Principal::Anonymous]).collect()
}

/// What the policies name.
#[derive(Default)]
struct Parts {
    principals: Vec<Principal>,
    actions: BTreeSet<String>,
    resources: BTreeSet<String>,
    context: BTreeMap<String, BTreeSet<Vec<String>>>,
}

impl Parts {
    fn action(&mut self, action: &ActionPattern) {
        self.actions.insert("zz:Other".into());
        let (service, operation) = match action {
            ActionPattern::Any => return,
            ActionPattern::Service(service) => (service, "*"),
            ActionPattern::Operation { service, operation } => (service, operation.as_str()),
        };
        let mut add = |operation: &str| {
            let text = format!("{service}:{operation}");
            self.actions.extend(Action::parse(&text).ok().map(|action| action.to_string()));
        };
        for run in ["", "X", "Object"] {
            add(&operation.replace('*', run));
        }
        add(&format!("{}Y", operation.replace('*', "")));
        add("Other");
    }

    fn resource(&mut self, resource: &ResourcePattern) {
        self.resources.insert("*".into());
        self.resources.insert(format!("qcs::zz::uin/{ACCOUNT}:other"));
        let ResourcePattern::Segments(segments) = resource else { return };
        let (service, region, account) = heads(segments);
        let (service, region) = (service.as_str(), region.as_str());
        let mut add = |service: &str, region: &str, account: &str, path: &str| {
            self.resources.insert(format!("qcs::{service}:{region}:{account}:{path}"));
        };
        for run in ["", "x", "*"] {
            add(service, region, &account, &filled(segments.resource(), run));
        }
        let path = filled(segments.resource(), "x");
        add(service, region, &account, &format!("{path}y"));
        add("zz", region, &account, &path);
        add(service, "", &account, &path);
        add(service, "ap-elsewhere", &account, &path);
        add(service, region, "uin/100000000002", &path);
        add(service, region, &format!("uid/{APP_ID}"), &path);
    }

    fn principal(&mut self, principal: &PrincipalPattern) {
        let text = match principal {
            PrincipalPattern::Service(name) => name.to_string(),
            other => other.to_string(),
        };
        self.principals.extend(Principal::parse(&text).ok());
        if let PrincipalPattern::Root(account) | PrincipalPattern::User { account, .. } = principal
        {
            let user = Principal::parse(&format!("qcs::cam::uin/{account}:uin/{USER}"));
            self.principals.extend(user.ok());
        }
    }

    fn condition(&mut self, condition: &Condition) {
        let values = self.context.entry(context_key(condition)).or_default();
        let beside = condition.values().iter().flat_map(beside);
        for value in beside.chain(["other".to_owned()]) {
            values.insert(context_value(condition, &value));
        }
        values.insert(satisfying(condition));
    }
}

/// A value and what lies just beside it.
fn beside(value: &ConditionValue) -> Vec<String> {
    match value {
        ConditionValue::Text(text) => {
            let full = filled(text, "x");
            vec![filled(text, ""), format!("{full}y"), full.to_ascii_uppercase(), full]
        }
        ConditionValue::Number(number) => {
            let near = [-1, 1].map(|step| number_beside(number, step));
            near.into_iter().chain([number.to_string(), "1e9".to_owned()]).collect()
        }
        ConditionValue::Time(time) => vec![time.to_string(), PAST.to_owned(), FUTURE.to_owned()],
        ConditionValue::Bool(_) => vec!["true".into(), "false".into()],
        ConditionValue::Ip(range) => {
            let address = first_address(range);
            neighbours(&address).chain([address, ELSEWHERE.to_owned()]).collect()
        }
    }
}

/// Addresses that share a part of an IPv4 address: all but the last number, all but two, the first.
fn neighbours(address: &str) -> impl Iterator<Item = String> + use<> {
    let numbers: Vec<String> = address.split('.').map(ToOwned::to_owned).collect();
    let is_v4 = numbers.len() == 4;
    (1..4).filter(move |_| is_v4).map(move |kept| {
        let own = numbers.iter().take(kept).map(String::as_str);
        own.chain(std::iter::repeat("77")).take(4).collect::<Vec<_>>().join(".")
    })
}

/// A text that fits a template, `run` in the place of stars.
pub(crate) fn filled(template: &Template, run: &str) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.to_string(),
        Piece::Star => run.to_owned(),
        Piece::Variable(variable) => match variable {
            Variable::Uin => USER.to_owned(),
            Variable::OwnerUin => ACCOUNT.to_owned(),
            Variable::AppId => APP_ID.to_owned(),
            Variable::PrincipalTagKey => "team".to_owned(),
            Variable::PrincipalTagValue => "game".to_owned(),
            _ => String::new(),
        },
    };
    template.pieces().iter().map(piece).collect()
}

/// The same numbers every time, so that a fix is always judged in the same way.
struct Random(u64);

impl Random {
    fn below(&mut self, length: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let length = u64::try_from(length).unwrap_or(u64::MAX);
        usize::try_from(self.0.checked_rem(length).unwrap_or(0)).unwrap_or(0)
    }

    fn thinned<T>(&mut self, mut all: Vec<T>, most: usize) -> Vec<T> {
        while all.len() > most {
            let gone = self.below(all.len());
            all.swap_remove(gone);
        }
        all
    }
}
