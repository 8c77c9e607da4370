//! Situations with many statements that stand in one another's way, so that every list of the index
//! grows long and has to be split.

use arbitrary::{Arbitrary, Result, Unstructured};
use camlock_policy::{
    AccountIds, ActionPattern, AppId, Condition, ConditionKey, ContextValue, Deployment, Effect,
    Operator, Policy, PolicyKind, Principal, PrincipalPattern, RawValue, Request, ResourcePattern,
    RoleSession, Statement, Uin, User,
};

use crate::situation::Situation;

/// A situation whose policies are a crowd.
#[derive(Debug)]
pub(crate) struct Crowd(pub(crate) Situation);

/// How many different things of a kind there are; small enough that some statements match.
const SORTS: u64 = 40;
/// More operations of one service than its patterns have bits.
const OPERATIONS: u64 = 130;

/// Draws many numbers from one, since few bytes have to make many statements.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}

/// What the statements of one crowd have in common; `None` draws anew for each.
struct Common {
    action: Option<u64>,
    resource: Option<u64>,
    condition: Option<u64>,
    denies: bool,
}

impl<'a> Arbitrary<'a> for Crowd {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let mut policies = Vec::new();
        for _ in 0..u.int_in_range(1..=3)? {
            let kind = *u.choose(&[
                PolicyKind::Identity,
                PolicyKind::Identity,
                PolicyKind::Resource,
                PolicyKind::Scp,
                PolicyKind::Boundary,
            ])?;
            let common = Common {
                action: u.arbitrary::<bool>()?.then(|| u.int_in_range(0..=6)).transpose()?,
                resource: u.arbitrary::<bool>()?.then(|| u.int_in_range(0..=9)).transpose()?,
                condition: u.arbitrary::<bool>()?.then(|| u.int_in_range(0..=9)).transpose()?,
                denies: u.arbitrary()?,
            };
            let count = u.int_in_range(1..=200)?;
            let mut dice = Dice(u.arbitrary()?);
            let statements = (0..count).map(|_| statement(kind, &common, &mut dice)).collect();
            policies.push((Policy::new(kind, statements).expect("valid for its kind"), 0));
        }
        let request = request(&mut Dice(u.arbitrary()?));
        let account = AccountIds::new(Uin::parse("1"), AppId::parse("1250000001"));
        let deployment = Deployment { accounts: vec![account], ..Deployment::default() };
        Ok(Self(Situation { request, policies, deployment }))
    }
}

fn request(dice: &mut Dice) -> Request {
    let account = AccountIds::new(Uin::parse("1"), AppId::parse("1250000001"));
    let principal = match dice.below(4) {
        0 => Principal::Role(RoleSession {
            account,
            id: Some("4611".into()),
            name: None,
            service_linked: false,
            tags: Vec::new(),
        }),
        1 => Principal::Anonymous,
        _ => Principal::User(User {
            account,
            uin: Uin::parse(&(100 + dice.below(SORTS)).to_string()).expect("digits"),
            groups: vec!["7".into()],
            tags: Vec::new(),
        }),
    };
    let (sort, other) = (dice.below(SORTS), dice.below(SORTS));
    let resource = match dice.below(6) {
        0 => "*".to_owned(),
        1 => format!("qcs::cos:ap-guangzhou:uid/1250000001:b/{sort}"),
        2 => format!("qcs::cos:ap-guangzhou:uid/1250000001:b/é{sort}/{other}/log-{other}.dat"),
        3 => format!("qcs::cos:ap-guangzhou:uid/1250000001:b/{}", "d/".repeat(20)),
        _ => format!("qcs::cos:ap-guangzhou:uid/1250000001:b/project-{sort}/team-{other}/log.dat"),
    };
    let mut builder = Request::builder()
        .principal_facts(principal)
        .action(&format!("cos:Op{}", dice.below(OPERATIONS)))
        .resource(&resource);
    if dice.below(5) > 0 {
        builder = builder.context("qcs:ip", format!("10.0.{}.7", dice.below(SORTS)).as_str());
    }
    let count = if dice.below(8) == 0 { 40 } else { 4 };
    let tags = (0..dice.below(count)).map(|_| match dice.below(9) {
        0 => ContextValue::Unreadable,
        1 => "no-tag".into(),
        _ => format!("env&{}", dice.below(SORTS)).into(),
    });
    builder = builder.context("qcs:resource_tag", tags.collect::<Vec<ContextValue>>());
    if dice.below(6) == 0 {
        builder = builder.context("qcs:ip", ContextValue::Unreadable);
    }
    if dice.below(8) == 0 {
        builder = builder.service_level("cos");
    }
    builder.build().expect("names of the generator are valid")
}

fn statement(kind: PolicyKind, common: &Common, dice: &mut Dice) -> Statement {
    let deny = if common.denies { dice.below(2) == 0 } else { dice.below(12) == 0 };
    let mut statement = Statement::new(if deny { Effect::Deny } else { Effect::Allow });
    for _ in 0..=dice.below(3) {
        let action = action(common.action.unwrap_or_else(|| dice.below(7)), dice);
        statement = statement.with_action(ActionPattern::parse(&action).expect("valid"));
    }
    for _ in 0..=dice.below(2) {
        let resource = resource(common.resource.unwrap_or_else(|| dice.below(10)), dice);
        statement = statement.with_resource(ResourcePattern::parse(&resource).expect("valid"));
    }
    for _ in 0..dice.below(3) {
        let sort = common.condition.unwrap_or_else(|| dice.below(10));
        statement = statement.with_condition(condition(sort, dice));
    }
    if kind.names_principals() {
        for _ in 0..=dice.below(3) {
            let name = match dice.below(12) {
                0 => "qcs::cam::uin/1:root".to_owned(),
                1 => "qcs::cam::anyone:anyone".to_owned(),
                2 => "qcs::cam::uin/1:groupid/7".to_owned(),
                3 => "qcs::cam::uin/1:role/4611".to_owned(),
                _ => format!("qcs::cam::uin/1:uin/{}", 100 + dice.below(SORTS)),
            };
            statement =
                statement.with_principal(PrincipalPattern::parse_qcs(&name).expect("valid"));
        }
    }
    statement
}

fn action(sort: u64, dice: &mut Dice) -> String {
    let number = dice.below(OPERATIONS);
    match sort {
        0 => "*".to_owned(),
        1 => "cos:*".to_owned(),
        2 => format!("cos:Op{}*", number / 10),
        3 => format!("svc{}:Op*", number % 20),
        4 => format!("cos:*{number}"),
        _ => format!("cos:Op{number}"),
    }
}

fn resource(sort: u64, dice: &mut Dice) -> String {
    let (one, two) = (dice.below(SORTS), dice.below(SORTS));
    let last = match sort {
        0 => return "*".to_owned(),
        1 => "*".to_owned(),
        2 => format!("b/{one}"),
        3 => format!("b/project-{one}/*"),
        4 => format!("*/team-{two}/*"),
        5 => format!("b/*-{one}/team-{two}/*.dat"),
        6 => format!("b/project-{one}*"),
        7 => format!("*{one}/log*"),
        8 => format!("b/{}*", "d/".repeat(usize::try_from(one).expect("small"))),
        _ if two % 2 == 0 => format!("b/*${{uin}}-team-name-{one}/log*"),
        _ => format!("b/*${{uin}}*{one}"),
    };
    // Variables have no place in the resources of `cos`.
    let service = if sort == 9 { "" } else { "cos" };
    match two % 3 {
        0 => format!("qcs::{service}:ap-guangzhou:uid/1250000001:{last}"),
        1 => format!("qcs::{service}:gz::{last}"),
        _ => format!("qcs::{service}:::{last}"),
    }
}

fn condition(sort: u64, dice: &mut Dice) -> Condition {
    let (one, two) = (dice.below(SORTS), dice.below(SORTS));
    let (operator, key, values) = match sort {
        0..=2 => ("ip_equal", "qcs:ip", vec![format!("10.0.{one}.0/24")]),
        3 => {
            ("ip_equal", "qcs:ip", vec![format!("10.0.{one}.0/{}", 16 + two % 9), "::1".to_owned()])
        }
        4 => ("ip_equal_if_exist", "qcs:ip", vec![format!("10.0.{one}.0/24")]),
        5 => {
            // Some are the same.
            let values = (0..=dice.below(20)).map(|_| format!("env&{}", dice.below(SORTS)));
            ("string_equal", "qcs:resource_tag", values.collect())
        }
        6 => ("string_equal", "qcs:tag/env", vec![one.to_string()]),
        7 => ("for_all_value:string_equal", "qcs:resource_tag", vec![format!("env&{one}")]),
        8 => ("string_equal", "x:owner", vec!["${uin}".to_owned()]),
        _ => ("string_not_equal", "qcs:resource_tag", vec![format!("env&{one}")]),
    };
    let values: Vec<RawValue<'_>> = values.iter().map(|value| RawValue::Text(value)).collect();
    let operator = Operator::parse(operator).expect("valid");
    Condition::new(operator, ConditionKey::parse(key).expect("valid"), &values).expect("valid")
}
