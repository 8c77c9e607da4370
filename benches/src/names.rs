//! The names that a workload speaks about.

use crate::random::Random;
use crate::rule::User;

const SERVICES: [&str; 30] = [
    "cos",
    "cvm",
    "cbs",
    "vpc",
    "clb",
    "cdb",
    "redis",
    "mongodb",
    "postgres",
    "tke",
    "tcr",
    "scf",
    "apigw",
    "cls",
    "ckafka",
    "tdmq",
    "cdn",
    "dnspod",
    "ssl",
    "kms",
    "ssm",
    "monitor",
    "cfs",
    "lighthouse",
    "es",
    "emr",
    "dlc",
    "vod",
    "live",
    "trtc",
];
pub(crate) const VERBS: [&str; 8] =
    ["Get", "Put", "Delete", "Describe", "Create", "Modify", "List", "Reset"];
const NOUNS: [&str; 5] = ["Object", "Instance", "Policy", "Snapshot", "Tag"];
const REGIONS: [&str; 12] = [
    "ap-guangzhou",
    "ap-shanghai",
    "ap-beijing",
    "ap-chengdu",
    "ap-chongqing",
    "ap-nanjing",
    "ap-hongkong",
    "ap-singapore",
    "ap-tokyo",
    "ap-seoul",
    "eu-frankfurt",
    "na-siliconvalley",
];
const WORDS: [&str; 16] = [
    "amber", "birch", "cedar", "delta", "ember", "flint", "grove", "haven", "indigo", "juniper",
    "karst", "lotus", "maple", "nickel", "onyx", "pearl",
];
const TEAMS: usize = 40;
const TAGS: usize = 48;
const NETWORKS: usize = 64;

/// Accounts, and buckets that belong to one service, region and account each.
///
/// Accounts are written `uin/`, for COS as for all others: to compare `uid/` one has to know pairs of
/// both [RES-9], which is not what is measured.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    pub(crate) accounts: Vec<String>,
    users: usize,
    pub(crate) buckets: Vec<Bucket>,
}

#[derive(Clone, Debug)]
pub(crate) struct Bucket {
    pub(crate) service: &'static str,
    pub(crate) region: &'static str,
    pub(crate) account: String,
    pub(crate) word: &'static str,
    pub(crate) name: String,
}

impl Bucket {
    /// The name of something in the bucket.
    pub(crate) fn resource(&self, path: &str) -> String {
        let Self { service, region, account, name, .. } = self;
        format!("qcs::{service}:{region}:uin/{account}:{name}/{path}")
    }

    /// The name of the bucket itself.
    pub(crate) fn own_name(&self) -> String {
        let Self { service, region, account, name, .. } = self;
        format!("qcs::{service}:{region}:uin/{account}:{name}")
    }
}

impl Names {
    pub(crate) fn new(size: usize, accounts: usize, users: usize, random: &mut Random) -> Self {
        let accounts: Vec<String> =
            (0..accounts).map(|index| format!("1000000{index:05}")).collect();
        let bucket = |index: usize| {
            let account = random.pick(&accounts).clone();
            let word = random.copy(&WORDS);
            Bucket {
                service: random.copy(&SERVICES),
                region: random.copy(&REGIONS),
                word,
                name: format!("{word}bucket{index:05}-{account}"),
                account,
            }
        };
        let buckets = (0..(size / 20).max(6)).map(bucket).collect();
        Self { accounts, users, buckets }
    }

    pub(crate) fn service(random: &mut Random) -> &'static str {
        random.copy(&SERVICES)
    }

    /// The first services, which may be granted without condition.
    pub(crate) fn open_service(random: &mut Random) -> &'static str {
        random.copy(&SERVICES[..6])
    }

    /// All services but those at `left_out`, and three after it.
    pub(crate) fn services_without(left_out: usize) -> impl Iterator<Item = &'static str> {
        let kept =
            move |(index, service)| (!(left_out..left_out + 3).contains(&index)).then_some(service);
        SERVICES.into_iter().enumerate().filter_map(kept)
    }

    pub(crate) fn region(random: &mut Random) -> &'static str {
        random.copy(&REGIONS)
    }

    pub(crate) fn bucket(&self, random: &mut Random) -> &Bucket {
        random.pick(&self.buckets)
    }

    pub(crate) fn user(&self, account: &str, random: &mut Random) -> User {
        let uin = Self::uin(account, random.below(self.users));
        User { account: account.to_owned(), uin }
    }

    /// The id of user number `index` of an account.
    pub(crate) fn uin(account: &str, index: usize) -> String {
        format!("{account}{index:04}")
    }

    pub(crate) fn users(&self) -> usize {
        self.users
    }
}

/// One of the 40 operations of a service.
pub(crate) fn action(service: &str, random: &mut Random) -> String {
    format!("{service}:{}{}", random.copy(&VERBS), random.copy(&NOUNS))
}

pub(crate) fn noun(random: &mut Random) -> &'static str {
    random.copy(&NOUNS)
}

pub(crate) fn team(random: &mut Random) -> String {
    format!("team{}", random.below(TEAMS))
}

pub(crate) fn project(random: &mut Random) -> String {
    format!("project-{}", random.copy(&WORDS))
}

pub(crate) fn object(random: &mut Random) -> String {
    let mut path = team(random);
    if random.chance(50) {
        path = format!("{path}/{}", project(random));
    }
    if random.chance(50) {
        path.push_str("/2026");
    }
    format!("{path}/{}", file(random))
}

pub(crate) fn file(random: &mut Random) -> String {
    format!("obj-{:08x}.dat", random.bits())
}

pub(crate) fn tag(random: &mut Random) -> String {
    let tag = random.below(TAGS);
    format!("{}&value{tag}", ["env", "app", "cost"][tag % 3])
}

/// The network of a condition.
pub(crate) fn network(random: &mut Random) -> u32 {
    let network = u32::try_from(random.below(NETWORKS)).unwrap_or_default();
    0x0a00_0000 | network << 8
}
