//! regorus: Rego with its rules indexed by hand, on the interpreter's virtual machine, and a naive set.

use std::sync::Arc;

use camlock_benches::compare::{Candidate, Reply, Setup, Worker, built, new_candidate};
use camlock_benches::{Asked, Question, Rule, Test};
use camlock_policy::{Decision, Effect};
use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::program::Program;
use regorus::rvm::vm::RegoVM;
use regorus::{Engine, Value};

pub const INDEXED: &str = "regorus, indexed";
pub const NAIVE: &str = "regorus, naive";

const ENTRY: &str = "data.cam.decision";

/// Statements by exact name, by the service of the resource, and by that of the action.
const INDEXED_RULES: &str = r#"
hits contains s.e if { some s in data.exact[input.resource]; acts(s); holds(s) }
hits contains s.e if {
    some s in data.prefix[input.service]
    startswith(input.resource, s.r)
    acts(s)
    holds(s)
}
hits contains s.e if {
    some s in data.middle[input.service]
    acts(s)
    glob.match(s.r, null, input.resource)
    holds(s)
}
hits contains s.e if { some s in data.full[input.called]; holds(s) }
"#;

const NAIVE_RULES: &str = r#"
hits contains s.e if {
    some s in data.all
    acts(s)
    glob.match(s.r, null, input.resource)
    holds(s)
}
"#;

const COMMON: &str = r#"
package cam
import rego.v1

decision := "deny" if "deny" in hits
else := "allow" if "allow" in hits
else := "none"

acts(s) if input.action in s.x
acts(s) if { some p in s.p; startswith(input.action, p) }

holds(s) if s.c == []
holds(s) if { s.c != []; every t in s.c { fits(t) } }

fits(t) if { t.k == "network"; t.v == input.network }
fits(t) if { t.k == "tag"; t.v == input.tag }
fits(t) if { t.k == "before"; input.time < t.v }
fits(t) if { t.k == "after"; input.time > t.v }
fits(t) if { t.k == "secure"; t.v == input.secure }
"#;

/// Makes room for every compiled glob: the usual 128 would be compiled anew all the time.
pub fn enlarge_cache() {
    let glob = regorus::cache::Config::MAX_CAPACITY;
    regorus::cache::configure(regorus::cache::Config { glob, ..Default::default() });
}

pub fn indexed<'a>(rules: &'a [Rule], asked: &'a [Asked], setup: &Setup) -> Candidate<'a> {
    candidate(INDEXED, INDEXED_RULES, asked, setup, || {
        let mut data = Value::new_object();
        let mut put = |kind: &str, key: &str, rule: &Rule, resource: &str| {
            let by_key = entry(&mut data, kind, Value::new_object());
            entry(by_key, key, Value::new_array())
                .as_array_mut()
                .expect("lists of statements")
                .push(statement(rule, resource));
        };
        for rule in rules {
            let resource = &*rule.resource;
            let service = resource.split(':').nth(2).unwrap_or_default();
            match resource.find('*') {
                None => put("exact", resource, rule, resource),
                Some(0) => {
                    let services: std::collections::BTreeSet<&str> =
                        rule.actions.iter().filter_map(|action| action.split(':').next()).collect();
                    for service in services {
                        let whole = rule.actions.iter().all(|action| action.ends_with(":*"));
                        assert!(whole, "the workload grants whole services on every resource");
                        put("full", service, rule, resource);
                    }
                }
                Some(at) if at + 1 == resource.len() => {
                    put("prefix", service, rule, &resource[..at]);
                }
                Some(_) => put("middle", service, rule, resource),
            }
        }
        data
    })
}

pub fn naive<'a>(rules: &'a [Rule], asked: &'a [Asked], setup: &Setup) -> Candidate<'a> {
    candidate(NAIVE, NAIVE_RULES, asked, setup, || {
        let all: Vec<Value> = rules.iter().map(|rule| statement(rule, &rule.resource)).collect();
        object([("all", Value::from(all))])
    })
}

fn candidate<'a>(
    name: &'static str,
    rules: &str,
    asked: &'a [Asked],
    setup: &Setup,
    data: impl Fn() -> Value,
) -> Candidate<'a> {
    let ((program, data), took) = built(setup, || (program(rules), data()));
    let inputs: Arc<Vec<Value>> =
        Arc::new(asked.iter().take(4_096).map(|asked| input(&asked.question)).collect());
    new_candidate(name, took, inputs.len(), move || -> Box<dyn Worker + 'a> {
        let mut machine = RegoVM::new();
        machine.set_max_instructions(usize::MAX);
        machine.load_program(Arc::clone(&program));
        machine.set_data(data.clone()).expect("data does not hide a rule");
        let inputs = Arc::clone(&inputs);
        Box::new(move |request: usize| {
            machine.set_input(inputs[request].clone());
            let answer = machine.execute().expect("the rules are evaluated");
            Reply::Decision(match &**answer.as_string().expect("a decision is a text") {
                "allow" => Decision::Allow,
                "deny" => Decision::ExplicitDeny,
                _ => Decision::ImplicitDeny,
            })
        })
    })
}

fn program(rules: &str) -> Arc<Program> {
    let mut engine = Engine::new();
    let text = format!("{COMMON}{rules}");
    engine.add_policy("cam.rego".to_owned(), text).expect("regorus reads the rules");
    let compiled = engine.compile_with_entrypoint(&ENTRY.into()).expect("the rules compile");
    Compiler::compile_from_policy(&compiled, &[ENTRY]).expect("the rules become a program")
}

fn statement(rule: &Rule, resource: &str) -> Value {
    let (globs, exact): (Vec<&String>, _) =
        rule.actions.iter().partition(|action| action.ends_with('*'));
    let globs = globs.iter().map(|glob| Value::from(glob.trim_end_matches('*')));
    let exact = exact.iter().map(|action: &&String| Value::from(action.as_str()));
    let effect = if rule.effect == Effect::Allow { "allow" } else { "deny" };
    object([
        ("e", Value::from(effect)),
        ("r", Value::from(resource)),
        ("p", Value::from(globs.collect::<Vec<_>>())),
        ("x", Value::from(exact.collect::<Vec<_>>())),
        ("c", Value::from(rule.tests.iter().map(test).collect::<Vec<_>>())),
    ])
}

/// A condition; networks of the workload have 24 bits, which are compared as a number.
fn test(test: &Test) -> Value {
    let (kind, value) = match test {
        Test::Network { network, .. } => ("network", Value::from(network >> 8)),
        Test::Tag(tag) => ("tag", Value::from(tag.as_str())),
        Test::Before(moment) => ("before", Value::from(moment.number())),
        Test::After(moment) => ("after", Value::from(moment.number())),
        Test::Secure(secure) => ("secure", Value::from(*secure)),
    };
    object([("k", Value::from(kind)), ("v", value)])
}

fn input(question: &Question) -> Value {
    let service = question.resource.split(':').nth(2).unwrap_or_default();
    let called = question.action.split(':').next().unwrap_or_default();
    object([
        ("action", Value::from(question.action.as_str())),
        ("called", Value::from(called)),
        ("resource", Value::from(question.resource.as_str())),
        ("service", Value::from(service)),
        ("network", Value::from(question.address >> 8)),
        ("tag", Value::from(question.tag.as_str())),
        ("time", Value::from(question.moment.number())),
        ("secure", Value::from(question.secure)),
    ])
}

fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    let mut object = Value::new_object();
    for (key, value) in members {
        entry(&mut object, key, value);
    }
    object
}

/// The member of an object, put there if it is missing.
fn entry<'a>(object: &'a mut Value, key: &str, default: Value) -> &'a mut Value {
    let members = object.as_object_mut().expect("an object");
    let key = Value::from(key);
    if !members.contains_key(&key) {
        members.insert(key.clone(), default);
    }
    members.get_mut(&key).expect("it was put there")
}
