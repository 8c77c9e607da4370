//! Requests that statements are asked about.

use std::collections::HashMap;

use camlock_policy::{Decision, Effect};

use crate::names::{self, Bucket, Names};
use crate::question::{Moment, Question};
use crate::random::Random;
use crate::rule::{Rule, Test, User};

/// Draws questions until one has the wanted answer.
#[derive(Debug)]
pub(crate) struct Drawer<'a> {
    names: &'a Names,
    allows: Vec<&'a Rule>,
    /// Those of them that name one object.
    exact: Vec<&'a Rule>,
    denies: Vec<&'a Rule>,
    buckets: HashMap<&'a str, Vec<&'a Bucket>>,
}

/// How often a draw is repeated before the workload counts as broken.
const ATTEMPTS: usize = 100_000;

impl<'a> Drawer<'a> {
    /// Sorts the statements that questions are made from.
    pub(crate) fn new(names: &'a Names, rules: impl IntoIterator<Item = &'a Rule>) -> Self {
        let (allows, denies): (Vec<&Rule>, _) =
            rules.into_iter().partition(|rule: &&Rule| rule.effect == Effect::Allow);
        let exact = allows.iter().copied().filter(|rule| !rule.resource.contains('*')).collect();
        let mut buckets: HashMap<_, Vec<_>> = HashMap::new();
        for bucket in &names.buckets {
            buckets.entry(bucket.service).or_default().push(bucket);
        }
        Self { names, allows, exact, denies, buckets }
    }

    /// Whether there is a statement of this effect to ask about.
    pub(crate) fn has(&self, effect: Effect) -> bool {
        let rules = if effect == Effect::Allow { &self.allows } else { &self.denies };
        !rules.is_empty()
    }

    /// Half allowed, a tenth denied, the rest without a match.
    pub(crate) fn wanted(random: &mut Random) -> Decision {
        match random.weighted(&[50, 10, 40]) {
            0 => Decision::Allow,
            1 => Decision::ExplicitDeny,
            _ => Decision::ImplicitDeny,
        }
    }

    /// A question that the judge answers with `wanted`.
    pub(crate) fn draw(
        &self,
        wanted: Decision,
        judge: impl Fn(&Question) -> Decision,
        random: &mut Random,
    ) -> Question {
        (0..ATTEMPTS)
            .map(|_| self.candidate(wanted, random))
            .find(|question| judge(question) == wanted)
            .expect("every workload has questions with every answer")
    }

    /// A question that probably has the wanted answer.
    pub(crate) fn candidate(&self, wanted: Decision, random: &mut Random) -> Question {
        match wanted {
            Decision::Allow => self.about(random.copy(&self.allows), random),
            Decision::ExplicitDeny => self.about(random.copy(&self.denies), random),
            Decision::ImplicitDeny => self.missing(random),
        }
    }

    /// A question that one statement applies to.
    fn about(&self, rule: &Rule, random: &mut Random) -> Question {
        let pattern = random.pick(&rule.actions);
        let (service, operation) = pattern.split_once(':').unwrap_or(("*", "*"));
        let service = if service == "*" { Names::service(random) } else { service };
        let action = match operation.strip_suffix('*') {
            Some("") => names::action(service, random),
            Some(verb) => format!("{service}:{verb}{}", names::noun(random)),
            None => format!("{service}:{operation}"),
        };
        let resource = self.fill(&rule.resource, service, random);
        let mut question = self.of(action, resource, random);
        if let Some(user) = &rule.user {
            question.user = user.clone();
        }
        for test in &rule.tests {
            satisfy(&mut question, test, random);
        }
        question
    }

    /// A question that probably nothing allows: another action, a near miss, or a new object.
    fn missing(&self, random: &mut Random) -> Question {
        match random.weighted(&[25, 25, 50]) {
            0 => {
                let mut question = self.about(random.copy(&self.allows), random);
                let service = question.action.split(':').next().unwrap_or_default().to_owned();
                question.action = names::action(&service, random);
                question
            }
            1 if !self.exact.is_empty() => {
                let mut question = self.about(random.copy(&self.exact), random);
                question.resource.pop();
                let last = b'a' + u8::try_from(random.below(26)).unwrap_or(0);
                question.resource.push(char::from(last));
                question
            }
            _ => {
                let bucket = self.names.bucket(random);
                let resource = bucket.resource(&names::object(random));
                self.of(names::action(bucket.service, random), resource, random)
            }
        }
    }

    /// A concrete name that a pattern covers.
    fn fill(&self, pattern: &str, service: &str, random: &mut Random) -> String {
        if pattern == "*" {
            let bucket = match self.buckets.get(service) {
                Some(own) => random.copy(own),
                None => self.names.bucket(random),
            };
            return bucket.resource(&names::object(random));
        }
        let mut filled = String::with_capacity(pattern.len() + 32);
        for (index, part) in pattern.split('*').enumerate() {
            if index > 0 {
                let absorbed = if part.starts_with(":uin/") {
                    Names::region(random).to_owned()
                } else if part.starts_with('-') {
                    format!("bucket{:05}", random.below(100_000))
                } else if part.is_empty() {
                    names::file(random)
                } else {
                    names::team(random)
                };
                filled.push_str(&absorbed);
            }
            filled.push_str(part);
        }
        filled
    }

    /// A question with some caller of the account that owns the resource, and some context.
    fn of(&self, action: String, resource: String, random: &mut Random) -> Question {
        let account = resource.split(':').nth(4).and_then(|account| account.strip_prefix("uin/"));
        let account = account.unwrap_or(&self.names.accounts[0]);
        let user: User = self.names.user(account, random);
        let day = Moment {
            month: 1 + random.below(12),
            day: 1 + random.below(28),
            second: 1 + random.below(86_399),
        };
        Question {
            user,
            action,
            resource,
            // Were it always in a network of the conditions, a million statements would allow all.
            address: if random.chance(50) {
                names::network(random) | random.bits() & 0xff
            } else {
                random.bits()
            },
            tag: names::tag(random),
            moment: day,
            secure: random.chance(50),
        }
    }
}

/// Makes the context fit a condition, where it can.
fn satisfy(question: &mut Question, test: &Test, random: &mut Random) {
    match test {
        Test::Network { network, mask } => question.address = network | random.bits() & !mask,
        Test::Tag(tag) => question.tag.clone_from(tag),
        Test::Before(moment) if question.moment >= *moment => {
            // Nothing is before January; the draw is then repeated with another statement.
            question.moment.month = 1 + random.below(moment.month - 1);
        }
        Test::After(moment) if question.moment <= *moment => {
            question.moment.month = moment.month + random.below(13 - moment.month);
        }
        Test::Before(_) | Test::After(_) => {}
        Test::Secure(secure) => question.secure = *secure,
    }
}
