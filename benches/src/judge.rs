//! The judge of large workloads: the scan, asked only about statements that can matter.

use std::collections::HashMap;

use camlock_policy::Decision;

use crate::question::Question;
use crate::rule::Rule;
use crate::scan::{Layered, scan};

/// Statements by what a generated request has to name to meet them.
///
/// Generated names have five colons and stars of patterns hold none, so that the text between the last
/// colon and the slash behind it stands at the same place in the pattern and in each name it covers.
#[derive(Debug)]
pub(crate) struct Judge<'a> {
    layers: Layered<Filed<'a>>,
}

#[derive(Debug, Default)]
struct Filed<'a> {
    by_bucket: HashMap<&'a str, Vec<&'a Rule>>,
    by_service: HashMap<&'a str, Vec<&'a Rule>>,
    others: Vec<&'a Rule>,
}

impl<'a> Judge<'a> {
    pub(crate) fn new(rules: &'a Layered<Vec<Rule>>) -> Self {
        Self { layers: rules.map(|rules| Filed::new(rules)) }
    }

    pub(crate) fn decide(&self, question: &Question) -> Decision {
        let service = question.action.split(':').next().unwrap_or_default();
        let bucket = bucket(&question.resource).unwrap_or_default();
        self.layers.combine(|filed| {
            let of = |filed: &HashMap<&str, Vec<&'a Rule>>, key| {
                filed.get(key).cloned().unwrap_or_default()
            };
            let mut rules = of(&filed.by_bucket, bucket);
            rules.extend(of(&filed.by_service, service));
            scan(rules.into_iter().chain(filed.others.iter().copied()), question)
        })
    }
}

impl<'a> Filed<'a> {
    fn new(rules: &'a [Rule]) -> Self {
        let mut filed = Self::default();
        for rule in rules {
            if let Some(bucket) = bucket(&rule.resource).filter(|bucket| !bucket.contains('*')) {
                filed.by_bucket.entry(bucket).or_default().push(rule);
                continue;
            }
            match service(rule) {
                Some(service) => filed.by_service.entry(service).or_default().push(rule),
                None => filed.others.push(rule),
            }
        }
        filed
    }
}

/// The text between the fifth colon and the slash that follows.
fn bucket(name: &str) -> Option<&str> {
    let last = name.splitn(6, ':').nth(5)?;
    last.split_once('/').map(|(bucket, _)| bucket)
}

/// The service of all actions of a statement.
fn service(rule: &Rule) -> Option<&str> {
    let mut services = rule.actions.iter().map(|action| action.split(':').next());
    let first = services.next()??;
    (!first.contains('*') && services.all(|service| service == Some(first))).then_some(first)
}
