//! Deciding allocates nothing; a binary of its own, because the counter is the allocator of the whole.

#![expect(clippy::expect_used, reason = "helpers of tests fail by panicking")]

use allocation_counter::measure;
use camlock_conformance::run;
use camlock_directory::{Account, Authorizer};
use camlock_engine::CompiledLayers;
use camlock_policy::{Deployment, Outcome, Request};

#[test]
fn deciding_any_case_allocates_nothing() {
    let deployment = Deployment::default();
    let report = run(|request, layers| {
        let compiled = CompiledLayers::new(layers);
        let mut outcome = None;
        let allocations = measure(|| outcome = Some(compiled.decide(request, &deployment)));
        assert_eq!(allocations.count_total, 0, "{request:?}\n{layers:?}");
        outcome.expect("it was decided")
    });
    assert!(report.total > 1_000 && report.failures.is_empty(), "{}", report.failures.join("\n"));
}

/// Every way a pattern can be compiled, matched and missed.
#[test]
fn matching_any_shape_of_pattern_allocates_nothing() {
    let compiled = CompiledLayers::new(&layers());
    let deployment = Deployment::default();
    for last in ["b/2/x", "b/3/x", "aab", "a/b/c", "*", "é"] {
        let request = request("qcs::cam::uin/1:uin/2", last);
        let allocations = measure(|| {
            assert!(!compiled.decide(&request, &deployment).indeterminate);
        });
        assert_eq!(allocations.count_total, 0, "{last}");
    }
}

fn layers() -> camlock_policy::PolicyLayers {
    let text = r#"{"version":"2.0","statement":[
        {"effect":"allow","action":["cvm:R*","cvm:*n","cvm:R*u*n"],"resource":["qcs::cvm:::b/${uin}/*",
         "qcs::cvm:::*${uin}*${owner_uin}*","qcs::cvm:::a*b*c*","qcs::cvm:::*é"],
         "condition":{"string_like":{"x:text":["a*","*b","*c*","${uin}"]},
                      "string_equal_ignore_case":{"x:text":"A${uin}"},
                      "for_all_value:ip_equal_if_exist":{"qcs:ip":"10.0.0.0/8"},
                      "numeric_less_than":{"x:number":[1,"2.5e3"]},
                      "string_equal":{"qcs:resource_tag":["env&prod"],"qcs:request_tag/team":"game"}}},
        {"effect":"deny","action":"*","resource":"qcs::cvm:::*a*a*b"}]}"#;
    let parsed = camlock_syntax::parse(text, camlock_policy::PolicyKind::Identity);
    let mut layers = camlock_policy::PolicyLayers::default();
    layers.push(parsed.policy.expect("a policy"), 0);
    layers
}

fn request(principal: &str, last: &str) -> Request {
    let request = Request::builder()
        .principal(principal)
        .action("cvm:Run")
        .resource(&format!("qcs::cvm:::{last}"))
        .resource("*")
        .context("x:text", ["a2", "c"])
        .context("x:number", 7)
        .context("qcs:ip", "10.1.2.3")
        .context("qcs:resource_tag", ["env&prod", "team&game"])
        .context("qcs:request_tag/team", "game");
    request.build().expect("a request")
}

#[test]
fn an_authorizer_decides_without_allocating() {
    let account = Account::from_json(include_str!("account.json")).expect("an account");
    let authorizer = Authorizer::new(account);
    let mut allowed = 0;
    for principal in [
        "qcs::cam::uin/1:root",
        "qcs::cam::uin/1:uin/11",
        "qcs::cam::uin/1:uin/12",
        "qcs::cam::uin/1:roleName/ops",
        "qcs::cam::uin/2:root",
        "cvm.qcloud.com",
        "*",
    ] {
        for (action, resource) in [
            ("cos:GetObject", "qcs::cos:ap-guangzhou:uid/1250000001:b-1250000001/a"),
            ("cos:PutObject", "qcs::cos:ap-guangzhou:uid/1250000001:b-1250000001/a"),
            ("cvm:Run", "*"),
            ("sts:AssumeRole", "qcs::cam::uin/1:roleName/ops"),
        ] {
            let request =
                Request::builder().principal(principal).action(action).resource(resource).build();
            let request = request.expect("a request");
            let mut answer = None;
            let allocations = measure(|| answer = Some(authorizer.decide(&request)));
            let answer = answer.expect("it was asked");
            allowed += u32::from(answer.as_ref().is_ok_and(Outcome::is_allowed));
            // An error names whom it does not know.
            if answer.is_ok() {
                assert_eq!(allocations.count_total, 0, "{principal} {action} {resource}");
            }
        }
    }
    assert!(allowed >= 4, "only {allowed} were allowed, so little was matched");
}
