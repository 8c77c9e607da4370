//! casbin: a row a statement and action, its `keyMatch` on actions, own functions for the rest.

use std::net::Ipv4Addr;
use std::sync::Arc;

use camlock_benches::compare::{Candidate, Reply, Setup, Worker, built, new_candidate};
use camlock_benches::{Asked, Question, Rule, Test, covers};
use camlock_policy::Effect;
use casbin::function_map::OperatorFunction;
use casbin::rhai::Dynamic;
use casbin::{CoreApi, DefaultModel, Enforcer, MemoryAdapter, MgmtApi};
use pollster::block_on;

pub const NAME: &str = "casbin";

const MODEL: &str = "
[request_definition]
r = act, res, ctx
[policy_definition]
p = act, res, cond, eft
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = keyMatch(r.act, p.act) && covers(p.res, r.res) && holds(p.cond, r.ctx)
";

pub fn candidate<'a>(rules: &'a [Rule], asked: &'a [Asked], setup: &Setup) -> Candidate<'a> {
    let (enforcer, took) = built(setup, || block_on(enforcer(rules)));
    let enforcer = Arc::new(enforcer);
    let requests: Arc<Vec<[String; 3]>> =
        Arc::new(asked.iter().take(2_048).map(|asked| request(&asked.question)).collect());
    new_candidate(NAME, took, requests.len(), move || -> Box<dyn Worker + 'a> {
        let (enforcer, requests) = (Arc::clone(&enforcer), Arc::clone(&requests));
        Box::new(move |request: usize| {
            let [action, resource, context] = &requests[request];
            let arguments = (action.as_str(), resource.as_str(), context.as_str());
            Reply::Allowed(enforcer.enforce(arguments).expect("the matcher is evaluated"))
        })
    })
}

async fn enforcer(rules: &[Rule]) -> Enforcer {
    let model = DefaultModel::from_str(MODEL).await.expect("a model");
    let mut enforcer = Enforcer::new(model, MemoryAdapter::default()).await.expect("an enforcer");
    enforcer.add_function("covers", OperatorFunction::Arg2(covers_dynamic));
    enforcer.add_function("holds", OperatorFunction::Arg2(holds));
    let rows = rules.iter().flat_map(|rule| {
        let effect = if rule.effect == Effect::Allow { "allow" } else { "deny" };
        let condition: Vec<String> = rule.tests.iter().map(condition).collect();
        rule.actions.iter().map(move |action| {
            vec![action.clone(), rule.resource.clone(), condition.join(";"), effect.to_owned()]
        })
    });
    // A statement may say the same twice, which casbin refuses.
    let mut rows: Vec<Vec<String>> = rows.collect();
    rows.sort();
    rows.dedup();
    assert!(enforcer.add_policies(rows).await.expect("policies are added"));
    enforcer
}

fn condition(test: &Test) -> String {
    match test {
        Test::Network { network, mask } => format!("n{network}/{mask}"),
        Test::Tag(tag) => format!("t{tag}"),
        Test::Before(moment) => format!("b{}", moment.number()),
        Test::After(moment) => format!("a{}", moment.number()),
        Test::Secure(secure) => format!("s{secure}"),
    }
}

/// Action, resource, and the context as one text: integers of casbin have 32 bits.
fn request(question: &Question) -> [String; 3] {
    let Question { address, tag, moment, secure, .. } = question;
    let context = format!("{address}|{tag}|{}|{secure}", moment.number());
    [question.action.clone(), question.resource.clone(), context]
}

fn covers_dynamic(pattern: Dynamic, text: Dynamic) -> Dynamic {
    let (pattern, text) = (pattern.into_immutable_string(), text.into_immutable_string());
    covers(&pattern.unwrap_or_default(), &text.unwrap_or_default()).into()
}

fn holds(conditions: Dynamic, context: Dynamic) -> Dynamic {
    let conditions = conditions.into_immutable_string().unwrap_or_default();
    if conditions.is_empty() {
        return true.into();
    }
    let context = context.into_immutable_string().unwrap_or_default();
    let parts: Vec<&str> = context.split('|').collect();
    let [address, tag, time, secure] = &*parts else { return false.into() };
    let number = |text: &str| text.parse::<i64>().unwrap_or_default();
    let all = conditions.split(';').all(|test| {
        let (kind, value) = test.split_at(1);
        match kind {
            "n" => value.split_once('/').is_some_and(|(network, mask)| {
                let address = Ipv4Addr::from_bits(address.parse().unwrap_or_default()).to_bits();
                address & mask.parse::<u32>().unwrap_or_default()
                    == network.parse::<u32>().unwrap_or_default()
            }),
            "t" => value == *tag,
            "b" => number(time) < number(value),
            "a" => number(time) > number(value),
            _ => value == *secure,
        }
    });
    all.into()
}
