//! More of something than the index has room for in one place: statements under one key, patterns of
//! one service, services of one statement, lists of one request, policies of one selection, levels.

use camlock_engine::{CompiledLayers, Layers, PolicySet, Selection, View, decide};
use camlock_policy::{
    ActionPattern, Decision, Deployment, Effect, Outcome, Policy, PolicyId, PolicyKind,
    PolicyLayers, Principal, PrincipalPattern, Request, ResourcePattern, Statement, StatementId,
};

use crate::names::{agree, condition, layers_of, request, statement};

/// More than sixteen bits count, and one more.
const MANY: u32 = (1 << 16) + 1;

/// Statements that differ in their condition alone; only the last deny and the allow before it can
/// hold. The expectation is plain, since the reference would take minutes.
#[track_caller]
fn one_of_many_is_found(resource: &str, asked: &str, test: impl Fn(u32) -> (String, String)) {
    let statements = (0..MANY).map(|number| {
        let effect = if number == MANY - 1 { Effect::Deny } else { Effect::Allow };
        let (operator, value) = test(number);
        let key = if operator == "ip_equal" { "qcs:ip" } else { "x:number" };
        statement(effect, "cvm:Run", resource).with_condition(condition(&operator, key, &[&value]))
    });
    let compiled = CompiledLayers::new(&layers_of(statements.collect()));
    for (number, expected) in [
        (MANY - 1, Decision::ExplicitDeny),
        (MANY - 2, Decision::Allow),
        (0, Decision::Allow),
        (MANY, Decision::ImplicitDeny),
    ] {
        let builder = Request::builder().principal("qcs::cam::uin/1:uin/2").action("cvm:Run");
        let address = std::net::Ipv4Addr::from(0x0a00_0000 + number).to_string();
        let builder = builder.context("qcs:ip", address).context("x:number", number.to_string());
        let request = builder.resource(asked).build().expect("a request");
        let outcome = compiled.decide(&request, &Deployment::default());
        assert_eq!(outcome.decision, expected, "number {number}");
        let named = (expected != Decision::ImplicitDeny)
            .then_some(StatementId { policy: PolicyId(0), index: number });
        assert_eq!(outcome.statements().next(), named);
    }
}

#[test]
fn one_resource_of_65537_statements() {
    let name = "qcs::cvm:::b/one";
    one_of_many_is_found(name, name, |number| ("string_equal".into(), number.to_string()));
}

#[test]
fn one_directory_of_65537_statements() {
    let number = |number: u32| ("numeric_equal".into(), number.to_string());
    one_of_many_is_found("qcs::cvm:::b/d/*", "qcs::cvm:::b/d/one", number);
}

#[test]
fn every_resource_of_65537_statements() {
    let address = |number: u32| {
        ("ip_equal".into(), std::net::Ipv4Addr::from(0x0a00_0000 + number).to_string())
    };
    one_of_many_is_found("*", "*", address);
}

/// Bits are shared by then, and wildcards no longer tried beforehand.
#[test]
fn more_patterns_of_a_service_than_bits() {
    let mut statements = Vec::new();
    for number in 0..150 {
        let effect = if number % 9 == 0 { Effect::Deny } else { Effect::Allow };
        let (exact, glob) = (format!("cvm:Op{number}"), format!("cvm:*Do{number}"));
        let resource = format!("qcs::cvm:::b{}/*", number % 4);
        statements.push(statement(effect, &exact, &resource));
        statements.push(statement(effect, &glob, "qcs::cvm:::b3/*"));
    }
    let requests = (0..160).flat_map(|number| {
        let resource = format!("qcs::cvm:::b{}/x", number % 5);
        [format!("cvm:Op{number}"), format!("cvm:WillDo{number}"), "cvm:Other".to_owned()]
            .map(|action| request(&action, &resource))
    });
    let decisions = agree(&layers_of(statements), requests);
    assert!(decisions.values().all(|count| *count > 5) && decisions.len() == 3, "{decisions:?}");
}

#[test]
fn more_services_of_a_statement_than_it_is_filed_under() {
    let services = (0..20).map(|number| format!("svc{number}"));
    let several = |effect, resource: &str, step: usize| {
        let new = Statement::new(effect)
            .with_resource(ResourcePattern::parse(resource).expect("a resource"));
        services.clone().step_by(step).fold(new, |new, service| {
            let action = format!("{service}:Get*");
            new.with_action(ActionPattern::parse(&action).expect("an action"))
        })
    };
    let statements = vec![
        several(Effect::Allow, "*", 1),
        several(Effect::Deny, "qcs::*:::b/*", 2),
        several(Effect::Allow, "qcs::*:::b/*", 3),
    ];
    let requests = (0..22).flat_map(|number| {
        ["GetOne", "Put"].map(|operation| {
            let resource = format!("qcs::svc{number}:::b/x");
            request(&format!("svc{number}:{operation}"), &resource)
        })
    });
    let decisions = agree(&layers_of(statements), requests);
    assert_eq!((decisions["allow"], decisions["explicit_deny"]), (10, 10), "{decisions:?}");
}

/// A list at every directory of one path, in every layer at once.
#[test]
fn more_lists_of_one_request_than_are_kept() {
    let path = |depth: usize| (0..depth).fold(String::new(), |path, n| path + &format!("d{n}/"));
    let name = |last: &str| format!("qcs::cos:ap-guangzhou:uid/1250000001:{last}");
    let kinds = [PolicyKind::Scp, PolicyKind::Identity, PolicyKind::Boundary, PolicyKind::Session];
    for denied in [None, Some(3), Some(29)] {
        let mut layers = PolicyLayers::default();
        for kind in kinds {
            let all = (0..40).map(|depth| {
                let deny = kind == PolicyKind::Session && denied == Some(depth);
                let (effect, action) =
                    if deny { (Effect::Deny, "cos:Put") } else { (Effect::Allow, "cos:Get") };
                statement(effect, action, &name(&(path(depth) + "*")))
            });
            let all = all.chain([statement(Effect::Allow, "cos:Put", &name(&(path(20) + "x*")))]);
            layers.push(Policy::new(kind, all.collect()).expect("a policy"), 0);
        }
        let requests = [0, 1, 15, 16, 17, 20, 29, 30, 39, 40, 45].into_iter().flat_map(|depth| {
            let name = name(&(path(depth) + "x"));
            ["cos:Get", "cos:Put", "cos:List"].map(|action| {
                let owner = camlock_policy::AccountIds::new(
                    camlock_policy::Uin::parse("1"),
                    camlock_policy::AppId::parse("1250000001"),
                );
                let builder = Request::builder().principal("qcs::cam::uin/1:uin/2");
                let builder = builder.action(action).resource(&name).resource_owner(owner);
                builder.build().expect("a request")
            })
        });
        let decisions = agree(&layers, requests);
        assert!(decisions.contains_key("allow") && decisions.len() > 1, "{decisions:?}");
    }
}

#[test]
fn many_users_of_one_resource() {
    let named = |users: std::ops::Range<u32>, effect| {
        let new = statement(effect, "cos:Get", "qcs::cos:::b/*");
        users.fold(new, |new, user| {
            let name = format!("qcs::cam::uin/1:uin/{user}");
            new.with_principal(PrincipalPattern::parse_qcs(&name).expect("a user"))
        })
    };
    let mut statements: Vec<Statement> =
        (0..600).map(|user| named(user..user + 1, Effect::Allow)).collect();
    statements.push(named(0..300, Effect::Allow));
    statements.push(named(550..700, Effect::Deny));
    let mut layers = PolicyLayers::default();
    layers.push(Policy::new(PolicyKind::Resource, statements).expect("a policy"), 0);
    let requests = (0..720).step_by(37).map(|user| {
        let builder = Request::builder().principal(&format!("qcs::cam::uin/1:uin/{user}"));
        builder.action("cos:Get").resource("qcs::cos:::b/x").build().expect("a request")
    });
    let decisions = agree(&layers, requests);
    assert_eq!((decisions["allow"], decisions["explicit_deny"]), (15, 4), "{decisions:?}");
}

fn ask(request: &Request, set: &PolicySet, selection: Option<&Selection>) -> Outcome {
    let view = selection.map_or(View::all(set), |selection| View::selected(set, selection));
    let layers = Layers { identity: Some(view), ..Layers::default() };
    decide(request, request.principal(), &Deployment::default(), |_| layers)
}

fn numbered(number: u32) -> Policy {
    let effect = if number % 10 == 9 { Effect::Deny } else { Effect::Allow };
    let resource = format!("qcs::cvm:::b{}/*", number % 30);
    Policy::new(PolicyKind::Identity, vec![statement(effect, "cvm:Run", &resource)])
        .expect("a policy")
}

fn set_of(numbers: impl IntoIterator<Item = u32>) -> PolicySet {
    let all = numbers.into_iter().map(|number| (PolicyId(number), numbered(number)));
    all.fold(PolicySet::builder(), |set, (id, policy)| set.add(id, &policy)).build()
}

/// Policies on both sides of every multiple of 64, in the set and in what edits put into it.
#[test]
fn a_selection_of_hundreds_is_a_set_of_those() {
    let requests: Vec<Request> =
        (0..31).map(|bucket| request("cvm:Run", &format!("qcs::cvm:::b{bucket}/x"))).collect();
    let set = set_of(0..200);
    let edited =
        (200..300).fold(set_of(0..200).edit(), |edit, n| edit.put(PolicyId(n), numbered(n)));
    let edited = edited.remove(PolicyId(64)).remove(PolicyId(127)).finish();
    let wanted: [fn(u32) -> bool; 7] = [
        |_| true,
        |_| false,
        |id| id.is_multiple_of(3),
        |id| id == 63 || id == 64,
        |id| id == 127 || id == 128 || id == 255,
        |id| id >= 192,
        |id| id < 64,
    ];
    let mut decisions = std::collections::BTreeSet::new();
    for wanted in wanted {
        let (some, fresh) =
            (set.select(|id| wanted(id.0)), set_of((0..200).filter(|n| wanted(*n))));
        let edited_some = edited.select(|id| wanted(id.0));
        let kept = (0..300).filter(|n| wanted(*n) && ![64, 127].contains(n));
        let edited_fresh = set_of(kept);
        for request in &requests {
            let outcome = ask(request, &set, Some(&some));
            decisions.insert(outcome.decision.as_str());
            assert_eq!(outcome, ask(request, &fresh, None));
            assert_eq!(
                ask(request, &edited, Some(&edited_some)),
                ask(request, &edited_fresh, None)
            );
        }
    }
    assert_eq!(decisions.len(), 3);
}

/// Removed, put back, replaced by its opposite, and everything removed.
#[test]
fn a_policy_may_be_edited_over_and_over() {
    let of_bucket = |bucket: u32| request("cvm:Run", &format!("qcs::cvm:::b{bucket}/x"));
    let mut set = set_of(0..100);
    let size = set.memory_usage();
    for round in 0..5 {
        assert_eq!(ask(&of_bucket(3), &set, None).decision, Decision::Allow, "round {round}");
        set = set.edit().remove(PolicyId(3)).remove(PolicyId(33)).finish();
        set = set.edit().remove(PolicyId(63)).remove(PolicyId(93)).finish();
        assert_eq!(ask(&of_bucket(3), &set, None).decision, Decision::ImplicitDeny);
        set = set.edit().put(PolicyId(3), numbered(9)).put(PolicyId(33), numbered(3)).finish();
        // The deny of another bucket took the place of an allow.
        assert_eq!(ask(&of_bucket(9), &set, None).decision, Decision::ExplicitDeny);
        assert!(set.edited_statement_count() >= 2 && set.memory_usage() > size);
        set = set.edit().put(PolicyId(3), numbered(3)).finish();
    }
    let emptied = (0..100).fold(set.edit(), |edit, number| edit.remove(PolicyId(number))).finish();
    for bucket in 0..31 {
        assert_eq!(ask(&of_bucket(bucket), &emptied, None).decision, Decision::ImplicitDeny);
    }
    let filled = PolicySet::default().edit().put(PolicyId(7), numbered(7)).finish();
    assert_eq!(ask(&of_bucket(7), &filled, None).decision, Decision::Allow);
    assert_eq!(filled.statement_count(), 1);
}

/// Forty levels: each must allow, and a deny on any of them counts.
#[test]
fn many_levels_of_service_control_policies() {
    let everything = || statement(Effect::Allow, "*", "*");
    let build = |silent: Option<usize>, denying: Option<usize>| {
        let mut layers = layers_of(vec![everything()]);
        for level in 0..40 {
            let allow = if silent == Some(level) {
                statement(Effect::Allow, "cos:*", "*")
            } else {
                everything()
            };
            let mut statements = vec![allow];
            statements.extend((0..20).map(|n| {
                statement(Effect::Deny, "cvm:Stop", &format!("qcs::cvm:::l{level}/{n}/*"))
            }));
            if denying == Some(level) {
                statements.push(statement(Effect::Deny, "cvm:Run", "qcs::cvm:::b/*"));
            }
            layers.push(Policy::new(PolicyKind::Scp, statements).expect("a policy"), level);
        }
        layers
    };
    let requests = || {
        [("cvm:Run", "b/x"), ("cvm:Stop", "l39/19/x"), ("cvm:Stop", "l0/0/x"), ("cvm:Stop", "b/x")]
            .map(|(action, last)| request(action, &format!("qcs::cvm:::{last}")))
    };
    assert_eq!(agree(&build(None, None), requests())["allow"], 2);
    assert_eq!(agree(&build(Some(39), None), requests())["explicit_deny"], 4);
    for denying in [0, 20, 39] {
        assert_eq!(agree(&build(None, Some(denying)), requests())["explicit_deny"], 3);
    }
    // Nobody limits a role that a service holds [EVL-14].
    let linked = Principal::parse("qcs::cam::uin/1:role/tencentcloudServiceRole/4611");
    assert!(linked.is_ok_and(|principal| principal.is_service_linked()));
}

/// Patterns without a directory and with few letters, more than are walked one by one.
#[test]
fn many_patterns_with_short_literals() {
    let letters = "abcdefghijklmnopqrstuvwxyz";
    let pairs = letters.chars().flat_map(|a| letters.chars().map(move |b| format!("{a}{b}{a}{b}")));
    let pairs: Vec<String> = pairs.step_by(3).collect();
    let statements = pairs.iter().enumerate().map(|(number, pair)| {
        let effect = if number % 12 == 11 { Effect::Deny } else { Effect::Allow };
        let last =
            if number % 2 == 0 { format!("*{pair}*") } else { format!("*{pair}?x*long-{pair}*") };
        statement(effect, "cvm:Run", &format!("qcs::cvm:::{last}"))
    });
    let layers = layers_of(statements.collect());
    let requests = pairs.iter().step_by(5).flat_map(|pair| {
        [
            format!("b/{pair}"),
            format!("b/{pair}?x/long-{pair}"),
            format!("b/{}", pair.trim_start_matches('a')),
            "b".into(),
        ]
        .map(|last| request("cvm:Run", &format!("qcs::cvm:::{last}")))
    });
    let decisions = agree(&layers, requests);
    assert!(decisions.len() == 3 && decisions.values().all(|count| *count > 3), "{decisions:?}");
}

/// Near enough to compare designs: whatever a policy is made of, more of it weighs more.
#[test]
fn what_a_set_holds_is_weighed() {
    let weigh = |text: &str| {
        let resources = ["*", "b/x", "b/*", "*x", "*x*", "*b*x*", "b/${uin}/*", "*${uin}x*"];
        let with_resources =
            resources.into_iter().fold(Statement::new(Effect::Allow), |new, last| {
                let last = last.replace('x', text);
                let resource = ResourcePattern::parse(&format!("qcs::cvm:::{last}"));
                new.with_resource(resource.expect("a resource"))
            });
        let user = PrincipalPattern::parse_qcs("qcs::cam::uin/1:uin/2").expect("a user");
        let conditions = [
            ("string_equal", "qcs:resource_tag/env", text),
            ("string_like", "x:text", "x*"),
            ("string_equal_ignore_case", "x:text", text),
            ("numeric_less_than", "x:number", "12"),
            ("date_less_than", "qcs:current_time", "2026-06-01T00:00:00Z"),
            ("bool_equal", "cos:secure-transport", "true"),
            ("ip_equal", "qcs:ip", "10.0.0.0/8"),
            ("null_equal", "x:other", "true"),
        ];
        let action = ActionPattern::parse(&format!("cvm:*{text}*")).expect("an action");
        let new = with_resources.with_action(action).with_principal(user);
        let new = conditions.into_iter().fold(new, |new, (operator, key, value)| {
            new.with_condition(condition(operator, key, &[value]))
        });
        let policy = Policy::new(PolicyKind::Resource, vec![new; 20]).expect("a policy");
        PolicySet::builder().add(PolicyId(0), &policy).build().memory_usage()
    };
    let (short, long) = (weigh("x"), weigh(&"x".repeat(1_000)));
    assert!(short > PolicySet::default().memory_usage() && long > short + 5_000, "{short} {long}");
}
