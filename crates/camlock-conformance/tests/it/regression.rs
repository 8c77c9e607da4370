//! What the fuzzer and the properties found; each test fails on the code of then.

use camlock_engine::{CompiledLayers, Step};
use camlock_policy::{Decision, Deployment, PolicyKind, PolicyLayers, Request};
use camlock_syntax::parse;

/// The index looked for text that a pattern begins with before it asked whether the caller has the
/// variable in it, so that the deny was not even tried: a request was allowed that nobody could tell
/// to be [VAR-5, EVL-21].
#[test]
fn a_deny_with_a_variable_that_the_caller_lacks_applies_wherever_its_text_points() {
    for pattern in ["b/${uin}/*", "${uin}/*", "a/b/*${uin}"] {
        let text = format!(
            r#"{{"version":"2.0","statement":[
                {{"effect":"allow","action":"*","resource":"*"}},
                {{"effect":"deny","action":"cvm:Run","resource":"qcs::cvm:::{pattern}"}}]}}"#
        );
        let mut layers = PolicyLayers::default();
        layers.push(parse(&text, PolicyKind::Identity).policy.unwrap(), 0);
        // A role session has no `${uin}`.
        let request = Request::builder()
            .principal("qcs::cam::uin/1:roleName/ops")
            .action("cvm:Run")
            .resource("qcs::cvm:::elsewhere")
            .build()
            .unwrap();
        let deployment = Deployment::default();
        let outcome = CompiledLayers::new(&layers).decide(&request, &deployment);
        assert_eq!(outcome.decision, Decision::ExplicitDeny, "{pattern}");
        assert!(outcome.indeterminate, "{pattern}");
        assert_eq!(outcome, camlock_reference::decide(&request, &layers, &deployment));
    }
}

/// Each `${` looked for its end through the whole text, and each fault repeated the names above it.
#[test]
fn open_variables_and_long_names_cost_no_more_than_they_are_long() {
    let open = "${".repeat(100_000);
    let text = format!(
        r#"{{"version":"2.0","statement":[{{"effect":"allow","action":"*","resource":"qcs::cvm:::{open}"}}]}}"#
    );
    let parsed = parse(&text, PolicyKind::Identity);
    assert!(parsed.policy.is_none());
    let open = parsed.diagnostics.iter().filter(|d| d.message.contains("nothing closes"));
    assert_eq!(open.count(), 1);

    let (name, nulls) = ("n".repeat(200_000), vec!["null"; 9_000].join(","));
    let text = format!(
        r#"{{"version":"2.0","statement":[{{"effect":"allow","action":"*","resource":"*",
            "condition":{{"{name}":{{"k":[{nulls}]}}}}}}]}}"#
    );
    let parsed = parse(&text, PolicyKind::Identity);
    let pointers = parsed.diagnostics.iter().filter_map(|d| d.pointer.as_ref());
    assert!(pointers.map(String::len).sum::<usize>() < 2 << 20);
    assert!(parsed.diagnostics.len() > 9_000);
}

/// Both evaluators on identity policies of one statement each, asked by a role.
fn outcome(statements: &[String], resource: &str, context: &[(&str, &[&str])]) -> Decision {
    let mut layers = PolicyLayers::default();
    for statement in statements {
        let text = format!(r#"{{"version":"2.0","statement":{statement}}}"#);
        let policy = parse(&text, PolicyKind::Identity).policy;
        layers.push(policy.expect("the statement is valid"), 0);
    }
    let mut request = Request::builder()
        .principal("qcs::cam::uin/1:roleName/ops")
        .action("cvm:Run")
        .resource(resource);
    for (key, values) in context {
        request = request.context(key, values.to_vec());
    }
    let (request, deployment) = (request.build().expect("valid"), Deployment::default());
    let engine = CompiledLayers::new(&layers).decide(&request, &deployment);
    assert_eq!(engine, camlock_reference::decide(&request, &layers, &deployment));
    engine.decision
}

/// Many patterns with a variable were told apart by bytes of their text, which say nothing to a caller
/// without a value: the denies were not even tried [VAR-5, EVL-21].
#[test]
fn many_denies_with_a_variable_that_the_caller_lacks_apply_all_the_same() {
    for pattern in ["instance/${uin}-team-name", "${uin}/team-name", "*/${uin}-team-name"] {
        for count in [20, 200] {
            let mut statements: Vec<String> = (0..count)
                .map(|n| {
                    format!(
                        r#"{{"effect":"deny","action":"cvm:*","resource":"qcs::cvm:::{pattern}{n:03}*"}}"#
                    )
                })
                .collect();
            statements.push(r#"{"effect":"allow","action":"*","resource":"*"}"#.to_owned());
            let decision = outcome(&statements, "qcs::cvm:::elsewhere", &[]);
            assert_eq!(decision, Decision::ExplicitDeny, "{count} × {pattern}");
        }
    }
}

/// A value that a condition repeats took the room of one behind it, which no request found any more.
#[test]
fn repeated_values_of_a_condition_leave_room_for_the_others() {
    let repeated = |value: &str, others: &dyn Fn(usize) -> String| {
        let others: Vec<String> = (0..16).map(|n| format!("\"{}\"", others(n))).collect();
        format!(r#"["{value}","{value}",{}]"#, others.join(","))
    };
    let tags = |n: usize| {
        format!(
            r#""string_equal":{{"x:team":{}}}"#,
            repeated(&format!("a{n}"), &|o| format!("b{n}-{o}"))
        )
    };
    let networks = |n: usize| {
        format!(
            r#""ip_equal":{{"qcs:ip":{}}}"#,
            repeated(&format!("10.{n}.99.0/24"), &|o| format!("10.{n}.{o}.0/24"))
        )
    };
    let statements = |test: &dyn Fn(usize) -> String| -> Vec<String> {
        let denies = (0..20).map(|n| {
            format!(
                r#"{{"effect":"deny","action":"*","resource":"*","condition":{{{}}}}}"#,
                test(n)
            )
        });
        denies.chain([r#"{"effect":"allow","action":"*","resource":"*"}"#.to_owned()]).collect()
    };
    for n in 0..20 {
        let last: &[(&str, &[&str])] = &[("x:team", &[&format!("b{n}-15")])];
        assert_eq!(outcome(&statements(&tags), "*", last), Decision::ExplicitDeny);
        let last: &[(&str, &[&str])] = &[("qcs:ip", &[&format!("10.{n}.15.7")])];
        assert_eq!(outcome(&statements(&networks), "*", last), Decision::ExplicitDeny);
    }
}

/// Many values of one request: more than are looked up one by one, some of them twice.
#[test]
fn many_values_of_a_request_find_every_statement() {
    let statements: Vec<String> = (0..40)
        .map(|n| {
            format!(
                r#"{{"effect":"deny","action":"*","resource":"*","condition":{{"for_any_value:string_equal":{{"x:team":["t{n}"]}}}}}}"#
            )
        })
        .chain([r#"{"effect":"allow","action":"*","resource":"*"}"#.to_owned()])
        .collect();
    let values: Vec<String> = (0..60).map(|n| format!("u{}", n % 30)).collect();
    let mut values: Vec<&str> = values.iter().map(String::as_str).collect();
    assert_eq!(outcome(&statements, "*", &[("x:team", &values)]), Decision::Allow);
    values.push("t39");
    assert_eq!(outcome(&statements, "*", &[("x:team", &values)]), Decision::ExplicitDeny);
}

/// A path that repeats what patterns are found by brought their lists again at each place.
#[test]
fn a_path_that_repeats_itself_is_answered_once() {
    let tried = |pattern: &dyn Fn(usize) -> String, part: &str| {
        let mut layers = PolicyLayers::default();
        for number in 0..200 {
            let text = format!(
                r#"{{"version":"2.0","statement":[{{"effect":"deny","action":"cos:GetObject",
                    "resource":"qcs::cos:::{}"}}]}}"#,
                pattern(number)
            );
            layers.push(parse(&text, PolicyKind::Identity).policy.unwrap(), 0);
        }
        let request = Request::builder()
            .principal("qcs::cam::uin/1:uin/2")
            .action("cos:GetObject")
            .resource(&format!("qcs::cos:::{}", part.repeat(65_000 / part.len())))
            .build()
            .unwrap();
        let explained = CompiledLayers::new(&layers).explain(&request, &Deployment::default());
        assert_eq!(explained.outcome.decision, Decision::ImplicitDeny);
        explained.steps.iter().filter(|step| matches!(step, Step::Considered(_))).count()
    };
    // Two parts of a path, which the index has a table for.
    let joints = |number| format!("*-1250000000/team/*/secret{number}/*");
    assert!(tried(&joints, "-1250000000/team/") <= 200);
    // Eight bytes somewhere; more of them are in the path than are looked up one by one.
    let grams = |number| format!("*-{:07}*/never{number}", number % 20);
    let many: Vec<String> = (0..20).map(|number| format!("-{number:07}")).collect();
    assert!(tried(&grams, &many.concat()) <= 400);
}
