//! Policies, requests and the decisions that are expected, from a seed.

use camlock_policy::{Decision, Policy, PolicyKind, PolicyLayers, Request};
use camlock_syntax::{parse, parse_faultless};

use crate::hostile::Hostile;
use crate::judge::Judge;
use crate::names::Names;
use crate::question::Question;
use crate::questions::Drawer;
use crate::random::Random;
use crate::rule::{Rule, document};
use crate::scan::{Layered, covers, scan};
use crate::shape::Shape;
use crate::statements;

/// One workload: the same shape, size and number of requests give the same one everywhere.
#[derive(Debug)]
pub struct Workload {
    pub(crate) rules: Layered<Vec<Rule>>,
    texts: Vec<(PolicyKind, usize, String)>,
    layers: PolicyLayers,
    asked: Vec<Asked>,
}

/// A request with what has to be answered.
#[derive(Debug)]
#[expect(clippy::exhaustive_structs, reason = "plain results for the benches")]
pub struct Asked {
    /// The request as plain text and numbers, for the baselines.
    pub question: Question,
    /// The request, for Camlock.
    pub request: Request,
    /// What the linear scan answers.
    pub expected: Decision,
}

const ACCOUNTS: usize = 20;
const USERS: usize = 16;

/// How many statements are asked one after the other to check the judge, in all requests together.
const STEPS_OF_SCANS: usize = 40_000_000;

impl Workload {
    /// A workload of `size` identity statements, with shares of requests by outcome as measured
    /// systems see them: half allowed, a tenth denied, the rest without a match.
    pub fn new(shape: &Shape, size: usize, requests: usize) -> Self {
        Self::drawn(shape, size, requests, Drawer::wanted)
    }

    /// The same policies with requests of one outcome only.
    pub fn of_outcome(shape: &Shape, size: usize, requests: usize, wanted: Decision) -> Self {
        Self::drawn(shape, size, requests, |_| wanted)
    }

    /// Policies that an index might be bad at.
    pub fn hostile(shape: Hostile, size: usize, requests: usize) -> Self {
        let seed = u64::try_from(size).unwrap_or_default();
        let mut random = Random::new(42 + seed);
        let names = Names::new(size, ACCOUNTS, USERS, &mut random);
        let rules = shape.rules(size, &names, &mut random);
        Self::asking(&names, rules, size, requests, Drawer::wanted)
    }

    fn drawn(
        shape: &Shape,
        size: usize,
        requests: usize,
        wanted: impl Fn(&mut Random) -> Decision,
    ) -> Self {
        let seed = u64::try_from(size).unwrap_or_default();
        let mut random = Random::new(42 + seed);
        let names = Names::new(size, ACCOUNTS, USERS, &mut random);
        let rules = statements::layered(shape, size, &names, &mut random);
        Self::asking(&names, rules, size, requests, wanted)
    }

    fn asking(
        names: &Names,
        rules: Layered<Vec<Rule>>,
        size: usize,
        requests: usize,
        wanted: impl Fn(&mut Random) -> Decision,
    ) -> Self {
        let seed = u64::try_from(size).unwrap_or_default();
        let texts = texts(&rules, if size < 1_000 { 1 } else { 5 });
        let mut layers = PolicyLayers::default();
        for (kind, level, text) in &texts {
            layers.push(policy(text, *kind), *level);
        }
        let mut workload = Self { rules, texts, layers, asked: Vec::new() };
        let mut random = Random::new(777 + seed);
        let all = workload.rules.all().flat_map(|(_, _, rules)| rules);
        let drawer = Drawer::new(names, all);
        let judge = Judge::new(&workload.rules);
        let asked = (0..requests).map(|_| {
            let wanted = wanted(&mut random);
            let question = drawer.draw(wanted, |question| judge.decide(question), &mut random);
            Asked { request: question.request(), question, expected: wanted }
        });
        let asked: Vec<Asked> = asked.collect();
        let scans = (STEPS_OF_SCANS / size.max(1)).clamp(64, requests.max(64));
        for Asked { question, expected, .. } in asked.iter().take(scans) {
            assert_eq!(workload.scan(question), *expected, "the judge is wrong: {question:?}");
        }
        drop((judge, drawer));
        workload.asked = asked;
        workload
    }

    /// The statements of the identity.
    pub fn rules(&self) -> &[Rule] {
        &self.rules.identity
    }

    /// How many statements all layers have.
    pub fn statements(&self) -> usize {
        self.rules.all().map(|(_, _, rules)| rules.len()).sum()
    }

    /// How many statements apply to a request.
    pub fn applying(&self, question: &Question) -> usize {
        let all = self.rules.all().flat_map(|(_, _, rules)| rules);
        let applying = all.filter(|rule| {
            rule.acts_on(question)
                && covers(&rule.resource, &question.resource)
                && rule.applies(question)
        });
        applying.count()
    }

    /// The policies as texts, each with its kind and its level.
    pub fn leveled_texts(&self) -> impl Iterator<Item = (PolicyKind, usize, &str)> {
        self.texts.iter().map(|(kind, level, text)| (*kind, *level, &**text))
    }

    /// The policies as texts, each with its kind.
    pub fn texts(&self) -> impl Iterator<Item = (PolicyKind, &str)> {
        self.texts.iter().map(|(kind, _, text)| (*kind, &**text))
    }

    /// Bytes of all texts.
    pub fn text_bytes(&self) -> u64 {
        self.texts().map(|(_, text)| u64::try_from(text.len()).unwrap_or_default()).sum()
    }

    /// The policies by layer.
    pub fn layers(&self) -> &PolicyLayers {
        &self.layers
    }

    /// The requests.
    pub fn asked(&self) -> &[Asked] {
        &self.asked
    }

    /// What a linear scan answers.
    pub fn scan(&self, question: &Question) -> Decision {
        self.rules.combine(|rules| scan(rules, question))
    }
}

/// Reads a generated policy, the way that accounts are loaded.
///
/// # Panics
///
/// If the front end refuses it, since then nothing that follows means anything.
pub fn policy(text: &str, kind: PolicyKind) -> Policy {
    if let Some(policy) = parse_faultless(text, kind) {
        return policy;
    }
    let parsed = parse(text, kind);
    let fault = parsed.first_error().map(|fault| fault.message.clone());
    assert_eq!(fault, None, "a generated policy is refused: {text}");
    parsed.policy.expect("a text without faults is a policy")
}

fn texts(rules: &Layered<Vec<Rule>>, per_policy: usize) -> Vec<(PolicyKind, usize, String)> {
    let mut texts = Vec::new();
    for (kind, level, rules) in rules.all() {
        for chunk in rules.chunks(per_policy) {
            let text = serde_json::to_string_pretty(&document(kind, chunk));
            texts.push((kind, level, text.expect("values have a text")));
        }
    }
    texts
}
