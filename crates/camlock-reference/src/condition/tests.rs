//! One condition against the facts of one request.

use camlock_policy::{
    AccountIds, Condition, ConditionKey, ContextValue, ContextValues, Deployment, Operator,
    Principal, RawValue, Request, ResourceName, Uin, User,
};

use super::holds;
use crate::question::Question;
use crate::truth::Truth::{self, No, Unknown, Yes};

fn user(tags: &[(&str, &str)]) -> Principal {
    Principal::User(User {
        account: AccountIds::new(Uin::parse("1"), None),
        uin: Uin::parse("2").unwrap(),
        groups: vec![],
        tags: tags.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect(),
    })
}

/// Evaluates `operator(key, wanted)` for a caller and a context.
fn answer(
    caller: Principal,
    (operator, key, wanted): (&str, &str, &[&str]),
    context: (&str, ContextValues),
) -> Truth {
    let wanted: Vec<_> = wanted.iter().map(|text| RawValue::Text(text)).collect();
    let operator = Operator::parse(operator).unwrap();
    let condition = Condition::new(operator, ConditionKey::parse(key).unwrap(), &wanted).unwrap();
    let (fact, values) = context;
    let request = Request::builder()
        .principal_facts(caller)
        .action("cos:GetObject")
        .resource("*")
        .context(fact, values)
        .build()
        .unwrap();
    let deployment = Deployment::default();
    let resource = &ResourceName::Any;
    holds(Question { request: &request, resource, deployment: &deployment }, &condition)
}

fn check(condition: (&str, &str, &[&str]), values: impl Into<ContextValues>, expected: Truth) {
    let fact = condition.1;
    assert_eq!(answer(user(&[]), condition, (fact, values.into())), expected, "{condition:?}");
}

const NONE: [&str; 0] = [];

#[test]
fn a_missing_key_fails_even_a_negated_operator() {
    check(("string_not_equal", "k", &["a"]), NONE, No);
    check(("for_all_value:string_equal", "k", &["a"]), NONE, No);
    check(("string_equal_if_exist", "k", &["a"]), NONE, Yes);
}

#[test]
fn a_negated_operator_differs_from_all() {
    check(("string_not_equal", "k", &["a", "b"]), "a", No);
    check(("string_not_equal", "k", &["a", "b"]), "c", Yes);
    check(("string_not_equal", "k", &["a"]), ["a", "c"], No);
    check(("for_any_value:string_not_equal", "k", &["a"]), ["a", "c"], Yes);
}

#[test]
fn qualifiers_read_several_values() {
    check(("string_equal", "k", &["a"]), ["a", "b"], Yes);
    check(("for_any_value:string_equal", "k", &["a"]), ["a", "b"], Yes);
    check(("for_all_value:string_equal", "k", &["a"]), ["a", "b"], No);
    check(("for_all_value:string_equal", "k", &["a", "b", "c"]), ["a", "b"], Yes);
}

#[test]
fn an_unreadable_value_leaves_it_open() {
    check(("ip_equal", "k", &["10.0.0.0/8"]), "here", Unknown);
    check(("ip_not_equal", "k", &["10.0.0.0/8"]), "here", Unknown);
    check(("ip_equal", "k", &["10.0.0.0/8"]), ["here", "10.1.2.3"], Yes);
    check(("string_equal", "k", &["a"]), ContextValue::Unreadable, Unknown);
    check(("null_equal", "k", &["false"]), ContextValue::Unreadable, Yes);
}

#[test]
fn families_compare_in_their_types() {
    check(("numeric_equal", "k", &["1.2"]), "1.20", Yes);
    check(("numeric_less_than", "k", &["2"]), 3, No);
    check(("date_less_than", "k", &["2026-06-01T12:00:00Z"]), "2026-06-01 11:59:59", Yes);
    check(("bool_equal", "k", &["true"]), true, Yes);
    check(("bool_equal", "k", &["true"]), "yes", Unknown);
    check(("string_equal_ignore_case", "k", &["Ab"]), "aB", Yes);
    check(("string_like", "k", &["*log*"]), "a.log.gz", Yes);
    check(("string_equal", "k", &["*"]), "a", No);
}

#[test]
fn address_families_are_kept_apart() {
    check(("ip_equal", "k", &["0.0.0.0/0"]), "203.0.113.9", Yes);
    check(("ip_equal", "k", &["10.1.2.3"]), "::ffff:10.1.2.3", Yes);
    check(("ip_equal", "k", &["::/0"]), "10.1.2.3", No);
    check(("ip_not_equal", "k", &["10.0.0.0/8"]), "2001:db8::1", Yes);
    check(("ip_equal", "k", &["2001:db8::/32"]), "2001:db9::", No);
}

#[test]
fn the_form_for_one_tag_reads_its_values_only() {
    let prod = ("string_equal", "qcs:tag/env", &["prod"] as &[_]);
    let check = |condition, entries: &[&str], expected| {
        let context = ("qcs:resource_tag", entries.to_vec().into());
        assert_eq!(answer(user(&[]), condition, context), expected, "{entries:?}");
    };
    check(prod, &["env&prod", "team&a"], Yes);
    check(prod, &["team&prod"], No);
    check(prod, &["env"], Unknown);
    check(("null_equal", "qcs:resource_tag/env", &["true"]), &["team&a"], Yes);
    check(("null_equal", "qcs:resource_tag/env", &["true"]), &["env"], Unknown);
    check(("null_equal", "qcs:resource_tag/env", &["true"]), &["env", "env&"], No);
    check(("string_equal", "qcs:request_tag/env", &["prod"]), &["env&prod"], No);
}

#[test]
fn tags_of_the_caller_are_alternatives() {
    let same =
        ("string_equal", "k", &["${qcs:principal_tag_key}&${qcs:principal_tag_value}"] as &[_]);
    let check = |tags: &[(&str, &str)], value: &str, expected| {
        let context = ("k", value.into());
        assert_eq!(answer(user(tags), same, context), expected, "{tags:?} {value}");
    };
    check(&[("env", "prod"), ("team", "a")], "team&a", Yes);
    check(&[("env", "prod"), ("team", "a")], "team&prod", No);
    check(&[], "team&a", Unknown);
}

#[test]
fn a_variable_is_literal_and_may_have_no_value() {
    let own = ("string_equal", "k", &["${uin}"] as &[_]);
    check(own, "2", Yes);
    let anonymous = answer(Principal::Anonymous, own, ("k", "2".into()));
    assert_eq!(anonymous, Unknown);
    let starred = user(&[("team", "*")]);
    let like = ("string_like", "k", &["${qcs:principal_tag_value}"] as &[_]);
    assert_eq!(answer(starred, like, ("k", "anything".into())), No);
}
