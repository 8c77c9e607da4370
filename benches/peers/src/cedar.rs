//! Cedar, its "like" encoding: groups of actions, exact names as entities, other patterns by `like`.

use std::collections::{BTreeSet, HashSet};
use std::fmt::Write as _;
use std::net::Ipv4Addr;
use std::str::FromStr;
use std::sync::Arc;

use camlock_benches::compare::{Candidate, Reply, Setup, Worker, built, new_candidate};
use camlock_benches::{Asked, Question, Rule, Test};
use camlock_policy::{Decision, Effect};
use cedar_policy::{
    Authorizer, Context, Entities, Entity, EntityId, EntityTypeName, EntityUid, PolicySet, Request,
    RestrictedExpression,
};

pub const NAME: &str = "Cedar";

/// The whole set for everybody.
pub fn candidate<'a>(rules: &'a [Rule], asked: &'a [Asked], setup: &Setup) -> Candidate<'a> {
    let text = text(rules.iter());
    let (policies, took) = built(setup, || PolicySet::from_str(&text).expect("Cedar reads it"));
    let entities = entities(asked);
    let shared = Arc::new((policies, entities, requests(asked)));
    let count = shared.2.len();
    new_candidate(NAME, took, count, move || -> Box<dyn Worker + 'a> {
        let (shared, authorizer) = (Arc::clone(&shared), Authorizer::new());
        Box::new(move |request: usize| {
            let (policies, entities, requests) = &*shared;
            decide(&authorizer, &requests[request], policies, entities)
        })
    })
}

/// A set for each user, which Cedar's own users have to cut.
pub fn sliced<'a>(
    sets: &[Vec<&'a Rule>],
    asked: &'a [Asked],
    user: impl Fn(&Question) -> usize,
    setup: &Setup,
) -> Candidate<'a> {
    let texts: Vec<String> = sets.iter().map(|rules| text(rules.iter().copied())).collect();
    let (policies, took) = built(setup, || {
        let sets = texts.iter().map(|text| PolicySet::from_str(text).expect("Cedar reads it"));
        sets.collect::<Vec<_>>()
    });
    let users: Vec<usize> = asked.iter().map(|asked| user(&asked.question)).collect();
    let shared = Arc::new((policies, entities(asked), requests(asked), users));
    let count = shared.2.len();
    new_candidate("Cedar, sliced", took, count, move || -> Box<dyn Worker + 'a> {
        let (shared, authorizer) = (Arc::clone(&shared), Authorizer::new());
        Box::new(move |request: usize| {
            let (policies, entities, requests, users) = &*shared;
            decide(&authorizer, &requests[request], &policies[users[request]], entities)
        })
    })
}

fn decide(
    authorizer: &Authorizer,
    request: &Request,
    policies: &PolicySet,
    entities: &Entities,
) -> Reply {
    let response = authorizer.is_authorized(request, policies, entities);
    assert!(response.diagnostics().errors().next().is_none(), "a policy cannot be evaluated");
    Reply::Decision(match response.decision() {
        cedar_policy::Decision::Allow => Decision::Allow,
        cedar_policy::Decision::Deny if response.diagnostics().reason().next().is_some() => {
            Decision::ExplicitDeny
        }
        cedar_policy::Decision::Deny => Decision::ImplicitDeny,
    })
}

fn text<'a>(rules: impl Iterator<Item = &'a Rule>) -> String {
    let mut text = String::new();
    for rule in rules {
        let effect = if rule.effect == Effect::Allow { "permit" } else { "forbid" };
        let actions: Vec<String> =
            rule.actions.iter().map(|action| format!("Action::{action:?}")).collect();
        let exact = !rule.resource.contains('*');
        let resource = if exact { format!(" == Name::{:?}", rule.resource) } else { String::new() };
        let _ = write!(
            text,
            "{effect}(principal, action in [{}], resource{resource})",
            actions.join(", ")
        );
        let mut conditions: Vec<String> = rule.tests.iter().map(condition).collect();
        if !exact && rule.resource != "*" {
            conditions.insert(0, format!("context.resource like {:?}", rule.resource));
        }
        if !conditions.is_empty() {
            let _ = write!(text, " when {{ {} }}", conditions.join(" && "));
        }
        text.push_str(";\n");
    }
    text
}

fn condition(test: &Test) -> String {
    match test {
        Test::Network { network, mask } => format!(
            "context.ip.isInRange(ip(\"{}/{}\"))",
            Ipv4Addr::from(*network),
            mask.count_ones()
        ),
        Test::Tag(tag) => format!("context.tag == {tag:?}"),
        Test::Before(moment) => format!("context.time < {}", moment.number()),
        Test::After(moment) => format!("context.time > {}", moment.number()),
        Test::Secure(secure) => format!("context.secure == {secure}"),
    }
}

/// The actions of the requests, each in the groups that policies may name.
fn entities(asked: &[Asked]) -> Entities {
    let actions: BTreeSet<&str> = asked.iter().map(|asked| &*asked.question.action).collect();
    let mut groups = BTreeSet::new();
    let mut entities = Vec::new();
    for action in actions {
        let (service, operation) = action.split_once(':').expect("an action has a service");
        let second = operation.chars().skip(1).position(char::is_uppercase);
        let verb = second.map_or(operation, |at| &operation[..=at]);
        let parents = ["*".to_owned(), format!("{service}:*"), format!("{service}:{verb}*")];
        groups.extend(parents.clone());
        let parents: HashSet<EntityUid> =
            parents.iter().map(|group| uid("Action", group)).collect();
        entities.push(Entity::new_no_attrs(uid("Action", action), parents));
    }
    let groups =
        groups.iter().map(|group| Entity::new_no_attrs(uid("Action", group), HashSet::new()));
    Entities::from_entities(entities.into_iter().chain(groups), None)
        .expect("entities are a forest")
}

fn requests(asked: &[Asked]) -> Vec<Request> {
    let asked = asked.iter().take(2_048);
    asked.map(|asked| request(&asked.question)).collect()
}

fn request(question: &Question) -> Request {
    let address = Ipv4Addr::from(question.address).to_string();
    let context = Context::from_pairs([
        ("resource".to_owned(), RestrictedExpression::new_string(question.resource.clone())),
        ("ip".to_owned(), RestrictedExpression::new_ip(address)),
        ("tag".to_owned(), RestrictedExpression::new_string(question.tag.clone())),
        ("time".to_owned(), RestrictedExpression::new_long(question.moment.number())),
        ("secure".to_owned(), RestrictedExpression::new_bool(question.secure)),
    ]);
    Request::new(
        uid("User", &question.user.uin),
        uid("Action", &question.action),
        uid("Name", &question.resource),
        context.expect("no key is there twice"),
        None,
    )
    .expect("there is no schema to break")
}

fn uid(kind: &str, id: &str) -> EntityUid {
    let kind = EntityTypeName::from_str(kind).expect("a type name");
    EntityUid::from_type_name_and_id(kind, EntityId::new(id))
}
