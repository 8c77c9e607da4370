//! Statements of a shape.

use camlock_policy::Effect;

use crate::names::{self, Bucket, Names};
use crate::question::Moment;
use crate::random::Random;
use crate::rule::{Rule, Test, User};
use crate::scan::Layered;
use crate::shape::{Kind, Shape};

/// `size` statements in every mixture that the shape asks for, shuffled.
pub(crate) fn identity(
    shape: &Shape,
    size: usize,
    names: &Names,
    random: &mut Random,
) -> Vec<Rule> {
    let counts = shape.counts(size);
    let mut kinds: Vec<Kind> = Kind::ALL
        .into_iter()
        .zip(counts)
        .flat_map(|(kind, count)| std::iter::repeat_n(kind, count))
        .collect();
    random.shuffle(&mut kinds);
    kinds
        .into_iter()
        .map(|kind| {
            let mut rule = statement(kind, names, random);
            // The one deny among ten statements applies whatever the context.
            if size > 10 || kind != Kind::Deny {
                add_tests(&mut rule, shape, kind, random);
            }
            rule
        })
        .collect()
}

/// Policies in every layer around those of the identity.
pub(crate) fn layered(
    shape: &Shape,
    size: usize,
    names: &Names,
    random: &mut Random,
) -> Layered<Vec<Rule>> {
    let identity = identity(shape, size, names, random);
    if !shape.layered {
        return Layered { identity, ..Layered::default() };
    }
    let level = |random: &mut Random| {
        let mut level = vec![everything()];
        level.extend((0..size / 50).map(|_| statement(Kind::Deny, names, random)));
        level
    };
    let limits = |left_out: usize, random: &mut Random| {
        let mut limits = vec![limit(left_out)];
        limits.extend((0..size / 50).map(|_| statement(Kind::Everything, names, random)));
        limits.push(statement(Kind::Deny, names, random));
        limits
    };
    let attached = (0..(size / 10).max(2)).map(|index| {
        let kind = if index % 10 == 9 { Kind::Deny } else { Kind::Prefix };
        let bucket = names.bucket(random).clone();
        let user = names.user(&bucket.account, random);
        Rule { user: Some(user), ..of_bucket(kind, &bucket, random) }
    });
    let resource = Some(attached.collect());
    Layered {
        scp: vec![level(random), level(random)],
        identity,
        resource,
        boundary: Some(limits(0, random)),
        session: Some(limits(3, random)),
    }
}

/// Allows all services but three.
pub(crate) fn limit(left_out: usize) -> Rule {
    let actions = Names::services_without(left_out).map(|service| format!("{service}:*"));
    allow(actions.collect(), "*")
}

/// Allows everything.
pub(crate) fn everything() -> Rule {
    allow(vec!["*".to_owned()], "*")
}

fn allow(actions: Vec<String>, resource: &str) -> Rule {
    let resource = resource.to_owned();
    Rule { effect: Effect::Allow, user: None, actions, resource, tests: Vec::new() }
}

/// A statement of one kind, without conditions.
pub(crate) fn statement(kind: Kind, names: &Names, random: &mut Random) -> Rule {
    if kind == Kind::Service {
        return allow(vec![format!("{}:*", Names::service(random))], "*");
    }
    of_bucket(kind, names.bucket(random), random)
}

/// What a user may do in a bucket.
pub(crate) fn of_user(user: User, deny: bool, bucket: &Bucket, random: &mut Random) -> Rule {
    let kind = if deny { Kind::Deny } else { Kind::Prefix };
    Rule { user: Some(user), ..of_bucket(kind, bucket, random) }
}

/// A statement of one kind on a bucket.
pub(crate) fn of_bucket(kind: Kind, bucket: &Bucket, random: &mut Random) -> Rule {
    let mut rule = allow(actions(bucket.service, random), &bucket.resource(&path(kind, random)));
    match kind {
        Kind::Deny => rule.effect = Effect::Deny,
        Kind::Everything => rule.actions = vec!["*".to_owned()],
        Kind::Middle => rule.resource = middle(bucket, random),
        Kind::Exact | Kind::Prefix | Kind::Service => {}
    }
    rule
}

fn path(kind: Kind, random: &mut Random) -> String {
    let team = names::team(random);
    match kind {
        Kind::Exact | Kind::Middle | Kind::Service => names::object(random),
        Kind::Everything => format!("{team}/*"),
        Kind::Deny if random.chance(50) => format!("{team}/secret*"),
        Kind::Deny => format!("{team}/{}/*", names::project(random)),
        Kind::Prefix => match random.weighted(&[10, 50, 20, 20]) {
            0 => "*".to_owned(),
            1 => format!("{team}/*"),
            2 => format!("{team}/{}/*", names::project(random)),
            _ => format!("{team}/log*"),
        },
    }
}

fn middle(bucket: &Bucket, random: &mut Random) -> String {
    let Bucket { service, region, account, word, .. } = bucket;
    match random.weighted(&[40, 30, 30]) {
        0 => bucket.resource(&names::object(random)).replacen(region, "*", 1),
        1 => bucket.resource(&format!("*/{}/*", names::project(random))),
        _ => {
            let team = names::team(random);
            format!("qcs::{service}:{region}:uin/{account}:{word}*-{account}/{team}/*")
        }
    }
}

fn actions(service: &str, random: &mut Random) -> Vec<String> {
    match random.weighted(&[50, 35, 15]) {
        0 => (0..=random.below(3)).map(|_| names::action(service, random)).collect(),
        1 => (0..=random.below(2))
            .map(|_| format!("{service}:{}*", random.copy(&names::VERBS)))
            .collect(),
        _ => vec![format!("{service}:*")],
    }
}

/// Conditions, by two rules that keep most requests from being granted by some full-service statement.
fn add_tests(rule: &mut Rule, shape: &Shape, kind: Kind, random: &mut Random) {
    if random.chance(shape.conditional) {
        for _ in 0..=random.below(shape.most_tests) {
            let test = if kind == Kind::Service { network(random) } else { test(random) };
            if rule.tests.iter().all(|own| own.operator() != test.operator()) {
                rule.tests.push(test);
            }
        }
    } else if kind == Kind::Service {
        rule.actions = vec![format!("{}:*", Names::open_service(random))];
    }
}

fn network(random: &mut Random) -> Test {
    Test::Network { network: names::network(random), mask: 0xffff_ff00 }
}

fn test(random: &mut Random) -> Test {
    let month = Moment { month: 1 + random.below(12), day: 1, second: 0 };
    match random.weighted(&[40, 30, 10, 10, 10]) {
        0 => network(random),
        1 => Test::Tag(names::tag(random)),
        2 => Test::Before(month),
        3 => Test::After(month),
        _ => Test::Secure(random.chance(50)),
    }
}
