//! Grants against the engine: where nothing is said to be granted, no request is allowed.

use camlock_engine::CompiledLayers;
use camlock_policy::{
    Deployment, Effect, Policy, PolicyKind, PolicyLayers, Request, ResourcePattern,
};
use camlock_syntax::json;
use camlock_syntax::limits::Limits;
use camlock_syntax::parse;
use proptest::prelude::*;
use proptest::sample::select;

use super::Breadth;
use crate::analysis::Analysis;
use crate::companions::{Companion, Companions};
use crate::document::{Document, KindSource};

const ACTIONS: [&str; 7] =
    ["*", "cam:*", "cam:PassRole", "cam:Pass*", "cam:GetRole", "cos:*", "cam:*Role"];
const RESOURCES: [&str; 9] = [
    "*",
    "qcs:::::*",
    "qcs::cam:::*",
    "qcs::cam:::roleName/*",
    "qcs::cam:::roleName/a",
    "qcs::cam::uin/1:roleName/a*",
    "qcs::cam::uin/1:*",
    "qcs::cos:::*",
    "qcs::cam:::roleName/b*",
];
const CONDITIONS: [&str; 7] = [
    "",
    "",
    "",
    r#", "condition": {"ip_equal": {"qcs:ip": "10.0.0.0/8"}}"#,
    r#", "condition": {"ip_equal": {"qcs:ip": "10.1.0.0/16"}}"#,
    r#", "condition": {"ip_not_equal": {"qcs:ip": "10.0.0.0/8"}}"#,
    r#", "condition": {"ip_equal_if_exist": {"qcs:ip": "10.0.0.0/8"}}"#,
];
const NAMES: [&str; 7] = [
    "*",
    "qcs::cam::uin/1:roleName/a",
    "qcs::cam::uin/1:roleName/ab",
    "qcs::cam::uin/1:roleName/b",
    "qcs::cam::uin/1:policyid/1",
    "qcs::cam::uin/1:roleName/administrator",
    "qcs::cos::uin/1:b/a",
];
const ADDRESSES: [Option<&str>; 5] =
    [None, Some("10.1.2.3"), Some("10.200.0.1"), Some("192.0.2.1"), Some("nowhere")];

fn statement(effect: &'static [&'static str]) -> impl Strategy<Value = String> {
    let parts =
        (select(effect), select(&ACTIONS[..]), select(&RESOURCES[..]), select(&CONDITIONS[..]));
    parts.prop_map(|(effect, action, resource, condition)| {
        format!(
            r#"{{"effect": "{effect}", "action": "{action}", "resource": "{resource}"{condition}}}"#
        )
    })
}

fn text(effect: &'static [&'static str], most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(statement(effect), 1..=most)
        .prop_map(|all| format!(r#"{{"version": "2.0", "statement": [{}]}}"#, all.join(", ")))
}

const MOSTLY_ALLOW: &[&str] = &["allow", "allow", "allow", "deny"];

/// What stands around a document: beside it, its boundary, two levels of an organization.
fn around() -> impl Strategy<Value = [Option<String>; 4]> {
    let ceiling = || prop::option::of(text(MOSTLY_ALLOW, 2));
    (prop::option::of(text(&["deny"], 2)), ceiling(), ceiling(), ceiling())
        .prop_map(|(beside, boundary, low, high)| [beside, boundary, low, high])
}

fn read(text: &str, kind: PolicyKind) -> Policy {
    parse(text, kind).policy.unwrap_or_else(|| panic!("{text}"))
}

fn companions([beside, boundary, low, high]: &[Option<String>; 4]) -> Companions {
    let policy = |text: &String, kind| Companion { name: text.clone(), policy: read(text, kind) };
    let beside = beside.iter().map(|own| policy(own, PolicyKind::Identity));
    let boundary = boundary.iter().map(|own| policy(own, PolicyKind::Boundary));
    let own = Companions::new(beside.chain(boundary).collect());
    [low, high]
        .into_iter()
        .flatten()
        .fold(own, |own, text| own.below(vec![policy(text, PolicyKind::Scp)]))
}

/// Calls `check` with the analysis of a document.
fn analysed<T>(text: &str, companions: &Companions, check: impl Fn(Analysis<'_>) -> T) -> T {
    let root = json::parse(text, &Limits::policy()).root.unwrap();
    let kind = (PolicyKind::Identity, KindSource::Given);
    let policy = Some(read(text, PolicyKind::Identity));
    let document = Document::new(text, &root, kind, (policy, Vec::new()));
    check(Analysis::new(&document, companions))
}

/// The document with everything around it, as the engine decides.
fn layers(text: &str, around: &[Option<String>; 4]) -> CompiledLayers {
    use PolicyKind::{Boundary, Identity, Scp};
    let mut layers = PolicyLayers::default();
    layers.push(read(text, Identity), 0);
    let kinds = [(Identity, 0), (Boundary, 0), (Scp, 0), (Scp, 1)];
    for (text, (kind, level)) in around.iter().zip(kinds) {
        if let Some(text) = text {
            layers.push(read(text, kind), level);
        }
    }
    CompiledLayers::new(&layers)
}

fn requests() -> impl Iterator<Item = Request> {
    let each = NAMES.into_iter().flat_map(|name| ADDRESSES.map(|address| (name, address)));
    each.map(|(name, address)| {
        let request = Request::builder().principal("qcs::cam::uin/1:uin/11");
        let request = request.action("cam:PassRole").resource(name);
        let request = address.into_iter().fold(request, |own, ip| own.context("qcs:ip", ip));
        request.build().unwrap()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(600) })]

    #[test]
    fn what_is_not_granted_is_not_allowed(text in text(MOSTLY_ALLOW, 3), around in around()) {
        let companions = companions(&around);
        let granted = analysed(&text, &companions, |own| !own.grants("cam", "PassRole").is_empty());
        let layers = layers(&text, &around);
        let allows = |own: &Request| layers.decide(own, &Deployment::default()).is_allowed();
        let allowed = requests().find(allows);
        prop_assert!(granted || allowed.is_none(), "{text} in {around:?} allows {allowed:?}");
    }

    #[test]
    fn what_nothing_limits_is_everything(around in around()) {
        let companions = companions(&around);
        let text = r#"{"version": "2.0", "statement": {"effect": "allow", "action": "*", "resource": "*"}}"#;
        let is_all = |own: Analysis<'_>| {
            let first = own.document.statements().first();
            first.is_some_and(|first| own.allows_everything(first).is_some())
        };
        let (is_all, layers) = (analysed(text, &companions, is_all), layers(text, &around));
        let allows = |own: &Request| layers.decide(own, &Deployment::default()).is_allowed();
        // What every ceiling allows everywhere, and no deny speaks of, is everything.
        let unlimited = |own: &Policy| {
            let all = own.statements();
            all.iter().all(|own| own.effect() == Effect::Allow)
                && (own.kind() == PolicyKind::Identity || all.iter().any(|own| {
                    own.conditions().is_empty()
                        && own.actions().iter().any(|own| own.to_string() == "*")
                        && own.resources().contains(&ResourcePattern::Any)
                }))
        };
        let unlimited = companions.all().iter().all(|own| unlimited(&own.policy));
        prop_assert!(!unlimited || (is_all && requests().all(|own| allows(&own))), "{around:?}");
    }
}

#[test]
fn what_is_left_is_as_wide_as_the_lowest_ceiling() {
    let allow = |resource: &str| {
        let statement =
            format!(r#"{{"effect": "allow", "action": "cam:*", "resource": "{resource}"}}"#);
        format!(r#"{{"version": "2.0", "statement": {statement}}}"#)
    };
    let text = allow("*");
    for (boundary, low, expected) in [
        ("*", "*", Some(Breadth::Everything)),
        ("qcs::cam:::*", "*", Some(Breadth::Service)),
        ("qcs::cam:::*", "qcs::cam:::roleName/app-*", Some(Breadth::Some)),
        ("qcs::cos:::*", "*", None),
        ("*", "qcs::cos:::*", None),
    ] {
        // The document names what is asked for, so that a ceiling can be shown to miss it.
        let text = if expected.is_none() { allow("qcs::cam:::*") } else { text.clone() };
        let companions = companions(&[None, Some(allow(boundary)), Some(allow(low)), None]);
        let breadth = analysed(&text, &companions, |own| {
            own.grants("cam", "PassRole").first().map(|own| own.breadth)
        });
        assert_eq!(breadth, expected, "{boundary} {low}");
    }
}

#[test]
fn the_widest_that_comes_through_a_ceiling_says_whether_there_are_conditions() {
    let text =
        r#"{"version": "2.0", "statement": {"effect": "allow", "action": "*", "resource": "*"}}"#;
    let statement = |resource: &str, condition: &str| {
        format!(r#"{{"effect": "allow", "action": "*", "resource": "{resource}"{condition}}}"#)
    };
    let ip = r#", "condition": {"ip_equal": {"qcs:ip": "10.0.0.0/8"}}"#;
    for (all, narrow, expected) in [("", ip, false), (ip, "", true), (ip, ip, true)] {
        let statements = [statement("*", all), statement("qcs::cos:::*", narrow)].join(", ");
        let boundary = format!(r#"{{"version": "2.0", "statement": [{statements}]}}"#);
        let companions = companions(&[None, Some(boundary), None, None]);
        let is_conditional = analysed(text, &companions, |own| {
            own.grants("cam", "PassRole").first().map(|own| own.is_conditional)
        });
        assert_eq!(is_conditional, Some(expected), "{all} {narrow}");
    }
}
