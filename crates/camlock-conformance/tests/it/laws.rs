//! Laws that hold in every situation; `properties` and the fuzzer both check them.

use std::collections::BTreeMap;

use arbitrary::Unstructured;
use camlock_engine::{CompiledLayers, Layers, PolicySet, View, decide};
use camlock_policy::{
    Decision, Effect, Outcome, Policy, PolicyId, PolicyKind, PrincipalPattern, Statement,
};
use camlock_syntax::{format, parse, print};

use crate::situation::{Situation, layers_of, statement};

fn decided(situation: &Situation, policies: &[(Policy, usize)]) -> Outcome {
    let compiled = CompiledLayers::new(&layers_of(policies));
    compiled.decide(&situation.request, &situation.deployment)
}

/// The engine answers what the reference answers, to the last field, and so does its explanation.
pub(crate) fn engine_is_the_reference(situation: &Situation) {
    let layers = situation.layers();
    let compiled = CompiledLayers::new(&layers);
    let engine = compiled.decide(&situation.request, &situation.deployment);
    let reference = camlock_reference::decide(&situation.request, &layers, &situation.deployment);
    assert_eq!(engine, reference, "engine (left) and reference (right) differ on {situation:#?}");
    let explanation = compiled.explain(&situation.request, &situation.deployment);
    assert_eq!(explanation.outcome, engine, "explained otherwise than decided: {situation:#?}");
}

/// A set that was edited answers what one answers that was built from the same policies, and so do
/// selections, those from before the edits among them.
pub(crate) fn edits_equal_a_build(situation: &Situation, u: &mut Unstructured<'_>) {
    let of_identity = situation.policies.iter().filter(|(p, _)| p.kind() == PolicyKind::Identity);
    let statements = of_identity.flat_map(|(policy, _)| policy.statements()).cloned();
    let all: Vec<Policy> = statements
        .map(|one| Policy::new(PolicyKind::Identity, vec![one]).expect("valid for its kind"))
        .collect();
    if all.is_empty() {
        return;
    }
    let mut policies: BTreeMap<PolicyId, Policy> =
        (0..).map(PolicyId).zip(all.iter().step_by(2).cloned()).collect();
    let wanted = |id: PolicyId| !id.0.is_multiple_of(3);
    let mut edited = built(&policies);
    let selection = edited.select(wanted);
    let highest = u32::try_from(all.len()).expect("few");
    for _ in 0..u.int_in_range(1..=12).unwrap_or(1) {
        let id = PolicyId(u.int_in_range(0..=highest).unwrap_or(0));
        if u.ratio(1, 3).unwrap_or(false) {
            policies.remove(&id);
            edited = edited.edit().remove(id).finish();
        } else {
            let policy = u.choose(&all).unwrap_or(&all[0]).clone();
            policies.insert(id, policy.clone());
            edited = edited.edit().put(id, policy).finish();
        }
        let fresh = built(&policies);
        let answer = |view| {
            let identity = Some(view);
            let Situation { request, deployment, .. } = situation;
            let layers = Layers { identity, ..Layers::default() };
            decide(request, request.principal(), deployment, |_| layers)
        };
        assert_eq!(answer(View::all(&edited)), answer(View::all(&fresh)), "{policies:#?}");
        let (before, after) = (edited.select(wanted), fresh.select(wanted));
        let selected = answer(View::selected(&fresh, &after));
        assert_eq!(answer(View::selected(&edited, &before)), selected, "{policies:#?}");
        // A policy that was new then is not in the old selection.
        if !policies.keys().any(|id| id.0 >= highest / 2) {
            assert_eq!(answer(View::selected(&edited, &selection)), selected, "{policies:#?}");
        }
    }
}

fn built(policies: &BTreeMap<PolicyId, Policy>) -> PolicySet {
    let mut builder = PolicySet::builder();
    for (id, policy) in policies {
        builder.push(*id, policy);
    }
    builder.build()
}

/// The order of policies and of statements does not change the decision [SYN-5].
///
/// It does change which of several denies is named, and so whether that one could be told for sure.
pub(crate) fn order_says_nothing(situation: &Situation, u: &mut Unstructured<'_>) {
    let shuffled = shuffled_policies(&situation.policies, u);
    let (before, after) = (decided(situation, &situation.policies), decided(situation, &shuffled));
    let facts = |outcome: &Outcome| {
        let named = outcome.decision == Decision::ExplicitDeny;
        let indeterminate = outcome.indeterminate && !named;
        (outcome.decision, outcome.layer, outcome.failed, indeterminate, outcome.resource)
    };
    assert_eq!(facts(&before), facts(&after), "{situation:#?}\nand shuffled: {shuffled:#?}");
}

fn shuffled_policies(
    policies: &[(Policy, usize)],
    u: &mut Unstructured<'_>,
) -> Vec<(Policy, usize)> {
    let mut shuffled: Vec<_> = policies
        .iter()
        .map(|(policy, level)| {
            let mut statements = policy.statements().to_vec();
            shuffle(&mut statements, u);
            let policy = Policy::new(policy.kind(), statements).expect("the same statements");
            (policy, *level)
        })
        .collect();
    shuffle(&mut shuffled, u);
    shuffled
}

fn shuffle<T>(list: &mut [T], u: &mut Unstructured<'_>) {
    for last in (1..list.len()).rev() {
        list.swap(last, u.int_in_range(0..=last).unwrap_or(0));
    }
}

/// One more deny never turns a denial into a grant, one more allow never turns a grant into a denial
/// [EVL-3].
///
/// The statement joins a policy that is there already: a first policy in a layer that limits is a new
/// limit whatever it says.
pub(crate) fn statements_are_monotone(situation: &Situation, u: &mut Unstructured<'_>) {
    if situation.policies.is_empty() {
        return;
    }
    let at = u.int_in_range(0..=situation.policies.len() - 1).unwrap_or(0);
    let effect = if u.arbitrary().unwrap_or(true) { Effect::Deny } else { Effect::Allow };
    let (old, level) = &situation.policies[at];
    let Ok(added) = statement(u, old.kind(), Some(effect)) else { return };
    let mut statements = old.statements().to_vec();
    statements.push(added);
    let mut policies = situation.policies.clone();
    policies[at] = (Policy::new(old.kind(), statements).expect("valid for its kind"), *level);
    let (before, after) = (decided(situation, &situation.policies), decided(situation, &policies));
    let broken = match effect {
        Effect::Deny => after.is_allowed() && !before.is_allowed(),
        Effect::Allow => before.is_allowed() && !after.is_allowed(),
    };
    assert!(!broken, "{effect:?} made {before:?} into {after:?}: {situation:#?}\n{policies:#?}");
    if effect == Effect::Deny && before.decision == Decision::ExplicitDeny {
        assert_eq!(after.decision, Decision::ExplicitDeny, "{situation:#?}\n{policies:#?}");
    }
}

/// What is printed parses to the same policy, and so does its canonical layout, which is stable.
///
/// Services stand behind other principals in print, so the policy is compared with those sorted so.
pub(crate) fn print_and_parse_are_inverse(policy: &Policy) {
    let text = print(policy);
    let parsed = parse(&text, policy.kind());
    let policy = &services_last(policy);
    assert_eq!(parsed.policy.as_ref(), Some(policy), "{text}\n{:#?}", parsed.diagnostics);
    let laid_out = format(&text, policy.kind()).expect("the text was a policy");
    assert_eq!(parse(&laid_out, policy.kind()).policy.as_ref(), Some(policy), "{laid_out}");
    assert_eq!(format(&laid_out, policy.kind()).expect("still a policy"), laid_out);
}

fn services_last(policy: &Policy) -> Policy {
    let sorted = policy.statements().iter().map(|old| {
        let mut new = Statement::new(old.effect());
        let mut principals = old.principals().unwrap_or_default().to_vec();
        principals.sort_by_key(|principal| matches!(principal, PrincipalPattern::Service(_)));
        for principal in principals {
            new = new.with_principal(principal);
        }
        new = old.actions().iter().cloned().fold(new, Statement::with_action);
        new = old.resources().iter().cloned().fold(new, Statement::with_resource);
        old.conditions().iter().cloned().fold(new, Statement::with_condition)
    });
    Policy::new(policy.kind(), sorted.collect()).expect("the same elements")
}
