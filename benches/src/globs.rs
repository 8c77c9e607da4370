//! The baseline that many start with: one [`GlobSet`] over all resource patterns, each hit filtered.

use camlock_policy::{Decision, Effect};
use globset::{Glob, GlobSet, GlobSetBuilder};

use crate::question::Question;
use crate::rule::Rule;
use crate::scan::{Answer, Layered};
use crate::workload::Workload;

/// Resource patterns of every layer as sets, over the statements of a workload.
#[derive(Debug)]
pub struct Globs<'a> {
    layers: Layered<(GlobSet, &'a [Rule])>,
}

impl<'a> Globs<'a> {
    /// Builds the sets.
    pub fn new(workload: &'a Workload) -> Self {
        let layers = workload.rules.map(|rules| (build(rules), &**rules));
        Self { layers }
    }

    /// Decides a request; `hits` is scratch space, so that nothing is allocated.
    pub fn decide(&self, question: &Question, hits: &mut Vec<usize>) -> Decision {
        self.layers.combine(|(set, rules)| {
            set.matches_into(&question.resource, hits);
            let mut answer = Answer::default();
            for rule in hits.iter().filter_map(|hit| rules.get(*hit)) {
                if rule.acts_on(question) && rule.applies(question) {
                    match rule.effect {
                        Effect::Allow => answer.allowed = true,
                        Effect::Deny => answer.denied = true,
                    }
                }
            }
            answer
        })
    }
}

fn build(rules: &[Rule]) -> GlobSet {
    let mut builder = GlobSetBuilder::new();
    for rule in rules {
        builder.add(Glob::new(&rule.resource).expect("generated patterns are globs"));
    }
    builder.build().expect("generated patterns make a set")
}
