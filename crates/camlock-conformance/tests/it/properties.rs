//! The laws of `laws` in bounded time; the fuzzer checks the same ones for as long as it is left to.

use std::collections::BTreeMap;

use arbitrary::{Arbitrary, Unstructured};
use camlock_engine::CompiledLayers;
use proptest::prelude::*;

use crate::crowd::Crowd;
use crate::hostile::{Hostile, Shape};
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

proptest! {
    // The reference takes its time over these.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(100) })]

    #[test]
    fn a_hostile_crowd_is_answered_as_the_reference_answers(bytes in bytes()) {
        let hostile = Hostile::arbitrary(&mut Unstructured::new(&bytes)).expect("consistent");
        laws::engine_is_the_reference(&hostile.situation);
    }

    #[test]
    fn an_edited_hostile_set_answers_as_a_built_one(bytes in bytes()) {
        let mut u = Unstructured::new(&bytes);
        let hostile = Hostile::arbitrary(&mut u).expect("consistent");
        laws::edits_equal_a_build(&hostile.situation, &mut u);
    }
}

/// Bytes without end, the same every time.
fn random_bytes() -> impl Iterator<Item = Vec<u8>> {
    let mut seed = 1_u64;
    let mut next = move || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 56) as u8
    };
    std::iter::repeat_with(move || (0..400).map(|_| next()).collect())
}

/// A generator that always makes the same thing proves nothing: every answer has to occur, in number.
#[test]
fn situations_are_decided_in_every_way() {
    let mut answers = BTreeMap::new();
    for bytes in random_bytes().take(2_000) {
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

/// Likewise for each hostile shape, and each layer settles something where all are present.
#[test]
fn hostile_crowds_are_decided_in_every_way() {
    let mut answers = BTreeMap::new();
    for bytes in random_bytes().take(2_000) {
        let hostile = Hostile::arbitrary(&mut Unstructured::new(&bytes)).expect("consistent");
        let Situation { request, deployment, .. } = &hostile.situation;
        let outcome = CompiledLayers::new(&hostile.situation.layers()).decide(request, deployment);
        *answers.entry((hostile.shape, outcome.decision.as_str())).or_insert(0) += 1;
        if hostile.shape == Shape::AllLayers {
            *answers.entry((hostile.shape, outcome.layer.as_str())).or_insert(0) += 1;
        }
    }
    let expected = Shape::ALL.iter().flat_map(|shape| {
        ["allow", "explicit_deny", "implicit_deny"].map(|decision| (*shape, decision))
    });
    let layers = ["root", "scp", "identity", "resource", "boundary", "session", "trust", "default"];
    for answer in expected.chain(layers.map(|layer| (Shape::AllLayers, layer))) {
        assert!(answers.get(&answer).is_some_and(|n| *n >= 3), "{answer:?} in {answers:#?}");
    }
}
