//! A whole account: users, groups, boundaries, bucket policies, and requests of its users.

use std::collections::HashMap;
use std::io;

use camlock_policy::{Decision, Effect, PolicyKind};
use serde_json::{Value, json};

use crate::names::{Bucket, Names};
use crate::question::Question;
use crate::questions::Drawer;
use crate::random::Random;
use crate::rule::{Rule, User, document};
use crate::scan::{Layered, scan};
use crate::shape::Shape;
use crate::statements;
use crate::workload::Asked;

/// An account. Four fifths of its policies are attached to one user, the rest to one group; each user
/// is in two groups; every fifth user has a boundary and every tenth bucket a policy.
#[derive(Debug)]
pub struct Company {
    /// Whether some users have a boundary.
    limited: bool,
    names: Names,
    policies: Vec<Vec<Rule>>,
    /// Policies by user, each list in growing order.
    visible: Vec<Vec<usize>>,
    user_policies: Vec<Vec<usize>>,
    group_policies: Vec<Vec<usize>>,
    memberships: Vec<[usize; 2]>,
    boundary: Vec<Rule>,
    attached: Vec<(Bucket, Vec<Rule>)>,
}

const PER_POLICY: usize = 5;
const APP_ID: &str = "1250000000";

impl Company {
    /// An account of `size` statements and so many users, the same for the same seed.
    pub fn new(size: usize, users: usize, seed: u64) -> Self {
        Self::made(size, users, seed, true)
    }

    /// The same without boundaries and policies of buckets, which other engines have no form for.
    pub fn plain(size: usize, users: usize, seed: u64) -> Self {
        Self::made(size, users, seed, false)
    }

    fn made(size: usize, users: usize, seed: u64, limited: bool) -> Self {
        let mut random = Random::new(seed);
        let random = &mut random;
        let groups = (users / 4).max(2);
        let names = Names::new(size, 1, users, random);
        let rules = statements::identity(&Shape::MIXED, size, &names, random);
        let policies: Vec<Vec<Rule>> = rules.chunks(PER_POLICY).map(<[Rule]>::to_vec).collect();
        let memberships: Vec<[usize; 2]> = (0..users)
            .map(|_| {
                let first = random.below(groups);
                [first, (first + 1 + random.below(groups - 1)) % groups]
            })
            .collect();
        let mut user_policies = vec![Vec::new(); users];
        let mut group_policies = vec![Vec::new(); groups];
        for policy in 0..policies.len() {
            if random.chance(20) {
                group_policies[random.below(groups)].push(policy);
            } else {
                user_policies[random.below(users)].push(policy);
            }
        }
        let visible = memberships.iter().zip(&user_policies).map(|(groups, own)| {
            let mut all = own.clone();
            all.extend(groups.iter().flat_map(|group| &group_policies[*group]));
            all.sort_unstable();
            all
        });
        let visible = visible.collect();
        let attached = names.buckets.iter().step_by(10).map(|bucket| {
            let rules = (0..8).map(|index| {
                let user = names.user(&bucket.account, random);
                statements::of_user(user, index == 0, bucket, random)
            });
            (bucket.clone(), rules.collect())
        });
        let attached = if limited { attached.collect() } else { Vec::new() };
        let boundary = vec![statements::limit(0)];
        Self {
            limited,
            names,
            policies,
            visible,
            user_policies,
            group_policies,
            memberships,
            boundary,
            attached,
        }
    }

    /// Writes the account file.
    ///
    /// # Errors
    ///
    /// That of the writer.
    pub fn write(&self, out: impl io::Write) -> io::Result<()> {
        serde_json::to_writer_pretty(out, &self.to_json()).map_err(io::Error::from)
    }

    fn to_json(&self) -> Value {
        let ids = |policies: &[usize]| {
            policies.iter().map(|policy| policy_id(*policy)).collect::<Vec<_>>()
        };
        let boundary = policy_id(self.policies.len());
        let listed = self.policies.iter().chain([&self.boundary]).enumerate().map(|(index, rules)| {
            json!({ "id": policy_id(index), "document": document(PolicyKind::Identity, rules) })
        });
        let users = self.memberships.iter().zip(&self.user_policies).enumerate();
        let users = users.map(|(index, (groups, policies))| {
            let mut user = json!({
                "uin": self.user(index).uin,
                "groups": groups.map(group_id),
                "policies": ids(policies),
            });
            if self.has_boundary(index) {
                user["boundary"] = json!(boundary);
            }
            user
        });
        let groups = self.group_policies.iter().enumerate();
        let groups = groups
            .map(|(index, policies)| json!({ "id": group_id(index), "policies": ids(policies) }));
        let attached = self.attached.iter().map(|(bucket, rules)| {
            json!({
                "resource": bucket.own_name(),
                "document": document(PolicyKind::Resource, rules),
            })
        });
        json!({
            "camlock": 1,
            "owner": { "uin": self.names.accounts[0], "app_id": APP_ID },
            "policies": listed.collect::<Vec<_>>(),
            "users": users.collect::<Vec<_>>(),
            "groups": groups.collect::<Vec<_>>(),
            "resource_policies": attached.collect::<Vec<_>>(),
        })
    }

    /// The account made ready to make requests and to judge them.
    pub fn desk(&self) -> Desk<'_> {
        let attached = self.attached.iter();
        Desk {
            members: (0..self.names.users()).map(|index| Member::new(self, index)).collect(),
            attached: attached
                .map(|(bucket, rules)| (bucket.own_name(), rules.iter().collect()))
                .collect(),
            boundary: self.boundary.iter().collect(),
            limited: self.limited,
        }
    }

    /// How many users there are.
    pub fn users(&self) -> usize {
        self.memberships.len()
    }

    /// The statements that count for a user.
    pub fn statements(&self, user: usize) -> impl Iterator<Item = &Rule> {
        self.visible[user].iter().flat_map(|policy| &self.policies[*policy])
    }

    fn has_boundary(&self, user: usize) -> bool {
        self.limited && has_boundary(user)
    }

    fn user(&self, index: usize) -> User {
        let account = self.names.accounts[0].clone();
        User { uin: Names::uin(&account, index), account }
    }
}

/// Where requests of the users of an account are made and judged.
#[derive(Debug)]
pub struct Desk<'a> {
    members: Vec<Member<'a>>,
    /// By the name of the bucket.
    attached: HashMap<String, Vec<&'a Rule>>,
    boundary: Vec<&'a Rule>,
    limited: bool,
}

impl Desk<'_> {
    /// Requests of random users without end: half allowed, a tenth denied, the rest without a match.
    pub fn questions(&self, seed: u64) -> impl Iterator<Item = (Question, Decision)> {
        let mut random = Random::new(seed);
        std::iter::repeat_with(move || {
            let wanted = Drawer::wanted(&mut random);
            loop {
                let index = random.below(self.members.len());
                let member = &self.members[index];
                if !member.can_draw(wanted) {
                    continue;
                }
                let mut question = member.drawer.candidate(wanted, &mut random);
                question.user = member.user.clone();
                if self.judge(index, &question) == wanted {
                    return (question, wanted);
                }
            }
        })
    }

    /// The first of these requests.
    pub fn asked(&self, requests: usize, seed: u64) -> Vec<Asked> {
        let asked = self.questions(seed).take(requests).map(|(question, expected)| Asked {
            request: question.request(),
            question,
            expected,
        });
        asked.collect()
    }

    /// What a linear scan answers of the statements that count for the caller.
    ///
    /// # Panics
    ///
    /// If the question is not about a user of the account.
    pub fn scan(&self, question: &Question) -> Decision {
        self.judge(Self::user(question), question)
    }

    /// The number of the user who asks.
    ///
    /// # Panics
    ///
    /// As [`scan`](Self::scan).
    pub fn user(question: &Question) -> usize {
        let index = question.user.uin.strip_prefix(&*question.user.account);
        let index = index.and_then(|index| index.parse().ok());
        index.expect("users are numbered")
    }

    fn judge(&self, index: usize, question: &Question) -> Decision {
        let end = question.resource.find('/').and_then(|slash| {
            // The first slash is that of the account.
            let rest = question.resource.get(slash + 1..)?;
            Some(slash + 1 + rest.find('/')?)
        });
        let bucket = end.and_then(|end| question.resource.get(..end));
        let layers = Layered {
            scp: Vec::new(),
            identity: &self.members[index].rules,
            resource: bucket.and_then(|bucket| self.attached.get(bucket)),
            boundary: (self.limited && has_boundary(index)).then_some(&self.boundary),
            session: None,
        };
        layers.combine(|rules| scan(rules.iter().copied(), question))
    }
}

/// A user and the statements that it meets.
#[derive(Debug)]
struct Member<'a> {
    user: User,
    rules: Vec<&'a Rule>,
    drawer: Drawer<'a>,
}

impl<'a> Member<'a> {
    fn new(company: &'a Company, index: usize) -> Self {
        let user = company.user(index);
        let rules: Vec<&Rule> = company.statements(index).collect();
        let attached = company.attached.iter().flat_map(|(_, rules)| rules);
        let attached = attached.filter(|rule| rule.user.as_ref() == Some(&user));
        let drawer = Drawer::new(&company.names, rules.iter().copied().chain(attached));
        Self { user, rules, drawer }
    }

    fn can_draw(&self, wanted: Decision) -> bool {
        let effect = if wanted == Decision::ExplicitDeny { Effect::Deny } else { Effect::Allow };
        self.drawer.has(effect)
    }
}

fn has_boundary(user: usize) -> bool {
    user.is_multiple_of(5)
}

fn policy_id(index: usize) -> String {
    format!("{}", 17_000_000 + index)
}

fn group_id(index: usize) -> String {
    format!("{}", 10_000 + index)
}
