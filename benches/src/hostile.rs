//! Policies that an index might be bad at.

use camlock_policy::Effect;

use crate::names::{self, Bucket, Names};
use crate::random::Random;
use crate::rule::{Rule, Test, User};
use crate::scan::Layered;
use crate::shape::{Kind, Shape};
use crate::statements;

/// A way to make the work of an index hard.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "every measurement goes through all of them")]
pub enum Hostile {
    /// Every statement is on `*` and has a condition of its own.
    Conditions,
    /// Every pattern begins its last segment with a star and has another one inside.
    Stars,
    /// All patterns share one literal beginning, down into the name of the file.
    OnePrefix,
    /// A bucket policy whose statements name a user each, another one every time.
    Principals,
    /// Objects and directories 64 levels deep.
    Deep,
    /// Names of more than seven hundred bytes: object names end at 850.
    Long,
    /// Five levels of service control policies that allow everything and deny much, around a small
    /// identity.
    Denials,
    /// Every layer has policies.
    Layers,
}

impl Hostile {
    /// Every shape.
    pub const ALL: [Self; 8] = [
        Self::Conditions,
        Self::Stars,
        Self::OnePrefix,
        Self::Principals,
        Self::Deep,
        Self::Long,
        Self::Denials,
        Self::Layers,
    ];

    /// The name in tables and in paths of benches.
    pub fn name(self) -> &'static str {
        match self {
            Self::Conditions => "own-conditions-on-star",
            Self::Stars => "leading-and-inner-stars",
            Self::OnePrefix => "one-shared-prefix",
            Self::Principals => "many-principals",
            Self::Deep => "deep-paths",
            Self::Long => "long-names",
            Self::Denials => "scp-denials",
            Self::Layers => "all-layers",
        }
    }

    /// How many statements the comparison measures it at: there are as many principals as statements.
    pub fn size(self) -> usize {
        if self == Self::Principals { 100_000 } else { 10_000 }
    }

    pub(crate) fn rules(
        self,
        size: usize,
        names: &Names,
        random: &mut Random,
    ) -> Layered<Vec<Rule>> {
        match self {
            Self::Layers => statements::layered(&Shape::ALL_LAYERS, size, names, random),
            Self::Denials => denials(size, names, random),
            Self::Principals => {
                let bucket = names.bucket(random).clone();
                let rules = (0..size).map(|index| principal(index, &bucket, random));
                Layered { resource: Some(rules.collect()), ..Layered::default() }
            }
            _ => {
                let shared = names.bucket(random).clone();
                let identity = (0..size).map(|index| {
                    let mut rule = self.rule(index, &shared, names, random);
                    if index % 33 == 5 {
                        rule.effect = Effect::Deny;
                    }
                    rule
                });
                Layered { identity: identity.collect(), ..Layered::default() }
            }
        }
    }

    fn rule(self, index: usize, shared: &Bucket, names: &Names, random: &mut Random) -> Rule {
        let bucket = names.bucket(random);
        let mut rule = statements::of_bucket(Kind::Exact, bucket, random);
        match self {
            Self::Conditions => {
                rule.resource = String::from("*");
                rule.tests = vec![own_test(index)];
            }
            Self::Stars => {
                let Bucket { service, account, name, .. } = bucket;
                let tail = name.get(name.len() - 18..).unwrap_or_default();
                let file = names::file(random);
                rule.resource = format!("qcs::{service}:*:uin/{account}:*{tail}/*/{file}");
            }
            Self::OnePrefix => {
                rule = statements::of_bucket(Kind::Exact, shared, random);
                rule.resource = shared.resource(&format!("team0/project-amber/obj-{index:08x}*"));
            }
            Self::Deep => {
                let levels: Vec<String> =
                    (0..64).map(|_| format!("d{}", random.below(4))).collect();
                let last =
                    if index.is_multiple_of(3) { "*".to_owned() } else { names::file(random) };
                rule.resource = bucket.resource(&format!("{}/{last}", levels.join("/")));
            }
            Self::Long => {
                let segment = "x".repeat(220);
                let last =
                    if index.is_multiple_of(3) { "*".to_owned() } else { names::file(random) };
                let directory = format!("{segment}/{segment}{}/{segment}", random.below(1_000));
                rule.resource = bucket.resource(&format!("{directory}/{last}"));
            }
            Self::Principals | Self::Denials | Self::Layers => {}
        }
        rule
    }
}

/// A condition that no other statement has.
fn own_test(index: usize) -> Test {
    if index.is_multiple_of(2) {
        let network = u32::try_from(index).unwrap_or_default() << 8;
        Test::Network { network: 0x0b00_0000 | network & 0x00ff_ff00, mask: 0xffff_ff00 }
    } else {
        Test::Tag(format!("own&value{index}"))
    }
}

fn principal(index: usize, bucket: &Bucket, random: &mut Random) -> Rule {
    let account = bucket.account.clone();
    let uin = format!("{account}{index:06}");
    let user = User { account, uin };
    let kind = if index % 33 == 5 { Kind::Deny } else { Kind::Prefix };
    Rule { user: Some(user), ..statements::of_bucket(kind, bucket, random) }
}

fn denials(size: usize, names: &Names, random: &mut Random) -> Layered<Vec<Rule>> {
    let identity = statements::identity(&Shape::MIXED, (size / 100).max(10), names, random);
    let scp = (0..5).map(|_| {
        let mut level = vec![statements::everything()];
        let denies = (0..size / 5).map(|_| statements::statement(Kind::Deny, names, random));
        level.extend(denies);
        level
    });
    Layered { scp: scp.collect(), identity, ..Layered::default() }
}
