//! The laws of `laws` in bounded time; the fuzzer checks the same ones for as long as it is left to.

use arbitrary::{Arbitrary, Unstructured};
use proptest::prelude::*;

use crate::crowd::Crowd;
use crate::laws;
use crate::situation::{Situation, policy};

/// Enough bytes for several policies; where they end, the generator takes zeros.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 64..640)
}

fn situation(bytes: &[u8]) -> (Situation, Unstructured<'_>) {
    let mut u = Unstructured::new(bytes);
    let situation = Situation::arbitrary(&mut u).expect("the world is consistent");
    (situation, u)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn the_engine_answers_and_explains_what_the_reference_answers(bytes in bytes()) {
        laws::engine_is_the_reference(&situation(&bytes).0);
    }

    #[test]
    fn a_crowd_is_answered_as_the_reference_answers(bytes in bytes()) {
        let crowd = Crowd::arbitrary(&mut Unstructured::new(&bytes)).expect("a crowd is consistent");
        laws::engine_is_the_reference(&crowd.0);
    }

    #[test]
    fn an_edited_set_answers_as_a_built_one(bytes in bytes()) {
        let mut u = Unstructured::new(&bytes);
        let crowd = Crowd::arbitrary(&mut u).expect("a crowd is consistent");
        laws::edits_equal_a_build(&crowd.0, &mut u);
    }

    #[test]
    fn the_order_of_policies_and_statements_says_nothing(bytes in bytes()) {
        let (situation, mut rest) = situation(&bytes);
        laws::order_says_nothing(&situation, &mut rest);
    }

    #[test]
    fn a_deny_never_grants_and_an_allow_never_denies(bytes in bytes()) {
        let (situation, mut rest) = situation(&bytes);
        laws::statements_are_monotone(&situation, &mut rest);
    }

    #[test]
    fn a_printed_policy_parses_to_itself(bytes in bytes()) {
        let policy = policy(&mut Unstructured::new(&bytes)).expect("the world is consistent");
        laws::print_and_parse_are_inverse(&policy);
    }
}

/// A generator that always makes the same thing proves nothing: every answer has to occur, in number.
#[test]
fn situations_are_decided_in_every_way() {
    let mut answers = std::collections::BTreeMap::new();
    let mut seed = 1_u64;
    for _ in 0..2_000 {
        let mut next = || {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 56) as u8
        };
        let bytes: Vec<u8> = (0..400).map(|_| next()).collect();
        let (situation, _) = situation(&bytes);
        let outcome = camlock_reference::decide(
            &situation.request,
            &situation.layers(),
            &situation.deployment,
        );
        let indeterminate = if outcome.indeterminate { " indeterminate" } else { "" };
        *answers.entry(outcome.decision.as_str().to_owned() + indeterminate).or_insert(0) += 1;
        *answers.entry(format!("{} by {}", outcome.decision, outcome.layer)).or_insert(0) += 1;
    }
    for answer in [
        "allow",
        "explicit_deny",
        "explicit_deny indeterminate",
        "implicit_deny",
        "implicit_deny indeterminate",
        "allow by root",
        "allow by identity",
        "allow by resource",
        "allow by trust",
        "explicit_deny by scp",
        "explicit_deny by identity",
        "explicit_deny by resource",
        "explicit_deny by boundary",
        "explicit_deny by session",
        "explicit_deny by trust",
        "implicit_deny by default",
        "implicit_deny by boundary",
        "implicit_deny by session",
        "implicit_deny by trust",
    ] {
        assert!(answers.get(answer).is_some_and(|n| *n >= 3), "{answer} in {answers:#?}");
    }
}
