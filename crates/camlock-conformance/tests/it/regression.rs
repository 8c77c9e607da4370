//! What the fuzzer and the properties found; each test fails on the code of then.

use camlock_engine::CompiledLayers;
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
