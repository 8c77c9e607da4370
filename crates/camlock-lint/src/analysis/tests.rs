//! Conditions and resources against the engine: what is said to follow, to contradict or to be covered is
//! never refuted by a request.

use camlock_engine::CompiledLayers;
use camlock_policy::{
    ActionPattern, Condition, ConditionKey, ContextValue, Decision, Deployment, Effect, Operator,
    Policy, PolicyKind, PolicyLayers, RawValue, Request, ResourcePattern, Statement,
};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::{condition, cover};

const OPERATORS: [&str; 20] = [
    "string_equal",
    "string_not_equal",
    "string_equal_ignore_case",
    "string_like",
    "string_not_like",
    "binary_equal",
    "numeric_equal",
    "numeric_not_equal",
    "numeric_less_than",
    "numeric_less_than_equal",
    "numeric_greater_than",
    "numeric_greater_than_equal",
    "date_less_than",
    "date_greater_than_equal",
    "date_equal",
    "ip_equal",
    "ip_not_equal",
    "bool_equal",
    "null_equal",
    "string_not_equal_ignore_case",
];
const VALUES: [&str; 22] = [
    "a",
    "A",
    "ab",
    "b",
    "a*",
    "*b",
    "*",
    "${uin}",
    "a${uin}",
    "1",
    "1.0",
    "2",
    "-3",
    "true",
    "false",
    "10.0.0.1",
    "10.0.0.0/8",
    "0.0.0.0/0",
    "::/0",
    "2026-01-01T00:00:00Z",
    "2026-01-01 00:00:00",
    "2027-01-01T00:00:00Z",
];
const FACTS: [&str; 14] = [
    "a",
    "A",
    "ab",
    "b",
    "",
    "1",
    "1.5",
    "2",
    "true",
    "10.0.0.1",
    "11.0.0.1",
    "::1",
    "2026-01-01T00:00:00Z",
    "2026-06-01T00:00:00Z",
];

fn read((operator, prefix, suffix, values): (usize, usize, bool, Vec<Index>)) -> Option<Condition> {
    let prefix = ["", "", "for_any_value:", "for_all_value:"][prefix];
    let suffix = if suffix { "_if_exist" } else { "" };
    let operator = Operator::parse(&format!("{prefix}{}{suffix}", OPERATORS[operator])).ok()?;
    let key = ConditionKey::parse("x:one").ok()?;
    // What the operator cannot take is left out.
    let fits = |value: &RawValue<'_>| Condition::new(operator, key.clone(), &[*value]).is_ok();
    let all: Vec<_> = VALUES.iter().map(|own| RawValue::Text(own)).filter(fits).collect();
    let values: Vec<_> = values.iter().map(|index| *index.get(&all)).collect();
    Condition::new(operator, key, &values).ok()
}

fn conditions() -> impl Strategy<Value = Option<Condition>> {
    let values = prop::collection::vec(any::<Index>(), 1..3);
    (0..OPERATORS.len(), 0..4_usize, any::<bool>(), values).prop_map(read)
}

fn facts() -> impl Strategy<Value = Vec<ContextValue>> {
    let value = prop_oneof![
        5 => select(&FACTS[..]).prop_map(|text| ContextValue::Text(text.into())),
        1 => any::<bool>().prop_map(ContextValue::Bool),
        1 => Just(ContextValue::Unreadable),
    ];
    prop::collection::vec(value, 0..3)
}

/// Whether a statement of an effect applies, with a condition and a resource.
fn applies(
    effect: Effect,
    resource: &str,
    condition: Option<&Condition>,
    request: &Request,
) -> bool {
    let statement = |effect| {
        Statement::new(effect).with_action(ActionPattern::Any).with_resource(ResourcePattern::Any)
    };
    let mut own = Statement::new(effect)
        .with_action(ActionPattern::Any)
        .with_resource(ResourcePattern::parse(resource).unwrap());
    own = own.with_conditions(condition.into_iter().cloned().collect());
    let mut all = vec![own];
    if effect == Effect::Deny {
        all.push(statement(Effect::Allow));
    }
    let mut layers = PolicyLayers::default();
    layers.push(Policy::new(PolicyKind::Identity, all).unwrap(), 0);
    let decision = CompiledLayers::new(&layers).decide(request, &Deployment::default()).decision;
    (decision == Decision::Allow) == (effect == Effect::Allow)
}

fn request(caller: &str, resource: &str, facts: Vec<ContextValue>) -> Request {
    let request = Request::builder().principal(caller).action("cvm:StartInstances");
    request.resource(resource).context("x:one", facts).build().unwrap()
}

/// A user, and a role session, for which `${uin}` has no value.
const CALLERS: [&str; 2] =
    ["qcs::cam::uin/100000000001:uin/11", "qcs::cam::uin/100000000001:roleName/ops"];

const PATTERNS: [&str; 12] = [
    "*",
    "qcs:::::*",
    "qcs::cvm:::*",
    "qcs::cvm:gz::a/*",
    "qcs::cvm:ap-guangzhou::a/*",
    "qcs::cvm:::a/${uin}",
    "qcs::cvm:::a/*",
    "qcs::cvm:::*${uin}",
    "qcs::cvm:::a/${uin}/*",
    "qcs::cvm::*:a/b",
    "qcs::cvm::uin/100000000001:a/b",
    "qcs::vpc:::a/b",
];
const NAMES: [&str; 7] = [
    "*",
    "qcs::cvm:gz::a/11",
    "qcs::cvm:sh::a/b",
    "qcs::cvm:::z",
    "qcs::cvm:gz:uin/100000000001:a/b",
    "qcs::vpc:gz::a/b",
    "qcs::cvm:::a/11/x",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_500) })]

    #[test]
    fn what_follows_and_what_contradicts_is_never_refuted(
        a in conditions(), b in conditions(), all in prop::collection::vec(facts(), 4), caller in 0..2_usize,
    ) {
        let (Some(a), Some(b)) = (a, b) else { return Ok(()) };
        let (implied, contradict) = (condition::implied(&a, &b), condition::contradict(&a, &b));
        if !implied && !contradict {
            return Ok(());
        }
        for facts in all {
            let request = request(CALLERS[caller], "*", facts);
            let holds = |effect, own| applies(effect, "*", Some(own), &request);
            for effect in [Effect::Allow, Effect::Deny] {
                prop_assert!(!implied || !holds(effect, &b) || holds(effect, &a), "{a:?} from {b:?}: {request:?}");
            }
            let both = holds(Effect::Allow, &a) && holds(Effect::Allow, &b);
            prop_assert!(!contradict || !both, "{a:?} and {b:?}: {request:?}");
        }
    }

    #[test]
    fn a_covered_resource_never_matches_alone(
        outer in select(&PATTERNS[..]), inner in select(&PATTERNS[..]), name in select(&NAMES[..]), caller in 0..2_usize,
    ) {
        let pattern = |text| ResourcePattern::parse(text).unwrap();
        let request = request(CALLERS[caller], name, vec![]);
        for effect in [Effect::Allow, Effect::Deny] {
            if cover::resource(&pattern(outer), &pattern(inner), effect) {
                let matches = |own| applies(effect, own, None, &request);
                prop_assert!(!matches(inner) || matches(outer), "{outer} {inner} {name} {effect:?}");
            }
        }
    }
}
